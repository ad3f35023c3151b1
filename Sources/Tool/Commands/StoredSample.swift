import JSON
import Postgres
import Rules
import Webhooks

/// A stored event as its delivery, with its order as it stands now.
struct StoredSample {
    let source: String
    let provider: String
    let delivery: Delivery
    let order: StoredRecord?

    /// - Returns: nil when there is no such event.
    static func load(_ id: Int64, on connection: Connection) throws(PostgresError) -> StoredSample? {
        let rows = try connection.query(
            """
            select e.source, e.provider, e.received_at, e.request_id, e.method, e.path, e.query, e.headers::text, e.body,
                o.order_id, o.order_data::text, o.extra::text
            from hookledger.events e left join hookledger.orders o on o.id = e.order_row where e.id = $1
            """, [.bigint(id)])
        guard let row = rows.first else { return nil }
        let headers = try parse(try row.text("headers")).array ?? []
        let fields = headers.compactMap { pair -> (name: String, value: String)? in
            guard let name = pair.array?.first?.string, let value = pair.array?.last?.string else { return nil }
            return (name, value)
        }
        var order: StoredRecord?
        if let orderID = try row.optionalText("order_id") {
            order = StoredRecord(
                id: orderID, data: try parse(try row.text("order_data")).object ?? JSONObject(),
                extra: try parse(try row.text("extra")).object ?? JSONObject())
        }
        return StoredSample(
            source: try row.text("source"), provider: try row.text("provider"),
            delivery: Delivery(
                requestID: try row.text("request_id"),
                receivedAt: Timestamp(microseconds: try row.timestamp("received_at")), method: try row.text("method"),
                path: try row.text("path"), query: try row.text("query"), headers: HeaderFields(fields),
                body: try row.bytes("body")),
            order: order)
    }

    private static func parse(_ text: String) throws(PostgresError) -> JSONValue {
        guard let value = try? JSONValue(parsing: Array(text.utf8)) else {
            throw PostgresError(message: "a column holds no JSON")
        }
        return value
    }
}
