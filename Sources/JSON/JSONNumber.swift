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
        var reader = JSONReader(Array(literal.utf8))
        guard let number = try? reader.number(), reader.next == nil else { return nil }
        self = number
    }

    /// For the reader, which has checked the form.
    init(checked text: String) { self.text = text }

    /// The value when it is a whole number without fraction or exponent that fits in 64 bits.
    public var integer: Int64? { Int64(text) }

    /// Whether the number, written without exponent, has at most `whole` digits before the point and `fraction`
    /// digits after it. Zeros count: `1.50` has two digits after the point, and `0e9` has ten before it.
    public func fits(whole: Int, fraction: Int) -> Bool {
        let parts = text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") })
        let mantissa = parts[0].split(separator: UInt8(ascii: "."))
        let wholeDigits = mantissa[0].count - (mantissa[0].first == UInt8(ascii: "-") ? 1 : 0)
        let fractionDigits = mantissa.count > 1 ? mantissa[1].count : 0
        guard let exponent = parts.count > 1 ? Int(Substring(parts[1])) : 0, abs(exponent) <= 1_000_000 else {
            return false
        }
        return wholeDigits + exponent <= whole && fractionDigits - exponent <= fraction
    }
}
