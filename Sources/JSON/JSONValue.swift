/// A JSON value (RFC 8259). Numbers keep their literal text, so ids above 2^53 and money are exact.
public enum JSONValue: Hashable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number, as the text it was written in.
    case number(JSONNumber)
    /// A string; may contain U+0000, which Postgres does not take: see `JSONValue.storable`.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object(JSONObject)
}

// Not by `nil`: `condition ? nil : value` would silently become `.null` where the absent value is meant.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .number(JSONNumber(value)) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object with the keys in that order; of a repeated key the last value is used.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        var members = JSONMembers()
        for (key, value) in elements { members.set(key, to: value) }
        self = .object(JSONObject(members))
    }
}

extension JSONValue {
    /// The member of that name, when this is an object that has it.
    public subscript(key: String) -> JSONValue? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    /// Whether this is `null`; cheaper than to compare.
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// The text of a string; nil for every other kind.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The members of an object; nil for every other kind.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The elements of an array; nil for every other kind.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The truth of a boolean; nil for every other kind.
    public var bool: Bool? {
        if case .bool(let truth) = self { truth } else { nil }
    }

    /// A whole number that fits, written as a number or as a string of digits; nil for everything else.
    public var integer: Int64? {
        switch self {
        case .number(let number): number.integer
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// An id: a string that is not empty, or a number in its literal text; nil for everything else.
    public var identifier: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let number): number.text
        default: nil
        }
    }
}
