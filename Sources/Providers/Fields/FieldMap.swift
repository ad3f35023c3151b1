import JSON
import Webhooks

/// The table of a sender's members and our fields.
struct FieldMap<Field: RawRepresentable<String> & Hashable & Sendable>: Sendable {
    /// One field: its possible members, of which the first with a value is used, and its stored form.
    typealias Row = (field: Field, keys: [String], form: FieldForm)

    private let rows: [Row]

    init(_ rows: [Row]) { self.rows = rows }

    /// Takes the sent fields.
    func read(_ reader: inout FieldReader) -> Fields<Field> {
        var fields = Fields<Field>()
        read(&reader, into: &fields)
        return fields
    }

    /// Adds the sent fields.
    func read(_ reader: inout FieldReader, into fields: inout Fields<Field>) {
        for row in rows {
            if let value = reader.take(row.keys, as: row.form) { fields[row.field] = value }
        }
    }
}

extension JSONObject {
    /// The value of a member named by an enumeration.
    subscript(field: some RawRepresentable<String>) -> JSONValue? {
        get { self[field.rawValue] }
        set { self[field.rawValue] = newValue }
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
