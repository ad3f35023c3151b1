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
        guard (try? reader.number()) != nil, reader.next == nil else { return nil }
        text = literal
    }

    /// For the reader, which has checked the form.
    init(checked text: String) { self.text = text }

    /// The value when it is a whole number without fraction or exponent that fits in 64 bits.
    public var integer: Int64? { Int64(text) }

    var hasExponent: Bool { has(UInt8(ascii: "e")) }

    /// Whether its text has this character, a letter in either case. Over the span: the view's own search takes five
    /// times as long.
    private func has(_ character: UInt8) -> Bool {
        let bytes = text.utf8.span
        var found: UInt8 = 0
        for place in bytes.indices { found |= bytes[place] | 0x20 == character ? 1 : 0 }
        return found != 0
    }

    /// Whether the number, written without exponent, has at most `whole` digits before the point and `fraction`
    /// digits after it. Zeros count: `1.50` has two digits after the point, and `0e9` has ten before it.
    public func fits(whole: Int, fraction: Int) -> Bool {
        if text.utf8.count <= min(whole, fraction), !hasExponent { return true }
        let parts = text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") })
        let mantissa = parts[0].split(separator: UInt8(ascii: "."))
        let wholeDigits = mantissa[0].count - (mantissa[0].first == UInt8(ascii: "-") ? 1 : 0)
        let fractionDigits = mantissa.count > 1 ? mantissa[1].count : 0
        guard let exponent = parts.count > 1 ? Int(Substring(parts[1])) : 0, abs(exponent) <= 1_000_000 else {
            return false
        }
        return wholeDigits + exponent <= whole && fractionDigits - exponent <= fraction
    }

    /// The same number without exponent, redundant zeros, and a minus before zero: `2` for `2.0` and for `20e-1`.
    /// - Returns: nil where the number does not fit in 30 digits before the point and 30 behind it.
    public var plain: JSONNumber? {
        guard fits(whole: 30, fraction: 30) else { return nil }
        if !has(UInt8(ascii: ".")), !hasExponent, text != "-0" { return self }
        let isNegative = text.hasPrefix("-")
        let parts = text.utf8.drop { $0 == UInt8(ascii: "-") }.split { $0 | 0x20 == UInt8(ascii: "e") }
        let mantissa = parts[0].split(separator: UInt8(ascii: "."))
        var digits = mantissa.flatMap { Array($0) }
        var point = mantissa[0].count + (parts.count > 1 ? Int(Substring(parts[1])) ?? 0 : 0)
        if point < 1 {
            digits = [UInt8](repeating: UInt8(ascii: "0"), count: 1 - point) + digits
            point = 1
        }
        digits += [UInt8](repeating: UInt8(ascii: "0"), count: max(0, point - digits.count))
        let whole = digits[..<point].drop { $0 == UInt8(ascii: "0") }
        var fraction = digits[point...]
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        var plain = whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)
        if !fraction.isEmpty { plain += "." + String(decoding: fraction, as: UTF8.self) }
        return JSONNumber(checked: isNegative && plain != "0" ? "-" + plain : plain)
    }
}
