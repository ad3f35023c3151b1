import JSON
import Webhooks

/// The `data` of the guide's contract as an order.
enum TikTokGuideOrder {
    /// - Parameter impliedStatus: the status implied by the event's type.
    static func order(
        _ id: String, _ envelope: TikTokEnvelope, impliedStatus: String?, unread: inout [String]
    ) -> Order {
        var reader = FieldReader(envelope.data)
        reader.drop("order_id")
        var fields: Fields<OrderField> = [:]
        fields[.status] = status(&reader, implied: impliedStatus)
        fields[.stage] = Stage.value(of: fields[.status], in: Stage.ofTikTokShop)
        fields[.totalAmount] = reader.take("total_amount", as: .money)
        fields[.shippingFee] = reader.take("shipping_fee", as: .money)
        fields[.currency] = reader.take("currency", as: .text)
        fields[.email] = reader.take("buyer_email", as: .text)
        fields[.shopID] = envelope.shopID.map(JSONValue.string)
        fields[.placedAt] = reader.take("create_time", as: .moment)
        fields[.changedAt] = reader.take("update_time", as: .moment)
        fields[.items] = reader.take("items", as: .by(LineItems.tikTokGuide.items)).flatMap { $0 == .null ? nil : $0 }
        fields[.shippingAddress] = reader.take("shipping_address", as: .by(AddressFields.tikTokGuide.address))
        fields[.trackingNumber] = reader.take("tracking_number", as: .text)
        // The guide knows the buyer by the recipient only.
        fields[.customerName] = fields[.shippingAddress]?["name"]
        fields[.phone] = fields[.shippingAddress]?["phone"]
        unread += reader.unread
        return Order(
            id: id, fields: fields, extra: reader.extra, statusRank: TikTokOrderStatus.rank(fields[.status]?.string))
    }

    private static func status(_ reader: inout FieldReader, implied: String?) -> JSONValue? {
        // A cancellation with a stale status: the sent one remains, and ends in `extra`.
        if let implied, TikTokOrderStatus.isCancelled(implied),
            !TikTokOrderStatus.isCancelled(reader.peek("order_status")?.string)
        {
            if reader.peek("order_status") == .null { reader.drop("order_status") }
            return .string(implied)
        }
        return reader.takeStatus() ?? implied.map(JSONValue.string)
    }
}
