public import Verification
public import Webhooks

/// A verified delivery and the event that its provider made of it. Only this module can make one, by `normalize`.
public struct NormalizedDelivery: Sendable {
    /// The delivery with its verdict.
    public let verified: VerifiedDelivery
    /// What it says, in the system's own terms.
    public let event: Event

    init(verified: VerifiedDelivery, event: Event) {
        self.verified = verified
        self.event = event
    }
}

/// Puts a verified delivery in the system's own terms.
/// - Parameters:
///   - verified: the delivery.
///   - provider: the provider by whose scheme it was verified.
/// - Throws: a refusal of the kind `invalidPayload` where the provider's guide demands one.
public func normalize(
    _ verified: VerifiedDelivery, by provider: any Provider
) throws(Refusal) -> NormalizedDelivery {
    NormalizedDelivery(verified: verified, event: try provider.normalize(verified))
}
