import JSON
import Verification
import Webhooks

/// The places of type, subject and time in a sender's deliveries: a contract that is read no deeper.
struct Envelope: Sendable {
    /// The sender's type.
    var type: Place
    /// The normalized types of known types; others keep the sender's name (`Vocabulary.foreign`).
    var types: [String: String] = [:]
    /// Whether the sender may be the shop's own system, whose signed `order.created` is our type.
    var speaksOurs = false
    /// The signed id; without one, the body makes the dedupe key.
    var id: Place?
    /// Whether the signed parts are the dedupe key, before any id, and decide whether the body is a form: for schemes
    /// that do not sign the bytes as sent, so that one signature fits many bodies. The sender's retries have the same
    /// signed parts.
    var isKeyedBySignature = false
    /// The kind of the body, for types in an unsigned header.
    var evidence: EventEvidence?
    /// The time of the event. A sender without it never gives a time.
    var time: Place?
    /// The subject, such as `package:1Z…`.
    var subject: Place?
    /// The shop, account or team.
    var shop: Place?
    /// The shop, as far as it is signed, for senders whose ids are unique per shop only.
    var shopKey: Place?
    /// The unsigned id of the delivery, which is the same in every retry.
    var deliveryID: Place?
    /// The sender's type as in `types` and `orders`, if it has several spellings.
    var spelling: @Sendable (String) -> String = { $0 }
    /// The orders that such events point at.
    var orders: OrderPointer?

    /// How a sender points at orders without their details.
    struct OrderPointer: Sendable {
        /// The prefix of the types of such events.
        let prefixes: [String]
        /// The order's id.
        let id: Place
        /// Its status, and the rank of each status in the life of an order.
        var status: Place?
        var ranks: [String: Int] = [:]
        /// What the statuses mean.
        var stages: [String: Stage] = [:]
    }

    /// The delivery, parsed as it was signed.
    func parts(of verified: VerifiedDelivery) -> PlacedParts {
        PlacedParts(verified.delivery, isForm: isKeyedBySignature ? verified.signed?.isForm : nil)
    }

    /// The event in a delivery.
    /// - Parameter parts: the delivery, read.
    func event(_ verified: VerifiedDelivery, _ parts: PlacedParts, by provider: String, window: Int64) -> Event {
        let named = parts.isReadable ? parts.text(type) : nil
        let finding = evidence.map { $0.finding(parts) } ?? .silent
        let contradiction = finding.contradiction
        let found = contradiction == nil ? named : nil
        let occurredAt = time.flatMap(parts.moment)
        var event = Event(
            provider: provider, providerType: found ?? Event.unrecognized,
            type: found.map { type(named: $0, of: provider) } ?? Event.unrecognized,
            subject: subject.flatMap(parts.text), shopID: shop.flatMap(parts.text), occurredAt: occurredAt,
            dedupeKey: key(verified, parts, of: provider, at: occurredAt, finding, window))
        if time == nil { event.timing = .arrival }
        if contradiction != nil { event.claimedType = named }
        event.reason = contradiction ?? (found == nil ? Self.unreadable(parts) : nil)
        event.deliveryID = deliveryID.flatMap(parts.text)
        event.shopKey = shopKey.flatMap(parts.text)?.lowercased() ?? ""
        event.unreadFields = parts.repaired
        if let found, let orders, orders.prefixes.contains(where: spelling(found).hasPrefix),
            let id = parts.text(orders.id)
        {
            event.subject = "order:\(id)"
            event.record = .order(orders.order(id, parts, shop: event.shopID))
        }
        return event
    }

    private static func unreadable(_ parts: PlacedParts) -> String {
        parts.isReadable ? "the body names no type" : "the body is neither a JSON object nor a form"
    }

    private func type(named name: String, of provider: String) -> String {
        types[spelling(name)] ?? (speaksOurs ? name : Vocabulary.foreign(name, of: provider))
    }

    private func key(
        _ verified: VerifiedDelivery, _ parts: PlacedParts, of provider: String, at time: Timestamp?,
        _ finding: EventEvidence.Finding, _ window: Int64
    ) -> DedupeKey {
        if isKeyedBySignature, let signed = verified.signed { return .signed(signed, of: provider) }
        if let id = id.flatMap(parts.text) { return .id(id, of: provider) }
        if evidence != nil {
            let window = time == nil ? window : nil
            return .topic(named: finding.name ?? "", parts.delivery.body, of: provider, window: window)
        }
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
            order.fields[.stage] = stages.isEmpty ? nil : Stage.value(of: .string(status), in: stages)
        }
        return order
    }
}
