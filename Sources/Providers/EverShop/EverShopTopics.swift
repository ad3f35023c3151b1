/// EverShop's events, by the names of the guide and by those of EverShop itself (`types/event.ts`). Topics of categories
/// keep their names and change no record.
enum EverShopTopics {
    static let known: [String: Topic] = [
        "product.created": .product("product.created"), "product.updated": .product("product.updated"),
        "product.deleted": deletedProduct, "order.created": .order("order.created"),
        "order.updated": .order("order.updated"), "order.cancelled": .order("order.cancelled"),
        "customer.created": .customer("customer.created"), "customer.updated": .customer("customer.updated"),
        "customer.deleted": deletedCustomer,
        "cart.created": Topic("cart.created"), "cart.updated": Topic("cart.updated"),
        "product_created": .product("product.created"), "product_updated": .product("product.updated"),
        "product_deleted": deletedProduct, "inventory_updated": .product("inventory.updated"),
        "order_created": .order("order.created"), "order_placed": .order("order.updated"),
        "order_status_updated": .order("order.updated"), "order_canceled": .order("order.cancelled"),
        "order_refunded": .order("refund.completed"), "shipment_created": .order("package.shipped"),
        "shipment_delivered": .order("package.delivered"), "shipment_status_changed": .order("package.updated"),
        "shipment_label_created": .order("package.updated"), "shipment_label_voided": .order("package.updated"),
        "customer_registered": .customer("customer.created"), "customer_created": .customer("customer.created"),
        "customer_updated": .customer("customer.updated"), "customer_deleted": deletedCustomer,
    ]

    private static let deletedProduct = Topic("product.deleted", .product, deletes: true)
    private static let deletedCustomer = Topic("customer.deleted", .customer, deletes: true)
}
