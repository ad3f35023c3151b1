import Verification
import Webhooks

extension EnvelopeProvider {
    /// Square: `{merchant_id, type, event_id, created_at, data{type, id, object}}`.
    /// Source: https://developer.squareup.com/docs/webhooks/overview
    static let square = EnvelopeProvider(
        scheme: .square,
        envelope: Envelope(
            type: .body("type"),
            types: [
                "order.created": "order.created", "order.updated": "order.updated",
                "customer.created": "customer.created", "customer.updated": "customer.updated",
                "customer.deleted": "customer.deleted", "invoice.updated": "invoice.updated",
                "inventory.count.updated": "inventory.updated", "oauth.authorization.revoked": "authorization.removed",
            ],
            id: .body("event_id"), time: .body("created_at"),
            subject: .all([.body("data.type"), .body("data.id")], ":"),
            shop: .body("merchant_id"),
            orders: Envelope.OrderPointer(
                prefixes: ["order."], id: .body("data.id"),
                status: .first([.body("data.object.order_created.state"), .body("data.object.order_updated.state")]),
                ranks: ["DRAFT": 5, "OPEN": 10, "COMPLETED": 60, "CANCELED": 80], stages: Stage.ofSquare)),
        signsObjects: true)
}
