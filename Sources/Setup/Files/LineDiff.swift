/// The difference of two texts in the form of `diff -u`, without its first two lines.
public enum LineDiff {
    private enum Kind: Character {
        case same = " "
        case removed = "-"
        case added = "+"
    }

    private typealias Change = (kind: Kind, text: String)

    private static let context = 3
    /// Above this product of lines the middle is shown as removed and added as a whole.
    private static let mostCells = 4_000_000

    /// - Parameters:
    ///   - before: nil where there is no file yet.
    ///   - after: nil where there is none any longer.
    /// - Returns: hunks with up to three unchanged lines around each change; empty for equal texts.
    public static func lines(_ before: String?, _ after: String?) -> [String] {
        hunks(changes(split(before), split(after)))
    }

    private static func split(_ text: String?) -> [String] {
        var lines = text.map { MarkedText($0).lines } ?? []
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func changes(_ old: [String], _ new: [String]) -> [Change] {
        let most = min(old.count, new.count)
        var head = 0
        while head < most, old[head] == new[head] { head += 1 }
        var tail = 0
        while tail < most - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
        let middle = between(Array(old[head..<old.count - tail]), Array(new[head..<new.count - tail]))
        return old[..<head].map { (.same, $0) } + middle + old[(old.count - tail)...].map { (.same, $0) }
    }

    /// By the longest common subsequence.
    private static func between(_ old: [String], _ new: [String]) -> [Change] {
        guard !old.isEmpty, !new.isEmpty, old.count * new.count <= mostCells else {
            return old.map { (.removed, $0) } + new.map { (.added, $0) }
        }
        let width = new.count + 1
        var longest = [Int](repeating: 0, count: (old.count + 1) * width)
        for row in old.indices.reversed() {
            for column in new.indices.reversed() {
                longest[row * width + column] =
                    old[row] == new[column]
                    ? longest[(row + 1) * width + column + 1] + 1
                    : max(longest[(row + 1) * width + column], longest[row * width + column + 1])
            }
        }
        var changes: [Change] = []
        var (row, column) = (0, 0)
        while row < old.count || column < new.count {
            if row < old.count, column < new.count, old[row] == new[column] {
                changes.append((.same, old[row]))
                (row, column) = (row + 1, column + 1)
            } else if column == new.count
                || row < old.count && longest[(row + 1) * width + column] >= longest[row * width + column + 1]
            {
                changes.append((.removed, old[row]))
                row += 1
            } else {
                changes.append((.added, new[column]))
                column += 1
            }
        }
        return changes
    }

    private static func hunks(_ changes: [Change]) -> [String] {
        let changed = changes.indices.filter { changes[$0].kind != .same }
        var ranges: [Range<Int>] = []
        for index in changed {
            let range = max(0, index - context)..<min(changes.count, index + context + 1)
            if let last = ranges.last, last.upperBound >= range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges.flatMap { range in
            [heading(range, changes)] + changes[range].map { "\($0.kind.rawValue)\($0.text)" }
        }
    }

    private static func heading(_ range: Range<Int>, _ changes: [Change]) -> String {
        func place(_ other: Kind) -> String {
            let start = changes[..<range.lowerBound].count { $0.kind != other }
            let count = changes[range].count { $0.kind != other }
            return "\(count == 0 ? start : start + 1),\(count)"
        }
        return "@@ -\(place(.added)) +\(place(.removed)) @@"
    }
}
