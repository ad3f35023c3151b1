/// A comment's text as moderation looks at it.
///
/// Full-width, mathematical, ligature and other compatible letters are the plain ones (NFKC, done by the caller); case
/// does not count; what is not seen (zero-width spaces and joiners, soft hyphens, variation selectors) is not there; Greek
/// and Cyrillic letters also count as the Latin ones that they look like (``LookAlikes``).
struct CommentText: Sendable {
    private let lowercased: [Unicode.Scalar]
    private let tokens: Set<String>
    /// As it is spelled, and as it looks: the first for the sake of words in capital and small letters of other scripts,
    /// which look like different Latin ones.
    private let forms: [Form]
    private let isUnspaced: Bool
    /// How many words: what stands between white space, as in the guide. Of scripts that write no spaces every two
    /// ideographs or syllables count as a word, and every five letters of the others.
    let wordCount: Int

    /// - Parameter compatible: the text in Normalization Form KC.
    init(_ text: String, compatible: String) {
        let lower = text.lowercased()
        lowercased = Array(lower.unicodeScalars)
        tokens = Set(Self.split(lowercased).map(Self.text))
        let seen = Self.seen(compatible)
        forms = [Form(seen), Form(seen.map(LookAlikes.latin))]
        isUnspaced = seen.contains { Self.lettersPerWord($0) != nil }
        wordCount = Self.split(Self.seen(text)).reduce(0) { $0 + Self.count($1) }
    }

    /// Whether it contains a phrase, also inside words, as in the guide.
    func holds(phrase: String, _ other: CommentText) -> Bool {
        guard !other.isEmpty else { return false }
        return lowercased.contains(Array(phrase.lowercased().unicodeScalars))
            || zip(forms, other.forms).contains { $0.folded.contains($1.folded) || $0.holds(words: $1) }
    }

    /// Whether it contains a word as a word; in a script without spaces also inside a run of letters.
    func holds(word: String, _ other: CommentText) -> Bool {
        guard !other.isEmpty else { return false }
        return tokens.contains(word.lowercased())
            || zip(forms, other.forms).contains {
                $0.holds(words: $1) || other.isUnspaced && $0.folded.contains($1.folded)
            }
    }

    private var isEmpty: Bool { forms.allSatisfy(\.folded.isEmpty) }

    /// The text in one case.
    private struct Form: Sendable {
        let folded: [Unicode.Scalar]
        /// The words between spaces: letters, digits and the marks on them, with everything else left out.
        let words: [Unicode.Scalar]

        init(_ seen: [Unicode.Scalar]) {
            // By way of the upper case, as in case folding: ß is ss, and both forms of sigma are one.
            let plain = CommentText.text(seen).uppercased().lowercased().unicodeScalars
            folded = Array(CommentText.split(Array(plain)).joined(separator: [" "]))
            words = CommentText.words(plain)
        }

        func holds(words other: Form) -> Bool { other.words.count > 2 && words.contains(other.words) }
    }

    /// ` free money `: words with a space before and behind each.
    private static func words(_ scalars: String.UnicodeScalarView) -> [Unicode.Scalar] {
        var words: [Unicode.Scalar] = [" "]
        for scalar in scalars {
            if isLetter(scalar) {
                words.append(scalar)
            } else if words.last != " " {
                words.append(" ")
            }
        }
        if words.last != " " { words.append(" ") }
        return words
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
            true
        default: false
        }
    }

    private static func seen(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
    }

    /// What stands between white space; the guide's language also counts the four separators of ASCII.
    private static func split(_ scalars: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        scalars.split { $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value) }.map { Array($0) }
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// The words in what stands between white space.
    private static func count(_ token: [Unicode.Scalar]) -> Int {
        var lengths: [Int: Int] = [:]
        for scalar in token { lengths[lettersPerWord(scalar) ?? 0, default: 0] += 1 }
        return lengths.reduce(0) { count, kind in
            count + (kind.key == 0 ? 1 : (kind.value + kind.key - 1) / kind.key)
        }
    }

    /// How many letters a word has on average in a script that writes no spaces; nil for other scripts.
    private static func lettersPerWord(_ scalar: Unicode.Scalar) -> Int? {
        if scalar.properties.isIdeographic { return 2 }
        switch scalar.value {
        case 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9D: return 2  // Hiragana, Katakana
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: return 5  // Thai, Lao, Burmese, Khmer
        default: return nil
        }
    }
}
