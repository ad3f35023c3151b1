import JSON
public import Verification
public import Webhooks

/// WooCommerce.
///
/// Only the body is signed, and all deliveries of a second share an id: the dedupe key is the hash of the body and of
/// the topic as far as the body confirms it. A deletion has only the id, and the same order may be restored and deleted
/// again, so a body without `date_modified_gmt` is repeatable, and that of a restore always. Ids are unique per shop
/// only; the links name the shop.
/// Source: class-wc-webhook.php of WooCommerce
public struct WooCommerceProvider: Provider {
    /// `woocommerce`
    public var name: String { scheme.name }
    /// Base64 over the body.
    public var scheme: Scheme { .wooCommerce }
    /// The topic.
    public var typeHeader: String? { "X-WC-Webhook-Topic: order.created" }
    /// Never, and after more than five failures in a row it switches the webhook off.
    public var sendsAgain: Bool { false }

    /// The provider.
    public init() {}

    /// By any of WooCommerce's own headers, or as its ping.
    public func recognizes(_ delivery: Delivery) -> Bool {
        delivery.headers.fields.contains { $0.name.hasPrefix("x-wc-webhook-") } || Self.isPing(delivery)
    }

    /// The ping when a webhook is saved is an unsigned form, and must be answered with 200.
    public func handshake(_ delivery: Delivery, keyring: Keyring) -> Answer? {
        Self.isPing(delivery) ? Answer(status: 200) : nil
    }

    /// `webhook_id=` and a number, as a form, without a topic.
    static func isPing(_ delivery: Delivery) -> Bool {
        let start = Array("webhook_id=".utf8)
        guard delivery.method == "POST", delivery.headers["x-wc-webhook-topic"] == nil,
            delivery.headers["content-type"]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true,
            delivery.body.starts(with: start), (1...20).contains(delivery.body.count - start.count)
        else { return false }
        return delivery.body.dropFirst(start.count).allSatisfy { (48...57).contains($0) }
    }

    /// The event.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) -> Event {
        let delivery = verified.delivery
        let read = ReadBody(delivery.body)
        let body = (read.json?.object).map(WooCommerceBodies.resource)
        let topic = UnsignedTopic(
            delivery.headers["x-wc-webhook-topic"].flatMap { JSONValue.string($0).identifierText }, in: Self.table,
            of: name, body)
        let time = topic.known?.deletes == true ? nil : (body?["date_modified_gmt"] ?? body?["updated_at"])?.moment
        // A body is made when it is sent: two restores with a deletion between them may have the same bytes.
        let isRepeatable = time == nil || topic.known?.restores == true
        var event = Event(
            topic, by: name, key: .topic(topic, delivery.body, of: name, window: isRepeatable ? window : nil))
        event.occurredAt = time
        event.shopID = delivery.headers["x-wc-webhook-source"].flatMap { JSONValue.string($0).identifierText }
        event.unreadFields = read.repaired
        if let body { event.shopKey = WooCommerceBodies.shopKey(body) }
        guard let known = topic.known, let body, let id = body["id"]?.identifierText else { return event }
        record(known, id, body, &event)
        return event
    }

    private func record(_ topic: Topic, _ id: String, _ body: JSONObject, _ event: inout Event) {
        var unread: [String] = []
        switch topic.record {
        case nil: break
        case .order where topic.deletes: event.carry(.order, id, .order(.deleted(id, status: "trash")))
        case .order:
            // A body without its own time would be the latest at each delivery, and so would an unsigned shop.
            let shop = event.occurredAt == nil ? nil : event.shopID
            let order = WooCommerceOrder.order(id, body, shop: shop, unread: &unread)
            event.carry(.order, id, .order(order))
            let isCancelled = order.fields[.status] == "cancelled" && event.claimedType == nil
            if event.type == "order.updated", isCancelled { event.type = "order.cancelled" }
        case .product:
            let product = WooCommerceProduct.product(id, body, deleted: topic.deletes, unread: &unread)
            event.carry(.product, id, .product(product))
        case .customer:
            let customer = WooCommerceCustomer.customer(id, body, deleted: topic.deletes, unread: &unread)
            event.carry(.customer, id, .customer(customer))
        }
        event.note(unread: unread)
    }

    private static let table = TopicTable(
        topics: topics,
        updates: Dictionary(
            uniqueKeysWithValues: ["order", "product", "customer", "coupon"].map { ($0, $0 + ".updated") }),
        kind: WooCommerceBodies.kind)

    static let topics: [String: Topic] = [
        "order.created": .order("order.created"), "order.updated": .order("order.updated"),
        "order.restored": .order("order.updated").restoring,
        "order.deleted": Topic("order.deleted", .order, deletes: true),
        "product.created": .product("product.created"), "product.updated": .product("product.updated"),
        "product.restored": .product("product.updated").restoring,
        "product.deleted": Topic("product.deleted", .product, deletes: true),
        "customer.created": .customer("customer.created"), "customer.updated": .customer("customer.updated"),
        "customer.deleted": Topic("customer.deleted", .customer, deletes: true),
        "coupon.created": Topic("coupon.created"), "coupon.updated": Topic("coupon.updated"),
        "coupon.restored": Topic("coupon.updated").restoring, "coupon.deleted": Topic("coupon.deleted", deletes: true),
    ]
}
