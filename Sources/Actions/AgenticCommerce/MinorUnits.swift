import JSON

/// Amounts of money in the smallest unit of their currency, as both protocols of agentic commerce write them: 24.90 USD is
/// 2490, and 1200 JPY is 1200.
enum MinorUnits {
    /// The digits after the point of a currency (ISO 4217): two, but for these.
    static func digits(of currency: String) -> Int { others[currency.uppercased()] ?? 2 }

    private static let others: [String: Int] = {
        let none = [
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
            "XOF", "XPF",
        ]
        let three = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
        return Dictionary(
            none.map { ($0, 0) } + three.map { ($0, 3) } + [("CLF", 4), ("UYW", 4)], uniquingKeysWith: { $1 })
    }()

    /// An amount, rounded to a whole unit (half of one away from zero); exact wherever it is an amount of that currency.
    /// - Parameter amount: a number, or the text of one, as a record has it.
    /// - Returns: nil for anything else, and for an amount of more than fifteen digits.
    static func amount(_ amount: JSONValue?, of currency: String) -> Int64? {
        let literal: String? =
            switch amount {
            case .number(let number): number.text
            case .string(let text): text
            default: nil
            }
        guard let plain = literal.flatMap(JSONNumber.init(literal:))?.plain?.text else { return nil }
        let isNegative = plain.hasPrefix("-")
        let parts = plain.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? Array(parts[1].utf8) : []
        let digits = digits(of: currency)
        let kept = fraction.prefix(digits) + Array(repeating: UInt8(ascii: "0"), count: max(0, digits - fraction.count))
        let text = String(parts[0]) + String(decoding: kept, as: UTF8.self)
        guard text.utf8.count <= 15 + digits, var units = Int64(text) else { return nil }
        if fraction.count > digits, fraction[digits] >= UInt8(ascii: "5") { units += 1 }
        return isNegative ? -units : units
    }
}
