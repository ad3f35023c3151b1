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
///   - window: for how many seconds an equal body is the same event, where the sender gives neither id nor time.
/// - Throws: see ``Provider/normalize(_:window:)``.
public func normalize(
    _ verified: VerifiedDelivery, by provider: any Provider, window: Int64 = 600
) throws(Refusal) -> NormalizedDelivery {
    NormalizedDelivery(verified: verified, event: try provider.normalize(verified, window: window))
}
