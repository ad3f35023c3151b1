/// Keeps the parser from being blown up by aliases of aliases (the "billion laughs"): it hashes keys before their
/// expansion can be counted, so the count is made on the text, conservatively.
enum AnchorLimit {
    private static let anchors = 8
    private static let aliases = 32

    /// Whether there are few enough places where `&name` or `*name` could stand. A `*name` without a `&name`
    /// elsewhere is text, such as Slack's bold print, and not counted.
    static func allows(_ text: String) -> Bool {
        let defined = names(after: UInt8(ascii: "&"), in: text)
        if defined.isEmpty { return true }
        let used = names(after: UInt8(ascii: "*"), in: text)
        let both = Set(defined).intersection(used)
        return defined.count(where: both.contains) <= anchors && used.count(where: both.contains) <= aliases
    }

    private static func names(after sign: UInt8, in text: String) -> [Substring] {
        let utf8 = text.utf8
        var names: [Substring] = []
        var position = utf8.startIndex
        while let start = utf8[position...].firstIndex(of: sign) {
            position = utf8.index(after: start)
            let end = utf8[position...].firstIndex { !isNameByte($0) } ?? utf8.endIndex
            if end > position { names.append(Substring(utf8[position..<end])) }
        }
        return names
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
