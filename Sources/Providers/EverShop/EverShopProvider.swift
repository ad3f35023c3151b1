import JSON
public import Verification
public import Webhooks

/// The contract of the EverShop guide: `{event, timestamp, data}` on three paths. EverShop itself sends no webhooks, so
/// what forwards its events may also use Standard Webhooks, EverShop's own event names and the columns of its tables.
///
/// The signed `webhook-id` is the dedupe key where there is one, else the body. Without `timestamp` (the guide's own manual
/// test has none) there is no clock.
public struct EverShopProvider: Provider {
    /// `evershop`
    public var name: String { scheme.name }
    /// `x-evershop-signature` over the body, or Standard Webhooks.
    public var scheme: Scheme { .everShop }

    /// The provider.
    public init() {}

    /// The event.
    /// - Throws: a refusal of a signed body that is no object: a message of Standard Webhooks, whose id, time and body are
    ///   signed as one, could else be sent as a body, and the other way round.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        let delivery = verified.delivery
        let body = (try? JSONValue(parsing: delivery.body))?.object
        try verified.demand(object: body)
        let topic = (body?["event"] ?? body?["type"])?.identifierText
        let known = topic.flatMap { EverShopTopics.known[$0] }
        let time = body?["timestamp"]?.moment
        var event = Event(topic, known, by: name, key: .body(delivery.body, of: name, at: time, window: window))
        if delivery.headers["webhook-signature"] != nil, let id = delivery.headers["webhook-id"], !id.isEmpty {
            event.dedupeKey = .id(id, of: name)
        }
        event.occurredAt = time
        guard let known, let data = body?["data"]?.object else { return event }
        record(known, data, &event)
        return event
    }

    private func record(_ topic: Topic, _ data: JSONObject, _ event: inout Event) {
        guard let kind = topic.record else {
            if topic.isOfCart {
                let id = ["id", "cartId", "cart_id"].lazy.compactMap { data[$0]?.identifierText }.first
                event.subject = id.map { "cart:\($0)" }
            } else if let id = data["orderId"]?.identifierText {
                event.subject = "order:\(id)"
            }
            return
        }
        // An inventory event has the row before and after.
        let object = data["new"]?.object ?? data
        guard let id = Self.idKeys(kind).lazy.compactMap({ object[$0]?.identifierText }).first else { return }
        switch kind {
        case .order:
            let order = EverShopOrder.order(id, object)
            event.carry(kind, id, .order(order))
            if event.type == "order.updated", EverShopOrder.isCancelled(order) { event.type = "order.cancelled" }
        case .product:
            let deleted = topic.type == "inventory.updated" ? nil : topic.deletes
            event.carry(kind, id, .product(EverShopRecords.product(id, object, deleted: deleted)))
        case .customer: event.carry(kind, id, .customer(EverShopRecords.customer(id, object, deleted: topic.deletes)))
        }
    }

    /// The members that can hold the id: the guide's, those of the tables, and those of EverShop's event types.
    static func idKeys(_ kind: Topic.Kind) -> [String] {
        switch kind {
        case .order: ["id", "order_id", "orderId"]
        case .product: ["id", "product_id", "productId", "product_inventory_product_id"]
        case .customer: ["id", "customer_id", "customerId"]
        }
    }

    /// The guide's answer.
    public func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer {
        .json(200, ["code": 0, "msg": "Webhook received"])
    }

    /// The guide's answer where it has one.
    public func answer(_ refusal: Refusal) -> Answer {
        let answer = Answer.refusing(refusal)
        guard answer.status == 401 else { return answer }
        let isMissing = refusal.kind == .missingSignature
        return .json(401, ["code": 1, "msg": isMissing ? "Missing signature" : "Invalid signature"])
    }
}
