import Providers
import Verification
import Webhooks

/// A contract whose orders are of the shop whose token got them, if they name none themselves: later jobs about the order
/// need that shop's token, too.
struct OfShop: Provider {
    private let inner: any Provider
    private let shop: String?

    init(_ inner: any Provider, shop: String?) {
        self.inner = inner
        self.shop = shop
    }

    var name: String { inner.name }
    var scheme: Scheme { inner.scheme }
    var credentialMembers: Set<String> { inner.credentialMembers }

    func recognizes(_ delivery: Delivery) -> Bool { false }

    func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        var event = try inner.normalize(verified, window: window)
        if let shop { event.isOfShop(shop) }
        return event
    }
}
