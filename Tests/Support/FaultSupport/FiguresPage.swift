internal import Platform

/// A page of docs/ with a place for the figures of a run.
public struct FiguresPage: Sendable {
    private let path: String
    private let command: String

    /// - Parameter command: the command that writes the figures, such as `make chaos RECORD=1`; the page has it in its mark.
    public init(_ path: String, command: String) { (self.path, self.command) = (path, command) }

    /// Puts a text between the two marks.
    public func record(_ text: String) throws {
        let (open, close) = ("<!-- \(command) writes from here -->", "<!-- to here -->")
        let lines = try Files.readText(path).split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0 == open }),
            let last = lines[first...].firstIndex(where: { $0 == close })
        else { throw RunFailure("\(path) has no place for the figures") }
        try Files.write(
            path,
            text: lines[...first].joined(separator: "\n") + "\n\n" + text + "\n\n"
                + lines[last...].joined(separator: "\n"))
    }
}
