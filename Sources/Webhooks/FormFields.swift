/// The pairs of a form (`application/x-www-form-urlencoded`) or of a URL's query, decoded (WHATWG URL, section 5.1).
public struct FormFields: Sendable, Hashable {
    private let pairs: [[[UInt8]]]

    /// The pairs of a form body.
    public init(_ body: [UInt8]) {
        pairs = body.split(separator: UInt8(ascii: "&")).map { pair in
            let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return [Self.decoded(sides[0]), sides.count > 1 ? Self.decoded(sides[1]) : []]
        }
    }

    /// The pairs behind the `?` of a URL.
    public init(query url: String) {
        let behind = url.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
        self.init(Array(behind.prefix { $0 != UInt8(ascii: "#") }))
    }

    /// The first value of that name; nil when there is none.
    public func first(_ name: String) -> String? {
        let name = Array(name.utf8)
        return pairs.first { $0[0] == name }.map { String(decoding: $0[1], as: UTF8.self) }
    }

    /// The pairs sorted by name and then by value, each once: names and values one after the other.
    public var sorted: [UInt8] {
        let unique = Set(pairs).sorted { a, b in
            a[0] == b[0] ? a[1].lexicographicallyPrecedes(b[1]) : a[0].lexicographicallyPrecedes(b[0])
        }
        return Array(unique.joined().joined())
    }

    /// `+` is a space, `%41` a byte; a `%` that begins no such pair stays.
    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var position = text.startIndex
        while position < text.endIndex {
            let byte = text[position]
            if byte == UInt8(ascii: "%"), position + 2 < text.endIndex, let high = hexDigit(text[position + 1]),
                let low = hexDigit(text[position + 2])
            {
                out.append(high << 4 | low)
                position += 3
            } else {
                out.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                position += 1
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
