import JSON
public import Verification
public import Webhooks

/// WooCommerce.
///
/// Only the body is signed, and the id of a delivery is shared by all of one second: the dedupe key is the hash of topic
/// and body, and a topic counts that fits its body. A deletion says no more than the id, and the same order may be restored
/// and deleted again, so that without `date_modified_gmt` the key counts within the source's window only.
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

    /// The ping when a webhook is saved is an unsigned form, and must be answered by 200 and nothing else.
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
        let body = (try? JSONValue(parsing: delivery.body))?.object
        let topic = UnsignedTopic(
            delivery.headers["x-wc-webhook-topic"].flatMap { JSONValue.string($0).identifierText }, in: Self.topics,
            of: name, body, isBorneOut: Self.isBorneOut)
        let time = body?["date_modified_gmt"]?.moment
        var event = Event(
            topic, by: name,
            key: .topic(topic, delivery.body, of: name, window: time == nil ? window : nil))
        event.occurredAt = time
        event.shopID = delivery.headers["x-wc-webhook-source"].flatMap { JSONValue.string($0).identifierText }
        guard let known = topic.known, let kind = known.record, let body, let id = body["id"]?.identifierText else {
            return event
        }
        switch kind {
        case .order:
            // A body without a time of its own would be the latest each time it comes, and so would an unsigned shop.
            let shop = time == nil ? nil : event.shopID
            let order = WooCommerceOrder.order(id, body, shop: shop, deleted: known.deletes)
            event.carry(kind, id, .order(order))
            if event.type == "order.updated", order.fields[.status] == "cancelled" { event.type = "order.cancelled" }
        case .product: event.carry(kind, id, .product(WooCommerceProduct.product(id, body, deleted: known.deletes)))
        case .customer: event.carry(kind, id, .customer(WooCommerceCustomer.customer(id, body, deleted: known.deletes)))
        }
        return event
    }

    /// Whether WooCommerce sends such a body under that topic. Links tell what it is: `…/wc/v3/orders`.
    private static func isBorneOut(_ topic: Topic, by body: JSONObject) -> Bool {
        let link = body["_links"]?["collection"]?.array?.first?["href"]?.string?.split(separator: "/").last
        return topic.fits(body, kind: Topic.Kind.allCases.first { link?.hasPrefix($0.rawValue + "s") ?? false })
    }

    static let topics: [String: Topic] = [
        "order.created": .order("order.created"), "order.updated": .order("order.updated"),
        "order.restored": .order("order.updated"), "order.deleted": Topic("order.deleted", .order, deletes: true),
        "product.created": .product("product.created"), "product.updated": .product("product.updated"),
        "product.restored": .product("product.updated"),
        "product.deleted": Topic("product.deleted", .product, deletes: true),
        "customer.created": .customer("customer.created"), "customer.updated": .customer("customer.updated"),
        "customer.deleted": Topic("customer.deleted", .customer, deletes: true),
    ]
}
