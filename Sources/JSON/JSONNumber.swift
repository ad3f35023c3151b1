/// A JSON number as its literal text, such as `576486316948490000` or `24.90`.
///
/// Two numbers are equal when their texts are: `1.0` and `1` differ.
public struct JSONNumber: Hashable, Sendable {
    /// The text, of the form of RFC 8259 section 6.
    public let text: String

    /// A whole number.
    public init(_ value: Int64) { text = String(value) }

    /// A number in that literal text.
    /// - Returns: nil when the text is not of the form of RFC 8259 section 6.
    public init?(literal: String) {
        guard Self.isLiteral(literal.utf8) else { return nil }
        text = literal
    }

    /// For the reader, which has checked the form.
    init(checked text: String) { self.text = text }

    /// The value when it is a whole number without fraction or exponent that fits in 64 bits.
    public var integer: Int64? { Int64(text) }

    static func isLiteral(_ utf8: String.UTF8View) -> Bool {
        var rest = utf8[...]
        func isDigit(_ byte: UInt8?) -> Bool { byte.map { (48...57).contains($0) } ?? false }
        func skipDigits() { rest = rest.drop { isDigit($0) } }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        guard isDigit(rest.first) else { return false }
        if rest.first == UInt8(ascii: "0") { rest = rest.dropFirst() } else { skipDigits() }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard isDigit(rest.first) else { return false }
            skipDigits()
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard isDigit(rest.first) else { return false }
            skipDigits()
        }
        return rest.isEmpty
    }
}
