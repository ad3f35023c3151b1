/// The escapes of strings (RFC 8259 section 7).
enum JSONEscapes {
    /// The bytes of a string whose escapes have been checked. Half of a surrogate pair becomes U+FFFD.
    static func decode(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var place = range.lowerBound
        var plain = place
        while place < range.upperBound {
            guard bytes[place] == UInt8(ascii: "\\") else {
                place += 1
                continue
            }
            text.append(contentsOf: bytes[plain..<place])
            let letter = bytes[place + 1]
            place += 2
            switch letter {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"): append(scalar(bytes, &place, range.upperBound), to: &text)
            default: text.append(letter)
            }
            plain = place
        }
        text.append(contentsOf: bytes[plain..<place])
        return text
    }

    /// The value of a hexadecimal digit; nil for any other byte.
    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    /// Reads the digits behind `\u`, and a second escape where the two are a surrogate pair.
    private static func scalar(_ bytes: [UInt8], _ place: inout Int, _ end: Int) -> Unicode.Scalar {
        let unit = unit(bytes, place)
        place += 4
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xDC00, place + 6 <= end, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") {
            let low = Self.unit(bytes, place + 2)
            if (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
            {
                place += 6
                return scalar
            }
        }
        // Half a pair. What follows it, if anything does, stands for itself.
        return "\u{FFFD}"
    }

    private static func unit(_ bytes: [UInt8], _ place: Int) -> UInt16 {
        bytes[place..<place + 4].reduce(0) { $0 << 4 | UInt16(digit($1) ?? 0) }
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
}
