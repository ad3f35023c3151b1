import JSON
public import Verification
public import Webhooks

/// The contract of the TikTok Shop integration guide: five types, and the whole order in the body.
///
/// | type | normalized | status when the body names none |
/// |---|---|---|
/// | `order_created` | `order.created` | |
/// | `order_status_change` | `order.updated`; `order.cancelled` when the status says so | |
/// | `order_cancelled` | `order.cancelled` | `CANCELLED`, also instead of a status that says otherwise |
/// | `package_shipped` | `package.shipped` | `IN_TRANSIT` |
/// | `package_delivered` | `package.delivered` | `DELIVERED` |
///
/// A cancellation with a stale status must not let the order be printed: hence the exception, in which the sent status
/// goes to `extra`. Every other type keeps its name and changes no order.
public struct TikTokShopGuideProvider: Provider {
    /// `tiktok_shop_guide`
    public var name: String { scheme.name }
    /// `x-tiktok-shop-signature` over timestamp and body.
    public var scheme: Scheme { .tikTokShopGuide }

    /// The provider.
    public init() {}

    /// The event. Its dedupe key is the whole body, which mostly carries its own time.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) -> Event {
        let bytes = verified.delivery.body
        var event = Event(
            provider: name, providerType: Event.unrecognized, type: Event.unrecognized,
            dedupeKey: .body(bytes, of: name))
        guard let envelope = TikTokEnvelope(bytes) else { return event }
        event.unreadFields = envelope.repaired
        event.shopID = envelope.shopID
        event.occurredAt = envelope.occurredAt
        event.dedupeKey = event.dedupeKey.within(window, at: event.occurredAt)
        event.subject = envelope.orderID.map { "order:\($0)" }
        guard let type = envelope.type else { return event }
        event.providerType = type
        guard let known = Self.types[type] else {
            event.type = type
            return event
        }
        guard let id = envelope.orderID else { return event }
        var unread: [String] = []
        let order = TikTokGuideOrder.order(id, envelope, impliedStatus: known.status, unread: &unread)
        event.note(unread: unread)
        event.record = .order(order)
        event.type = known.type
        if type == "order_status_change", TikTokOrderStatus.isCancelled(order.fields[.status]?.string) {
            event.type = "order.cancelled"
        }
        return event
    }

    private static let types: [String: (type: String, status: String?)] = [
        "order_created": ("order.created", nil),
        "order_status_change": ("order.updated", nil),
        "order_cancelled": ("order.cancelled", "CANCELLED"),
        "package_shipped": ("package.shipped", "IN_TRANSIT"),
        "package_delivered": ("package.delivered", "DELIVERED"),
    ]

    /// The guide's answer, with the sender's order id; null when the event is about no order.
    public func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer {
        .json(
            200,
            [
                "success": true, "message": "Webhook processed successfully",
                "order_id": event.orderID.map(JSONValue.string) ?? .null,
            ])
    }
}
