import Providers
import Verification
import Webhooks

/// A contract whose orders are no older than the event that asked for them: some providers give the event a later time than
/// the order has, and the order would stay one whose details are missing.
struct NotBefore: Provider {
    private let inner: any Provider
    private let time: Timestamp?

    init(_ inner: any Provider, time: Timestamp?) {
        self.inner = inner
        self.time = time
    }

    var name: String { inner.name }
    var scheme: Scheme { inner.scheme }
    var credentialMembers: Set<String> { inner.credentialMembers }

    func recognizes(_ delivery: Delivery) -> Bool { false }

    func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        var event = try inner.normalize(verified, window: window)
        if let own = event.occurredAt, let time, own < time { event.occurredAt = time }
        return event
    }
}
