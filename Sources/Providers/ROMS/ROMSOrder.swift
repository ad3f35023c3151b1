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
        (.product, ["product", "product_name", "item"], .looseText),
        (.price, ["price", "unit_price"], .writtenAmount),
        (.totalAmount, ["total", "total_price", "amount"], .writtenAmount),
        (.commission, ["commission", "profit"], .writtenAmount), (.quantity, ["quantity", "qty"], .quantity),
        (.email, ["email", "customer_email"], .text), (.customerName, ["customer_name", "name"], .looseText),
        (.profile, ["profile"], .looseText), (.proxyList, ["proxy_list", "proxy"], .looseText),
        (.referenceNumber, ["reference", "reference_number"], .looseText),
        (.status, ["status", "order_status"], .looseText),
        (.trackingNumber, ["tracking", "tracking_number", "shipment_id"], .looseText),
        (.placedAt, ["order_date", "created_at", "date"], .date),
    ])
}
