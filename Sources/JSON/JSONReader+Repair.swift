extension JSONValue {
    /// Reads one JSON text like `init(parsing:)`. If it is not UTF-8, it is read again with every invalid byte as its
    /// Windows-1252 character, as senders with Latin-1 intend.
    /// - Returns: the value, and the names of the top members that hold such a character; `body` where it has none.
    /// - Throws: `JSONError` of the first reading.
    public static func repaired(parsing bytes: [UInt8]) throws(JSONError) -> (value: JSONValue, members: [String]) {
        do {
            return (try JSONValue(parsing: bytes), [])
        } catch {
            guard error.reason == .invalidUTF8 else { throw error }
            var reader = JSONReader(repairing: bytes)
            guard let text = try? reader.document() else { throw error }
            return (text.value(0), reader.repairedMembers.isEmpty ? ["body"] : reader.repairedMembers)
        }
    }
}

extension JSONReader {
    /// A reader of these bytes as UTF-8, which they are not.
    init(repairing bytes: [UInt8]) {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 16)
        var repairs: [Int] = []
        var reader = JSONReader(bytes)
        while let byte = reader.next {
            if byte < 0x80 {
                text.append(byte)
                reader.position += 1
            } else if let length = try? reader.multibyteLength(first: byte) {
                text.append(contentsOf: bytes[reader.position..<reader.position + length])
                reader.position += length
            } else {
                repairs.append(text.count)
                text.append(contentsOf: String(Self.character(byte)).utf8)
                reader.position += 1
            }
        }
        self.init(text)
        self.repairs = repairs[...]
    }

    /// Notes the member whose value has just been read, if it contains a repaired character.
    /// - Parameter key: the place of its key.
    mutating func noteRepairs(in key: Int) {
        guard let first = repairs.first, first < position else { return }
        repairs = repairs.drop { $0 < position }
        let node = nodes[key]
        let source = node.marks.contains(.isDecoded) ? keys : bytes
        repairedMembers.append(String(decoding: source[node.range], as: UTF8.self))
    }

    /// The character of a byte from 0x80 on in Windows-1252; the five that it leaves open are those of Latin-1.
    private static func character(_ byte: UInt8) -> Unicode.Scalar {
        byte < 0xA0 ? windows[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }

    private static let windows = Array(
        ("\u{20AC}\u{81}\u{201A}\u{192}\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}\u{160}\u{2039}\u{152}\u{8D}"
            + "\u{17D}\u{8F}\u{90}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{2DC}\u{2122}\u{161}\u{203A}"
            + "\u{153}\u{9D}\u{17E}\u{178}").unicodeScalars)
}
