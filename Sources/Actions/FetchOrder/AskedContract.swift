import Providers
import Verification
import Webhooks

/// The contract of an order that was asked for.
struct AskedContract: Provider {
    let inner: any Provider
    /// The shop whose token got the order, if it names none itself: later jobs about it need that shop's token, too.
    let shop: String?
    /// The time of the event that asked for the order, which is no older than that. Some providers give the event a later time than
    /// the order has, and the order would stay one whose details are missing.
    let notBefore: Timestamp?

    var name: String { inner.name }
    var scheme: Scheme { inner.scheme }
    var credentialMembers: Set<String> { inner.credentialMembers }

    func recognizes(_ delivery: Delivery) -> Bool { false }

    func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        var event = try inner.normalize(verified, window: window)
        if let shop { event.isOfShop(shop) }
        if let own = event.occurredAt, let notBefore, own < notBefore { event.occurredAt = notBefore }
        return event
    }
}
