import JSON
import Postgres

/// A complete event with all its records.
struct LoadedEvent: Sendable {
    /// One record of the event.
    struct Part: Sendable {
        /// Its place in the event: 0 is the one in `events`, the others are rows of `event_records`.
        let number: Int
        /// The row; nil for products, which have no person.
        let document: PersonDocument?
        /// The history of fields that the event made in it, as JSON text.
        let changes: String?
    }

    let stored: StoredEvent
    /// Its shop; nil if unknown.
    let owner: String?
    /// The first one is in the event itself; it may have no row.
    let parts: [Part]

    /// The orders, customers and comments that it is about.
    var rows: [PersonDocument] { parts.compactMap(\.document) }
    /// Whether it has several of them, possibly of several persons.
    var isShared: Bool { rows.count > 1 }

    /// The events at these places, in the order of their times.
    static func load(_ places: [EventPlace], on connection: Connection) throws(PostgresError) -> [LoadedEvent] {
        let lines = try connection.query(
            SearchSQL.events, [.timestamps(places.map(\.receivedAt)), .bigints(places.map(\.id))])
        return try lines.map { (line) throws(PostgresError) in try LoadedEvent(line) }
    }

    private init(_ line: Row) throws(PostgresError) {
        stored = try StoredEvent(line)
        owner = try line.optionalText("owner")
        let kind = try line.optionalText("record_kind") ?? ""
        let row = try line.optionalBigint("order_row").map { PersonDocument(kind: .order, id: $0) }
        let record = try line.optionalBigint("record_row").flatMap { id in
            PersonDocument.Kind(kind).map { PersonDocument(kind: $0, id: id) }
        }
        let own = Part(number: 0, document: row ?? record, changes: try line.optionalText("changes"))
        parts = [own] + Self.further(try line.optionalText("further"))
    }

    private static func further(_ text: String?) -> [Part] {
        let list = text.flatMap { try? JSONValue(parsing: Array($0.utf8)) }?.array ?? []
        return list.compactMap { one in
            guard let number = one["no"]?.integer, let id = one["row"]?.integer else { return nil }
            let kind = PersonDocument.Kind(one["kind"]?.string ?? "")
            let changes = one["changes"].flatMap { $0.object == nil ? nil : $0.storableText }
            return Part(
                number: Int(number), document: kind.map { PersonDocument(kind: $0, id: id) }, changes: changes)
        }
    }
}
