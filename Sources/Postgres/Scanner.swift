/// Reads digits and separators off the front of ASCII text.
struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String.UTF8View) { rest = text[...] }

    var atEnd: Bool { rest.isEmpty }

    /// Up to nine digits; nil when there is none.
    mutating func number() -> Int64? {
        var value: Int64?
        var digits = 0
        while digits < 9, let byte = rest.first, (48...57).contains(byte) {
            value = (value ?? 0) * 10 + Int64(byte - 48)
            rest.removeFirst()
            digits += 1
        }
        return value
    }

    /// The digits after a decimal point as microseconds.
    mutating func fraction() -> Int64 {
        let before = rest.count
        let value = number() ?? 0
        var scale = before - rest.count
        var result = value
        while scale < 6 {
            result *= 10
            scale += 1
        }
        return result
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == character.value else { return false }
        rest.removeFirst()
        return true
    }
}
