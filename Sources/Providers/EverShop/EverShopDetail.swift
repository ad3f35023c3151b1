public import JSON
public import Verification
public import Webhooks

/// An order from EverShop's API, with plain members in the guide's names: the result of reconciling. No webhook has this
/// form.
public struct EverShopDetail: Provider {
    /// `evershop_detail`
    public var name: String { "evershop_detail" }
    /// That of the guide's webhooks; fetched data is not signed.
    public var scheme: Scheme { .everShop }
    /// ``EverShopCredentials``
    public var credentialMembers: Set<String> { EverShopCredentials.members }

    /// The provider.
    public init() {}

    /// Never: it comes by no webhook.
    public func recognizes(_ delivery: Delivery) -> Bool { false }

    /// The event `order.fetched`. Its dedupe key is the whole order: fetched again unchanged, it is the same event.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        let bytes = verified.delivery.body
        var event = Event(
            provider: name, providerType: Event.unrecognized, type: Event.unrecognized,
            dedupeKey: .body(bytes, of: name))
        let read = ReadBody(bytes)
        guard let object = read.bareObject, let id = object["id"]?.identifierText else { return event }
        event.providerType = "order_detail"
        event.type = "order.fetched"
        event.subject = "order:\(id)"
        event.occurredAt = object["updatedAt"]?.moment
        var unread: [String] = []
        event.record = .order(EverShopOrder.order(id, object, unread: &unread))
        event.note(unread: read.repaired + unread)
        return event
    }

    /// Status and stage of an order, as the ledger has them; nil for one that is not known.
    public static func state(of order: JSONObject) -> (status: String?, stage: String?) {
        var unread: [String] = []
        let fields = EverShopOrder.order("", order, unread: &unread).fields
        return (fields[.status]?.string, fields[.stage]?.string)
    }
}
