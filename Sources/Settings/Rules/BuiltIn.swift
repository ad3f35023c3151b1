/// Built in: the request that confirms a subscription of Amazon SNS.
///
/// A source that speaks `aws_sns` brings the action and the rule `confirm_subscription`. An entry of that name in the
/// file replaces it, so that an operator can change either.
enum BuiltIn {
    /// The name of the action, of its kind and of its rule.
    static let confirmation = "confirm_subscription"

    /// The written entries, and the built-in ones of the sources.
    static func actions(_ written: [ActionSettings], for sources: [SourceSettings]) -> [ActionSettings] {
        guard areNeeded(for: sources), !written.contains(where: { $0.name == confirmation }) else { return written }
        return written + [
            ActionSettings(
                name: confirmation, kind: confirmation, values: [:], missing: [], retry: .standard, afterDead: .skip,
                tellsAlerts: false)
        ]
    }

    /// The written entries, and the built-in ones of the sources.
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
