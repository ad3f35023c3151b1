/// Built in: Shopify's requests to redact or copy a person's data are carried out
/// (https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance), unless a rule does so or the source says
/// `compliance: off`.
struct Compliance {
    private let sources: [SourceSettings]
    /// A request, and the kind of action that carries it out.
    private let requests: [(type: String, kind: ActionKind)]
    /// The folder of copies where there is no other: beside the configuration in development.
    private let folder: String

    /// The folder of copies in production.
    static let folder = "/var/lib/hookledger/data-requests"

    init(
        _ kinds: ActionKinds, sources: [SourceSettings], location: ConfigurationFile, environment: DeploymentEnvironment
    ) {
        requests = kinds.all.flatMap { kind in kind.personRequests.map { (type: $0, kind: kind) } }
        self.sources = sources.filter { $0.isCompliant && Self.concerns($0) }
        folder = environment == .production ? Self.folder : FilePath.join(location.directory, "data-requests")
    }

    /// Whether its provider sends such requests.
    private static func concerns(_ source: SourceSettings) -> Bool {
        source.providers.contains { $0 == "shopify" || $0 == "shopify_events" }
    }

    /// Reads `compliance:` of a source; off makes a warning.
    static func isOn(_ section: Section, _ source: SourceSettings) -> Bool {
        guard !SourceKeys.compliance.value(in: section) else { return true }
        section.problems.warn(
            section.line(of: "compliance"),
            "\(section.path) has compliance: off: requests to redact or copy a person's data are stored, but not "
                + "carried out unless a rule does it; the law allows 30 days")
        return false
    }

    /// The written entries, and a rule and an action for each request without a rule.
    func add(to actions: [ActionSettings], _ rules: [Rule]) -> ([ActionSettings], [Rule]) {
        var (actions, rules) = (actions, rules)
        for request in requests {
            let doers = actions.filter { $0.kind == request.kind }.map(\.name)
            let left = sources.map(\.name).filter { source in
                !rules.contains { rule in
                    rule.actions.contains(where: doers.contains) && rule.mayTake(type: request.type, source: source)
                }
            }
            let (name, rule) = ("compliance_" + request.kind.name, "compliance_" + Self.word(request.type))
            if left.isEmpty || rules.contains(where: { $0.name == rule }) { continue }
            if !actions.contains(where: { $0.name == name }) { actions.append(action(name, request.kind)) }
            let conditions = [
                Condition(path: FieldPath("type"), tests: [.anyOf([.text(request.type)])]),
                Condition(path: FieldPath("source"), tests: [.anyOf(left.map(Operand.text))]),
            ]
            rules.append(Rule(name: rule, index: rules.count, conditions: conditions, actions: [name]))
        }
        return (actions, rules)
    }

    private static func word(_ type: String) -> String { type.split(separator: ".").joined(separator: "_") }

    private func action(_ name: String, _ kind: ActionKind) -> ActionSettings {
        let folders = kind.keys.filter { $0.form == .folder }.map { ($0.name, ActionValue.text(folder)) }
        return ActionSettings(
            name: name, kind: kind, values: Dictionary(folders, uniquingKeysWith: { $1 }), missing: [])
    }
}

extension Rule {
    /// Whether an event of this type and source may lead to its actions, whatever its other conditions.
    fileprivate func mayTake(type: String, source: String) -> Bool {
        conditions.allSatisfy { condition in
            switch condition.path.description {
            case "type", "event.type": condition.tests.allSatisfy { $0.mayHold(for: type) }
            case "source", "event.source": condition.tests.allSatisfy { $0.mayHold(for: source) }
            default: true
            }
        }
    }
}

extension Condition.Test {
    fileprivate func mayHold(for text: String) -> Bool {
        switch self {
        case .anyOf(let operands): operands.contains(.text(text))
        case .noneOf(let operands): !operands.contains(.text(text))
        case .prefix(let prefix): text.hasPrefix(prefix)
        default: true
        }
    }
}

extension Settings {
    /// The folder that copies of a person's data are written to: that of an action, else the standard one.
    public var copies: String {
        let folders = actions.lazy.filter { !$0.kind.personRequests.isEmpty }.flatMap { action in
            action.kind.keys.lazy.filter { $0.form == .folder }.compactMap { action.text($0.name) }
        }
        return folders.first ?? Compliance.folder
    }
}
