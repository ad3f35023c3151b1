import JSON
import Verification
import Webhooks

/// Where a sender's deliveries say what happened, to what, and when: a contract that is read no deeper than that.
struct Envelope: Sendable {
    /// The sender's type.
    var type: Place
    /// The normalized types of those that have one; the others keep the sender's name (`Vocabulary.foreign`).
    var types: [String: String] = [:]
    /// Whether the sender may be the shop's own system, that says `order.created` and means it: the type is signed.
    var speaksOurs = false
    /// An id that is signed; without one, the body makes the dedupe key.
    var id: Place?
    /// Whether what was signed is the dedupe key, before any id, and tells whether the body is a form: for schemes that
    /// sign no bytes as they were sent, so that one signature fits many bodies. Its sender's retries are signed alike.
    var isKeyedBySignature = false
    /// Whether no two events have the same body, although it tells no time: it is the dedupe key for ever.
    var neverRepeats = false
    /// When it happened.
    var time: Place?
    /// What it is about, such as `package:1Z…`.
    var subject: Place?
    /// The shop, account or team.
    var shop: Place?
    /// The orders that such events point at.
    var orders: OrderPointer?

    /// How a sender points at orders, whose details must be fetched.
    struct OrderPointer: Sendable {
        /// What the types of such events begin with.
        let prefix: String
        /// The order's id.
        let id: Place
        /// Its status, and the place of each status in the life of an order.
        var status: Place?
        var ranks: [String: Int] = [:]
    }

    /// The delivery, read as it was signed.
    func parts(of verified: VerifiedDelivery) -> PlacedParts {
        PlacedParts(verified.delivery, isForm: isKeyedBySignature ? verified.signed?.isForm : nil)
    }

    /// The event in a delivery.
    /// - Parameter parts: the delivery, read.
    func event(_ verified: VerifiedDelivery, _ parts: PlacedParts, by provider: String, window: Int64) -> Event {
        let found = parts.isReadable ? parts.text(type) : nil
        let occurredAt = time.flatMap(parts.moment)
        var event = Event(
            provider: provider, providerType: found ?? Event.unrecognized,
            type: found.map { type(named: $0, of: provider) } ?? Event.unrecognized,
            subject: subject.flatMap(parts.text), shopID: shop.flatMap(parts.text), occurredAt: occurredAt,
            dedupeKey: key(verified, parts, of: provider, at: occurredAt, window))
        if let found, let orders, found.hasPrefix(orders.prefix), let id = parts.text(orders.id) {
            event.subject = "order:\(id)"
            event.record = .order(orders.order(id, parts, shop: event.shopID))
        }
        return event
    }

    private func type(named name: String, of provider: String) -> String {
        types[name] ?? (speaksOurs ? name : Vocabulary.foreign(name, of: provider))
    }

    private func key(
        _ verified: VerifiedDelivery, _ parts: PlacedParts, of provider: String, at time: Timestamp?, _ window: Int64
    ) -> DedupeKey {
        if isKeyedBySignature, let signed = verified.signed { return .signed(signed, of: provider) }
        if let id = id.flatMap(parts.text) { return .id(id, of: provider) }
        if neverRepeats { return .body(parts.delivery.body, of: provider) }
        return .body(parts.delivery.body, of: provider, at: time, window: window)
    }
}

extension Envelope.OrderPointer {
    fileprivate func order(_ id: String, _ parts: PlacedParts, shop: String?) -> Order {
        var order = Order(id: id, fields: [.needsDetail: true])
        order.fields[.shopID] = shop.map(JSONValue.string)
        if let status = status.flatMap(parts.text) {
            order.fields[.status] = .string(status)
            order.statusRank = ranks[status] ?? 0
        }
        return order
    }
}
