import JSON

/// A body without personal data. Members known as non-personal stay, the rest is removed: senders put names and
/// addresses in places that no list of forbidden members would have.
enum BodyReduction {
    /// - Parameter matcher: a value that quotes this person is removed, wherever it is.
    /// - Returns: empty if it is not JSON.
    static func reduce(_ body: [UInt8], of matcher: PersonMatcher) -> [UInt8] {
        guard let value = try? JSONValue(parsing: body) else { return [] }
        return (reduce(value, matcher, isLine: false) ?? .object(JSONObject())).serialized()
    }

    /// A body about several records: only the list elements that name one of these are reduced, as in a separate body.
    /// - Parameter names: the sender's names of the records.
    /// - Returns: nil when there is no such element.
    static func reduce(_ body: [UInt8], onlyOf names: Set<String>, of matcher: PersonMatcher) -> [UInt8]? {
        guard let value = try? JSONValue(parsing: body) else { return nil }
        return reduceElements(value, names, matcher)?.serialized()
    }

    /// Those elements.
    static func elements(_ body: [UInt8], of names: Set<String>) -> [JSONValue] {
        guard let value = try? JSONValue(parsing: body) else { return [] }
        return elements(value, names)
    }

    private static func elements(_ value: JSONValue, _ names: Set<String>) -> [JSONValue] {
        switch value {
        case .object(let object): object.members.flatMap { elements($0.value, names) }
        case .array(let list): list.flatMap { isNamed($0, names) ? [$0] : elements($0, names) }
        default: []
        }
    }

    private static func reduceElements(
        _ value: JSONValue, _ names: Set<String>, _ matcher: PersonMatcher
    ) -> JSONValue? {
        switch value {
        case .object(let object):
            var rest = object
            var isChanged = false
            for member in object.members {
                guard let inner = reduceElements(member.value, names, matcher) else { continue }
                rest[member.key] = inner
                isChanged = true
            }
            return isChanged ? .object(rest) : nil
        case .array(let list):
            let rest = list.map { element in
                isNamed(element, names)
                    ? reduce(element, matcher, isLine: false) : reduceElements(element, names, matcher)
            }
            guard rest.contains(where: { $0 != nil }) else { return nil }
            return .array(zip(rest, list).map { $0 ?? $1 })
        default: return nil
        }
    }

    /// Whether an element of a list is about one of the records, and names no other.
    private static func isNamed(_ element: JSONValue, _ names: Set<String>) -> Bool {
        let ids = ["order_id", "orderId", "main_order_id", "order_sn", "id"].compactMap { element[$0]?.identifier }
        return ids.contains(where: names.contains)
    }

    private static func reduce(_ value: JSONValue, _ matcher: PersonMatcher, isLine: Bool) -> JSONValue? {
        switch value {
        case .object(let object):
            var rest = JSONObject()
            for member in object.members {
                if let kept = keep(member, matcher, isLine: isLine) { rest[member.key] = kept }
            }
            return .object(rest)
        case .array(let elements): return .array(elements.compactMap { reduce($0, matcher, isLine: isLine) })
        case .string(let text):
            // Any address: the rest is non-personal.
            return text.contains("@") || matcher.isQuoted(in: text) ? nil : value
        default: return value
        }
    }

    private static func keep(_ member: JSONObject.Member, _ matcher: PersonMatcher, isLine: Bool) -> JSONValue? {
        let isInside = member.value.object != nil || member.value.array != nil
        if isInside {
            let isKnown = containers.contains(member.key) || member.key.hasPrefix("order_")
            guard isKnown || lines.contains(member.key) else { return nil }
            return reduce(member.value, matcher, isLine: isLine || lines.contains(member.key))
        }
        let isOrderName = member.key == "name" && member.value.string?.hasPrefix("#") == true
        guard values.contains(member.key) || isOrderName || isLine && lineValues.contains(member.key) else {
            return nil
        }
        return reduce(member.value, matcher, isLine: isLine)
    }

    /// The known non-personal members.
    private static let containers: Set<String> = [
        "data", "order", "orders", "new", "customer", "payment", "total_shipping_price_set", "shop_money", "metadata",
        "notification", "meta", "object", "package_list", "refunds", "transactions", "refund_amount",
    ]
    static let lines: Set<String> = ["items", "line_items", "lineItems", "item_list", "variants", "products"]

    static let values: Set<String> = [
        // ids
        "id", "order_id", "orderId", "order_number", "orderNumber", "order_sn", "number", "uuid", "customer_id",
        "customerId", "shop_id", "shopId", "shop_domain", "store_id", "cart_token", "cart_id", "cartId",
        "checkout_token", "tts_notification_id", "notificationId", "client_key", "hash", "video_id", "comment_id",
        "parent_comment_id", "integration_order_id", "main_order_id", "package_id", "merchant_id", "event_id",
        "producer", "resource_url", "return_id", "cancel_id", "refund_id", "shipment_id", "shipmentId",
        "order_line_item_id", "transaction", "admin_graphql_api_id",
        // what and when
        "event", "event_type", "type", "topic", "action", "scope", "timestamp", "time", "created_at", "createdAt",
        "updated_at",
        "updatedAt", "create_time", "update_time", "processed_at", "closed_at", "cancelled_at", "date_created",
        "date_created_gmt", "date_modified", "date_modified_gmt", "order_date", "orderDate", "eventDate",
        "comment_action", "comment_type",
        // how it stands
        "status", "order_status", "orderStatus", "previousStatus", "before", "after", "financial_status",
        "fulfillment_status", "payment_status", "shipment_status", "state", "test", "return_status", "cancel_status",
        "cancellations_role", "return_role", "return_type", "invoice_status", "phase", "full", "kind",
        "is_on_hold_order", "is_buyer_request_cancel",
        // money
        "currency", "presentment_currency", "currency_code", "amount", "price", "commission", "quantity", "total",
        "total_price", "subtotal_price", "total_tax", "total_discounts", "current_total_price", "total_amount",
        "totalAmount", "grandTotal", "grand_total", "sub_total", "shipping_total", "shippingFee", "shipping_fee",
        "shipping_fee_incl_tax", "shipping_fee_excl_tax", "total_qty", "refund_total",
    ]

    /// The members of an order line about its article.
    static let lineValues: Set<String> = [
        "name", "title", "product_id", "productId", "product_name", "productName", "variant_id", "variantId",
        "variation_id", "variant_title", "variant_name", "sku", "product_sku", "seller_sku", "sku_id", "sku_name",
        "qty",
        "quantity", "price", "unit_price", "sale_price", "original_price", "finalPrice", "final_price", "product_price",
        "order_item_id", "line_id", "image", "sku_image",
    ]
}
