/// The encoding of text bodies (RFC 2045 section 6.7): ASCII lines of at most 76 characters, whatever the text.
enum QuotedPrintable {
    static func encode(_ text: String) -> String {
        // To Swift, CR LF is one character.
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
            .map { line(Array($0.utf8)) }.joined(separator: "\r\n")
    }

    private static func line(_ bytes: [UInt8]) -> String {
        var lines: [String] = []
        var current = ""
        for (place, byte) in bytes.enumerated() {
            let piece = piece(byte, isLast: place == bytes.count - 1)
            // One is left for the soft line break.
            if current.utf8.count + piece.utf8.count > 75 {
                lines.append(current + "=")
                current = ""
            }
            current += piece
        }
        return (lines + [current]).joined(separator: "\r\n")
    }

    private static func piece(_ byte: UInt8, isLast: Bool) -> String {
        switch byte {
        case UInt8(ascii: "="): "=3D"
        case 33...126: String(Unicode.Scalar(byte))
        case 32 where !isLast, 9 where !isLast:
            String(Unicode.Scalar(byte))
        default: "=" + hex(byte >> 4) + hex(byte & 15)
        }
    }

    private static func hex(_ digit: UInt8) -> String { String(digit, radix: 16, uppercase: true) }
}
