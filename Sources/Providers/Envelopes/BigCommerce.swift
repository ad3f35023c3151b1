import Verification
import Webhooks

extension EnvelopeProvider {
    /// BigCommerce: a thin body `{store_id, producer, scope, data{type, id}, hash, created_at}`; equal hashes of one
    /// scope are equal events. Ids are the store's own, which `producer` names. What belongs to an order names it by
    /// `order_id` or
    /// `orderId`; the id of a transaction or of a note is not the order's.
    /// Source: https://developer.bigcommerce.com/docs/integrations/webhooks
    static let bigCommerce = EnvelopeProvider(
        scheme: .bigCommerce,
        envelope: Envelope(
            type: .body("scope"),
            types: [
                "store/order/created": "order.created", "store/order/updated": "order.updated",
                "store/order/statusUpdated": "order.updated", "store/order/archived": "order.archived",
                "store/order/transaction/created": "order.updated", "store/order/transaction/updated": "order.updated",
                "store/order/refund/created": "refund.completed",
                "store/product/created": "product.created", "store/product/updated": "product.updated",
                "store/product/deleted": "product.deleted", "store/product/inventory/updated": "inventory.updated",
                "store/customer/created": "customer.created", "store/customer/updated": "customer.updated",
                "store/customer/deleted": "customer.deleted", "store/cart/created": "cart.created",
                "store/cart/updated": "cart.updated", "store/cart/abandoned": "cart.abandoned",
                "store/shipment/created": "package.shipped", "store/shipment/updated": "package.updated",
                "store/app/uninstalled": "authorization.removed",
            ],
            id: .first([.all([.body("hash"), .body("scope")], " "), .body("hash")]), time: .body("created_at"),
            subject: .first([
                .all([.body("data.type"), .body("data.id")], ":"),
                // A channel's hooks name the subject by its own member.
                .all([.literal("cart"), .first([.body("data.cart_id"), .body("data.cartId")])], ":"),
            ]),
            shop: .first([.lastPart(.body("producer")), .body("store_id")]),
            shopKey: .first([.lastPart(.body("producer")), .body("store_id")]), spelling: storeWide,
            orders: Envelope.OrderPointer(
                prefixes: ["store/order/", "store/shipment/"],
                id: .first([
                    .body("data.order_id"), .body("data.orderId"), .when("data.type", is: "order", .body("data.id")),
                    // A metafield's hook names what it belongs to.
                    .body("data.resource_id"),
                ]))))

    /// `store/order/updated` for `store/channel/5/order/updated`, by which a channel's hooks name the same.
    @Sendable private static func storeWide(_ scope: String) -> String {
        let steps = scope.split(separator: "/")
        guard steps.count > 3, steps[0] == "store", steps[1] == "channel",
            steps[2].utf8.allSatisfy({ (48...57).contains($0) })
        else { return scope }
        return "store/" + steps.dropFirst(3).joined(separator: "/")
    }
}
