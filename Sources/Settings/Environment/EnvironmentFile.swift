/// The text of `hookledger.env` or `.env`: lines of `NAME=value`, with comments, quotes and an optional `export`, as
/// editors on any system write them.
///
/// Nothing is expanded: a `$` is a `$`, so that a secret means the same here as in the process environment.
struct EnvironmentFile {
    struct Variable: Equatable {
        let value: String
        let line: Int
    }

    private(set) var variables: [String: Variable] = [:]

    init(_ text: String, problems: ProblemList, file: String) {
        for (number, line) in Self.lines(of: text).enumerated() {
            func error(_ message: String) {
                problems.add(SettingsProblem(.error, file: file, line: number + 1, message))
            }
            var rest = line.drop { $0.isWhitespace }
            if rest.isEmpty || rest.first == "#" { continue }
            if rest.hasPrefix("export"), rest.dropFirst(6).first?.isWhitespace == true {
                rest = rest.dropFirst(6).drop { $0.isWhitespace }
            }
            guard let equals = rest.firstIndex(of: "="), Self.isName(rest[..<equals]) else {
                error("is not of the form NAME=value")
                continue
            }
            let name = String(rest[..<equals])
            guard let value = Self.value(rest[rest.index(after: equals)...]) else {
                error("\(name) has a quote that is not closed, or text after the closing one; fix the quotes")
                continue
            }
            if let earlier = variables[name] {
                problems.add(
                    SettingsProblem(
                        .warning, file: file, line: number + 1,
                        "\(name) is already set in line \(earlier.line); this line is used, remove the other"))
            }
            variables[name] = Variable(value: value, line: number + 1)
        }
    }

    /// The lines, whatever ends them. Editors on Windows write a byte order mark before the first and end each by two
    /// characters, which Swift reads as one that is not `\n`.
    private static func lines(of text: String) -> [Substring] {
        text.drop { $0 == "\u{FEFF}" }.split(omittingEmptySubsequences: false) {
            $0 == "\n" || $0 == "\r\n" || $0 == "\r"
        }
    }

    static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "_"): true
            default: false
            }
        }
    }

    /// The value after `=`; nil when its quotes do not fit.
    private static func value(_ text: Substring) -> String? {
        let text = text.drop { $0.isWhitespace }
        guard let quote = text.first, quote == "\"" || quote == "'" else { return unquoted(text) }
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if character == quote {
                rest = rest.drop { $0.isWhitespace }
                return rest.isEmpty || rest.first == "#" ? value : nil
            }
            guard character == "\\", quote == "\"", let escaped = rest.popFirst() else {
                value.append(character)
                continue
            }
            switch escaped {
            case "n": value.append("\n")
            case "\"", "\\", "$": value.append(escaped)
            default: value += "\\\(escaped)"
            }
        }
        return nil
    }

    /// Up to a `#` after white space, without trailing white space.
    private static func unquoted(_ text: Substring) -> String {
        var end = text.startIndex
        var position = text.startIndex
        var afterSpace = true
        while position < text.endIndex {
            let character = text[position]
            if character == "#", afterSpace { break }
            afterSpace = character.isWhitespace
            position = text.index(after: position)
            if !afterSpace { end = position }
        }
        return String(text[..<end])
    }
}
