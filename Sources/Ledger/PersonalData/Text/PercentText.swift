/// Texts in percent encoding, as in URLs and forms.
enum PercentText {
    /// The possible readings of a value: as it is, and decoded as often as it was encoded.
    static func readings(of text: String) -> [String] {
        var readings = [text]
        while readings.count < 4, let next = decoded(readings[readings.count - 1]) { readings.append(next) }
        return readings
    }

    /// - Returns: nil if nothing is encoded, or the decoded bytes are not text.
    private static func decoded(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return nil }
        let bytes = decode(Array(text.utf8)[...], plusIsSpace: false)
        guard bytes.count < text.utf8.count else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The decoded bytes; a `%` without two digits stays.
    static func decode(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var place = text.startIndex
        while place < text.endIndex {
            let byte = text[place]
            if byte == UInt8(ascii: "%"), place + 2 < text.endIndex, let high = digit(text[place + 1]),
                let low = digit(text[place + 2])
            {
                bytes.append(high << 4 | low)
                place += 3
            } else {
                bytes.append(byte == UInt8(ascii: "+") && plusIsSpace ? 0x20 : byte)
                place += 1
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
