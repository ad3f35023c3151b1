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

    private static let columns = "id, received_at, source, provider, subject, order_row, record_kind, record_row, body"

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
            """
            with page as (
                select id, received_at, octet_length(body) as size from hookledger.events
                where (received_at, id) > ($1::timestamptz, $2::bigint) and received_at <= $3::timestamptz
                order by received_at, id limit $4::bigint),
            sized as (
                select id, received_at, sum(size) over (order by received_at, id) - size as before from page)
            select \(columns) from sized join hookledger.events using (received_at, id) where before < $5::bigint
            order by received_at, id
            """,
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
            """
            with page as (
                select id, received_at, written_by, octet_length(body) as size from hookledger.events
                where written_by >= pg_snapshot_xmin($1::text::pg_snapshot)
                    and not pg_visible_in_snapshot(written_by, $1::text::pg_snapshot)
                    and ($2::text is null or pg_visible_in_snapshot(written_by, $2::text::pg_snapshot))
                    and (written_by, id) > ($3::text::xid8, $4::bigint)
                order by written_by, id limit $5::bigint),
            sized as (
                select *, sum(size) over (order by written_by, id) - size as before from page)
            select e.id, e.received_at, e.source, e.provider, e.subject, e.order_row, e.record_kind, e.record_row, e.body,
                e.written_by::text as transaction
            from sized as s join hookledger.events as e using (received_at, id) where before < $6::bigint
            order by e.written_by, e.id
            """,
            [
                .text(seen), .text(target), .text(after.transaction), .bigint(after.id),
                .bigint(Int64(PersonIndex.portion)), .bigint(PersonIndex.bytes),
            ])
        return try rows.map { (row) throws(PostgresError) in
            try EventPage(row, transaction: try row.text("transaction"))
        }
    }
}
