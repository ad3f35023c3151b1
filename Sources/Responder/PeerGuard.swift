import Synchronization
import Webhooks

/// Counts refusals by peer. A peer that is refused too often is answered 429 instead of 401 for the rest of the
/// minute. What verifies is accepted all the same: a forger behind the same proxy must not cost a shop its orders.
final class PeerGuard: Sendable {
    private struct State {
        var minute: Int64 = 0
        var counts: [String: Int] = [:]
    }

    private let limit: Int
    private let state = Mutex(State())

    /// More peers than this in one minute share one count: the memory stays bounded.
    private static let peersCounted = 4096

    /// - Parameter limit: refusals per peer and minute that are answered plainly.
    init(limit: Int = 120) {
        self.limit = limit
    }

    /// Counts a refusal.
    /// - Returns: whether the peer has now been refused more often than the limit.
    func countRefusal(of peer: String, at now: Timestamp) -> Bool {
        state.withLock { state in
            let minute = now.seconds / 60
            if minute != state.minute {
                state.minute = minute
                state.counts = [:]
            }
            let key = state.counts.count < Self.peersCounted || state.counts[peer] != nil ? peer : ""
            state.counts[key, default: 0] += 1
            return state.counts[key, default: 0] > limit
        }
    }
}
