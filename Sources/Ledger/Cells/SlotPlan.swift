/// Which slots go to a new cell, so that all cells have the same number.
public enum SlotPlan {
    /// The slot of what belongs to the installation as a whole (the configurations): it stays in the first cell.
    public static let fixed = 0

    /// - Parameters:
    ///   - held: the slots of each cell.
    ///   - new: the name of the cell that is to get its share; it may have slots already.
    /// - Returns: what moves, by the cell that gives it, those with the most slots first; empty if the new cell has its share.
    public static func fairShare(of held: [String: [Int]], for new: String) -> [(cell: String, slots: [Int])] {
        let others = held.filter { $0.key != new }
        let share = Slot.count / (others.count + 1)
        var wanted = max(0, share - (held[new]?.count ?? 0))
        var plan: [(cell: String, slots: [Int])] = []
        for (name, slots) in others.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
            let given = slots.filter { $0 != fixed }.suffix(min(wanted, max(0, slots.count - share)))
            if given.isEmpty { continue }
            plan.append((name, Array(given)))
            wanted -= given.count
        }
        return plan
    }

    /// Numbers and ranges, such as `7` and `10-20`.
    /// - Returns: nil if a text is neither, or names the fixed slot or one above the last.
    public static func slots(_ texts: [String]) -> [Int]? {
        var slots: Set<Int> = []
        for text in texts {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(parts.count), let first = parts[0], let last = parts[parts.count - 1],
                first > fixed, first <= last, last < Slot.count
            else { return nil }
            slots.formUnion(first...last)
        }
        return slots.sorted()
    }
}
