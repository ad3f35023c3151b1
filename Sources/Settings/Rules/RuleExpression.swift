import Providers

/// Conditions as rules have them, outside the configuration.
public enum RuleExpression {
    /// Reads what `when:` of a rule may hold, such as `{ type: order.created, order.total_amount: { gte: 50 } }`.
    ///
    /// - Parameters:
    ///   - text: the conditions; the outer braces may be left out.
    ///   - sources: the values that `source` can have; nil for any.
    /// - Returns: a rule with these conditions that does nothing.
    /// - Throws: every mistake.
    public static func read(_ text: String, sources: [String]? = nil) throws(SettingsErrors) -> Rule {
        let problems = ProblemList(file: "the expression")
        var known = ["provider": ProviderRegistry.all.map(\.name)]
        known["source"] = sources
        let trimmed = text.drop(while: \.isWhitespace)
        let yaml = "when: " + (trimmed.hasPrefix("{") ? String(trimmed) : "{ \(trimmed) }")
        var conditions: [Condition] = []
        if let root = YAMLReader.read(Array(yaml.utf8), problems: problems),
            let section = Section(root, path: "", keys: ["when"], problems: problems)
        {
            if section.section("when", keys: nil)?.has(ConditionReader.verified) == true {
                problems.error(nil, "\(ConditionReader.verified) is for rules of the configuration only")
            }
            conditions = ConditionReader(problems: problems, known: known).read(section)
            if conditions.isEmpty, !problems.hasErrors {
                problems.error(nil, "it has no condition; write for example type: order.created")
            }
        }
        guard !problems.hasErrors else { throw SettingsErrors(problems: problems.sorted) }
        return Rule(name: "expression", index: 0, conditions: conditions, actions: [])
    }
}
