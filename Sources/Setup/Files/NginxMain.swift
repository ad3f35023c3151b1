/// The limits in nginx's main file that the site needs; a site file cannot set them.
public enum NginxMain {
    /// A quarter of them for one address.
    public static let connections = 16_384
    /// Two for a connection and its way to the responder.
    public static let openFiles = 2 * connections
    /// What is written, with some room for files and logs.
    private static let openFilesWritten = 65_536

    /// The lines to write by hand.
    public static let connectionsLine = "worker_connections \(connections);"
    /// See ``connectionsLine``.
    public static let openFilesLine = "worker_rlimit_nofile \(openFilesWritten);"

    /// The file with limits that are high enough. What it says in a way that no line of ours can replace stays.
    /// - Throws: ``SetupProblem`` for marks without a partner.
    public static func raised(_ text: String, path: String) throws(SetupProblem) -> String {
        var text = try MarkedText(text).withoutBlocks(of: path)
        raise("worker_connections", to: connectionsLine, enough: connections, in: &text) { text in
            text.lines.firstIndex { words($0) == ["events", "{"] }.map { $0 + 1 }
        }
        raise("worker_rlimit_nofile", to: openFilesLine, enough: openFiles, in: &text) { text in
            text.lines.firstIndex { words($0).first == "events" }
        }
        return text.text
    }

    private static func raise(
        _ directive: String, to line: String, enough: Int, in text: inout MarkedText, place: (MarkedText) -> Int?
    ) {
        if let index = text.lines.firstIndex(where: { code($0).contains(directive) }) {
            let words = words(text.lines[index])
            // A directive that shares its line with others stays.
            guard words.count == 2, words[0] == directive, words[1].last == ";", let number = Int(words[1].dropLast()),
                number < enough
            else { return }
            text.replace(index, by: [String(text.lines[index].prefix { $0.isWhitespace }) + line])
        } else if let index = place(text) {
            text.insert([line], before: index)
        }
    }

    private static func code(_ line: String) -> Substring { line.prefix { $0 != "#" } }

    private static func words(_ line: String) -> [Substring] { code(line).split(whereSeparator: \.isWhitespace) }
}
