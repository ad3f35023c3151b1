/// Takes from the server's messages what may hold a value.
enum LogText {
    /// Classes whose primary message quotes values: data exceptions, and what SQL functions raise themselves.
    private static let quoting: Set<String> = ["22", "P0", "38", "39"]

    /// A message of the server, at most 500 characters, cut before the first value that it quotes.
    static func safe(_ message: String, state: SQLState?) -> String {
        guard let state, quoting.contains(state.errorClass) else { return String(message.prefix(500)) }
        return cut(message)
    }

    /// A message of libpq about a connection that failed.
    ///
    /// A mistyped conninfo puts pieces of a password where a host or port belongs, and libpq quotes what it does not
    /// understand: only its lines about a server that it did reach for are kept whole.
    static func connectFailure(_ message: String) -> String {
        let lines = message.split(whereSeparator: \.isNewline).map { line in
            line.hasPrefix("connection to server") || line.hasPrefix("\t") ? String(line) : cut(String(line))
        }
        return lines.isEmpty ? "connection failed" : lines.joined(separator: "; ")
    }

    private static func cut(_ message: String) -> String {
        guard let end = message.firstIndex(where: { $0 == "\"" || $0 == ":" }) else {
            return String(message.prefix(500))
        }
        return message[..<end].prefix(500) + "…"
    }
}
