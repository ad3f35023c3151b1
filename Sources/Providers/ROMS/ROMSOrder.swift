import JSON
import Webhooks

/// The field mappings of the ROMS guide: 13 columns, each under several names, of which the first with a value is used.
/// The rest is stored in `extra`.
enum ROMSOrder {
    static func order(_ id: String, _ object: JSONObject, unread: inout [String]) -> Order {
        var reader = FieldReader(object)
        reader.drop("order_number")
        var fields = map.read(&reader)
        fields[.orderNumber] = .string(id)
        if let status = fields[.status] { fields[.stage] = status.string.flatMap(Stage.init(word:))?.value ?? .null }
        unread += reader.unread
        return Order(id: id, fields: fields, extra: reader.extra)
    }

    private static let map = FieldMap<OrderField>([
        (.product, ["product", "product_name", "item"], \.asLooseText),
        (.price, ["price", "unit_price"], \.asWrittenAmount),
        (.totalAmount, ["total", "total_price", "amount"], \.asWrittenAmount),
        (.commission, ["commission", "profit"], \.asWrittenAmount), (.quantity, ["quantity", "qty"], \.asQuantity),
        (.email, ["email", "customer_email"], \.asText), (.customerName, ["customer_name", "name"], \.asLooseText),
        (.profile, ["profile"], \.asLooseText), (.proxyList, ["proxy_list", "proxy"], \.asLooseText),
        (.referenceNumber, ["reference", "reference_number"], \.asLooseText),
        (.status, ["status", "order_status"], \.asLooseText),
        (.trackingNumber, ["tracking", "tracking_number", "shipment_id"], \.asLooseText),
        (.placedAt, ["order_date", "created_at", "date"], \.asDate),
    ])
}
