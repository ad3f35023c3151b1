/// The fields of a form (`application/x-www-form-urlencoded`) or of a query, decoded, in the order they were sent; a name
/// that came several times is there several times.
public struct FormFields: Sendable, Hashable {
    /// One field.
    public struct Field: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value; empty when there was no `=`.
        public let value: String
    }

    /// The fields in order.
    public let fields: [Field]

    /// Reads the bytes of a form. There is no form that can not be read: what is no field is a name without a value.
    public init(_ bytes: some Collection<UInt8>) {
        fields = bytes.split(separator: UInt8(ascii: "&")).map { pair in
            let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return Field(
                name: String(decoding: Self.decoded(sides[0]), as: UTF8.self),
                value: sides.count > 1 ? String(decoding: Self.decoded(sides[1]), as: UTF8.self) : "")
        }
    }

    /// The value of the first field of that name.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Form decoding (WHATWG URL, section 5.1): `+` is a space, `%41` a byte; a `%` that begins no such pair stays.
    public static func decoded(_ text: some Collection<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let high = hexDigit(rest[rest.startIndex]),
                let low = hexDigit(rest[rest.startIndex + 1])
            {
                out.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                out.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return out
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
