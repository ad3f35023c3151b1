/// A decimal number of any length, to compare money and quantities without doubles.
public struct DecimalNumber: Sendable, Hashable, Comparable {
    private let isNegative: Bool
    /// Without zeros at either end; empty for zero.
    private let digits: [UInt8]
    /// The place of the first digit: the value is 0.d₁d₂… × 10^magnitude.
    private let magnitude: Int

    /// Reads a number of the form of RFC 8259 section 6 (`24.90`, `-3`, `1e3`).
    /// - Returns: nil for anything else, and for an exponent beyond ±1,000,000,000.
    public init?(_ text: String) {
        guard let parts = NumberParts(text) else { return nil }
        let all = parts.whole + parts.fraction
        guard let first = all.firstIndex(where: { $0 != 0 }), let last = all.lastIndex(where: { $0 != 0 }) else {
            (isNegative, digits, magnitude) = (false, [], 0)
            return
        }
        isNegative = parts.isNegative
        digits = Array(all[first...last])
        magnitude = parts.whole.count - first + parts.exponent
    }

    /// The same text for the same value, such as `245e2` for 24.50.
    var canonical: String { (isNegative ? "-" : "") + digits.map { "\($0)" }.joined() + "e\(magnitude)" }

    /// By value.
    public static func < (a: DecimalNumber, b: DecimalNumber) -> Bool {
        if a.isNegative != b.isNegative { return a.isNegative }
        return a.isNegative ? b.isNearerToZero(than: a) : a.isNearerToZero(than: b)
    }

    private func isNearerToZero(than other: DecimalNumber) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        if magnitude != other.magnitude { return magnitude < other.magnitude }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

/// The parts of a number's text.
private struct NumberParts {
    private(set) var isNegative = false
    private(set) var whole: [UInt8] = []
    private(set) var fraction: [UInt8] = []
    private(set) var exponent = 0

    private static let exponentLimit = 1_000_000_000

    init?(_ text: String) {
        var rest = Substring(text).utf8
        isNegative = Self.skip("-", &rest)
        whole = Self.digits(&rest)
        if whole.isEmpty || whole.count > 1 && whole[0] == 0 { return nil }
        if Self.skip(".", &rest) {
            fraction = Self.digits(&rest)
            if fraction.isEmpty { return nil }
        }
        if Self.skip("e", &rest) || Self.skip("E", &rest) {
            let isSmall = Self.skip("-", &rest)
            if !isSmall { _ = Self.skip("+", &rest) }
            let digits = Self.digits(&rest)
            if digits.isEmpty { return nil }
            for digit in digits {
                exponent = exponent * 10 + Int(digit)
                if exponent > Self.exponentLimit { return nil }
            }
            if isSmall { exponent = -exponent }
        }
        if !rest.isEmpty { return nil }
    }

    private static func skip(_ sign: Unicode.Scalar, _ rest: inout Substring.UTF8View) -> Bool {
        guard rest.first == UInt8(ascii: sign) else { return false }
        rest.removeFirst()
        return true
    }

    private static func digits(_ rest: inout Substring.UTF8View) -> [UInt8] {
        let digits = rest.prefix { (48...57).contains($0) }
        rest.removeFirst(digits.count)
        return digits.map { $0 - 48 }
    }
}
