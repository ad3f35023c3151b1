import JSON
public import Verification
public import Webhooks

/// Shopify, and Shopify Events, which differ in the names of the headers.
///
/// Only the body is signed: topic, shop and ids in the headers prove nothing. So the dedupe key is the hash of the body
/// and of the topic as far as the body confirms it, and the clock is in the body (`updated_at`). A deletion has only
/// the id. Source: https://shopify.dev/docs/apps/build/webhooks
public struct ShopifyProvider: Provider {
    /// `shopify` or `shopify_events`.
    public var name: String { scheme.name }
    /// Base64 over the body.
    public let scheme: Scheme
    /// Of Shopify Events under its shorter name.
    public var typeHeader: String? {
        (scheme.name == Scheme.shopifyEvents.name ? "" : "X-") + "Shopify-Topic: orders/create"
    }

    /// By any of Shopify's own headers, even if the signature is missing.
    public func recognizes(_ delivery: Delivery) -> Bool {
        delivery.headers.fields.contains { $0.name.hasPrefix("x-shopify-") || $0.name.hasPrefix("shopify-") }
    }

    /// The event.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) -> Event {
        let delivery = verified.delivery
        let read = ReadBody(delivery.body)
        let body = read.json?.object
        let topic = UnsignedTopic(topic(delivery, body), in: ShopifyTopics.table, of: name, body)
        let time = topic.known?.deletes == true ? nil : body.flatMap { Self.time($0, topic) }
        // A captured privacy request is a duplicate at any time.
        let isRepeatable = time == nil && topic.known?.isForPrivacy != true
        var event = Event(
            topic, by: name, key: .topic(topic, delivery.body, of: family, window: isRepeatable ? window : nil))
        event.shopID = header("shop-domain", delivery)
        event.occurredAt = time
        event.deliveryID = header("webhook-id", delivery)
        event.unreadFields = read.repaired
        // Only in Shopify's own form: a header with one of our names (`order:1`) is forged.
        event.subject = header("resource-id", delivery).flatMap {
            $0.hasPrefix("gid://") || $0.utf8.allSatisfy { (48...57).contains($0) } ? $0 : nil
        }
        guard let known = topic.known, let body else {
            // Without a record, but about the order in the signed body: disputes, fulfillment events.
            if topic.reason == nil, let id = body?["order_id"]?.identifierText { event.subject = "order:\(id)" }
            return event
        }
        record(known, body, &event)
        return event
    }

    /// The time of the body's content. The time of creation is used only for things that happen once; otherwise two
    /// changes would have one time.
    private static func time(_ body: JSONObject, _ topic: UnsignedTopic) -> Timestamp? {
        if topic.known?.body == "order edit" { return body["order_edit"]?["created_at"]?.moment }
        if let time = body["updated_at"]?.moment { return time }
        let happensOnce = topic.name.hasSuffix("/create")
        return happensOnce ? (body["processed_at"] ?? body["created_at"])?.moment ?? body["created_at"]?.moment : nil
    }

    private func record(_ topic: Topic, _ body: JSONObject, _ event: inout Event) {
        if topic.type == "customer.redact" {
            // The data to redact is inside.
            guard let id = body["customer"]?["id"]?.identifierText else { return }
            event.timing = .deletion
            return event.carry(.customer, id, .customer(Customer(id: id, fields: [.deleted: true])))
        }
        guard let kind = topic.record else { return point(body, topic, &event) }
        guard let id = body["id"]?.identifierText else { return }
        var unread: [String] = []
        switch kind {
        case .order where topic.deletes: event.carry(kind, id, .order(.deleted(id)))
        case .order:
            // A body without its own time would be the latest at each delivery, and so would an unsigned shop.
            let shop = event.occurredAt == nil ? nil : event.shopID
            event.carry(kind, id, .order(ShopifyOrder.order(id, body, shop: shop, unread: &unread)))
        case .product:
            event.carry(kind, id, .product(ShopifyProduct.product(id, body, deleted: topic.deletes, unread: &unread)))
        case .customer:
            event.carry(
                kind, id, .customer(ShopifyCustomer.customer(id, body, deleted: topic.deletes, unread: &unread)))
        }
        event.note(unread: unread)
    }

    /// The subject of events without their own record.
    private func point(_ body: JSONObject, _ topic: Topic, _ event: inout Event) {
        if topic.isOfCart {
            // A checkout is a later state of its cart.
            let token = body["cart_token"]?.identifierText ?? body["token"]?.identifierText
            if let id = token ?? body["id"]?.identifierText { event.subject = "cart:\(id)" }
        } else if topic.type == "customer.data_request", let id = body["customer"]?["id"]?.identifierText {
            event.subject = "customer:\(id)"
        } else if let order = ShopifyParts.order(topic.body, body) {
            event.carry(.order, order.id, .order(order))
        } else if let id = body["inventory_item_id"]?.identifierText {
            event.subject = "inventory_item:\(id)"
        }
    }

    /// `orders/create`; Shopify Events have it in two parts, and in the signed body, which then is used.
    private func topic(_ delivery: Delivery, _ body: JSONObject?) -> String? {
        if let topic = body?["topic"]?.identifierText, let action = body?["action"]?.identifierText {
            return joined(topic, action)
        }
        guard let topic = header("topic", delivery) ?? body?["topic"]?.identifierText else { return nil }
        return header("action", delivery).map { joined(topic, $0) } ?? topic
    }

    private func joined(_ topic: String, _ action: String) -> String? {
        topic.contains("/") ? topic : JSONValue.string("\(topic)/\(action)").identifierText
    }

    private func header(_ name: String, _ delivery: Delivery) -> String? {
        (delivery.headers["x-shopify-" + name] ?? delivery.headers["shopify-" + name])
            .flatMap { JSONValue.string($0).identifierText }
    }
}
