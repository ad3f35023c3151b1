import JSON

/// Shopify's topics with a normalized type; others keep their name. Source: https://shopify.dev/docs/api/webhooks
enum ShopifyTopics {
    static let table = TopicTable(
        topics: known,
        updates: ["order": "orders/updated", "product": "products/update", "customer": "customers/update"],
        kind: ShopifyBodies.kind)

    static let known: [String: Topic] = [
        "orders/create": .order("order.created"), "orders/updated": .order("order.updated"),
        "orders/edited": Topic("order.updated", of: "order edit"),
        "orders/paid": .order("order.updated") { isOne(of: ["paid", "partially_refunded"], $0["financial_status"]) },
        "orders/fulfilled": .order("order.updated") { isOne(of: ["fulfilled"], $0["fulfillment_status"]) },
        "orders/partially_fulfilled": .order("order.updated") { isOne(of: ["partial"], $0["fulfillment_status"]) },
        "orders/cancelled": .order("order.cancelled") { $0["cancelled_at"]?.moment != nil },
        "orders/delete": Topic("order.deleted", .order, deletes: true),
        "refunds/create": Topic("refund.completed", of: "refund"),
        "order_transactions/create": Topic("order.updated", of: "transaction"),
        "products/create": .product("product.created"), "products/update": .product("product.updated"),
        "products/delete": Topic("product.deleted", .product, deletes: true),
        "inventory_levels/update": Topic("inventory.updated", of: "inventory level"),
        "customers/create": .customer("customer.created"), "customers/update": .customer("customer.updated"),
        "customers/enable": .customer("customer.updated") { isOne(of: ["enabled"], $0["state"]) },
        "customers/disable": .customer("customer.updated") { isOne(of: ["disabled"], $0["state"]) },
        "customers/delete": Topic("customer.deleted", .customer, deletes: true),
        "customers/redact": Topic("customer.redact", of: "redaction"),
        "customers/data_request": Topic("customer.data_request", of: "data request"),
        "shop/redact": Topic("shop.redact", of: "shop redaction"),
        "carts/create": Topic("cart.created"), "carts/update": Topic("cart.updated"),
        "checkouts/create": Topic("checkout.created"), "checkouts/update": Topic("checkout.updated"),
        "fulfillments/create": Topic("package.shipped", of: "fulfillment"),
        "fulfillments/update": Topic("package.updated", of: "fulfillment"),
        "app/uninstalled": Topic("authorization.removed", of: "shop"),
    ].merging(returns) { own, _ in own }

    private static let returns = Dictionary(
        uniqueKeysWithValues: ["request", "approve", "decline", "cancel", "close", "reopen", "process", "update"].map {
            ("returns/" + $0, Topic("return.updated", of: "return"))
        })

    private static func isOne(of words: Set<String>, _ value: JSONValue?) -> Bool {
        value?.string.map { words.contains($0.lowercased()) } ?? false
    }
}
