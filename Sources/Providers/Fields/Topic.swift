import JSON
import Webhooks

/// The meaning of a shop's event type.
struct Topic: Sendable {
    /// The records that types are about.
    enum Kind: String, Sendable, CaseIterable {
        case order, product, customer
    }

    /// The normalized type.
    let type: String
    /// The record in the body; nil if there is none.
    let record: Kind?
    /// Whether the record, or the subject without a record, is deleted.
    let deletes: Bool
    /// Whether it reverts a deletion.
    var restores = false
    /// The kind of body of such an event, such as `order` or `fulfillment`.
    let body: String
    /// Whether a body of this kind shows the topic's verb, such as a time of cancellation.
    let isShown: @Sendable (JSONObject) -> Bool

    init(
        _ type: String, _ record: Kind? = nil, deletes: Bool = false, of body: String? = nil,
        where isShown: @escaping @Sendable (JSONObject) -> Bool = { _ in true }
    ) {
        self.type = type
        self.record = record
        self.deletes = deletes
        self.body = body ?? record?.rawValue ?? String(type.prefix { $0 != "." })
        self.isShown = isShown
    }

    /// Whether it is about a cart, or the checkout that a cart becomes.
    var isOfCart: Bool { type.hasPrefix("cart.") || type.hasPrefix("checkout.") }

    /// Whether it is a request to export or erase the data of a person or a shop.
    var isForPrivacy: Bool { type.hasSuffix(".redact") || type.hasSuffix(".data_request") }

    static func order(_ type: String, where isShown: @escaping @Sendable (JSONObject) -> Bool = { _ in true }) -> Topic
    {
        Topic(type, .order, where: isShown)
    }
    static func product(_ type: String) -> Topic { Topic(type, .product) }
    static func customer(_ type: String, where isShown: @escaping @Sendable (JSONObject) -> Bool = { _ in true })
        -> Topic
    {
        Topic(type, .customer, where: isShown)
    }

    /// The same topic, as the reversal of a deletion.
    var restoring: Topic {
        var topic = self
        topic.restores = true
        return topic
    }
}

extension Event {
    /// An event of that topic, or `unrecognized` when there is none.
    init(_ topic: String?, _ known: Topic?, by provider: String, key: DedupeKey) {
        self.init(
            provider: provider, providerType: topic ?? Event.unrecognized,
            type: known?.type ?? topic ?? Event.unrecognized, dedupeKey: key)
    }

    /// Attaches this record to the event.
    mutating func carry(_ kind: Topic.Kind, _ id: String, _ record: Record) {
        subject = "\(kind.rawValue):\(id)"
        self.record = record
    }

    /// Adds the members that could not be read, each once.
    mutating func note(unread: [String]) {
        for name in unread where !unreadFields.contains(name) { unreadFields.append(name) }
    }
}

extension Order {
    /// An order that its sender deleted: a deletion marks the order and does not erase it.
    static func deleted(_ id: String, status: JSONValue = "deleted") -> Order {
        Order(id: id, fields: [.status: status, .stage: Stage.cancelled.value], statusRank: 90)
    }
}
