import Ledger
import Platform
import Synchronization

/// Counts how often each delivery failed at the ledger while others were recorded, so that no single body costs its
/// sender's subscription. In the memory of one responder, for the deliveries that failed last.
final class FailedDeliveries: Sendable {
    /// The number of failures from which on the body is the reason.
    static let limit = 5
    /// The most deliveries that are remembered.
    private static let most = 1000

    private struct Failures {
        var count = 0
        /// How many deliveries had been recorded at the first failure, and the number of the last failure.
        let recordedBefore: Int
        var last = 0
    }

    private struct State {
        var recorded = 0
        var failures = 0
        var known: [ConflictKey: Failures] = [:]
    }

    private let state = Mutex(State())

    /// A delivery was recorded.
    /// - Parameter key: of its event.
    func recorded(_ key: ConflictKey) {
        state.withLock { state in
            state.recorded += 1
            if !state.known.isEmpty { state.known[key] = nil }
        }
    }

    /// A delivery failed.
    /// - Parameter key: of its event.
    /// - Returns: whether it has failed ``limit`` times, and others were recorded meanwhile.
    func failed(_ key: ConflictKey) -> Bool {
        state.withLock { state in
            if state.known[key] == nil, state.known.count == Self.most,
                let oldest = state.known.min(by: { $0.value.last < $1.value.last })
            {
                state.known[oldest.key] = nil
            }
            state.failures += 1
            var own = state.known[key] ?? Failures(recordedBefore: state.recorded)
            own.count += 1
            own.last = state.failures
            state.known[key] = own
            return !Mutation.isOn("failures-are-not-counted") && own.count >= Self.limit
                && state.recorded > own.recordedBefore
        }
    }
}
