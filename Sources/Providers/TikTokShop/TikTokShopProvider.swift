import JSON
public import Verification
public import Webhooks

/// TikTok Shop as its Partner Center sends it: numeric types, and a body that only points at the order, whose details
/// must be fetched. Answered by an empty 200.
///
/// | type | normalized |
/// |---|---|
/// | 1, status `UNPAID` | `order.created` |
/// | 1, status `CANCEL` or `CANCELLED` | `order.cancelled` |
/// | 1 with any other status, and 3 | `order.updated` |
/// | others | see `TikTokShopType`; what is not there keeps its number |
///
/// Source: https://partner.tiktokshop.com/docv2/page/tts-webhooks-overview
public struct TikTokShopProvider: Provider {
    /// `tiktok_shop`
    public var name: String { scheme.name }
    /// `Authorization` over app key and body.
    public var scheme: Scheme { .tikTokShop }

    /// The provider.
    public init() {}

    /// By `Authorization`, unless the guide's headers are there.
    public func recognizes(_ delivery: Delivery) -> Bool {
        delivery.headers["authorization"] != nil && !TikTokShopGuideProvider().recognizes(delivery)
    }

    /// The event. Its dedupe key is `tts_notification_id`, which older deliveries lack: then the body.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) -> Event {
        let bytes = verified.delivery.body
        var event = Event(
            provider: name, providerType: Event.unrecognized, type: Event.unrecognized,
            dedupeKey: .body(bytes, of: name))
        guard let envelope = TikTokEnvelope(bytes) else { return event }
        event.shopID = envelope.shopID
        event.occurredAt = envelope.occurredAt
        event.dedupeKey =
            envelope.body["tts_notification_id"]?.identifierText.map { .id($0, of: name) }
            ?? .body(bytes, of: name, at: event.occurredAt, window: window)
        event.subject = envelope.orderID.map { "order:\($0)" }
        guard let type = envelope.type else { return event }
        event.providerType = type
        guard let number = Int64(type), let known = TikTokShopType.numbered(number) else {
            event.type = type
            return event
        }
        event.type = known.type
        switch (known.order, envelope.orderID) {
        case (.none, _), (.touched, nil): break
        case (.changed, nil): event.type = Event.unrecognized
        case (.changed, let id?):
            let order = Self.order(id, envelope, isItsOwn: true)
            event.record = .order(order)
            if number == 1 { event.type = Self.refined(order.fields[.status]?.string) }
        case (.touched, let id?): event.record = .order(Self.order(id, envelope, isItsOwn: false))
        }
        return event
    }

    private static func refined(_ status: String?) -> String {
        if TikTokOrderStatus.isCancelled(status) { return "order.cancelled" }
        return status == "UNPAID" ? "order.created" : "order.updated"
    }

    /// - Parameter isItsOwn: whether status and time in the data are the order's.
    private static func order(_ id: String, _ envelope: TikTokEnvelope, isItsOwn: Bool) -> Order {
        var reader = FieldReader(envelope.data)
        reader.drop("order_id")
        var order = Order(id: id, fields: [.needsDetail: true])
        order.fields[.shopID] = envelope.shopID.map(JSONValue.string)
        if isItsOwn {
            order.fields[.status] = reader.takeStatus()
            order.fields[.changedAt] = reader.take("update_time", as: \.asMoment)
        }
        order.statusRank = TikTokOrderStatus.rank(order.fields[.status]?.string)
        order.extra = reader.extra
        return order
    }
}

extension FieldReader {
    /// The status: a word, never null and never empty, because an order always has one.
    mutating func takeStatus() -> JSONValue? {
        let status = take("order_status") { $0.string?.isEmpty ?? true ? nil : $0.asIdentifier }
        return status == .null ? nil : status
    }
}
