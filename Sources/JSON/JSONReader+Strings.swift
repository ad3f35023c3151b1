extension JSONReader {
    /// Reads a string from its opening quote on; leaves the position behind the closing one.
    mutating func string(as kind: JSONNode.Kind = .string) throws(JSONError) {
        position += 1
        let start = position
        var marks: JSONNode.Marks = .isPlain
        try skipPlainText(&marks)
        while next == UInt8(ascii: "\\") {
            marks = .isEscaped
            try skipEscape()
            try skipPlainText(&marks)
        }
        position += 1
        if marks != .isPlain { isCompact = false }
        if kind == .key, marks.contains(.isEscaped) {
            let decoded = JSONEscapes.decode(bytes, start..<position - 1)
            keys += decoded
            add(.key, .isDecoded, from: keys.count - decoded.count, to: keys.count)
        } else {
            add(kind, marks, from: start, to: position - 1)
        }
    }

    /// Moves to the next quote or backslash over text that stands for itself.
    private mutating func skipPlainText(_ marks: inout JSONNode.Marks) throws(JSONError) {
        let bytes = bytes
        var place = position
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                position = place
                return
            case 0x20..<0x7F: place += 1
            case 0x7F:
                // The writer escapes it.
                marks.remove(.isPlain)
                place += 1
            case 0..<0x20:
                position = place
                throw failure(.controlCharacter)
            default:
                position = place
                place += try multibyteLength(first: byte)
            }
        }
        position = place
        throw failure(.unexpectedEnd)
    }

    /// The length of the UTF-8 sequence at the position (RFC 3629 section 4: no overlong forms, no surrogates,
    /// nothing above U+10FFFF).
    func multibyteLength(first: UInt8) throws(JSONError) -> Int {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: throw failure(.invalidUTF8)
        }
        guard position + length <= bytes.count, second.contains(bytes[position + 1]),
            length < 3 || (0x80...0xBF).contains(bytes[position + 2]),
            length < 4 || (0x80...0xBF).contains(bytes[position + 3])
        else { throw failure(.invalidUTF8) }
        return length
    }

    /// Checks one escape from its backslash on, and moves behind it.
    private mutating func skipEscape() throws(JSONError) {
        position += 1
        guard let letter = next else { throw failure(.unexpectedEnd) }
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            var unit = 0
            for _ in 0..<4 {
                guard let byte = next else { throw failure(.unexpectedEnd) }
                guard let digit = JSONEscapes.digit(byte) else { throw failure(.invalidEscape) }
                unit = unit << 4 | Int(digit)
                position += 1
            }
            if unit == 0 { isStorable = false }
        default: throw failure(.invalidEscape)
        }
    }
}
