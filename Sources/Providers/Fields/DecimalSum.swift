import JSON

/// The exact sum of decimal numbers in text, without their signs: some senders write refunds as negative amounts.
enum DecimalSum {
    /// - Parameter amounts: numbers, or texts of numbers.
    /// - Returns: text with the most fraction digits of any; nil if one of them is not a number, or if the sum exceeds
    ///   the largest amount.
    static func ofMagnitudes(_ amounts: [JSONValue]) -> JSONValue? {
        var numbers: [(whole: [UInt8], fraction: [UInt8])] = []
        var places = 0
        for amount in amounts {
            guard let literal = amount.asAmount?.string, let number = JSONNumber(literal: literal),
                let plain = number.plain
            else { return nil }
            // The zeros at the end are part of how money is written.
            let written = number.text.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") } ? plain.text : number.text
            let parts = written.utf8.drop { $0 == UInt8(ascii: "-") }.split(separator: UInt8(ascii: "."))
            let fraction = parts.count > 1 ? Array(parts[1]) : []
            places = max(places, fraction.count)
            numbers.append((Array(parts[0]), fraction))
        }
        let width = (numbers.map(\.whole.count).max() ?? 1) + places + 4
        var sum = [UInt8](repeating: 0, count: width)
        for number in numbers {
            let digits = number.whole + number.fraction + [UInt8](repeating: 48, count: places - number.fraction.count)
            var carry: UInt8 = 0
            var place = width - 1
            for digit in digits.reversed() {
                let value = sum[place] + (digit - 48) + carry
                (sum[place], carry) = (value % 10, value / 10)
                place -= 1
            }
            while carry > 0, place >= 0 {
                let value = sum[place] + carry
                (sum[place], carry) = (value % 10, value / 10)
                place -= 1
            }
        }
        let whole = sum[..<(width - places)].drop { $0 == 0 }.map { $0 + 48 }
        let fraction = sum[(width - places)...].map { $0 + 48 }
        var text = whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)
        if !fraction.isEmpty { text += "." + String(decoding: fraction, as: UTF8.self) }
        return JSONValue.string(text).asMoney
    }
}
