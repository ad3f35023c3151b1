import JSON
import Postgres
import Providers
@_spi(StoredEvents) import Verification
import Webhooks

/// One row of `events` with all that its order was folded from.
struct StoredEvent {
    let id: Int64
    /// 0 for an event about no order.
    let orderRow: Int64
    /// What makes it the same as another delivery, when its body does not tell any more: personal data was removed.
    let keptKey: [UInt8]?
    let provider: String
    let occurredAt: Int64?
    let sequence: Int64
    let verified: VerifiedDelivery

    /// The columns that it is made of.
    static let columns = """
        id, received_at, provider, occurred_at, sequence, order_row, verification, scheme, key_id, request_id,
            remote_addr, method, path, query, headers, body, dedupe_key
        """

    static let sql = "select \(columns) from hookledger.events where order_row = any ($1::bigint[]) order by id"

    init(_ row: Row) throws(PostgresError) {
        id = try row.bigint("id")
        orderRow = try row.optionalBigint("order_row") ?? 0
        keptKey = try row.optionalBytes("dedupe_key")
        provider = try row.text("provider")
        occurredAt = try row.optionalTimestamp("occurred_at")
        sequence = try row.bigint("sequence")
        let delivery = Delivery(
            requestID: try row.text("request_id"),
            receivedAt: Timestamp(microseconds: try row.timestamp("received_at")), method: try row.text("method"),
            path: try row.text("path"), query: try row.text("query"),
            headers: HeaderFields(stored: try row.text("headers")), body: try row.bytes("body"),
            remoteAddress: try row.text("remote_addr"))
        verified = VerifiedDelivery(
            stored: delivery,
            verdict: Verdict(
                strength: Verdict.Strength(rawValue: try row.text("verification")) ?? .unverified,
                scheme: try row.text("scheme"), keyID: try row.optionalText("key_id")))
    }

    /// What the event says today: the raw body, normalized by the provider as it is now.
    /// - Returns: nil when there is no such provider any more, or it refuses the body now.
    var event: Event? {
        guard let provider = ProviderRegistry.named(provider) else { return nil }
        return try? normalize(verified, by: provider).event
    }
}

extension HeaderFields {
    /// The fields as ``stored`` has written them.
    init(stored text: String) {
        let fields = (try? JSONValue(parsing: Array(text.utf8)))?.array ?? []
        self.init(
            fields.compactMap { field in
                guard let pair = field.array, pair.count == 2, let name = pair[0].string, let value = pair[1].string
                else { return nil }
                return (name, value)
            })
    }
}
