import JSON
public import Verification
public import Webhooks

/// The contract of the EverShop guide: `{event, timestamp, data}` on three paths. A forwarder of EverShop's events
/// (before 2.3.0 EverShop sent no webhooks: see ``EverShopWebhooksProvider`` for its own) may also use Standard
/// Webhooks, EverShop's own event names and the columns of its tables.
///
/// The signed `webhook-id` is the dedupe key where there is one, else the body. Without `timestamp` (the guide's own
/// manual test has none) there is no clock.
public struct EverShopProvider: Provider {
    /// `evershop`
    public var name: String { scheme.name }
    /// `x-evershop-signature` over the body, or Standard Webhooks.
    public var scheme: Scheme { .everShop }

    /// ``EverShopCredentials``
    public var credentialMembers: Set<String> { EverShopCredentials.members }

    /// The provider.
    public init() {}

    /// By the headers of its signatures, unless they are those of EverShop's own webhooks.
    public func recognizes(_ delivery: Delivery) -> Bool {
        scheme.securityHeaders.contains { delivery.headers[$0] != nil }
            && !EverShopWebhooksProvider().recognizes(delivery)
    }

    /// The event.
    /// - Throws: a refusal of a signed body that is no object: a message of Standard Webhooks, whose id, time and body
    ///   are signed as one, could else be sent as a body, and the other way round.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        let delivery = verified.delivery
        let read = ReadBody(delivery.body)
        let body = read.bareObject
        try verified.demand(object: body)
        let topic = (body?["event"] ?? body?["type"])?.identifierText
        let known = topic.flatMap { EverShopTopics.known[$0] }
        let time = body?["timestamp"]?.moment
        var event = Event(topic, known, by: name, key: .body(delivery.body, of: name, at: time, window: window))
        if delivery.headers["webhook-signature"] != nil, let id = delivery.headers["webhook-id"], !id.isEmpty {
            event.dedupeKey = .id(id, of: name)
        }
        event.occurredAt = time
        event.unreadFields = read.repaired
        guard let known, let data = body?["data"]?.object else { return event }
        // A deletion without a time must not get its arrival as its clock on a row with the sender's clocks.
        if time == nil, known.deletes { event.timing = .deletion }
        let isNamed = delivery.headers["webhook-signature"] != nil
        EverShopData.tell(
            known, topic ?? "", data, eventID: isNamed ? delivery.headers["webhook-id"] : nil, &event)
        return event
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
