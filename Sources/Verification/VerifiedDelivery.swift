public import Crypto
public import Webhooks

/// A delivery with its verdict. Only this module can make one, by `Scheme.verify`, so its users can rely on it: nothing
/// unverified passes, unless the source's policy allows it and the verdict says so.
public struct VerifiedDelivery: Sendable {
    /// The delivery.
    public let delivery: Delivery
    /// What was proven of it.
    public let verdict: Verdict
    /// The signed content; nil for a delivery that is unverified, was proven by a credential, or was read back.
    public let signed: SignedMessage?
    /// The right credential that was presented, if the scheme has one instead of a signature.
    public let presented: SecretBytes?

    init(delivery: Delivery, verdict: Verdict, signed: SignedMessage? = nil, presented: SecretBytes? = nil) {
        self.delivery = delivery
        self.verdict = verdict
        self.signed = signed
        self.presented = presented
    }

    /// The same with every credential of these schemes masked, for storage.
    public func masked(by schemes: [Scheme]) -> VerifiedDelivery {
        guard schemes.contains(where: \.hasCredentials) else { return self }
        return VerifiedDelivery(
            delivery: delivery.masked(by: schemes), verdict: verdict, signed: signed, presented: presented)
    }

    /// The same with another time of receipt: the receiver's clock was wrong when it was verified.
    public func received(at time: Timestamp) -> VerifiedDelivery {
        var moved = delivery
        moved.receivedAt = time
        return VerifiedDelivery(delivery: moved, verdict: verdict, signed: signed, presented: presented)
    }

    /// A delivery that was verified when it was stored, as the ledger reads it back. Only for reading events again:
    /// received deliveries go through `Scheme.verify`.
    @_spi(StoredEvents) public init(stored delivery: Delivery, verdict: Verdict) {
        self.init(delivery: delivery, verdict: verdict)
    }
}
