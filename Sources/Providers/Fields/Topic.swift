import JSON
import Webhooks

/// What a shop's event type means.
struct Topic: Sendable {
    /// The records that types are about.
    enum Kind: String, Sendable, CaseIterable {
        case order, product, customer
    }

    /// The normalized type.
    let type: String
    /// The record that the body holds; nil when it holds none.
    let record: Kind?
    /// Whether that record is gone, or the thing that it is about without a record.
    let deletes: Bool
    /// Whether it undoes a deletion.
    var restores = false
    /// What the body of such an event is, such as `order` or `fulfillment`.
    let body: String
    /// Whether a body of that kind shows what the topic's verb says, such as a time of cancellation.
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

    /// Whether it asks for what is known of a person or a shop, or to forget it.
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

    /// The same topic, which undoes a deletion.
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

    /// Makes the event one about that record.
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
    /// An order that its sender has deleted: a deletion marks, it does not erase.
    static func deleted(_ id: String, status: JSONValue = "deleted") -> Order {
        Order(id: id, fields: [.status: status, .stage: Stage.cancelled.value], statusRank: 90)
    }
}
