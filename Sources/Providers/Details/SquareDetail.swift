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
            fields[.totalAmount] = money(object["total_money"])
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
        (.status, ["state"], \.asIdentifier), (.orderNumber, ["reference_id", "ticket_name"], \.asText),
        (.placedAt, ["created_at"], \.asDate), (.changedAt, ["updated_at"], \.asDate),
        (.items, ["line_items"], squareItems),
    ])

    private static func money(_ value: JSONValue?) -> JSONValue? {
        MinorUnits.amount(value?["amount"], digits: MinorUnits.digits(of: value?["currency"]?.string))
    }

    @Sendable private static func squareItems(_ value: JSONValue) -> JSONValue? {
        squareLines.items(value)
    }

    private static let squareLines = LineItems(
        idKeys: ["uid"],
        map: FieldMap([
            (.productID, ["catalog_object_id"], \.asIdentifier), (.productName, ["name"], \.asText),
            (.variantName, ["variation_name"], \.asText), (.quantity, ["quantity"], \.asQuantity),
            (.unitPrice, ["base_price_money"], { money($0) }),
        ]))

    private static let squareAddress = AddressFields(
        map: FieldMap([
            (.address1, ["address_line_1"], \.asLongText), (.address2, ["address_line_2"], \.asLongText),
            (.city, ["locality"], \.asText), (.region, ["administrative_district_level_1"], \.asText),
            (.zip, ["postal_code"], \.asText), (.country, ["country"], \.asText),
        ]))
}
