extension String {
    /// The text with some of its scalars written in another way.
    ///
    /// By scalars, never by characters: to Swift a quote followed by a joiner or an accent is another character, but to
    /// a reader of the text it is the quote.
    /// - Parameter escape: the replacement of a scalar; nil for the scalar itself.
    public func escapingScalars(_ escape: (Unicode.Scalar) -> String?) -> String {
        var out = ""
        out.reserveCapacity(utf8.count)
        for scalar in unicodeScalars {
            if let escaped = escape(scalar) {
                out.unicodeScalars.append(contentsOf: escaped.unicodeScalars)
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// The text with every occurrence of another one replaced, byte for byte: even in the middle of a character.
    public func replacingBytes(of text: String, with other: String) -> String {
        let needle = Array(text.utf8)
        guard !needle.isEmpty else { return self }
        var out: [UInt8] = []
        var rest = Array(utf8)[...]
        while let found = rest.firstRange(of: needle) {
            out += rest[..<found.lowerBound]
            out += other.utf8
            rest = rest[found.upperBound...]
        }
        return String(decoding: out + rest, as: UTF8.self)
    }
}
