import Yams

/// Composes a document although keys are written twice, so that those and every other mistake are reported together.
///
/// Yams stops at the first duplicate; it is then renamed in the text by a private-use character in front, noted, and
/// the text is read again.
struct DuplicateKeys {
    private static let marker: Unicode.Scalar = "\u{F0F0}"
    private static let maximum = 50

    private var text: String
    private(set) var found: [(key: String, line: Int)] = []

    init(text: String) { self.text = text }

    static func isMarked(_ key: String) -> Bool { key.unicodeScalars.first == marker }

    /// - Throws: YamlError for a text that cannot be parsed for another reason, or has more than 50 duplicates.
    mutating func compose() throws -> Node? {
        while true {
            do {
                return try Yams.compose(yaml: text)
            } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
                guard found.count < Self.maximum, let key = duplicates.first, rename(at: context.mark, key) else {
                    throw YamlError.duplicatedKeysInMapping(duplicates: duplicates, context: context)
                }
            }
        }
    }

    /// - Returns: false when the key is not in the text under its name, such as an alias.
    private mutating func rename(at mark: Mark, _ key: String) -> Bool {
        var scalars = Array(text.unicodeScalars)
        var line = 1
        var position = 0
        while line < mark.line, position < scalars.count {
            if scalars[position] == "\n" { line += 1 }
            position += 1
        }
        position += mark.column - 1
        if position < scalars.count, scalars[position] == "\"" || scalars[position] == "'" { position += 1 }
        guard scalars[min(position, scalars.count)...].starts(with: key.unicodeScalars) else { return false }
        var marks: [Unicode.Scalar] = [Self.marker]
        // A number makes the new key unlike an earlier one's.
        marks += String(found.count).unicodeScalars
        scalars.insert(contentsOf: marks, at: position)
        text = String(String.UnicodeScalarView(scalars))
        found.append((key, mark.line))
        return true
    }
}
