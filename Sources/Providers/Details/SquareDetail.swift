import JSON
import Verification
import Webhooks

extension OrderDetailProvider {
    /// Square. Source: https://developer.squareup.com/reference/square/objects/Order
    static let square = OrderDetailProvider(
        name: "square_detail", scheme: .square, id: "id", time: { ($0["updated_at"] ?? $0["created_at"])?.moment },
        fields: { reader, object in
            var fields = squareMap.read(&reader)
            let currency = object["total_money"]?["currency"]?.asText
            fields[.currency] = currency
            fields[.totalAmount] = squareMoney(object["total_money"])
            let shipment = object["fulfillments"]?.array?.lazy
                .compactMap { $0["shipment_details"] ?? $0["delivery_details"] ?? $0["pickup_details"] }.first
            let recipient = shipment?["recipient"]
            fields[.customerName] = recipient?["display_name"]?.asText
            fields[.email] = recipient?["email_address"]?.asText
            fields[.phone] = recipient?["phone_number"]?.asText
            fields[.trackingNumber] = shipment?["tracking_number"]?.asText
            fields[.shippingAddress] = recipient?["address"].flatMap(squareAddress.address)
            return fields
        }, ranks: ["DRAFT": 5, "OPEN": 10, "COMPLETED": 60, "CANCELED": 80], stages: Stage.ofSquare)

    private static let squareMap = FieldMap<OrderField>([
        (.status, ["state"], .identifier), (.orderNumber, ["reference_id", "ticket_name"], .text),
        (.placedAt, ["created_at"], .date), (.changedAt, ["updated_at"], .date),
        (.items, ["line_items"], .by(squareItems)),
    ])

    static func squareMoney(_ value: JSONValue?) -> JSONValue? {
        MinorUnits.amount(value?["amount"], digits: MinorUnits.digits(of: value?["currency"]?.string))
    }

    @Sendable private static func squareItems(_ value: JSONValue) -> JSONValue? {
        squareLines.items(value)
    }

    private static let squareLines = LineItems(
        idKeys: ["uid"],
        map: FieldMap([
            (.productID, ["catalog_object_id"], .identifier), (.productName, ["name"], .text),
            (.variantName, ["variation_name"], .text), (.quantity, ["quantity"], .quantity),
            (.unitPrice, ["base_price_money"], .by { squareMoney($0) }),
        ]))

    static let squareAddress = AddressFields(
        map: FieldMap([
            (.address1, ["address_line_1"], .longText), (.address2, ["address_line_2"], .longText),
            (.city, ["locality"], .text), (.region, ["administrative_district_level_1"], .text),
            (.zip, ["postal_code"], .text), (.country, ["country"], .text),
        ]))
}
