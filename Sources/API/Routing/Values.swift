import Webhooks

/// Checks of single values, the same for parameters of a query, of a path, and members of a body.
enum Values {
    /// A whole number in digits, within a range.
    static func integer(_ text: String, _ name: String, _ range: ClosedRange<Int64>) throws(Problem) -> Int64 {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(text),
            range.contains(number)
        else {
            throw .invalid(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Text of 1 to `longest` characters, none of them a control character.
    static func text(_ text: String, _ name: String, longest: Int = 200) throws(Problem) -> String {
        let scalars = text.unicodeScalars
        guard (1...longest).contains(scalars.count), !scalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { throw .invalid(name, "must have 1 to \(longest) characters, none of them a control character") }
        return text
    }

    /// A time (RFC 3339, section 5.6).
    static func time(_ text: String, _ name: String) throws(Problem) -> Timestamp {
        let bytes = Array(text.utf8)
        let hasOffset =
            [UInt8(ascii: "Z"), UInt8(ascii: "z")].contains(bytes.last)
            || bytes.dropLast(5).last.map {
                $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
            } == true
        guard hasOffset, !text.contains(" "), let time = Timestamp(rfc3339: text) else {
            throw .invalid(name, "must be a time such as 2026-01-31T12:00:00Z")
        }
        return time
    }

    /// One of these words.
    static func word(_ text: String, _ name: String, _ words: [String]) throws(Problem) -> String {
        guard words.contains(text) else { throw .invalid(name, "must be one of \(words.joined(separator: ", "))") }
        return text
    }
}
