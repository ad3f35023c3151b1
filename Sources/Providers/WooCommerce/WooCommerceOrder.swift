import JSON
import Webhooks

/// WooCommerce's order (REST v3). Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#orders
enum WooCommerceOrder {
    static func order(_ id: String, _ object: JSONObject, shop: String?, unread: inout [String]) -> Order {
        var reader = FieldReader(object)
        reader.drop("id")
        let billing = object["billing"] ?? object["billing_address"]
        var fields = map.read(&reader)
        fields[.stage] = Stage.value(of: fields[.status], in: Stage.ofWooCommerce) {
            // A shop's extensions add their own words.
            Stage(word: $0)
        }
        fields[.shopID] = shop.map(JSONValue.string)
        fields[.email] = reader.look(billing?["email"], "billing.email", as: .words)
        fields[.phone] = reader.look(billing?["phone"], "billing.phone", as: .words)
        fields[.customerName] = fullName(billing?["first_name"], billing?["last_name"])
        fields[.shippingAddress] = address(object, &reader, or: billing)
        if let refunds = object["refunds"]?.list {
            let amounts = refunds.compactMap { $0["total"] }
            fields[.refundedAmount] =
                amounts.isEmpty
                ? .null
                : reader.look(
                    .array(amounts), "refunds.total", as: .by { DecimalSum.ofMagnitudes($0.array ?? []) })
        }
        unread += reader.unread
        return Order(
            id: id, fields: fields, extra: reader.extra,
            statusRank: fields[.status]?.string.flatMap { ranks[$0] } ?? 0)
    }

    /// The destination: the shipping address, or the billing address if that has no line.
    private static func address(
        _ object: JSONObject, _ reader: inout FieldReader, or billing: JSONValue?
    ) -> JSONValue? {
        let key = object["shipping"] == nil ? "shipping_address" : "shipping"
        let usesShipping = !(object[key]?["address_1"]?.string ?? "").isEmpty
        guard usesShipping || !(billing?["address_1"]?.string ?? "").isEmpty else { return nil }
        let used = usesShipping ? key : object["billing"] == nil ? "billing_address" : "billing"
        // It is read for members that do not fit, and stays in `extra`: it has more than an address.
        var single = JSONObject()
        single[used] = object[used]
        var copy = FieldReader(single)
        let address = copy.take([used], as: .by(AddressFields.wooCommerce.address))
        reader.note(copy.unread)
        return address
    }

    private static let ranks = [
        "checkout-draft": 5, "pending": 10, "on-hold": 20, "processing": 30, "completed": 60, "failed": 65,
        "refunded": 70, "cancelled": 80, "trash": 90,
    ]

    private static let map = FieldMap<OrderField>([
        (.status, ["status"], .identifier), (.orderNumber, ["number", "order_number"], .looseText),
        (.currency, ["currency"], .text), (.totalAmount, ["total"], .money),
        (.shippingFee, ["shipping_total", "total_shipping"], .money),
        (.placedAt, ["date_created_gmt", "created_at"], .date),
        (.changedAt, ["date_modified_gmt", "updated_at"], .date), (.items, ["line_items"], .by(lines.items)),
    ])

    private static let lines = LineItems(
        idKeys: ["id"],
        map: FieldMap([
            (.productID, ["product_id"], .identifier), (.productName, ["name"], .text),
            // 0: the product has no variations.
            (.variantID, ["variation_id"], .by { $0.integer == 0 ? .null : $0.asIdentifier }),
            (.sku, ["sku"], .words), (.quantity, ["quantity"], .quantity), (.unitPrice, ["price"], .money),
        ]))
}

extension AddressFields {
    /// An address of WooCommerce's.
    static let wooCommerce = AddressFields(
        map: FieldMap([
            (.phone, ["phone"], .words), (.address1, ["address_1"], .longText),
            (.address2, ["address_2"], .longText), (.city, ["city"], .text), (.region, ["state"], .text),
            (.zip, ["postcode"], .text), (.country, ["country"], .text),
        ]))
}
