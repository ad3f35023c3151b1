import Crypto
public import Verification
public import Webhooks

/// A verified delivery and the event that its provider made of it. Only this module can make one, by `normalize`.
public struct NormalizedDelivery: Sendable {
    /// The delivery as it is stored, with its verdict: without the credentials of its body.
    public let verified: VerifiedDelivery
    /// The delivery as it came.
    public let received: Delivery
    /// The SHA-256 of the body as it came, where that is not the stored one; else nil.
    public let bodyHash: [UInt8]?
    /// What it says, in the system's own terms.
    public let event: Event

    init(verified: VerifiedDelivery, received: Delivery, event: Event) {
        self.verified = verified
        self.received = received
        self.event = event
        bodyHash = verified.delivery.body == received.body ? nil : Digest.sha256.hash(parts: [received.body])
    }
}

/// Puts a verified delivery in the system's own terms.
/// - Parameters:
///   - verified: the delivery; the credentials that the provider names are taken out of its body before it is read.
///   - provider: the provider by whose scheme it was verified.
///   - window: for how many seconds an equal body is the same event, where the sender gives neither id nor time.
/// - Throws: see ``Provider/normalize(_:window:)``.
public func normalize(
    _ verified: VerifiedDelivery, by provider: any Provider, window: Int64 = 600
) throws(Refusal) -> NormalizedDelivery {
    let kept = verified.removingCredentials(provider.credentialMembers)
    return NormalizedDelivery(
        verified: kept ?? verified, received: verified.delivery,
        event: try provider.normalize(kept ?? verified, window: window))
}
