extension JSONValue {
    /// This value in the form that Postgres' `jsonb` and `text` take without an error: every U+0000 in strings and keys
    /// replaced by U+FFFD, and every number too large or too fine for `numeric` as a string of its text. The raw body,
    /// stored as bytes, still has the original.
    public var storable: JSONValue {
        switch self {
        case .string(let text): .string(text.storable)
        case .number(let number): number.isStorable ? self : .string(number.text)
        case .array(let elements): .array(elements.map(\.storable))
        case .object(let object): object.isStorable ? self : .object(object.storable)
        case .null, .bool: self
        }
    }
}

extension JSONObject {
    fileprivate var storable: JSONObject {
        members.reduce(into: JSONObject()) { $0[$1.key.storable] = $1.value.storable }
    }
}

extension JSONNumber {
    /// `numeric` ends at 131,072 digits before and 16,383 after the point; no honest number comes near either.
    var isStorable: Bool { text.utf8.count < 20 && !hasExponent || fits(whole: 1000, fraction: 1000) }

}

extension String {
    private var hasNull: Bool {
        let bytes = utf8.span
        // Without an early end: so the compiler looks at many bytes at once.
        var found: UInt8 = 0
        for place in bytes.indices { found |= bytes[place] == 0 ? 1 : 0 }
        return found != 0
    }

    /// This text with every U+0000 replaced by U+FFFD.
    public var storable: String {
        hasNull ? String(decoding: utf8.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }, as: UTF8.self) : self
    }
}
