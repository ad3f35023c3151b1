import JSON
import Webhooks

/// Shopify's order resource. Source: https://shopify.dev/docs/api/admin-rest/latest/resources/order
enum ShopifyOrder {
    static func order(_ id: String, _ object: JSONObject, shop: String?) -> Order {
        var reader = FieldReader(object)
        reader.drop("id")
        var fields = map.read(&reader)
        let status = status(object)
        fields[.status] = status.map(JSONValue.string)
        fields[.shopID] = shop.map(JSONValue.string)
        fields[.shippingFee] = object["total_shipping_price_set"]?["shop_money"]?["amount"]?.asMoney
        fields[.trackingNumber] = object["fulfillments"]?.array?.last?["tracking_number"]?.asWords
        let customer = object["customer"]
        fields[.customerName] =
            fullName(customer?["first_name"], customer?["last_name"]) ?? fields[.shippingAddress]?["name"]
        return Order(
            id: id, fields: fields, extra: reader.extra, statusRank: status.flatMap { ranks[$0] } ?? 0)
    }

    /// Shopify has a status of payment and one of delivery, and no single one: the word of the two that says more.
    private static func status(_ order: JSONObject) -> String? {
        if let time = order["cancelled_at"], time != .null { return "cancelled" }
        let payment = order["financial_status"]?.identifierText
        if payment == "refunded" || payment == "voided" { return payment }
        return order["fulfillment_status"]?.identifierText ?? payment
    }

    private static let ranks = [
        "pending": 10, "authorized": 15, "partially_paid": 20, "paid": 30, "partially_refunded": 35, "partial": 40,
        "fulfilled": 50, "restocked": 60, "refunded": 70, "voided": 75, "cancelled": 80,
    ]

    private static let map = FieldMap<OrderField>([
        (.orderNumber, ["name", "order_number"], \.asLooseText), (.totalAmount, ["total_price"], \.asMoney),
        (.currency, ["currency"], \.asText), (.email, ["email", "contact_email"], \.asWords),
        (.phone, ["phone"], \.asWords), (.placedAt, ["created_at"], \.asDate), (.changedAt, ["updated_at"], \.asDate),
        (.items, ["line_items"], lines.items), (.shippingAddress, ["shipping_address"], AddressFields.shopify.address),
    ])

    private static let lines = LineItems(
        idKeys: ["id"],
        map: FieldMap([
            (.productID, ["product_id"], \.asIdentifier), (.productName, ["title", "name"], \.asText),
            (.variantID, ["variant_id"], \.asIdentifier), (.variantName, ["variant_title"], \.asWords),
            (.sku, ["sku"], \.asWords), (.quantity, ["quantity"], \.asQuantity), (.unitPrice, ["price"], \.asMoney),
        ]))
}

extension AddressFields {
    /// An address of Shopify's.
    static let shopify = AddressFields(
        map: FieldMap([
            (.name, ["name"], \.asWords), (.phone, ["phone"], \.asWords), (.address1, ["address1"], \.asLongText),
            (.address2, ["address2"], \.asLongText), (.city, ["city"], \.asText), (.region, ["province"], \.asText),
            (.zip, ["zip"], \.asText), (.country, ["country_code", "country"], \.asText),
        ]))
}
