import JSON
import Webhooks

/// The field mappings of the ROMS guide: 13 columns, each under several names, of which the first that came counts.
/// All else is kept in `extra`.
enum ROMSOrder {
    static func order(_ id: String, _ object: JSONObject) -> Order {
        var reader = FieldReader(object)
        reader.drop("order_number")
        var fields = map.read(&reader)
        fields[.orderNumber] = .string(id)
        return Order(id: id, fields: fields, extra: reader.extra)
    }

    private static let map = FieldMap<OrderField>([
        (.product, ["product", "product_name", "item"], \.asLooseText), (.price, ["price", "unit_price"], \.asAmount),
        (.totalAmount, ["total", "total_price", "amount"], \.asAmount),
        (.commission, ["commission", "profit"], \.asAmount), (.quantity, ["quantity", "qty"], \.asQuantity),
        (.email, ["email", "customer_email"], \.asText), (.customerName, ["customer_name", "name"], \.asLooseText),
        (.profile, ["profile"], \.asLooseText), (.proxyList, ["proxy_list", "proxy"], \.asLooseText),
        (.referenceNumber, ["reference", "reference_number"], \.asLooseText),
        (.status, ["status", "order_status"], \.asLooseText),
        (.trackingNumber, ["tracking", "tracking_number", "shipment_id"], \.asLooseText),
        (.placedAt, ["order_date", "created_at", "date"], \.asDate),
    ])
}
