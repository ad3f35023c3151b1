/// Words that the ledger kept as they came and keeps as another one now: rules that say them go on matching.
enum FormerWords {
    /// By the field: the word of before, and the one of now.
    private static let words = ["order.status": ["CANCEL": "CANCELLED"]]

    /// The operands, and those that stand for former words among them.
    /// - Parameter found: told each former word and the one of now.
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
