import Crypto
public import Verification
public import Webhooks

/// A verified delivery and the event that its provider made of it. Only this module can make one, by `normalize`.
public struct NormalizedDelivery: Sendable {
    /// The delivery as it is stored, with its verdict: without the credentials of its body.
    public let verified: VerifiedDelivery
    /// The delivery as received.
    public let received: Delivery
    /// The SHA-256 of the original body if it is not the stored one; else nil.
    public let bodyHash: [UInt8]?
    /// The normalized event.
    public let event: Event

    init(verified: VerifiedDelivery, received: Delivery, event: Event) {
        self.verified = verified
        self.received = received
        self.event = event
        bodyHash = verified.delivery.body == received.body ? nil : Digest.sha256.hash(parts: [received.body])
    }
}

/// Normalizes a verified delivery.
/// - Parameters:
///   - verified: the delivery; the provider's credentials are removed from its body first.
///   - provider: the provider by whose scheme it was verified.
///   - window: how many seconds an equal body is the same event, if the sender gives neither id nor time.
/// - Throws: see ``Provider/normalize(_:window:)``.
public func normalize(
    _ verified: VerifiedDelivery, by provider: any Provider, window: Int64 = 600
) throws(Refusal) -> NormalizedDelivery {
    let kept = verified.removingCredentials(provider.credentialMembers)
    return NormalizedDelivery(
        verified: kept ?? verified, received: verified.delivery,
        event: try provider.normalize(kept ?? verified, window: window))
}
