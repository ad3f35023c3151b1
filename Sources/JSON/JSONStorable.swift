extension JSONValue {
    /// This value in the form that Postgres' `jsonb` and `text` take without an error: every U+0000 in strings and keys
    /// replaced by U+FFFD, and every number too large or too fine for `numeric` as a string of its text. The raw body,
    /// stored as bytes, still has the original.
    public var storable: JSONValue {
        switch self {
        case .string(let text): .string(text.storable)
        case .number(let number): number.isStorable ? self : .string(number.text)
        case .array(let elements): .array(elements.map(\.storable))
        case .object(let object):
            .object(
                object.members.reduce(into: JSONObject()) { $0[$1.key.storable] = $1.value.storable })
        case .null, .bool: self
        }
    }
}

extension JSONNumber {
    /// `numeric` ends at 131,072 digits before and 16,383 after the point; no honest number comes near either.
    var isStorable: Bool { text.utf8.count < 20 && !hasExponent || fits(whole: 1000, fraction: 1000) }

    private var hasExponent: Bool { text.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") } }
}

extension String {
    /// This text with every U+0000 replaced by U+FFFD.
    public var storable: String {
        utf8.contains(0) ? String(decoding: utf8.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }, as: UTF8.self) : self
    }
}
