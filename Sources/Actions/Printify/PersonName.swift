/// A person's name in the two parts that carriers' forms want.
struct PersonName: Hashable {
    let first: String
    let last: String

    /// What stands for a part that the buyer did not give, where a form takes no empty one.
    static let absent = "-"

    /// Splits a full name as people write theirs:
    ///
    /// - `Doe, John` is family name first;
    /// - of several words the last is the family name, with the particles before it (`van der Berg`) and the suffix
    ///   after it (`Jr.`);
    /// - Chinese and Korean names without a space begin with the family name, mostly of one character.
    ///
    /// - Returns: nil for a name without a letter or digit.
    init?(_ full: String) {
        let words = full.split(whereSeparator: \.isWhitespace).map(String.init)
        guard full.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        if let comma = full.firstIndex(of: ",") {
            let family = Self.joined(full[..<comma])
            let given = Self.joined(full[full.index(after: comma)...])
            // "John Doe, Jr." is no family name first.
            if !family.isEmpty, !given.isEmpty, !Self.suffixes.contains(Self.bare(given)) {
                (first, last) = (given, family)
                return
            }
        }
        guard words.count > 1 else {
            (first, last) = Self.splitUnspaced(words.first ?? full)
            return
        }
        var start = words.count - 1
        if start > 1, Self.suffixes.contains(Self.bare(words[start])) { start -= 1 }
        while start > 1, Self.particles.contains(words[start - 1].lowercased()) { start -= 1 }
        first = words[..<start].joined(separator: " ")
        last = words[start...].joined(separator: " ")
    }

    private static let particles: Set<String> = [
        "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "ten", "ter",
        "zu", "zur", "af", "al", "el", "bin", "ibn", "st.",
    ]
    private static let suffixes: Set<String> = ["jr", "sr", "ii", "iii", "iv", "phd", "md"]
    private static let doubleFamilyNames: Set<String> = [
        "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "남궁", "황보", "제갈", "선우", "독고",
    ]

    private static func splitUnspaced(_ name: String) -> (String, String) {
        let isEastAsian = name.unicodeScalars.allSatisfy {
            (0x4E00...0x9FFF).contains($0.value) || (0xAC00...0xD7A3).contains($0.value)
        }
        guard isEastAsian, (2...4).contains(name.count) else { return (name, absent) }
        let length = name.count > 2 && doubleFamilyNames.contains(String(name.prefix(2))) ? 2 : 1
        return (String(name.dropFirst(length)), String(name.prefix(length)))
    }

    private static func bare(_ word: String) -> String { String(word.lowercased().filter { $0 != "." }) }

    private static func joined(_ part: Substring) -> String {
        part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
