import JSON
import Webhooks

/// The table of a sender's members and our fields.
struct FieldMap<Field: RawRepresentable<String> & Hashable & Sendable>: Sendable {
    /// One field: its possible members, of which the first with a value is used, and its stored form.
    typealias Row = (field: Field, keys: [String], form: FieldForm)

    private let rows: [Row]
    private let names: [JSONKey]

    init(_ rows: [Row]) {
        self.rows = rows
        names = rows.map { JSONKey($0.field.rawValue) }
    }

    /// The same rows in the order in which Postgres stores their fields, which spares it the sorting.
    var inStoredOrder: FieldMap {
        FieldMap(rows.sorted { JSONKey.isStored($0.field.rawValue, before: $1.field.rawValue) })
    }

    /// The rows before the place of this field in the order of ``inStoredOrder``, and those behind it.
    func split(at field: Field) -> (before: FieldMap, behind: FieldMap) {
        let rows = inStoredOrder.rows
        let count = rows.prefix { JSONKey.isStored($0.field.rawValue, before: field.rawValue) }.count
        return (FieldMap(Array(rows[..<count])), FieldMap(Array(rows[count...])))
    }

    /// Writes the sent fields as members of the composer's object.
    func write(_ reader: inout FieldReader, to lines: inout JSONComposer) {
        for place in rows.indices {
            reader.take(rows[place].keys, as: rows[place].form, writing: names[place], to: &lines)
        }
    }

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

    /// The member for the rest.
    static let extra = "extra"

    /// Adds the rest under `extra`.
    mutating func keep(_ extra: [String: JSONValue]) {
        if !extra.isEmpty { self[Self.extra] = .object(extra.object) }
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
