import Verification
import Webhooks

extension EnvelopeProvider {
    /// BigCommerce: a thin body `{store_id, producer, scope, data{type, id}, hash, created_at}`; equal hashes are equal
    /// events. Source: https://developer.bigcommerce.com/docs/integrations/webhooks
    static let bigCommerce = EnvelopeProvider(
        scheme: .bigCommerce,
        envelope: Envelope(
            type: .body("scope"),
            types: [
                "store/order/created": "order.created", "store/order/updated": "order.updated",
                "store/order/statusUpdated": "order.updated", "store/order/archived": "order.archived",
                "store/product/created": "product.created", "store/product/updated": "product.updated",
                "store/product/deleted": "product.deleted", "store/product/inventory/updated": "inventory.updated",
                "store/customer/created": "customer.created", "store/customer/updated": "customer.updated",
                "store/customer/deleted": "customer.deleted", "store/cart/created": "cart.created",
                "store/cart/updated": "cart.updated", "store/cart/abandoned": "cart.abandoned",
                "store/shipment/created": "package.shipped", "store/shipment/updated": "package.updated",
                "store/app/uninstalled": "authorization.removed",
            ],
            id: .body("hash"), time: .body("created_at"), subject: .all([.body("data.type"), .body("data.id")], ":"),
            shop: .first([.lastPart(.body("producer")), .body("store_id")]),
            orders: Envelope.OrderPointer(prefix: "store/order/", id: .body("data.id"))))
}
