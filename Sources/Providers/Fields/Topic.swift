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

    init(_ type: String, _ record: Kind? = nil, deletes: Bool = false) {
        self.type = type
        self.record = record
        self.deletes = deletes
    }

    /// Whether it is about a cart, or the checkout that a cart becomes.
    var isOfCart: Bool { type.hasPrefix("cart.") || type.hasPrefix("checkout.") }

    static func order(_ type: String) -> Topic { Topic(type, .order) }
    static func product(_ type: String) -> Topic { Topic(type, .product) }
    static func customer(_ type: String) -> Topic { Topic(type, .customer) }
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
}
