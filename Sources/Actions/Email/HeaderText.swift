import Crypto
import Webhooks

/// Text in header fields (RFC 5322), with encoded words (RFC 2047) where it is not plain ASCII.
enum HeaderText {
    /// Bytes of text in one encoded word: 75 characters less `=?UTF-8?B?` and `?=`, in base 64.
    private static let wordBytes = 45

    /// A subject: white space of any kind becomes single spaces, so that no line can be added.
    static func unstructured(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return isPlain(line) && line.utf8.count <= 900 ? line : encoded(line)
    }

    /// A display name: an atom, a quoted string or encoded words.
    static func phrase(_ name: String) -> String {
        guard isPlain(name), name.utf8.count <= 200 else { return encoded(name) }
        let isAtom = name.utf8.allSatisfy {
            switch $0 {
            case 48...57, 65...90, 97...122, 32: true
            default: false
            }
        }
        if isAtom { return name }
        return "\"" + name.escapingScalars { $0 == "\"" || $0 == "\\" ? "\\\($0)" : nil } + "\""
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (32...126).contains($0) } && !text.contains("=?")
    }

    /// Encoded words, one a line, none of which splits a character.
    private static func encoded(_ text: String) -> String {
        var words: [[UInt8]] = [[]]
        for character in text.unicodeScalars where character.value >= 32 && character.value != 127 {
            let bytes = Array(String(character).utf8)
            if words[words.count - 1].count + bytes.count > wordBytes { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Base64.encode($0))?=" }.joined(separator: "\r\n ")
    }
}
