import Providers
import Verification

/// What `config check` says of a rule that is no mistake in the file and may not be what is meant.
struct RuleHints {
    private let sources: [SourceSettings]
    private let problems: ProblemList
    /// The kind of each action, by its name.
    private let kinds: [String: ActionKind]

    init(_ root: Section, sources: [SourceSettings], kinds: ActionKinds) {
        self.sources = sources
        problems = root.problems
        self.kinds = kinds.ofActions(root)
    }

    func give(_ rule: Rule, _ section: Section) {
        if rule.once == nil, let action = rule.actions.first(where: { kinds[$0]?.actsForEveryEvent == true }) {
            problems.notice(
                section.line,
                "\(section.path) (\(rule.name)) runs \(action) for every event that fits; write once: status or "
                    + "once: order to have it once for each status or order, or once: event to keep it so")
        }
        if !(rule.becomes.isEmpty && rule.changed.isEmpty),
            let action = rule.actions.first(where: { kinds[$0]?.sharing != nil })
        {
            problems.warn(
                section.line,
                "\(section.path) (\(rule.name)): the jobs of \(action) stand for many events, so becomes: and changed: "
                    + "do not count for them")
        }
        if let reason = reasonNeverToFire(rule) {
            problems.warn(section.line, "\(section.path) (\(rule.name)) can never fire: \(reason)")
        }
    }

    /// Why no delivery can fit; nil when one can.
    private func reasonNeverToFire(_ rule: Rule) -> String? {
        let contracts = sources.flatMap { source in source.contracts.map { (source: source.name, contract: $0) } }
        if contracts.isEmpty { return nil }
        let named = contracts.filter { one in
            rule.allows("source", one.contract.keptAs ?? one.source)
                && rule.allows("provider", one.contract.provider.name)
        }
        if named.isEmpty { return "no source speaks what its conditions name" }
        if named.contains(where: { rule.verification.fits($0.contract) }) { return nil }
        switch rule.verification {
        case .unverified: return "it takes unverified events, and its sources demand a signature"
        case .verified where named.allSatisfy({ $0.contract.verification == .none }):
            return "it takes verified events, and its sources have verification: none"
        default:
            return
                "it takes verified events, and its sources have no secret to verify by (event.verified: any takes all)"
        }
    }
}

extension Rule {
    /// Whether a value of an event's column is not ruled out.
    fileprivate func allows(_ column: String, _ value: String) -> Bool {
        conditions.filter { $0.path.steps == [column] }.allSatisfy { condition in
            condition.tests.allSatisfy { test in
                switch test {
                case .anyOf(let operands): operands.contains(.text(value))
                case .noneOf(let operands): !operands.contains(.text(value))
                case .prefix(let prefix): value.hasPrefix(prefix)
                case .exists(let exists): exists
                case .number: true
                }
            }
        }
    }
}

extension Rule.Verification {
    /// Whether a contract can have an event that the rule takes. One that demands a signature and has no secret yet answers
    /// 503, which is said elsewhere.
    fileprivate func fits(_ contract: SourceSettings.Contract) -> Bool {
        switch contract.verification {
        case .required: self != .unverified
        case .none: self != .verified
        case .optional:
            self == .any || self == .unverified || contract.keyring.problems(for: contract.provider.scheme).isEmpty
        }
    }
}
