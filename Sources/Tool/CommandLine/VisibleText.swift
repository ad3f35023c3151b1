/// Untrusted text made safe to print: on a terminal nothing in it moves the cursor, sets a title, or turns the order of
/// the letters round.
enum VisibleText {
    /// Control characters and those that steer the direction of text, as JSON's escapes (`\u001b`, `\u202e`), so that
    /// a line of JSON keeps its meaning. Line ends, tabs and the colours of `Console.coloured` stay.
    ///
    /// - Note: C1 counts as well: to many terminals U+009B is ESC [ (ECMA-48 section 5.3). The directional ones are
    ///   those of Unicode Technical Report 36, section 3.6 and UAX 9, section 2.
    static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var shown = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.first {
            if scalar == "\u{1B}",
                let colour = Console.colourCodes.first(where: { rest.starts(with: $0.unicodeScalars) })
            {
                shown += colour
                rest = rest.dropFirst(colour.unicodeScalars.count)
                continue
            }
            if isHidden(scalar) {
                let digits = String(scalar.value, radix: 16)
                shown += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                shown.unicodeScalars.append(scalar)
            }
            rest.removeFirst()
        }
        return shown
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
