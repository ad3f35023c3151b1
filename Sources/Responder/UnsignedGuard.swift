import Settings
import Verification
import Webhooks

/// Limits unsigned deliveries: size, and number per peer, source and minute.
final class UnsignedGuard: Sendable {
    private let counts = MinuteCounts()

    /// - Throws: a refusal for an unsigned delivery beyond the source's limits.
    func check(
        _ verified: VerifiedDelivery, of source: SourceSettings, by contract: SourceSettings.Contract
    ) throws(Refusal) {
        guard verified.verdict.strength == .unverified else { return }
        let (limits, delivery) = (source.unsignedLimits(of: contract), verified.delivery)
        if let limit = limits.bodyLimit, delivery.body.count > limit {
            throw Refusal(.bodyTooLarge, "an unsigned body may have at most \(limit) bytes (unsigned: body_limit)")
        }
        if let limit = limits.perMinute,
            counts.count("\(source.name) \(PeerNetwork.of(delivery.remoteAddress))", at: delivery.receivedAt) > limit
        {
            throw Refusal(
                .tooManyRefusals,
                "more than \(limit) unsigned deliveries from one peer in a minute (unsigned: per_minute)")
        }
    }
}
