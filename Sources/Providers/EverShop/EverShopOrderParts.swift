import JSON
import Webhooks

/// EverShop's events about a part of an order, whose data have an `orderId` and the part: a shipment, a refund, a
/// cancellation. Their `status`, `before` and `after` are not the order's.
enum EverShopOrderParts {
    /// The event's values for its order.
    /// - Returns: nil for the topics whose data are the order itself.
    static func order(
        _ id: String, _ topic: String, _ data: JSONObject, eventID: String?, unread: inout [String]
    ) -> Order? {
        var reader = FieldReader(data)
        for key in EverShopData.idKeys(.order) where data[key]?.identifierText == id { reader.drop(key) }
        var order = Order(id: id)
        switch topic {
        case "order_canceled":
            order.fields = [.status: "canceled", .stage: Stage.cancelled.value, .cancelRequested: false]
            order.statusRank = EverShopOrder.rank("canceled")
        case "order_refunded":
            // `transaction` is the payment's: two refunds of one payment may share it.
            order.refund(
                reader.take("amount", as: .money), id: eventID ?? data["transaction"]?.identifierText)
            order.fields[.currency] = reader.take("currency", as: .text)
        case "shipment_created", "shipment_label_voided": break
        case "shipment_delivered":
            order.fields[.stage] = Stage.delivered.value
            order.statusRank = EverShopOrder.rank("delivered")
        case "shipment_status_changed":
            let stage = EverShopStages.shipment(data["phase"]) ?? EverShopStages.shipment(data["after"])
            order.fields[.stage] = stage?.value
            order.statusRank = EverShopOrder.rank(stage?.rawValue ?? "")
        case "shipment_label_created":
            order.fields[.trackingNumber] = reader.take("trackingNumber", "tracking_number", as: .words)
        default: return nil
        }
        // A null field here does not change the order.
        order.fields = order.fields.filter { $0.value != .null }
        unread += reader.unread
        order.extra.merge(reader.extra) { own, _ in own }
        return order
    }
}
