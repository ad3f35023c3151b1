/// Amounts as people write them, with separators.
///
/// No shop's contract here has such amounts. Senders of the ROMS guide do: they are home-made scripts that pass on the
/// text of a page.
enum WrittenAmount {
    /// The literal of a number that is written with separators.
    /// - Returns: nil if it is not a number, or ambiguous (`1,299`).
    static func literal(_ text: String) -> String? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let separators = digits.filter { !isDigit($0) }
        guard let first = separators.first, let last = separators.last, separators.allSatisfy({ ",. ".contains($0) }),
            digits.first.map(isDigit) == true, digits.last.map(isDigit) == true
        else { return nil }
        let parts = digits.split(omittingEmptySubsequences: false) { !isDigit($0) }
        let isFractional = first != last || (separators.count == 1 && first == "," && parts[1].count != 3)
        let groups = isFractional ? parts.dropLast() : parts[...]
        guard last != " " || !isFractional, isFractional || separators.count > 1,
            separators.dropLast(isFractional ? 1 : 0).allSatisfy({ $0 == first }),
            (1...3).contains(groups.first?.count ?? 0) || groups.count == 1,
            groups.dropFirst().allSatisfy({ $0.count == 3 }), !parts.contains("")
        else { return nil }
        let whole = groups.joined().drop { $0 == "0" }
        return (text.hasPrefix("-") ? "-" : "") + (whole.isEmpty ? "0" : whole)
            + (isFractional ? "." + (parts.last ?? "") : "")
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
