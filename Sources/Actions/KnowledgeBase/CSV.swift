import Webhooks

/// Comma-separated values (RFC 4180): lines end in CR LF; a field with a comma, a quote or a line end is quoted,
/// and its quotes are doubled.
enum CSV {
    /// The lines of a table; nil is an empty field.
    static func text(_ rows: [[String?]]) -> String {
        rows.map { $0.map { field($0 ?? "") }.joined(separator: ",") + "\r\n" }.joined()
    }

    /// One field. A spreadsheet takes text that begins like a formula for one, and runs it; such text gets an apostrophe in
    /// front (https://owasp.org/www-community/attacks/CSV_Injection). A negative number stays as it is.
    static func field(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first), !isNumber(text) {
            text = "'" + text
        }
        // By scalars: to Swift, CR LF is one character.
        guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.escapingScalars { $0 == "\"" ? "\"\"" : nil } + "\""
    }

    private static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        return !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    }
}
