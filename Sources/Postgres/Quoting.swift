/// Names and literals for the few statements that take no parameters (CREATE DATABASE, ALTER ROLE, SET).
public enum SQLText {
    /// A name in double quotes, as SQL wants it; U+0000, which no name can hold, is left out.
    public static func identifier(_ name: String) -> String { quote(name, "\"") }

    /// A string literal that no setting of the server reads differently: backslashes use the `E''` form.
    public static func literal(_ text: String) -> String {
        guard text.contains("\\") else { return quote(text, "'") }
        var escaped = ""
        for character in text.unicodeScalars {
            if character == "\\" { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(character)
        }
        return " E" + quote(escaped, "'")
    }

    private static func quote(_ text: String, _ mark: Unicode.Scalar) -> String {
        var quoted = String(mark)
        for scalar in text.unicodeScalars where scalar.value != 0 {
            if scalar == mark { quoted.unicodeScalars.append(mark) }
            quoted.unicodeScalars.append(scalar)
        }
        quoted.unicodeScalars.append(mark)
        return quoted
    }
}
