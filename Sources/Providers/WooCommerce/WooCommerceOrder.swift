import JSON
import Webhooks

/// WooCommerce's order (REST v3). Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#orders
enum WooCommerceOrder {
    /// - Parameter deleted: whether it went to the trash: its body is the id alone.
    static func order(_ id: String, _ object: JSONObject, shop: String?, deleted: Bool) -> Order {
        var reader = FieldReader(object)
        reader.drop("id")
        let billing = object["billing"]
        var fields = map.read(&reader)
        if deleted { fields[.status] = fields[.status] ?? "trash" }
        fields[.shopID] = shop.map(JSONValue.string)
        fields[.email] = billing?["email"]?.asWords
        fields[.phone] = billing?["phone"]?.asWords
        fields[.customerName] = fullName(billing?["first_name"], billing?["last_name"])
        fields[.shippingAddress] = [object["shipping"], billing].compactMap(\.self)
            .first { !($0["address_1"]?.string ?? "").isEmpty }.flatMap(AddressFields.wooCommerce.address)
        return Order(
            id: id, fields: fields, extra: reader.extra,
            statusRank: fields[.status]?.string.flatMap { ranks[$0] } ?? 0)
    }

    private static let ranks = [
        "checkout-draft": 5, "pending": 10, "on-hold": 20, "processing": 30, "completed": 60, "failed": 65,
        "refunded": 70, "cancelled": 80, "trash": 90,
    ]

    private static let map = FieldMap<OrderField>([
        (.status, ["status"], \.asIdentifier), (.orderNumber, ["number"], \.asLooseText),
        (.currency, ["currency"], \.asText), (.totalAmount, ["total"], \.asMoney),
        (.shippingFee, ["shipping_total"], \.asMoney), (.placedAt, ["date_created_gmt"], \.asDate),
        (.changedAt, ["date_modified_gmt"], \.asDate), (.items, ["line_items"], lines.items),
    ])

    private static let lines = LineItems(
        idKeys: ["id"],
        map: FieldMap([
            (.productID, ["product_id"], \.asIdentifier), (.productName, ["name"], \.asText),
            // 0: the product has no variations.
            (.variantID, ["variation_id"], { $0.integer == 0 ? nil : $0.asIdentifier }),
            (.sku, ["sku"], \.asWords), (.quantity, ["quantity"], \.asQuantity), (.unitPrice, ["price"], \.asMoney),
        ]))
}

extension AddressFields {
    /// An address of WooCommerce's.
    static let wooCommerce = AddressFields(
        map: FieldMap([
            (.phone, ["phone"], \.asWords), (.address1, ["address_1"], \.asLongText),
            (.address2, ["address_2"], \.asLongText), (.city, ["city"], \.asText), (.region, ["state"], \.asText),
            (.zip, ["postcode"], \.asText), (.country, ["country"], \.asText),
        ]))
}
