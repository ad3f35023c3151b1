/// The pairs of a form (`application/x-www-form-urlencoded`) or of a URL's query, decoded (WHATWG URL, section 5.1).
///
/// Reading takes time and memory in proportion to the bytes, whatever they are: the decoded bytes are kept in one
/// piece, and a pair is three positions in it.
public struct FormFields: Sendable, Hashable {
    let bytes: [UInt8]
    let pairs: [Pair]

    struct Pair: Sendable, Hashable {
        let start: Int32
        let nameEnd: Int32
        let end: Int32
    }

    /// The pairs of a form body.
    public init(_ body: [UInt8]) {
        self.init(Self.read(body, limit: .max))
    }

    /// The pairs of a form body that has no more than that many: for forms that are parsed before verification.
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

    /// All pairs, in their order.
    public var all: [(name: String, value: String)] {
        pairs.map { pair in
            (
                String(decoding: bytes[Int(pair.start)..<Int(pair.nameEnd)], as: UTF8.self),
                String(decoding: bytes[Int(pair.nameEnd)..<Int(pair.end)], as: UTF8.self)
            )
        }
    }

    /// Whether two forms have the same pairs in the same order.
    public static func == (a: FormFields, b: FormFields) -> Bool { a.bytes == b.bytes && a.pairs == b.pairs }

    /// `+` is a space, `%41` a byte; a `%` that begins no such pair stays. What stands between two `&` is a pair, unless it
    /// is empty.
    private static func read(_ body: [UInt8], limit: Int) -> (bytes: [UInt8], pairs: [Pair]) {
        // Never longer than the body: decoded in place of a copy, which is quicker than to append byte by byte.
        var out = body
        var pairs: [Pair] = []
        let length = decode(body.span, into: &out, limit: limit, &pairs)
        out.removeLast(out.count - length)
        return (out, pairs)
    }

    /// - Returns: how many bytes were written.
    private static func decode(_ span: Span<UInt8>, into out: inout [UInt8], limit: Int, _ pairs: inout [Pair]) -> Int {
        var written = out.mutableSpan
        var (position, count) = (0, 0)
        while position < span.count, pairs.count <= limit {
            if span[position] == UInt8(ascii: "&") {
                position += 1
                continue
            }
            let start = Int32(count)
            var nameEnd: Int32?
            while position < span.count {
                let byte = span[position]
                if byte == UInt8(ascii: "&") { break }
                if byte == UInt8(ascii: "="), nameEnd == nil {
                    nameEnd = Int32(count)
                } else {
                    if byte == UInt8(ascii: "%"), position + 2 < span.count,
                        let high = hexDigit(span[position + 1]), let low = hexDigit(span[position + 2])
                    {
                        written[count] = high << 4 | low
                        position += 2
                    } else {
                        written[count] = byte == UInt8(ascii: "+") ? 0x20 : byte
                    }
                    count += 1
                }
                position += 1
            }
            let end = Int32(count)
            pairs.append(Pair(start: start, nameEnd: nameEnd ?? end, end: end))
        }
        return count
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
