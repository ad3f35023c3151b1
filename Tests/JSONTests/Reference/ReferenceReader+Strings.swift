import JSON

extension ReferenceReader {
    /// Reads a string from its opening quote on; leaves the position behind the closing one.
    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        try skipPlainText()
        if next == UInt8(ascii: "\"") {
            position += 1
            return String(decoding: bytes[start..<position - 1], as: UTF8.self)
        }
        var text = Array(bytes[start..<position])
        while let byte = next {
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text)
            } else if byte == UInt8(ascii: "\"") {
                position += 1
                return String(decoding: text, as: UTF8.self)
            } else {
                let plain = position
                try skipPlainText()
                text.append(contentsOf: bytes[plain..<position])
            }
        }
        throw failure(.unexpectedEnd)
    }

    /// Moves to the next quote or backslash over text that stands for itself.
    private mutating func skipPlainText() throws(JSONError) {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return
            case 0x20..<0x80: position += 1
            case 0..<0x20: throw failure(.controlCharacter)
            default: position += try multibyteLength(first: byte)
            }
        }
        throw failure(.unexpectedEnd)
    }

    /// The length of the UTF-8 sequence at the position (RFC 3629 section 4: no overlong forms, no surrogates,
    /// nothing above U+10FFFF).
    private func multibyteLength(first: UInt8) throws(JSONError) -> Int {
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

    /// Reads one escape from its backslash on.
    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        position += 1
        guard let letter = next else { throw failure(.unexpectedEnd) }
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            Self.append(try unicodeEscape(), to: &text)
            return
        default: throw failure(.invalidEscape)
        }
        position += 1
    }

    /// Writes a character as UTF-8 (RFC 3629, section 3), without the memory that a `String` of each would take.
    private static func append(_ scalar: Unicode.Scalar, to text: inout [UInt8]) {
        let value = scalar.value
        func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | value >> shift & 0x3F) }
        switch value {
        case 0..<0x80: text.append(UInt8(value))
        case 0x80..<0x800:
            text.append(UInt8(0xC0 | value >> 6))
            text.append(tail(0))
        case 0x800..<0x10000:
            text.append(UInt8(0xE0 | value >> 12))
            text.append(tail(6))
            text.append(tail(0))
        default:
            text.append(UInt8(0xF0 | value >> 18))
            text.append(tail(12))
            text.append(tail(6))
            text.append(tail(0))
        }
    }

    /// Reads the digits behind `\u`, and a second escape where the two are a surrogate pair.
    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let unit = try fourHexDigits()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let behind = position
        if unit < 0xDC00, skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) {
            let low = try fourHexDigits()
            if (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
            {
                return scalar
            }
        }
        // Half a pair. What follows it, if anything does, stands for itself.
        position = behind
        return "\u{FFFD}"
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next else { throw failure(.unexpectedEnd) }
            let digit: UInt8
            switch byte {
            case 48...57: digit = byte - 48
            case 65...70: digit = byte - 55
            case 97...102: digit = byte - 87
            default: throw failure(.invalidEscape)
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}
