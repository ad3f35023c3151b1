/// The hex form of bytea (PostgreSQL manual 8.4.1), which every server since 9.0 sends by default.
enum Bytea {
    /// The bytes; nil when the text is not `\x` and pairs of hex digits (bytea_output = escape).
    static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard text.count >= 2, text.count % 2 == 0, text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "x") else {
            return nil
        }
        let count = text.count / 2 - 1
        var valid = true
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                let high = nibble(text[2 * index + 2])
                let low = nibble(text[2 * index + 3])
                valid = valid && high < 16 && low < 16
                buffer[index] = high << 4 | low & 15
            }
            initialized = count
        }
        return valid ? bytes : nil
    }

    private static func nibble(_ character: UInt8) -> UInt8 {
        switch character {
        case 48...57: character - 48
        case 97...102: character - 87
        case 65...70: character - 55
        default: 255
        }
    }
}
