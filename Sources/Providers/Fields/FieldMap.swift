import JSON
import Webhooks

/// The table of a sender's members and our fields.
struct FieldMap<Field: Hashable & Sendable>: Sendable {
    /// One field: its possible members, of which the first with a value is used, and its stored form.
    typealias Row = (field: Field, keys: [String], form: @Sendable (JSONValue) -> JSONValue?)

    private let rows: [Row]

    init(_ rows: [Row]) { self.rows = rows }

    /// Takes the sent fields.
    func read(_ reader: inout FieldReader) -> [Field: JSONValue] {
        var fields: [Field: JSONValue] = [:]
        for row in rows { fields[row.field] = reader.take(row.keys, as: row.form) }
        return fields
    }
}

extension JSONObject {
    /// The value of a member named by an enumeration.
    subscript(field: some RawRepresentable<String>) -> JSONValue? {
        get { self[field.rawValue] }
        set { self[field.rawValue] = newValue }
    }

    /// An object of those fields, in the order of their names.
    init(_ fields: [some RawRepresentable<String> & Hashable: JSONValue]) {
        self.init()
        for (field, value) in fields.sorted(by: { $0.key.rawValue < $1.key.rawValue }) { self[field] = value }
    }

    /// Adds the rest under `extra`.
    mutating func keep(_ extra: [String: JSONValue]) {
        if !extra.isEmpty { self["extra"] = .object(extra.object) }
    }

    /// Passes on what a nested reader could not read; see `FieldReader.unreadMark`.
    mutating func hand(on unread: [String]) {
        if !unread.isEmpty { self[FieldReader.unreadMark] = .array(unread.map(JSONValue.string)) }
    }
}

/// A first and a last name as one.
func fullName(_ first: JSONValue?, _ last: JSONValue?) -> JSONValue? {
    let parts = [first, last].compactMap { $0?.asText?.string }.filter { !$0.isEmpty }
    return parts.isEmpty ? nil : JSONValue.string(parts.joined(separator: " ")).asText
}
