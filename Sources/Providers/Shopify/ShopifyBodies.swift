import JSON

/// What Shopify's bodies are, by themselves: topics are not signed.
/// Source: https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance
extension ShopifyTopics {
    /// Whether Shopify sends such a body under that topic. What cannot be undone is believed of its own body only.
    static func isBorneOut(_ topic: Topic, by body: JSONObject) -> Bool {
        switch topic.type {
        case "shop.redact":
            // The two other requests name the shop, too, and somebody besides.
            body["shop_id"] != nil && body["shop_domain"] != nil
                && body.members.allSatisfy { $0.key.hasPrefix("shop_") }
        case "customer.redact": body["id"] == nil && body["orders_to_redact"]?.array != nil
        case "customer.data_request": body["id"] == nil && body["orders_requested"]?.array != nil
        default: topic.fits(body, kind: kind(body))
        }
    }

    /// What a body says it is: `gid://shopify/Order/1`.
    private static func kind(_ body: JSONObject) -> Topic.Kind? {
        let parts = body["admin_graphql_api_id"]?.string?.split(separator: "/") ?? []
        return parts.dropLast().last.flatMap { Topic.Kind(rawValue: $0.lowercased()) }
    }
}
