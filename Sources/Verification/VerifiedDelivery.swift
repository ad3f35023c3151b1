public import Webhooks

/// A delivery with the verdict on it. Only this module can make one, by `Scheme.verify`, so that whatever takes one
/// can rely on it: nothing unverified gets by, unless the source's policy says so and the verdict shows it.
public struct VerifiedDelivery: Sendable {
    /// The delivery.
    public let delivery: Delivery
    /// What was proven of it.
    public let verdict: Verdict
    /// What was signed; nil for a delivery that is unverified, has but shown a credential, or was read back.
    public let signed: SignedMessage?

    init(delivery: Delivery, verdict: Verdict, signed: SignedMessage? = nil) {
        self.delivery = delivery
        self.verdict = verdict
        self.signed = signed
    }

    /// A delivery that was verified when it was stored, as the ledger reads it back. For reading events again only: what
    /// comes from outside goes through `Scheme.verify`.
    @_spi(StoredEvents) public init(stored delivery: Delivery, verdict: Verdict) {
        self.init(delivery: delivery, verdict: verdict)
    }
}
