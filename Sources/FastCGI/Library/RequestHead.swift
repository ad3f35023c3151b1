/// The start of a connection as a web server writes it: FCGI_BEGIN_REQUEST for a responder, FCGI_PARAMS records, an
/// empty one (FastCGI specification, 5.1 and 5.2). Nothing else may come before the body.
///
/// libfcgi never gets any other start, because Debian 12's version ends the process on two kinds of them: lengths of a
/// name and a value that together pass 2^31 (assertion in Malloc), and FCGI_GET_VALUES with more names than its answer
/// has room for (stack smashed). nginx sends neither.
enum RequestHead {
    enum Verdict: Equatable {
        case complete
        /// Valid so far, but incomplete.
        case incomplete
        case malformed
    }

    private static let beginRequest: UInt8 = 1
    private static let parameters: UInt8 = 4
    private static let headerLength = 8

    /// Looks at the first bytes of a connection.
    static func verdict(on bytes: UnsafeRawBufferPointer) -> Verdict {
        // The first two bytes distinguish other protocols; the rest is checked once the record is complete.
        if bytes.count >= 2, bytes[0] != 1 || bytes[1] != beginRequest { return .malformed }
        guard bytes.count >= headerLength + 8 else { return .incomplete }
        let id = number(bytes, at: 2)
        let isResponder = number(bytes, at: headerLength) == 1
        guard id != 0, number(bytes, at: 4) == 8, isResponder else { return .malformed }

        var position = headerLength + 8 + Int(bytes[6])
        var pairs: [UInt8] = []
        while bytes.count >= position + headerLength {
            let length = number(bytes, at: position + 4)
            guard bytes[position] == 1, bytes[position + 1] == parameters, number(bytes, at: position + 2) == id else {
                return .malformed
            }
            if length == 0 { return areWhole(pairs) ? .complete : .malformed }
            let content = position + headerLength
            guard bytes.count >= content + length else { return .incomplete }
            pairs.append(contentsOf: bytes[content..<content + length])
            position = content + length + Int(bytes[position + 6])
        }
        return .incomplete
    }

    /// Whether the pairs of a name-value stream (3.4) fill it exactly, to its last byte.
    private static func areWhole(_ pairs: [UInt8]) -> Bool {
        var position = 0
        while position < pairs.count {
            guard let name = takeLength(pairs, &position), let value = takeLength(pairs, &position) else {
                return false
            }
            position += name + value
        }
        return position == pairs.count
    }

    /// A length of one byte, or of four when the first has its high bit set; nil when it is cut.
    private static func takeLength(_ pairs: [UInt8], _ position: inout Int) -> Int? {
        guard position < pairs.count else { return nil }
        let first = Int(pairs[position])
        position += 1
        guard first > 127 else { return first }
        guard position + 3 <= pairs.count else { return nil }
        defer { position += 3 }
        return (first & 0x7F) << 24 | Int(pairs[position]) << 16 | Int(pairs[position + 1]) << 8
            | Int(pairs[position + 2])
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Int {
        Int(bytes[position]) << 8 | Int(bytes[position + 1])
    }
}
