import JSON

/// The kinds of WooCommerce's bodies by their content, because topics are not signed.
///
/// Links name the kind (`_links.self[0].href` ends in `/wc/v3/orders/727`). A body without them is recognized by
/// members that only such a resource has. Source: class-wc-webhook.php and the REST schemas of WooCommerce
enum WooCommerceBodies {
    @Sendable static func kind(_ body: JSONObject) -> String? {
        if body.has("code", "message"), body["id"] == nil { return "error of WooCommerce's own" }
        return link(body).map(kind(ofLink:)) ?? marks(body)
    }

    /// The resource in the body. The API from before REST wraps it: `{"order": {…}}`.
    static func resource(_ body: JSONObject) -> JSONObject {
        guard body.members.count == 1, let only = body.members.first,
            ["order", "product", "customer", "coupon"].contains(only.key), let inner = only.value.object
        else { return body }
        return inner
    }

    /// The shop of a body with links: host and path of its address, without scheme, `www.` and port; empty without
    /// links.
    static func shopKey(_ body: JSONObject) -> String {
        guard let link = link(body), let scheme = link.firstRange(of: "://"),
            let version = link.firstRange(of: "/wc/v")
        else { return "" }
        // The prefix of WordPress' API precedes the version: by default `wp-json`, or `?rest_route=`.
        var address = link[scheme.upperBound..<version.lowerBound]
        if let query = address.firstIndex(of: "?") {
            address = address[..<query]
            if address.hasSuffix("/index.php") { address = address.dropLast("/index.php".count) }
        } else if let slash = address.lastIndex(of: "/") {
            address = address[..<slash]
        }
        let parts = address.split(separator: "/")
        guard var host = parts.first?.split(separator: ":").first else { return "" }
        if host.lowercased().hasPrefix("www.") { host = host.dropFirst(4) }
        let key = ([host] + parts.dropFirst()).joined(separator: "/").lowercased()
        return JSONValue.string(key).identifierText ?? ""
    }

    private static func link(_ body: JSONObject) -> String? {
        let links = body["_links"]
        let link = links?["self"]?.list?.first?["href"] ?? links?["collection"]?.list?.first?["href"]
        return link?.string?.replacing("%2F", with: "/").replacing("%2f", with: "/")
    }

    /// `order` for `…/wc/v3/orders/727` and `…/wc/v3/orders`; a deeper path, such as an order's refund, is not an
    /// order.
    private static func kind(ofLink link: String) -> String {
        guard let version = link.firstRange(of: "/wc/v") else { return "thing of another API" }
        let path = link[version.upperBound...].prefix { $0 != "&" && $0 != "#" && $0 != "?" }
        let steps = path.split(separator: "/").dropFirst()
        let names = steps.filter { !$0.utf8.allSatisfy { (48...57).contains($0) } }
        guard names.count == 1, let name = names.first else { return names.joined(separator: " ") }
        return String(name.hasSuffix("s") ? name.dropLast() : name)
    }

    private static func marks(_ body: JSONObject) -> String? {
        guard body["id"]?.identifierText != nil else { return nil }
        if body.has("discount_type") || body.has("code", "amount") { return "coupon" }
        if body.has("refunded_by") || body.has("reason", "amount") { return "refund" }
        if body.has("line_items") || body.has("total", "status") || body.has("order_key") { return "order" }
        if body["name"] != nil || body["title"] != nil {
            let marks = ["price", "regular_price", "sku", "permalink", "stock_quantity", "catalog_visibility"]
            if marks.contains(where: { body[$0] != nil }) { return "product" }
        }
        return body["email"] != nil && body["title"] == nil && body["total"] == nil ? "customer" : nil
    }
}
