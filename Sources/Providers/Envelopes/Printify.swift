import Verification
import Webhooks

extension EnvelopeProvider {
    /// Printify: `{id, type, created_at, resource{id, type, data}}`.
    /// Source: https://developers.printify.com/#webhooks
    static let printify = EnvelopeProvider(
        scheme: .printify,
        envelope: Envelope(
            type: .body("type"),
            types: [
                "order:created": "order.created", "order:updated": "order.updated",
                "order:shipment:created": "package.shipped", "order:shipment:delivered": "package.delivered",
                "product:created": "product.created", "product:updated": "product.updated",
                "product:deleted": "product.deleted",
                "shop:disconnected": "authorization.removed",
            ],
            id: .body("id"), time: .body("created_at"),
            subject: .all([.body("resource.type"), .body("resource.id")], ":"),
            shop: .body("resource.data.shop_id")))
}
