import JSON
import Verification
import Webhooks

extension OrderDetailProvider {
    /// BigCommerce: a V2 order with its consignments. Its times are those of mails (RFC 2822); the address of its products
    /// names the store. Source: https://developer.bigcommerce.com/docs/rest-management/orders
    static let bigCommerce = OrderDetailProvider(
        name: "bigcommerce_detail", scheme: .bigCommerce, id: "id",
        time: { ($0["date_modified"] ?? $0["date_created"])?.string.flatMap { Timestamp(rfc2822: $0) } },
        shopKey: { store($0["products"]?["url"]?.string ?? "") },
        fields: { reader, object in
            var fields = bigCommerceMap.read(&reader)
            fields[.placedAt] = date(object["date_created"])
            fields[.changedAt] = date(object["date_modified"])
            let billing = object["billing_address"]
            fields[.email] = billing?["email"]?.asWords
            fields[.phone] = billing?["phone"]?.asWords
            fields[.customerName] = fullName(billing?["first_name"], billing?["last_name"])
            let shipping = (object["consignments"]?.array ?? []).flatMap { $0["shipping"]?.array ?? [] }
            let lines = shipping.flatMap { $0["line_items"]?.array ?? [] }
            if !lines.isEmpty { fields[.items] = bigCommerceLines.items(.array(lines)) }
            fields[.shippingAddress] = (shipping.first ?? billing).flatMap { holder in
                var address = bigCommerceAddress.address(holder)?.object ?? JSONObject()
                address["extra"] = nil
                return address.isEmpty ? nil : .object(address)
            }
            return fields
        },
        ranks: [
            "Incomplete": 5, "Pending": 10, "Awaiting Payment": 12, "Manual Verification Required": 15,
            "Awaiting Fulfillment": 30, "Awaiting Shipment": 32, "Awaiting Pickup": 33, "Partially Shipped": 35,
            "Shipped": 50, "Completed": 60, "Disputed": 62, "Partially Refunded": 65, "Refunded": 70, "Declined": 78,
            "Cancelled": 80,
        ], stages: Stage.ofBigCommerce)

    private static let bigCommerceMap = FieldMap<OrderField>([
        (.status, ["status"], .identifier), (.totalAmount, ["total_inc_tax"], .money),
        (.shippingFee, ["shipping_cost_inc_tax"], .money), (.currency, ["currency_code"], .text),
    ])

    private static func date(_ value: JSONValue?) -> JSONValue? {
        value?.string.flatMap { Timestamp(rfc2822: $0) }.map { .string($0.rfc3339) }
    }

    /// `abc` of `https://api.bigcommerce.com/stores/abc/v2/orders/100/products`.
    private static func store(_ url: String) -> String {
        let steps = url.split(separator: "/")
        guard let place = steps.firstIndex(of: "stores"), place + 1 < steps.endIndex else { return "" }
        return JSONValue.string(String(steps[place + 1]).lowercased()).identifierText ?? ""
    }

    private static let bigCommerceLines = LineItems(
        idKeys: ["id"],
        map: FieldMap([
            (.productID, ["product_id"], .identifier), (.productName, ["name"], .text),
            (.variantID, ["variant_id"], .identifier), (.sku, ["sku"], .words),
            (.quantity, ["quantity"], .quantity), (.unitPrice, ["price_inc_tax", "base_price"], .money),
        ]))

    private static let bigCommerceAddress = AddressFields(
        map: FieldMap([
            (.phone, ["phone"], .words), (.address1, ["street_1"], .longText),
            (.address2, ["street_2"], .longText), (.city, ["city"], .text), (.region, ["state"], .text),
            (.zip, ["zip"], .text), (.country, ["country_iso2", "country"], .text),
        ]))
}
