import Postgres
import Webhooks

/// The progress of the person index.
struct IndexState: Sendable {
    /// The rows of one kind from before the index was started: the last indexed one, and the last of all.
    struct Rows: Sendable {
        let kind: PersonDocument.Kind
        let after: Int64
        let until: Int64
    }

    /// The id of its key.
    let keyID: String
    /// The older rows that are not in it.
    let rows: [Rows]
    /// The last older event that is in it; nil when all of them are.
    let backlog: (receivedAt: Int64, id: Int64)?
    /// Events that transactions outside of this snapshot wrote are not in it.
    let seen: String

    /// - Returns: nil if there is none with this key.
    static func load(_ key: PersonKey, on connection: Connection) throws(PostgresError) -> IndexState? {
        let row = try connection.query("select * from hookledger.person_index_state()", []).only()
        guard let keyID = try row.optionalText("key_id"), keyID == key.id else { return nil }
        var rows: [Rows] = []
        for (kind, name) in [(PersonDocument.Kind.order, "orders"), (.customer, "customers"), (.comment, "comments")] {
            let (after, until) = (try row.bigint(name + "_after"), try row.bigint(name + "_until"))
            if after < until { rows.append(Rows(kind: kind, after: after, until: until)) }
        }
        let isDone = try row.bool("is_backlog_done")
        return IndexState(
            keyID: keyID, rows: rows,
            backlog: isDone ? nil : (try row.timestamp("events_after_at"), try row.bigint("events_after_id")),
            seen: try row.text("seen"))
    }

    /// The current rows of all kinds, which are read without an index.
    static func allRows(on connection: Connection) throws(PostgresError) -> [Rows] {
        let row = try connection.query("select * from hookledger.person_index_state()", []).only()
        return [
            Rows(kind: .order, after: 0, until: try row.optionalBigint("last_order") ?? 0),
            Rows(kind: .customer, after: 0, until: try row.optionalBigint("last_customer") ?? 0),
            Rows(kind: .comment, after: 0, until: try row.optionalBigint("last_comment") ?? 0),
        ]
    }
}

/// The owner of an index entry: an event or a row.
struct PersonDocument: Hashable, Sendable {
    /// `person_keys.kind`.
    enum Kind: Int16, Sendable {
        case event = 0
        case order = 1
        case customer = 2
        case comment = 3

        /// The kind of the record; nil for an event.
        private var record: RecordKind? {
            switch self {
            case .event: nil
            case .order: .order
            case .customer: .customer
            case .comment: .comment
            }
        }

        /// As `events.record_kind` names it.
        var name: String { record?.rawValue ?? "event" }

        init?(_ name: String) {
            switch RecordKind(rawValue: name) {
            case .order: self = .order
            case .customer: self = .customer
            case .comment: self = .comment
            case .product, nil: return nil
            }
        }
    }

    let kind: Kind
    let id: Int64
}
