/// Names of members, as paths write them. A name that is data, such as an id, a date, an e-mail address or a file's name, is
/// folded to `*`, so that paths hold no personal value and their number stays small.
enum MemberName {
    static let folded = "*"

    /// The longest name that is not taken for data, in bytes.
    private static let longest = 64
    /// As many digits in a row are an id: `iso8601` and `ean13` are names.
    private static let digitsOfID = 5

    /// The name, or `*`.
    static func step(_ name: String) -> String { isData(name) ? folded : name }

    private static func isData(_ name: String) -> Bool {
        let bytes = name.utf8
        guard !bytes.isEmpty, bytes.count <= longest else { return true }
        var (run, letters, hexDigits, hasDigit) = (0, 0, 0, false)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                run += 1
                hasDigit = true
                hexDigits += 1
                if run >= digitsOfID { return true }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
                letters += 1
                if byte | 0x20 <= UInt8(ascii: "f") { hexDigits += 1 }
                run = 0
            case UInt8(ascii: "-"):
                // A year and what follows it: 2026-11-30.
                if run == 4 { return true }
                run = 0
            case UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: ":"): run = 0
            // A dot, an @, a blank, a slash or a letter beyond ASCII: an address, a sentence, a name of somebody or of a file.
            default: return true
            }
        }
        if letters == 0 { return true }
        // Hashes and UUIDs.
        return hasDigit && hexDigits >= 12 && bytes.allSatisfy { $0 == UInt8(ascii: "-") || isHex($0) }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte | 0x20)
    }
}

/// Paths of members: `order.items[].price`; empty for the body itself.
enum MemberPath {
    static let element = "[]"

    /// The path of a member below another path.
    static func member(_ step: String, of path: String) -> String { path.isEmpty ? step : path + "." + step }

    /// The path of the object or list that the member belongs to; nil for the body.
    static func above(_ path: String) -> String? {
        if path.isEmpty { return nil }
        if path.hasSuffix(element) { return String(path.dropLast(element.count)) }
        return path.lastIndex(of: ".").map { String(path[..<$0]) } ?? ""
    }

    /// Whether the last part of the path represents many members: an element of a list, or a folded name.
    static func isFolded(_ path: String) -> Bool {
        path.hasSuffix(element) || path == MemberName.folded || path.hasSuffix("." + MemberName.folded)
    }
}
