/// E-mail addresses in values and in free text. Two addresses are the same if their full normalized texts are; a part
/// of an address never matches.
enum EmailText {
    /// The normalized text of a value that is one address and nothing else: in lower case, without surrounding space,
    /// `mailto:` and percent encoding.
    /// - Returns: nil if it is not an address, such as `@`, `a@` or an empty text.
    static func normalize(_ value: String) -> String? {
        for text in PercentText.readings(of: value) {
            let text = withoutScheme(text)
            let found = find(in: text, isValue: true)
            guard let only = found.first, found.count == 1 else {
                continue
            }
            if isPadding(text, only.range) { return only.address }
        }
        return nil
    }

    /// The address that the value of a field for an address means: ``normalize(_:)``, or `Ann <ann@mail.example>`.
    /// - Returns: nil for several addresses, and for one with anything else around it.
    static func meant(by value: String) -> String? {
        if let whole = normalize(value) { return whole }
        for text in PercentText.readings(of: value) {
            let found = find(in: text, isValue: true)
            guard let only = found.first, found.count == 1 else { continue }
            let scalars = Array(text.unicodeScalars)
            let (before, after) = (only.range.lowerBound - 1, only.range.upperBound)
            if before >= 0, after < scalars.count, scalars[before] == "<", scalars[after] == ">" {
                return only.address
            }
        }
        return nil
    }

    /// An address in a text.
    struct Found {
        /// Its place, counted in scalars.
        let range: Range<Int>
        /// The normalized address.
        let address: String
    }

    /// The addresses in a text, as it is written: nothing is decoded.
    /// - Parameter isValue: whether it is the value of a field for an address. There every sign counts that is legal before
    ///   the `@` (RFC 5322, atext): `x/ann@mail.example` is somebody else.
    static func find(in text: String, isValue: Bool = false) -> [Found] {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return [] }
        let scalars = Array(text.unicodeScalars)
        var found: [Found] = []
        for place in scalars.indices where scalars[place] == "@" {
            var start = place
            while start > 0, isLocal(scalars[start - 1]) || isValue && isRare(scalars[start - 1]) { start -= 1 }
            var end = place + 1
            while end < scalars.count, isDomain(scalars[end]) { end += 1 }
            // With two @ no single address is certain.
            if start > 0, scalars[start - 1] == "@" { continue }
            if end < scalars.count, scalars[end] == "@" { continue }
            while end > place + 1, scalars[end - 1] == "." { end -= 1 }
            let isQuoted = end < scalars.count && scalars[end] == "'"
            while start < place, scalars[start] == "." && !isValue || scalars[start] == "'" && (isQuoted || !isValue) {
                start += 1
            }
            guard isAddress(scalars[start..<place], scalars[(place + 1)..<end]) else { continue }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[start..<end])
            found.append(Found(range: start..<end, address: String(view).lowercased()))
        }
        return found
    }

    /// The base of an address, shared with similar ones: the address without the part after a plus.
    static func base(_ address: String) -> String {
        guard let at = address.lastIndex(of: "@"), let plus = address[..<at].firstIndex(of: "+"),
            plus > address.startIndex
        else { return address }
        return String(address[..<plus] + address[at...])
    }

    /// The bases of the addresses in a text, also of those with an `@` of full or small width.
    static func findBases(in text: String) -> Set<String> {
        let signs: Set<Unicode.Scalar> = ["\u{FF20}", "\u{FE6B}"]
        guard text.unicodeScalars.contains(where: signs.contains) else {
            return Set(find(in: text).map { base($0.address) })
        }
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { plain.append(signs.contains(scalar) ? "@" : scalar) }
        return Set((find(in: text) + find(in: String(plain))).map { base($0.address) })
    }

    private static func isAddress(_ local: ArraySlice<Unicode.Scalar>, _ domain: ArraySlice<Unicode.Scalar>) -> Bool {
        guard (1...200).contains(local.count), (1...255).contains(domain.count) else { return false }
        return domain.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
    }

    private static func isPadding(_ text: String, _ range: Range<Int>) -> Bool {
        text.unicodeScalars.enumerated().allSatisfy { place, scalar in
            range.contains(place) || scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "<"
                || scalar == ">"
        }
    }

    private static func withoutScheme(_ text: String) -> String {
        let trimmed = text.drop { $0.isWhitespace }
        guard trimmed.prefix(7).lowercased() == "mailto:" else { return text }
        return String(trimmed.dropFirst(7).prefix { $0 != "?" })
    }

    /// The characters that extend the part before the `@`. Some legal characters are in practice separators
    /// (`email=ann@…`, `/ann@…`) and do not.
    private static func isLocal(_ scalar: Unicode.Scalar) -> Bool {
        isWord(scalar) || ".-+%!#$'~^".unicodeScalars.contains(scalar)
    }

    /// The other signs that are legal there.
    private static func isRare(_ scalar: Unicode.Scalar) -> Bool { "&*/=?`{|}".unicodeScalars.contains(scalar) }

    private static func isDomain(_ scalar: Unicode.Scalar) -> Bool {
        isWord(scalar) || ".-%".unicodeScalars.contains(scalar)
    }

    /// Letters, digits and marks of every script, invisible joiners, and the full-width forms of `@` and the dot.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_"
        }
        if scalar == "\u{FF20}" || scalar == "\u{FE6B}" || scalar == "\u{FF0E}" { return true }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .format, .decimalNumber, .letterNumber, .otherNumber:
            return scalar != "\u{FEFF}"
        default: return scalar.properties.isAlphabetic
        }
    }
}
