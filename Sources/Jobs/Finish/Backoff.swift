public import Settings

/// How long to wait before the next attempt. Pure: chance comes in as a parameter.
public struct Backoff: Sendable {
    /// The policy whose numbers count.
    public let policy: RetryPolicy

    /// The back-off of that policy.
    public init(_ policy: RetryPolicy) { self.policy = policy }

    /// The wait in milliseconds: `backoff` doubled per failure before this one, capped, then moved by jitter so that
    /// the jobs of one outage do not come back in one moment.
    ///
    /// - Parameters:
    ///   - failures: how many failures of the same sort this is, from 1.
    ///   - wish: the destination's Retry-After in milliseconds; the wait is not shorter than it, up to the cap.
    ///   - chance: evenly spread over 0 ..< 1. Moves the wait by -10 % … +25 %; a wish is moved upwards only.
    public func delay(failures: Int, wish: Int64?, chance: Double) -> Int64 {
        let doublings = min(max(failures - 1, 0), 40)
        let longest = policy.longestDelay.wholeMilliseconds
        let (product, overflow) = policy.backoff.wholeMilliseconds.multipliedReportingOverflow(
            by: 1 << Int64(doublings))
        let base = overflow ? longest : min(product, longest)
        let chance = min(max(chance, 0), 1)
        let spread = Double(base) * (0.9 + 0.35 * chance)
        guard let wish else { return Int64(spread) }
        let asked = Double(min(max(wish, 0), longest)) * (1 + 0.25 * chance)
        return Int64(max(spread, asked))
    }
}
