/// The text armour of keys and certificates (RFC 7468). Read leniently in one point: white space within the base64 may
/// be anywhere or nowhere, as eBay sends its keys on a single line.
enum PEM {
    /// The label and content of the first block; nil when there is none that is whole.
    static func first(_ text: String) -> (label: String, content: [UInt8])? {
        let head = "-----BEGIN "
        guard let begin = find(head, in: text[...]) else { return nil }
        let afterHead = text[begin.upperBound...]
        guard let dashes = find("-----", in: afterHead) else { return nil }
        let label = String(afterHead[..<dashes.lowerBound])
        let body = afterHead[dashes.upperBound...]
        guard let end = find("-----END \(label)-----", in: body) else { return nil }
        let base64 = body[..<end.lowerBound].filter { !$0.isWhitespace }
        guard let content = Base64.decode(String(base64)), !content.isEmpty else { return nil }
        return (label, content)
    }

    /// The block with a label around content, lines of 64 characters.
    static func encode(_ label: String, _ content: [UInt8]) -> String {
        var rest = Base64.encode(content)[...]
        var text = "-----BEGIN \(label)-----\n"
        while !rest.isEmpty {
            text += rest.prefix(64) + "\n"
            rest = rest.dropFirst(64)
        }
        return text + "-----END \(label)-----\n"
    }

    private static func find(_ needle: String, in text: Substring) -> Range<Substring.Index>? {
        text.firstRange(of: needle)
    }
}
