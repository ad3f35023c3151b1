/// Base64 and base64url (RFC 4648, sections 4 and 5), strict: one text for each byte sequence.
public enum Base64 {
    /// Which 64 characters.
    public enum Alphabet: Sendable {
        /// With `+` and `/` (section 4).
        case standard
        /// With `-` and `_` (section 5).
        case url
    }

    /// Whether the text is padded to groups of four with `=`.
    public enum Padding: Sendable {
        /// It must be.
        case required
        /// It may be, wholly or not at all.
        case optional
        /// It must not be.
        case forbidden
    }

    /// The text of the bytes.
    public static func encode(_ bytes: [UInt8], alphabet: Alphabet = .standard, padded: Bool = true) -> String {
        let symbols = alphabet == .standard ? standardSymbols : urlSymbols
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for index in 0..<3 { bits = bits << 8 | (index < group.count ? UInt32(group[start + index]) : 0) }
            for index in 0..<4 {
                if index <= group.count {
                    text.append(symbols[Int(bits >> UInt32(18 - 6 * index) & 63)])
                } else if padded {
                    text.append(pad)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil for any character outside the alphabet (line feeds and spaces too), padding that is not
    /// as demanded, and bits set after the last byte, which would give two texts for the same bytes.
    public static func decode(
        _ text: String, alphabet: Alphabet = .standard, padding: Padding = .required
    ) -> [UInt8]? {
        var symbols = Array(text.utf8)
        let whole = symbols.count % 4 == 0
        var pads = 0
        while pads < 2, whole, symbols.last == pad {
            symbols.removeLast()
            pads += 1
        }
        let rest = symbols.count % 4
        if rest == 1 { return nil }
        switch padding {
        case .required: if !whole { return nil }
        case .optional: break
        case .forbidden: if pads > 0 { return nil }
        }
        // Padding fills a group; it is not a group itself ("====").
        if pads > 0, pads != 4 - rest { return nil }
        return bytes(symbols, alphabet)
    }

    private static func bytes(_ symbols: [UInt8], _ alphabet: Alphabet) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(symbols.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for symbol in symbols {
            guard let value = value(symbol, alphabet) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
                bits &= (1 << count) - 1
            }
        }
        return bits == 0 ? bytes : nil
    }

    private static let pad = UInt8(ascii: "=")
    private static let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standardSymbols = Array((common + "+/").utf8)
    private static let urlSymbols = Array((common + "-_").utf8)

    private static func value(_ symbol: UInt8, _ alphabet: Alphabet) -> UInt8? {
        switch (symbol, alphabet) {
        case (65...90, _): symbol - 65
        case (97...122, _): symbol - 71
        case (48...57, _): symbol + 4
        case (43, .standard), (45, .url): 62
        case (47, .standard), (95, .url): 63
        default: nil
        }
    }
}
