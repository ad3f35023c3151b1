/// Reads `when:` of a rule.
struct ConditionReader {
    let problems: ProblemList
    /// The values that `source` and `provider` can have.
    let known: [String: [String]]

    /// `event.verified` is not a field: see ``verification(_:)``.
    static let verified = "event.verified"

    /// - Parameter key: `when`, or `becomes`, which takes fields of records only.
    func read(_ rule: Section, _ key: String = "when") -> [Condition] {
        guard let section = rule.section(key, keys: nil) else { return [] }
        return section.all.compactMap { entry in
            if key == "when", entry.key == Self.verified { return nil }
            let path = FieldPath(entry.key)
            let fault = RuleFields.fault(path) ?? (key == "when" ? nil : RuleFields.faultOfChanging(path))
            if let fault {
                problems.error(entry.line, "the field \(section.quoted(entry.key)) in \(section.path) \(fault)")
                return nil
            }
            return Condition(path: path, tests: tests(entry, path: section.path(of: entry.key), field: entry.key))
        }
    }

    /// `changed`: the fields of which an event must have changed one.
    func changed(_ rule: Section) -> [FieldPath] {
        (rule.texts("changed") ?? []).compactMap { text, line in
            let path = FieldPath(text)
            guard let fault = RuleFields.fault(path) ?? RuleFields.faultOfChanging(path) else { return path }
            problems.error(line, "the field \(rule.quoted(text)) in \(rule.path(of: "changed")) \(fault)")
            return nil
        }
    }

    /// `event.verified` in `when`.
    func verification(_ rule: Section) -> Rule.Verification {
        guard let when = rule.section("when", keys: nil), when.has(Self.verified) else { return .standard }
        let word = when[Self.verified]?.scalar?.text ?? ""
        if word != Rule.Verification.standard.rawValue, let known = Rule.Verification(rawValue: word) { return known }
        when.error(Self.verified, "must be true, false or any")
        return .standard
    }

    private func tests(_ entry: YAMLEntry, path: String, field: String) -> [Condition.Test] {
        guard entry.value.mapping != nil else {
            return [.anyOf(operands(entry.value, path: path, field: field))]
        }
        guard let section = Section(entry.value, path: path, keys: RuleKeys.tests.names, problems: problems) else {
            return []
        }
        if section.all.isEmpty { problems.error(entry.line, "\(path) must have a test, such as { gte: 50 }") }
        return section.all.compactMap { test in
            switch test.key {
            case "eq", "in": return .anyOf(operands(test.value, path: section.path(of: test.key), field: field))
            case "ne": return .noneOf(operands(test.value, path: section.path(of: test.key), field: field))
            case "prefix": return section.text("prefix").map(Condition.Test.prefix)
            case "exists": return section.boolean("exists").map(Condition.Test.exists)
            default: return number(section, test.key)
            }
        }
    }

    private func number(_ section: Section, _ key: String) -> Condition.Test? {
        guard let comparison = Condition.Comparison(rawValue: key), let text = section.text(key) else { return nil }
        guard let number = DecimalNumber(text) else {
            section.error(key, "must be a number such as 50 or 24.90, not \(section.quoted(text))")
            return nil
        }
        return .number(comparison, number)
    }

    private func operands(_ node: YAMLNode, path: String, field: String) -> [Operand] {
        let nodes = node.sequence ?? [node]
        if nodes.isEmpty { problems.error(node.line, "\(path) must have at least one value") }
        return FormerWords.completing(operands(nodes, path: path, field: field), of: field) { word, now in
            problems.notice(
                node.line,
                "\(path): an order with the sender's \(word) is stored with the \(field) \(now); write that instead")
        }
    }

    private func operands(_ nodes: [YAMLNode], path: String, field: String) -> [Operand] {
        nodes.compactMap { node in
            guard let scalar = node.scalar else {
                problems.error(node.line, "\(path) must hold single values, not \(node.kind)")
                return nil
            }
            if let known = known[field], !known.contains(scalar.text) {
                problems.error(
                    node.line,
                    "unknown \(field) \"\(scalar.text.prefix(24))\" in \(path)"
                        + Suggestion.phrase(for: scalar.text, among: known))
            }
            return operand(scalar)
        }
    }

    private func operand(_ scalar: YAMLScalar) -> Operand {
        if scalar.isNull { return .null }
        if let bool = scalar.bool { return .bool(bool) }
        if scalar.isPlain, let number = DecimalNumber(scalar.text) { return .number(number, literal: scalar.text) }
        return .text(scalar.text)
    }
}
