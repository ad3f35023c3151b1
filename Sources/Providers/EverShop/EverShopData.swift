import JSON
import Webhooks

/// The `data` of an event, in the guide's members, in the columns of EverShop's tables, or in those of its event types.
enum EverShopData {
    /// Attaches the record in the data to the event.
    /// - Parameters:
    ///   - name: the topic as it was sent.
    ///   - eventID: the signed id of the event; nil where there is none.
    static func tell(
        _ topic: Topic, _ name: String, _ data: JSONObject, eventID: String?, _ event: inout Event
    ) {
        guard let kind = topic.record else {
            if topic.isOfCart {
                let id = ["id", "cartId", "cart_id"].lazy.compactMap { data[$0]?.identifierText }.first
                event.subject = id.map { "cart:\($0)" }
            }
            return
        }
        // An inventory event has the row before and after.
        let object = (data["new"] ?? data["after"])?.object ?? data
        guard let id = idKeys(kind).lazy.compactMap({ object[$0]?.identifierText }).first else { return }
        var unread: [String] = []
        switch kind {
        case .order:
            let order =
                EverShopOrderParts.order(id, name, object, eventID: eventID, unread: &unread)
                ?? EverShopOrder.order(id, object, unread: &unread)
            event.carry(kind, id, .order(order))
            if event.type == "order.updated", EverShopOrder.isCancelled(order) { event.type = "order.cancelled" }
        case .product:
            let deleted = topic.type == "inventory.updated" ? nil : topic.deletes
            let product = EverShopRecords.product(id, object, deleted: deleted, unread: &unread)
            event.carry(kind, id, .product(product))
        case .customer:
            let customer = EverShopRecords.customer(id, object, deleted: topic.deletes, unread: &unread)
            event.carry(kind, id, .customer(customer))
        }
        event.note(unread: unread)
    }

    /// The members that can hold the id: the guide's, those of the tables, and those of EverShop's event types.
    static func idKeys(_ kind: Topic.Kind) -> [String] {
        switch kind {
        case .order: ["id", "order_id", "orderId"]
        case .product: ["id", "product_id", "productId", "product_inventory_product_id"]
        case .customer: ["id", "customer_id", "customerId"]
        }
    }
}
