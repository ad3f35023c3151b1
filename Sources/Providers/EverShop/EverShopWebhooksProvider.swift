import JSON
public import Verification
public import Webhooks

/// EverShop's own webhooks, from 2.3.0 on: `{id, event_id, topic, created_at, data}` on one URL for 21 topics.
///
/// The signed body has the topic; the unsigned header `X-EverShop-Topic` is not read. Every registered webhook of a
/// topic gets its own delivery with its own `id`, so the dedupe key is `event_id` with the topic if there is one, else
/// `id`. Several topics carry ids only: `docs/deliveries.md` has the table.
///
/// Source: https://evershop.io/docs/development/knowledge-base/webhooks
public struct EverShopWebhooksProvider: Provider {
    /// `evershop_webhooks`
    public var name: String { scheme.name }
    /// `X-EverShop-Signature: t=…,v1=…` over time and body.
    public var scheme: Scheme { .everShopWebhooks }
    /// ``EverShopCredentials``
    public var credentialMembers: Set<String> { EverShopCredentials.members }

    /// The provider.
    public init() {}

    /// By its own headers, or by the form of its signature; the guide's is bare hexadecimal digits.
    public func recognizes(_ delivery: Delivery) -> Bool {
        delivery.headers["x-evershop-topic"] != nil || delivery.headers["x-evershop-delivery"] != nil
            || delivery.headers["x-evershop-signature"]?.contains("v1=") == true
    }

    /// The test that EverShop's settings page sends.
    public func challenge(_ verified: VerifiedDelivery) -> Answer? {
        guard let body = try? JSONValue(parsing: verified.delivery.body), body["topic"]?.string == "webhook_ping" else {
            return nil
        }
        return Answer(status: 200)
    }

    /// The event.
    /// - Throws: a refusal of a signed body that is no object: time and body are signed as one.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        let delivery = verified.delivery
        let read = ReadBody(delivery.body)
        let body = read.bareObject
        try verified.demand(object: body)
        let topic = body?["topic"]?.identifierText
        let known = topic.flatMap { EverShopTopics.known[$0] }
        let time = body?["created_at"]?.moment
        var event = Event(topic, known, by: name, key: .body(delivery.body, of: name, at: time, window: window))
        if let topic, let id = body?["event_id"]?.identifierText {
            event.dedupeKey = .id("\(topic)\u{0}\(id)", of: name)
        } else if let id = body?["id"]?.identifierText {
            event.dedupeKey = .id(id, of: name)
        }
        event.occurredAt = time
        event.unreadFields = read.repaired
        event.deliveryID = delivery.headers["x-evershop-delivery"]
        if let known, let data = body?["data"]?.object {
            EverShopData.tell(known, topic ?? "", data, eventID: body?["event_id"]?.identifierText, &event)
        }
        return event
    }
}
