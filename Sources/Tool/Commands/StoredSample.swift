import JSON
import Ledger
import Postgres
import Rules
import Verification
import Webhooks

/// A stored event as its delivery, with its record as it stands now.
struct StoredSample {
    let source: String
    let provider: String
    let origin: String
    let delivery: Delivery
    let record: StoredRecord?

    /// - Returns: nil when there is no such event.
    static func load(_ id: Int64, on connection: Connection) throws(PostgresError) -> StoredSample? {
        guard let event = try StoredEvent.load(id, on: connection) else { return nil }
        var record: StoredRecord?
        for row in try connection.query(records, [.bigint(id)]) {
            record = StoredRecord(
                kind: try row.text("kind"), id: try row.text("record_id"),
                data: try parse(try row.text("data")).object ?? JSONObject(),
                extra: try parse(try row.text("extra")).object ?? JSONObject())
        }
        return StoredSample(
            source: event.source, provider: event.provider, origin: event.origin, delivery: event.verified.delivery,
            record: record)
    }

    private static let records = """
        select r.kind, r.id as record_id, r.data::text, r.extra::text
        from hookledger.events e
        cross join lateral (
            select 'order' as kind, order_id as id, order_data as data, extra from hookledger.orders
                where id = e.order_row
            union all select 'product', product_id, product_data, extra from hookledger.products
                where e.record_kind = 'product' and id = e.record_row
            union all select 'customer', customer_id, customer_data, extra from hookledger.customers
                where e.record_kind = 'customer' and id = e.record_row
            union all select 'comment', comment_id, comment_data, extra from hookledger.comments
                where e.record_kind = 'comment' and id = e.record_row) as r
        where e.id = $1
        """

    private static func parse(_ text: String) throws(PostgresError) -> JSONValue {
        guard let value = try? JSONValue(parsing: Array(text.utf8)) else {
            throw PostgresError(message: "a column holds no JSON")
        }
        return value
    }
}
