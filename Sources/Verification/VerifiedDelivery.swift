public import Webhooks

/// A delivery with the verdict on it. Only this module can make one, by `Scheme.verify`, so that whatever takes one
/// can rely on it: nothing unverified gets by, unless the source's policy says so and the verdict shows it.
public struct VerifiedDelivery: Sendable {
    /// The delivery.
    public let delivery: Delivery
    /// What was proven of it.
    public let verdict: Verdict

    init(delivery: Delivery, verdict: Verdict) {
        self.delivery = delivery
        self.verdict = verdict
    }
}
