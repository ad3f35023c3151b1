/// What is there without being written: the visit without which Amazon SNS sends nothing.
///
/// A source that speaks `aws_sns` brings the action and the rule `confirm_subscription`. What the file calls so counts
/// instead, so that an operator can change either.
enum BuiltIn {
    /// The name of the action, of its kind and of its rule.
    static let confirmation = "confirm_subscription"

    /// What is written, and what the sources bring.
    static func actions(_ written: [ActionSettings], for sources: [SourceSettings]) -> [ActionSettings] {
        guard areNeeded(for: sources), !written.contains(where: { $0.name == confirmation }) else { return written }
        return written + [
            ActionSettings(
                name: confirmation, kind: confirmation, values: [:], missing: [], retry: .standard, afterDead: .skip,
                tellsAlerts: false)
        ]
    }

    /// What is written, and what the sources bring.
    static func rules(_ written: [Rule], for sources: [SourceSettings]) -> [Rule] {
        guard areNeeded(for: sources), !written.contains(where: { $0.name == confirmation }) else { return written }
        let conditions = [("provider", "aws_sns"), ("type", "subscription.confirmation")].map { field, text in
            Condition(path: FieldPath(field), tests: [.anyOf([.text(text)])])
        }
        return written + [
            Rule(name: confirmation, index: written.count, conditions: conditions, actions: [confirmation])
        ]
    }

    private static func areNeeded(for sources: [SourceSettings]) -> Bool {
        sources.contains { $0.providers.contains("aws_sns") }
    }
}
