public import Webhooks

extension Rule {
    /// Whether the rule asks for records of a kind, so that they are reconciled for it: it takes reconciled events of the source,
    /// its flags are on, its conditions can hold for `KIND.created`, `KIND.updated` or `KIND.deleted`, and one of them names such a
    /// type or a field of such a record. A rule for every event asks for none.
    /// - Parameter kind: products or customers.
    public func asks(for kind: RecordKind, of source: SourceSettings, _ flags: Flags) -> Bool {
        guard reconciled, verification != .unverified, self.flags.allSatisfy(flags.isOn), RuleHints.allows(self, source)
        else { return false }
        let types = ["created", "updated", "deleted"].map { "\(kind.rawValue).\($0)" }
        return (hasField(of: kind) || names(types)) && types.contains { allows("type", $0) }
    }

    private func hasField(of kind: RecordKind) -> Bool {
        ((conditions + becomes).map(\.path) + changed).contains { $0.steps.first == kind.rawValue }
    }

    /// Whether a condition on the type names one of these, and does not only exclude others.
    private func names(_ types: [String]) -> Bool {
        conditions.filter { $0.path.steps == ["type"] }.flatMap(\.tests).contains { test in
            switch test {
            case .anyOf(let operands): types.contains { operands.contains(.text($0)) }
            case .prefix(let prefix): types.contains { $0.hasPrefix(prefix) }
            case .noneOf, .number, .exists: false
            }
        }
    }
}
