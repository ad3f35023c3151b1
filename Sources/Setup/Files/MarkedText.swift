/// A file of lines of which `hookledger setup` changes only those between its two marks.
///
/// A line that had to give way is kept between the marks as a comment, so that it can be restored.
public struct MarkedText: Sendable, Equatable {
    /// The line before ours.
    public static let begin = "# hookledger setup: begin (the command writes the lines up to the end mark)"
    /// The line behind ours.
    public static let end = "# hookledger setup: end"
    /// The beginning of the comment that keeps a line which gave way.
    public static let was = "# hookledger setup, before: "

    /// The lines without their ends; the last one is empty if the text ends with a line feed.
    public private(set) var lines: [String]

    /// Reads a text; carriage returns stay part of their lines.
    public init(_ text: String) {
        lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
    }

    /// The text of the lines.
    public var text: String { lines.joined(separator: "\n") }

    /// The file as it would be without us: no block of ours, and every line that gave way is in its place again.
    /// - Throws: ``SetupProblem`` when a mark has no partner.
    public func withoutBlocks(of path: String) throws(SetupProblem) -> MarkedText {
        var kept: [String] = []
        var isInside = false
        for line in lines {
            if line == Self.begin || line == Self.end {
                if isInside == (line == Self.begin) { throw Self.unpaired(path) }
                isInside.toggle()
            } else if !isInside {
                kept.append(line)
            } else if line.hasPrefix(Self.was) {
                kept.append(String(line.dropFirst(Self.was.count)))
            }
        }
        if isInside { throw Self.unpaired(path) }
        var text = self
        text.lines = kept
        return text
    }

    private static func unpaired(_ path: String) -> SetupProblem {
        SetupProblem(
            "\(path) has a line \"\(begin)\" or \"\(end)\" without the other one: remove both and what is between")
    }

    /// Where the first block begins; nil without one.
    public var blockStart: Int? { lines.firstIndex(of: Self.begin) }

    /// Adds a block before a line; an index behind the last line appends it.
    public mutating func insert(_ block: [String], before index: Int) {
        // The text behind the last line feed is no line.
        let last = lines.last == "" ? lines.count - 1 : lines.count
        lines.insert(contentsOf: [Self.begin] + block + [Self.end], at: min(index, last))
        if lines.last != "" { lines.append("") }
    }

    /// Puts a block in the place of a line, which is kept in it as a comment.
    public mutating func replace(_ index: Int, by block: [String]) {
        lines[index...index] = [[Self.begin, Self.was + lines[index]], block, [Self.end]].flatMap(\.self)[...]
    }

    /// Removes lines.
    mutating func remove(where isMeant: (String) -> Bool) { lines.removeAll(where: isMeant) }
}
