import Verification
import Webhooks

extension EnvelopeProvider {
    /// Etsy: Standard Webhooks around a flat body `{event_type, resource_url, shop_id}`, whose URL ends in the receipt's id.
    static let etsy = EnvelopeProvider(
        scheme: .etsy,
        envelope: Envelope(
            type: .body("event_type"),
            types: [
                "order.canceled": "order.cancelled", "order.shipped": "package.shipped",
                "order.delivered": "package.delivered",
            ],
            id: .header("webhook-id"), time: .header("webhook-timestamp"), subject: .body("resource_url"),
            shop: .body("shop_id"),
            orders: Envelope.OrderPointer(prefixes: ["order."], id: .lastPart(.body("resource_url")))))
}
