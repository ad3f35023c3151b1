import JSON
import Postgres
import Rules
import Webhooks

/// A stored event as its delivery, with its record as it stands now.
struct StoredSample {
    let source: String
    let provider: String
    let delivery: Delivery
    let record: StoredRecord?

    /// - Returns: nil when there is no such event.
    static func load(_ id: Int64, on connection: Connection) throws(PostgresError) -> StoredSample? {
        let rows = try connection.query(
            """
            select e.source, e.provider, e.received_at, e.request_id, e.method, e.path, e.query, e.headers::text, e.body,
                r.kind, r.id as record_id, r.data::text, r.extra::text
            from hookledger.events e
            left join lateral (
                select 'order' as kind, order_id as id, order_data as data, extra from hookledger.orders
                    where id = e.order_row
                union all select 'product', product_id, product_data, extra from hookledger.products
                    where e.record_kind = 'product' and id = e.record_row
                union all select 'customer', customer_id, customer_data, extra from hookledger.customers
                    where e.record_kind = 'customer' and id = e.record_row
                union all select 'comment', comment_id, comment_data, extra from hookledger.comments
                    where e.record_kind = 'comment' and id = e.record_row) as r on true
            where e.id = $1
            """, [.bigint(id)])
        guard let row = rows.first else { return nil }
        let headers = try parse(try row.text("headers")).array ?? []
        let fields = headers.compactMap { pair -> (name: String, value: String)? in
            guard let name = pair.array?.first?.string, let value = pair.array?.last?.string else { return nil }
            return (name, value)
        }
        var record: StoredRecord?
        if let kind = try row.optionalText("kind") {
            record = StoredRecord(
                kind: kind, id: try row.text("record_id"), data: try parse(try row.text("data")).object ?? JSONObject(),
                extra: try parse(try row.text("extra")).object ?? JSONObject())
        }
        return StoredSample(
            source: try row.text("source"), provider: try row.text("provider"),
            delivery: Delivery(
                requestID: try row.text("request_id"),
                receivedAt: Timestamp(microseconds: try row.timestamp("received_at")), method: try row.text("method"),
                path: try row.text("path"), query: try row.text("query"), headers: HeaderFields(fields),
                body: try row.bytes("body")),
            record: record)
    }

    private static func parse(_ text: String) throws(PostgresError) -> JSONValue {
        guard let value = try? JSONValue(parsing: Array(text.utf8)) else {
            throw PostgresError(message: "a column holds no JSON")
        }
        return value
    }
}
