import JSON

/// The fields of a body, read when a scheme needs them and at most once in each form.
final class BodyFields {
    private let body: [UInt8]
    private lazy var json = try? JSONValue(parsing: body)

    init(_ body: [UInt8]) { self.body = body }

    /// The text of the field at that path: of a string, a boolean or a number.
    /// - Returns: nil when there is no such field, or the body is not JSON.
    func json(at path: [String]) -> String? {
        var value = json
        for step in path {
            switch value {
            case .array(let elements):
                guard let position = Int(step), elements.indices.contains(position) else { return nil }
                value = elements[position]
            default: value = value?[step]
            }
        }
        return switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let truth): truth ? "true" : "false"
        default: nil
        }
    }

    /// The fields of a form, sorted by name and then by value, each pair once: names and values one after the other.
    func sortedForm() -> [UInt8] {
        let pairs = body.split(separator: UInt8(ascii: "&")).map { pair -> [[UInt8]] in
            let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return [Self.decoded(sides[0]), sides.count > 1 ? Self.decoded(sides[1]) : []]
        }
        return Array(
            Set(pairs).sorted { a, b in
                a[0] == b[0] ? a[1].lexicographicallyPrecedes(b[1]) : a[0].lexicographicallyPrecedes(b[0])
            }.joined().joined())
    }

    /// Form decoding (WHATWG URL, section 5.1): `+` is a space, `%41` a byte; a `%` that begins no such pair stays.
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
