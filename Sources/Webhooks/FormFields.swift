/// The pairs of a form (`application/x-www-form-urlencoded`) or of a URL's query, decoded (WHATWG URL, section 5.1).
///
/// Reading takes time and memory in proportion to the bytes, whatever stands in them: the decoded bytes are kept in one
/// piece, and a pair is three positions in it.
public struct FormFields: Sendable, Hashable {
    private let bytes: [UInt8]
    private let pairs: [Pair]

    private struct Pair: Sendable, Hashable {
        let start: Int32
        let nameEnd: Int32
        let end: Int32
    }

    /// The pairs of a form body.
    public init(_ body: [UInt8]) {
        self.init(Self.read(body, limit: .max))
    }

    /// The pairs of a form body that has no more than that many: for what is read before it is known who sent it.
    /// - Returns: nil when there are more; it then has read no further.
    public init?(_ body: [UInt8], limit: Int) {
        let read = Self.read(body, limit: limit)
        guard read.pairs.count <= limit else { return nil }
        self.init(read)
    }

    /// The pairs behind the `?` of a URL.
    public init(query url: String) {
        let behind = url.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
        self.init(Array(behind.prefix { $0 != UInt8(ascii: "#") }))
    }

    private init(_ read: (bytes: [UInt8], pairs: [Pair])) {
        bytes = read.bytes
        pairs = read.pairs
    }

    /// The first value of that name; nil when there is none.
    public func first(_ name: String) -> String? {
        let name = Array(name.utf8)
        return pairs.first { bytes[Int($0.start)..<Int($0.nameEnd)].elementsEqual(name) }
            .map { String(decoding: bytes[Int($0.nameEnd)..<Int($0.end)], as: UTF8.self) }
    }

    /// The pairs sorted by name and then by value, each once: names and values one after the other.
    public var sorted: [UInt8] {
        let ordered = pairs.sorted { compare($0, $1) < 0 }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var last: Pair?
        for pair in ordered {
            if let last, compare(last, pair) == 0 { continue }
            out += bytes[Int(pair.start)..<Int(pair.end)]
            last = pair
        }
        return out
    }

    /// Whether two forms have the same pairs in the same order.
    public static func == (a: FormFields, b: FormFields) -> Bool { a.bytes == b.bytes && a.pairs == b.pairs }

    /// Below 0, 0 or above 0, by name and then by value.
    private func compare(_ a: Pair, _ b: Pair) -> Int {
        let byName = compare(a.start, a.nameEnd, b.start, b.nameEnd)
        return byName != 0 ? byName : compare(a.nameEnd, a.end, b.nameEnd, b.end)
    }

    private func compare(_ a: Int32, _ aEnd: Int32, _ b: Int32, _ bEnd: Int32) -> Int {
        let span = bytes.span
        let (aLength, bLength) = (Int(aEnd - a), Int(bEnd - b))
        for place in 0..<min(aLength, bLength) {
            let (left, right) = (span[Int(a) + place], span[Int(b) + place])
            if left != right { return left < right ? -1 : 1 }
        }
        return aLength - bLength
    }

    /// `+` is a space, `%41` a byte; a `%` that begins no such pair stays. What stands between two `&` is a pair, unless it
    /// is empty.
    private static func read(_ body: [UInt8], limit: Int) -> (bytes: [UInt8], pairs: [Pair]) {
        var out: [UInt8] = []
        out.reserveCapacity(body.count)
        var pairs: [Pair] = []
        let span = body.span
        var position = 0
        while position < span.count, pairs.count <= limit {
            if span[position] == UInt8(ascii: "&") {
                position += 1
                continue
            }
            let start = Int32(out.count)
            var nameEnd: Int32?
            while position < span.count {
                let byte = span[position]
                if byte == UInt8(ascii: "&") { break }
                if byte == UInt8(ascii: "="), nameEnd == nil {
                    nameEnd = Int32(out.count)
                } else if byte == UInt8(ascii: "%"), position + 2 < span.count,
                    let high = hexDigit(span[position + 1]), let low = hexDigit(span[position + 2])
                {
                    out.append(high << 4 | low)
                    position += 2
                } else {
                    out.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                }
                position += 1
            }
            let end = Int32(out.count)
            pairs.append(Pair(start: start, nameEnd: nameEnd ?? end, end: end))
        }
        return (out, pairs)
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
