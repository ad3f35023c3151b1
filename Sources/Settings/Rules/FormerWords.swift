/// Words that the ledger once stored as sent and now stores as another one: rules with them still match.
enum FormerWords {
    /// By field: the former word and the current one.
    private static let words = ["order.status": ["CANCEL": "CANCELLED"]]

    /// The operands, and those that stand for former words among them.
    /// - Parameter found: called with each former word and the current one.
    static func completing(
        _ operands: [Operand], of field: String, found: (_ word: String, _ now: String) -> Void
    ) -> [Operand] {
        guard let former = words[field] else { return operands }
        var all = operands
        for case .text(let word) in operands {
            guard let now = former[word], !all.contains(.text(now)) else { continue }
            all.append(.text(now))
            found(word, now)
        }
        return all
    }
}
