/// Removes possible values from the server's messages.
enum LogText {
    /// Classes whose primary message quotes values: data exceptions, and errors raised by SQL functions.
    private static let quoting: Set<String> = ["22", "P0", "38", "39"]

    /// A message of the server, at most 500 characters, cut before the first value that it quotes.
    static func safe(_ message: String, state: SQLState?) -> String {
        guard let state, quoting.contains(state.errorClass) else { return String(message.prefix(500)) }
        return cut(message)
    }

    /// A message of libpq about a connection that failed.
    ///
    /// A mistyped conninfo may put parts of a password in the place of a host or port, and libpq quotes text that it
    /// cannot parse: only its lines about a contacted server are kept in full.
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
