import JSON

/// The kinds of Shopify's bodies by their content, because topics are not signed.
///
/// A gid (`gid://shopify/Order/1`) names the kind. Subscriptions may omit it, and carts and privacy requests have none:
/// then members that only such a body has decide. Source: https://shopify.dev/docs/api/webhooks,
/// https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance
enum ShopifyBodies {
    @Sendable static func kind(_ body: JSONObject) -> String? { privacy(body) ?? gid(body) ?? marks(body) }

    private static func gid(_ body: JSONObject) -> String? {
        guard let parts = body["admin_graphql_api_id"]?.string?.split(separator: "/"), parts.count > 2,
            let name = parts.dropLast().last
        else { return nil }
        return switch name {
        case "OrderTransaction": "transaction"
        case "InventoryLevel": "inventory level"
        default: name.lowercased()
        }
    }

    /// Privacy requests cannot be reverted, so they are recognized by their complete form.
    private static func privacy(_ body: JSONObject) -> String? {
        guard body["id"] == nil, body["shop_domain"] != nil || body["customer"] != nil else { return nil }
        if body["orders_to_redact"]?.array != nil { return "redaction" }
        if body["orders_requested"]?.array != nil { return "data request" }
        // The two other requests name the shop, too, and somebody besides.
        let isOfShop = body.has("shop_id", "shop_domain") && body.members.allSatisfy { $0.key.hasPrefix("shop_") }
        return isOfShop ? "shop redaction" : nil
    }

    private static func marks(_ body: JSONObject) -> String? {
        if body["order_edit"]?["order_id"] != nil { return "order edit" }
        if body.has("inventory_item_id", "available") { return "inventory level" }
        if body["order_id"]?.identifierText != nil { return ofOrder(body) }
        if body.shows("abandoned_checkout_url") { return "checkout" }
        guard body["id"]?.identifierText != nil else {
            // From the version of April 2026 on checkouts have no id.
            return body.shows("token") ? "checkout" : nil
        }
        if body.shows("financial_status", "order_number", "order_status_url") { return "order" }
        if body.shows("token") {
            if body["token"] == body["id"] { return "cart" }
            return body.has("cart_token") ? "checkout" : nil
        }
        if body["line_items"]?.array != nil || body.shows("total_price", "current_total_price", "subtotal_price") {
            // A draft has an address for its invoice.
            return body.shows("invoice_url") ? nil : "order"
        }
        if body.shows("variants", "product_type") { return "product" }
        if body.shows("myshopify_domain", "domain", "shop_owner", "plan_name", "money_format") { return "shop" }
        let isPerson = body.shows("email", "phone", "first_name", "last_name", "addresses", "default_address")
        return isPerson && body["line_items"] == nil && body["title"] == nil ? "customer" : nil
    }

    /// The bodies of what belongs to an order and has no gid.
    private static func ofOrder(_ body: JSONObject) -> String? {
        if body["refund_line_items"] != nil || body["order_adjustments"] != nil { return "refund" }
        if body.has("gateway", "kind") { return "transaction" }
        if body.has("return_line_items") { return "return" }
        return body["tracking_number"] != nil || body["tracking_numbers"] != nil || body["tracking_company"] != nil
            ? "fulfillment" : nil
    }
}
