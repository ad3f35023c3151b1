public import Crypto
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
    /// The credential that was shown and is right, where the scheme has one in place of a signature.
    public let presented: SecretBytes?

    init(delivery: Delivery, verdict: Verdict, signed: SignedMessage? = nil, presented: SecretBytes? = nil) {
        self.delivery = delivery
        self.verdict = verdict
        self.signed = signed
        self.presented = presented
    }

    /// The same with every credential masked that one of these schemes has in a request: what may be stored.
    public func masked(by schemes: [Scheme]) -> VerifiedDelivery {
        guard schemes.contains(where: \.hasCredentials) else { return self }
        return VerifiedDelivery(
            delivery: delivery.masked(by: schemes), verdict: verdict, signed: signed, presented: presented)
    }

    /// A delivery that was verified when it was stored, as the ledger reads it back. For reading events again only: what
    /// comes from outside goes through `Scheme.verify`.
    @_spi(StoredEvents) public init(stored delivery: Delivery, verdict: Verdict) {
        self.init(delivery: delivery, verdict: verdict)
    }
}
