/// The two spellings of an ECDSA signature on P-256: its numbers r and s of 32 bytes each, one after the other (RFC 9421,
/// 3.3.4), and the ASN.1 sequence of them in DER (RFC 3279, 2.2.3), which libcrypto takes.
enum ECDSANumbers {
    private static let length = 32

    /// The sequence of two numbers.
    /// - Returns: nil when there are not exactly 64 bytes.
    static func der(numbers: [UInt8]) -> [UInt8]? {
        guard numbers.count == 2 * length else { return nil }
        let content = integer(numbers[..<length]) + integer(numbers[length...])
        return [0x30, UInt8(content.count)] + content
    }

    /// The two numbers of a sequence.
    /// - Returns: nil when it is none, or a number is longer than 32 bytes.
    static func numbers(der: [UInt8]) -> [UInt8]? {
        guard der.count >= 2, der[0] == 0x30, Int(der[1]) == der.count - 2 else { return nil }
        var rest = der[2...]
        var numbers: [UInt8] = []
        for _ in 0..<2 {
            guard rest.popFirst() == 0x02, let count = rest.popFirst(), rest.count >= Int(count) else { return nil }
            let number = rest.prefix(Int(count)).drop { $0 == 0 }
            guard number.count <= length else { return nil }
            numbers += Array(repeating: 0, count: length - number.count) + number
            rest = rest.dropFirst(Int(count))
        }
        return rest.isEmpty ? numbers : nil
    }

    /// A number of no more than 33 bytes: without leading zeros, but with one where its first bit would be a sign.
    private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var number = Array(bytes.drop { $0 == 0 })
        if number.first.map({ $0 >= 0x80 }) ?? true { number.insert(0, at: 0) }
        return [0x02, UInt8(number.count)] + number
    }
}
