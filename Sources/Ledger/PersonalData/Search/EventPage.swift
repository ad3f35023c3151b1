import Postgres

/// The fields of an event for a search, read page by page.
struct EventPage: Sendable {
    let id: Int64
    let receivedAt: Int64
    let source: String
    let provider: String
    let subject: String?
    /// The order, customer or comment that it is about.
    let row: PersonDocument?
    let body: [UInt8]
    /// The transaction that wrote it, if requested.
    let transaction: String?

    private init(_ row: Row, transaction: String?) throws(PostgresError) {
        id = try row.bigint("id")
        receivedAt = try row.timestamp("received_at")
        source = try row.text("source")
        provider = try row.text("provider")
        subject = try row.optionalText("subject")
        body = try row.bytes("body")
        self.transaction = transaction
        if let order = try row.optionalBigint("order_row") {
            self.row = PersonDocument(kind: .order, id: order)
        } else if let record = try row.optionalBigint("record_row"),
            let kind = PersonDocument.Kind(try row.optionalText("record_kind") ?? "")
        {
            self.row = PersonDocument(kind: kind, id: record)
        } else {
            self.row = nil
        }
    }

    /// The next events in the order of their times and ids, of all sources: the position of the last one is needed
    /// whoever's it is. Fewer if bodies are large.
    static func read(
        after: (receivedAt: Int64, id: Int64), until: Int64, on connection: Connection
    ) throws(PostgresError) -> [EventPage] {
        let rows = try connection.query(
            SearchSQL.page,
            [
                .timestamp(after.receivedAt), .bigint(after.id), .timestamp(until),
                .bigint(Int64(PersonIndex.portion)), .bigint(PersonIndex.bytes),
            ])
        return try rows.map { (row) throws(PostgresError) in try EventPage(row, transaction: nil) }
    }

    /// The next events that transactions wrote which are in the snapshot `target` (nil: which are visible now) and not
    /// in
    /// `seen`, in the order of transactions and ids.
    static func readLive(
        seen: String, target: String?, after: (transaction: String, id: Int64),
        on connection: Connection
    ) throws(PostgresError) -> [EventPage] {
        let rows = try connection.query(
            SearchSQL.livePage,
            [
                .text(seen), .text(target), .text(after.transaction), .bigint(after.id),
                .bigint(Int64(PersonIndex.portion)), .bigint(PersonIndex.bytes),
            ])
        return try rows.map { (row) throws(PostgresError) in
            try EventPage(row, transaction: try row.text("transaction"))
        }
    }
}
