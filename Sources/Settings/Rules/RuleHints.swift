import Providers
import Verification

/// Hints of `config check` about rules that are valid but may not be intended.
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
                "\(section.path) (\(rule.name)) runs \(action) for every matching event; write once: status or "
                    + "once: order to run it once for each status or order, or once: event to keep this")
        }
        if !(rule.becomes.isEmpty && rule.changed.isEmpty),
            let action = rule.actions.first(where: { kinds[$0]?.sharing != nil })
        {
            problems.warn(
                section.line,
                "\(section.path) (\(rule.name)): events share the jobs of \(action), so becomes: and changed: "
                    + "have no effect on them")
        }
        if let reason = reasonNeverToFire(rule) {
            problems.warn(section.line, "\(section.path) (\(rule.name)) can never fire: \(reason)")
        }
    }

    /// Why no delivery can match; nil if one can.
    private func reasonNeverToFire(_ rule: Rule) -> String? {
        let contracts = sources.flatMap { source in source.contracts.map { (source: source.name, contract: $0) } }
        if contracts.isEmpty { return nil }
        let named = contracts.filter { one in
            rule.allows("source", one.contract.keptAs ?? one.source)
                && rule.allows("provider", one.contract.provider.name)
        }
        if named.isEmpty { return "no source sends what its conditions name" }
        if named.contains(where: { rule.verification.fits($0.contract) }) { return nil }
        switch rule.verification {
        case .unverified: return "it takes unverified events, but its sources require a signature"
        case .verified where named.allSatisfy({ $0.contract.verification == .none }):
            return "it takes verified events, but its sources have verification: none"
        default:
            return
                "it takes verified events, but its sources have no secret to verify with (event.verified: any takes all)"
        }
    }
}

extension RuleHints {
    /// Whether an event of the source can match the rule.
    static func allows(_ rule: Rule, _ source: SourceSettings) -> Bool {
        rule.allows("source", source.name) && source.providers.contains { rule.allows("provider", $0) }
    }
}

extension Rule {
    /// Whether an event of the source can match it.
    public func canTake(eventsOf source: SourceSettings) -> Bool { RuleHints.allows(self, source) }

    /// Whether a value of an event's column is possible.
    func allows(_ column: String, _ value: String) -> Bool {
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
    /// Whether a contract can have an event that the rule takes. One that requires a signature and has no secret yet
    /// answers 503, which is reported elsewhere.
    fileprivate func fits(_ contract: SourceSettings.Contract) -> Bool {
        switch contract.verification {
        case .required: self != .unverified
        case .none: self != .verified
        case .optional:
            self == .any || self == .unverified || contract.keyring.problems(for: contract.provider.scheme).isEmpty
        }
    }
}
