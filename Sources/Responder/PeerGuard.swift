import Synchronization
import Webhooks

/// Counts by name, from zero in each minute.
final class MinuteCounts: Sendable {
    private struct State {
        var minute: Int64 = 0
        var counts: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// Names beyond this number in one minute share one count, so memory stays bounded.
    private static let namesCounted = 4096

    /// - Returns: its count in this minute.
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
/// minute. Verified deliveries are still accepted: a forger behind the same proxy must not cost a shop its orders.
final class PeerGuard: Sendable {
    private let limit: Int
    private let counts = MinuteCounts()

    /// - Parameter limit: refusals per peer and minute before 429.
    init(limit: Int = 120) {
        self.limit = limit
    }

    /// Counts a refusal.
    /// - Returns: whether the peer has now been refused more often than the limit.
    func countRefusal(of peer: String, at now: Timestamp) -> Bool {
        counts.count(PeerNetwork.of(peer), at: now) > limit
    }
}
