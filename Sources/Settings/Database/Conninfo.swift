/// The two forms of a libpq connection string: `key=value key='v a l u e'` and `postgresql://…`.
enum Conninfo {
    static func isURI(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    /// Whether it contains a password.
    static func holdsPassword(_ text: String) -> Bool {
        guard isURI(text) else {
            return pairs(text)?.contains { $0.key == "password" || $0.key == "sslpassword" } ?? false
        }
        let rest = text[(text.firstRange(of: "://")?.upperBound ?? text.startIndex)...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") { return true }
        let query = rest.drop { $0 != "?" }.dropFirst()
        return query.split(separator: "&").contains { $0.hasPrefix("password=") || $0.hasPrefix("sslpassword=") }
    }

    /// Whether it contains a user, or a service file that may name one.
    static func namesUser(_ text: String) -> Bool {
        guard isURI(text) else { return pairs(text)?.contains { $0.key == "user" || $0.key == "service" } ?? false }
        let rest = text[(text.firstRange(of: "://")?.upperBound ?? text.startIndex)...]
        let query = rest.drop { $0 != "?" }.dropFirst()
        return rest.prefix { $0 != "/" && $0 != "?" }.contains("@")
            || query.split(separator: "&").contains { $0.hasPrefix("user=") || $0.hasPrefix("service=") }
    }

    /// The value of a parameter; nil if it is not in the text.
    static func value(of name: String, in text: String) -> String? {
        guard isURI(text) else { return pairs(text)?.last { $0.key == name }?.value }
        let query = text.drop { $0 != "?" }.dropFirst()
        return query.split(separator: "&").last { $0.hasPrefix(name + "=") }.map {
            String($0.dropFirst(name.count + 1))
        }
    }

    /// The pairs of the first form; nil when it is not of that form.
    static func pairs(_ text: String) -> [(key: String, value: String)]? {
        var pairs: [(key: String, value: String)] = []
        var rest = text[...].drop { $0.isWhitespace }
        while !rest.isEmpty {
            let key = rest.prefix { $0 != "=" && !$0.isWhitespace }
            rest = rest.dropFirst(key.count).drop { $0.isWhitespace }
            guard !key.isEmpty, rest.popFirst() == "=" else { return nil }
            rest = rest.drop { $0.isWhitespace }
            guard let value = value(&rest) else { return nil }
            pairs.append((String(key), value))
            rest = rest.drop { $0.isWhitespace }
        }
        return pairs
    }

    private static func value(_ rest: inout Substring) -> String? {
        let isQuoted = rest.first == "'"
        if isQuoted { rest.removeFirst() }
        var value = ""
        while let character = rest.first {
            if !isQuoted, character.isWhitespace { return value }
            rest.removeFirst()
            if isQuoted, character == "'" { return value }
            if character == "\\", let escaped = rest.popFirst() {
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        return isQuoted ? nil : value
    }

    /// A value in quotes, as libpq reads it back.
    static func quoted(_ value: String) -> String {
        var quoted = "'"
        for character in value.unicodeScalars {
            if character == "'" || character == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "'"
    }

    /// A value for the query of a URI (RFC 3986: all but unreserved characters as %XX).
    static func percentEncoded(_ value: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return value.utf8.reduce(into: "") { text, byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
