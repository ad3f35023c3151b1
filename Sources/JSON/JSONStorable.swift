extension JSONValue {
    /// This value with every U+0000 in strings and keys replaced by U+FFFD: what Postgres' `jsonb` and `text` take.
    /// The raw body, kept as bytes beside it, still has what was sent.
    public var storable: JSONValue {
        switch self {
        case .string(let text): .string(text.storable)
        case .array(let elements): .array(elements.map(\.storable))
        case .object(let object):
            .object(
                object.members.reduce(into: JSONObject()) { $0[$1.key.storable] = $1.value.storable })
        default: self
        }
    }
}

extension String {
    /// This text with every U+0000 replaced by U+FFFD.
    public var storable: String {
        utf8.contains(0) ? String(decoding: utf8.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }, as: UTF8.self) : self
    }
}
