import Synchronization
import Webhooks

/// Counts by name, anew in each minute.
final class MinuteCounts: Sendable {
    private struct State {
        var minute: Int64 = 0
        var counts: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// More names than this in one minute share one count: the memory stays bounded.
    private static let namesCounted = 4096

    /// - Returns: how often it has been counted in this minute.
    func count(_ name: String, at now: Timestamp) -> Int {
        state.withLock { state in
            let minute = now.seconds / 60
            if minute != state.minute {
                state.minute = minute
                state.counts = [:]
            }
            let key = state.counts.count < Self.namesCounted || state.counts[name] != nil ? name : ""
            state.counts[key, default: 0] += 1
            return state.counts[key, default: 0]
        }
    }
}

/// Counts refusals by peer. A peer that is refused too often is answered 429 instead of 401 for the rest of the
/// minute. What verifies is accepted all the same: a forger behind the same proxy must not cost a shop its orders.
final class PeerGuard: Sendable {
    private let limit: Int
    private let counts = MinuteCounts()

    /// - Parameter limit: refusals per peer and minute that are answered plainly.
    init(limit: Int = 120) {
        self.limit = limit
    }

    /// Counts a refusal.
    /// - Returns: whether the peer has now been refused more often than the limit.
    func countRefusal(of peer: String, at now: Timestamp) -> Bool {
        counts.count(PeerNetwork.of(peer), at: now) > limit
    }
}
