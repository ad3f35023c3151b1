import JSON
import Webhooks

/// An order of EverShop's, in the guide's members or in the columns of EverShop's table `order`. The same column comes
/// as a number or as a string, depending on the event.
enum EverShopOrder {
    static func order(_ id: String, _ object: JSONObject, unread: inout [String]) -> Order {
        var reader = FieldReader(object)
        for key in EverShopData.idKeys(.order) where object[key]?.identifierText == id { reader.drop(key) }
        var fields = map.read(&reader)
        fields[.stage] = EverShopStages.stage(of: object, status: fields[.status])
        // An empty status is ignored: the next name of it is used.
        unread += reader.unread.filter { object[$0]?.string != "" }
        return Order(
            id: id, fields: fields, extra: reader.extra, statusRank: fields[.status]?.string.map(rank) ?? 0)
    }

    /// The rank of a status in the life of an order, for events of one moment; 0 for an unknown word.
    static func rank(_ status: String) -> Int { ranks[status] ?? 0 }

    static func isCancelled(_ order: Order) -> Bool { order.fields[.status]?.string.map { ranks[$0] == 80 } ?? false }

    private static let ranks = [
        "new": 10, "pending": 10, "processing": 20, "paid": 30, "shipped": 50, "delivered": 60, "completed": 70,
        "closed": 75, "canceled": 80, "cancelled": 80,
    ]

    private static let map = FieldMap<OrderField>([
        // order_status_updated calls it `after`.
        (.status, ["status", "after"], .by { $0.string?.isEmpty ?? true ? nil : $0.asIdentifier }),
        (.orderNumber, ["orderNumber", "order_number"], .looseText),
        (.email, ["customerEmail", "customer_email"], .words),
        (.customerName, ["customerName", "customer_full_name"], .words), (.phone, ["customerPhone"], .words),
        (.totalAmount, ["grandTotal", "grand_total", "total"], .money),
        (.shippingFee, ["shippingFee", "shipping_fee_incl_tax", "shipping_fee_excl_tax"], .money),
        (.currency, ["currency"], .text), (.placedAt, ["createdAt", "created_at"], .date),
        (.changedAt, ["updatedAt", "updated_at"], .date),
        (.trackingNumber, ["trackingNumber", "tracking_number"], .words), (.items, ["items"], .by(lines.items)),
        (.shippingAddress, ["shippingAddress", "shipping_address"], .by(address.address)),
    ])

    private static let lines = LineItems(
        idKeys: ["id", "order_item_id", "uuid"],
        map: FieldMap([
            (.productID, ["productId", "product_id"], .identifier),
            (.productName, ["name", "productName", "product_name"], .text),
            (.variantID, ["variantId", "variant_id"], .identifier), (.sku, ["sku", "product_sku"], .text),
            (.quantity, ["qty", "quantity"], .quantity),
            (.unitPrice, ["finalPrice", "final_price", "price"], .money),
            (.listPrice, ["product_price"], .money), (.imageURL, ["image", "thumbnail"], .longText),
        ]))

    static let address = AddressFields(
        map: FieldMap([
            (.name, ["fullName", "full_name", "name"], .words), (.phone, ["telephone", "phone"], .words),
            (.address1, ["address1", "address_1"], .longText), (.address2, ["address2", "address_2"], .longText),
            (.city, ["city"], .text), (.region, ["province"], .text), (.zip, ["postcode", "zip"], .text),
            (.country, ["country"], .text),
        ]))
}
