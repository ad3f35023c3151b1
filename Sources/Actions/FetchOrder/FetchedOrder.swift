import JSON
import Providers
import Verification
import Webhooks

/// A contract for what was fetched: read as its webhooks are, but of the type `order.fetched`, and with details.
struct FetchedOrder: Provider {
    let inner: any Provider

    var name: String { inner.name }
    var scheme: Scheme { inner.scheme }

    func recognizes(_ delivery: Delivery) -> Bool { false }

    func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        var event = try inner.normalize(verified, window: window)
        guard case .order(var order) = event.record else { return event }
        event.type = "order.fetched"
        order.fields[.needsDetail] = false
        event.record = .order(order)
        return event
    }
}
