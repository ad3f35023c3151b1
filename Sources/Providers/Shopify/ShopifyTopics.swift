/// Shopify's topics that mean something in the shop's own terms; the others keep their name.
/// Source: https://shopify.dev/docs/api/webhooks
enum ShopifyTopics {
    static let known: [String: Topic] = [
        "orders/create": .order("order.created"), "orders/updated": .order("order.updated"),
        "orders/edited": Topic("order.updated"), "orders/paid": .order("order.updated"),
        "orders/fulfilled": .order("order.updated"), "orders/partially_fulfilled": .order("order.updated"),
        "orders/cancelled": .order("order.cancelled"), "orders/delete": Topic("order.deleted", deletes: true),
        "products/create": .product("product.created"), "products/update": .product("product.updated"),
        "products/delete": Topic("product.deleted", .product, deletes: true),
        "inventory_levels/update": Topic("inventory.updated"),
        "customers/create": .customer("customer.created"), "customers/update": .customer("customer.updated"),
        "customers/enable": .customer("customer.updated"), "customers/disable": .customer("customer.updated"),
        "customers/delete": Topic("customer.deleted", .customer, deletes: true),
        "customers/redact": Topic("customer.redact", .customer, deletes: true),
        "customers/data_request": Topic("customer.data_request"), "shop/redact": Topic("shop.redact"),
        "carts/create": Topic("cart.created"), "carts/update": Topic("cart.updated"),
        "checkouts/create": Topic("checkout.created"), "checkouts/update": Topic("checkout.updated"),
        "fulfillments/create": Topic("package.shipped"), "fulfillments/update": Topic("package.updated"),
        "app/uninstalled": Topic("authorization.removed"),
    ]
}
