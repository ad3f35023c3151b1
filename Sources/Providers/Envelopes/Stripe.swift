import Verification
import Webhooks

extension EnvelopeProvider {
    /// Stripe: `{id, type, created, account, data{object{object, id}}}`.
    /// Source: https://docs.stripe.com/api/events/object
    static let stripe = EnvelopeProvider(
        scheme: .stripe,
        envelope: Envelope(
            type: .body("type"),
            types: [
                "customer.created": "customer.created", "customer.updated": "customer.updated",
                "customer.deleted": "customer.deleted", "product.created": "product.created",
                "product.updated": "product.updated", "product.deleted": "product.deleted",
                "invoice.updated": "invoice.updated",
            ],
            id: .body("id"), time: .body("created"),
            subject: .all([.body("data.object.object"), .body("data.object.id")], ":"), shop: .body("account")))
}
