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
/// The data name the subject of an event: an order, the orders of a package, of an invoice or of a refund, or a
/// product. Only 1 and 3 request the details: the time of other types is not the order's and cannot be compared with
/// the time of the details.
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

    /// The event. Its dedupe key is `tts_notification_id`, which older deliveries lack: then `event_id`, else the body.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) -> Event {
        let bytes = verified.delivery.body
        var event = Event(
            provider: name, providerType: Event.unrecognized, type: Event.unrecognized,
            dedupeKey: .body(bytes, of: name))
        guard let envelope = TikTokEnvelope(bytes) else { return event }
        event.unreadFields = envelope.repaired
        event.shopID = envelope.shopID
        event.occurredAt = envelope.occurredAt
        event.dedupeKey =
            envelope.id.map { .id($0, of: name) } ?? event.dedupeKey.within(window, at: event.occurredAt)
        event.subject = envelope.orderID.map { "order:\($0)" }
        guard let type = envelope.type ?? TikTokShopType.untyped(envelope.body) else { return event }
        event.providerType = type
        guard let number = Int64(type), let known = TikTokShopType.numbered(number) else {
            event.type = type
            return event
        }
        event.type = known.type
        switch known.meaning {
        case .nothing: break
        case .order: tell(order: number, envelope, &event)
        case .ofOrders, .cancellation, .returning, .refund: TikTokOrderParts.tell(known.meaning, envelope, &event)
        case .product, .ofProduct: TikTokProduct.tell(known.meaning, envelope, &event)
        }
        return event
    }

    /// The types 1 and 3, whose status and time are the order's.
    private func tell(order number: Int64, _ envelope: TikTokEnvelope, _ event: inout Event) {
        guard let id = envelope.orderID else {
            event.type = Event.unrecognized
            event.reason = "type \(number) without data.order_id"
            return
        }
        var reader = FieldReader(envelope.data)
        reader.drop("order_id")
        var order = Order(id: id, fields: [.needsDetail: true])
        order.fields[.shopID] = envelope.shopID.map(JSONValue.string)
        let status = reader.takeStatus()
        order.fields[.status] = status
        order.fields[.stage] = Stage.value(of: status, in: Stage.ofTikTokShop)
        order.fields[.changedAt] = reader.take("update_time", as: .moment)
        order.statusRank = TikTokOrderStatus.rank(status?.string)
        order.extra = reader.extra
        event.note(unread: reader.unread)
        event.record = .order(order)
        if number == 1 { event.type = Self.refined(status?.string) }
    }

    private static func refined(_ status: String?) -> String {
        if TikTokOrderStatus.isCancelled(status) { return "order.cancelled" }
        return status == "UNPAID" ? "order.created" : "order.updated"
    }
}
