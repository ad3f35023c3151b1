import JSON
public import Postgres
import Providers
import Rules
@_spi(StoredEvents) public import Verification
public import Webhooks

/// One row of `events`: the delivery as received, its verdict, and its normalized form of that time.
public struct StoredEvent: Sendable {
    /// The event's id.
    public let id: Int64
    /// The configured sender.
    public let source: String
    /// The contract of its delivery.
    public let provider: String
    /// The type in the provider's words.
    public let providerType: String
    /// The normalized type.
    public let type: String
    /// Its subject, such as `order:987654321`.
    public let subject: String?
    /// The sender's shop.
    public let shopID: String?
    /// The order it is about: `orders.id`.
    public let orderRow: Int64?
    /// Its origin; the text of ``Recordable/Origin``.
    public let origin: String
    /// The delivery, without the credentials that are not stored, and the verdict on it.
    public let verified: VerifiedDelivery
    let occurredAt: Int64?
    let sequence: Int64
    /// The dedupe key of the body before personal data was removed; nil if none was.
    let keptKey: [UInt8]?
    /// Whether it counts as verified, whatever its verdict is.
    let isTrusted: Bool
    /// The shop that it was recorded for; nil for none.
    let shopKey: String?
    /// Of an imported event: when its delivery was first received; nil for all others.
    let firstReceivedAt: Timestamp?

    /// Reads the event of that id.
    /// - Parameter connection: of a role that may read `events`.
    /// - Returns: nil when there is none, or when it is deleted.
    public static func load(_ id: Int64, on connection: Connection) throws(PostgresError) -> StoredEvent? {
        try connection.query(LedgerSQL.event, [.bigint(id)]).first.map { (row) throws(PostgresError) in
            try StoredEvent(row)
        }
    }

    init(_ row: Row) throws(PostgresError) {
        id = try row.bigint("id")
        source = try row.text("source")
        provider = try row.text("provider")
        providerType = try row.text("provider_type")
        type = try row.text("type")
        subject = try row.optionalText("subject")
        shopID = try row.optionalText("shop_id")
        orderRow = try row.optionalBigint("order_row")
        origin = try row.text("origin")
        occurredAt = try row.optionalTimestamp("occurred_at")
        sequence = try row.bigint("sequence")
        keptKey = try row.optionalBytes("dedupe_key")
        shopKey = try row.optionalText("shop_key")
        firstReceivedAt = try row.optionalTimestamp("first_received_at").map(Timestamp.init(microseconds:))
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
        let trust = EventTrust(verification: try row.text("verification"), origin: origin)
        isTrusted = try row.optionalBool("trusted") ?? (trust == .verified)
    }

    /// The event's present form: the raw body, normalized by the current provider.
    /// - Returns: nil when the provider no longer exists, or refuses the body now.
    public var event: Event? {
        guard let provider = ProviderRegistry.named(provider), var event = try? normalize(verified, by: provider).event
        else { return nil }
        if origin == Recordable.Origin.replay.rawValue { event.dedupeKey = .replay(verified.delivery) }
        if origin == Recordable.Origin.reconciled.rawValue {
            event.occurredAt = occurredAt.map(Timestamp.init(microseconds:))
            if let key = DedupeKey.reconciled(event) { event.dedupeKey = key }
        }
        let isAsked = [Recordable.Origin.fetched, .reconciled].contains { $0.rawValue == origin }
        if isAsked, let shopID { event.isOfShop(shopID) }
        if let keptKey { event.dedupeKey = DedupeKey(bytes: keptKey) }
        return event
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
