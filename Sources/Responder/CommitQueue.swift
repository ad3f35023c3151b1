import Ledger
import Platform

/// The deliveries that wait for a commit, in order of arrival, those being committed, and whether the store can be
/// reached. Each delivery is given to exactly one caller to answer.
///
/// Requests in flight are bounded by the server's capacity, so this queue is, too.
final class CommitQueue: Sendable {
    private enum Reach { case unknown, reachable, unreachable }

    private struct State {
        var waiting: [Pending] = []
        /// The batch under way; nil in place of deliveries that were answered at their deadline.
        var underWay: [Pending?] = []
        /// The size of the last batch.
        var expected = 1
        var reach = Reach.unknown
        var isClosed = false
    }

    private let state = Monitor(State())
    /// Separate from `state`, so that waiting for the end is not woken by every delivery.
    private let closing = Monitor(false)

    /// Adds a delivery.
    /// - Returns: false, without queueing it, if the store is known to be away.
    func submit(_ pending: Pending) -> Bool {
        state.change { state in
            guard state.reach != .unreachable else { return false }
            state.waiting.append(pending)
            return true
        }
    }

    /// Waits for deliveries and takes the next batch, which is under way until ``endBatch()``.
    /// - Returns: an empty batch when `timeout` is over; nil when the queue is closed and empty.
    func nextBatch(limit: Int, timeout: Duration) -> [Pending]? {
        enum Next { case some, end }
        let next: Next? = state.wait(timeout: timeout) { state in
            state.waiting.isEmpty ? state.isClosed ? .end : nil : .some
        }
        if next == .end { return nil }
        if next == .some { gather() }
        return state.withLock { state in
            let batch = Self.take(&state.waiting, limit)
            state.underWay = batch
            state.expected = batch.count
            return batch
        }
    }

    /// The senders of the last batch return at about the same time. Committing the first delivery
    /// alone lets the others wait for that commit, and pays for two; so they are given a moment, and a lone sender
    /// none.
    private func gather() {
        for _ in 0..<Self.gatheringSteps {
            if state.withLock({ $0.waiting.count >= $0.expected || $0.isClosed }) { return }
            SystemClock.sleep(microseconds: Self.gatheringStep)
        }
    }

    private static let gatheringSteps = 6
    private static let gatheringStep = 250

    /// The batch under way has been committed, or not: from now on the caller answers its deliveries.
    /// - Returns: its deliveries in order; nil in place of those that ``expired(before:)`` has handed out.
    func endBatch() -> [Pending?] {
        state.withLock { state in
            defer { state.underWay = [] }
            return state.underWay
        }
    }

    /// Returns the deliveries read before `oldest` (monotonic nanoseconds): their deadline is over. This includes ones
    /// being committed: if they are stored after all, the sender's retry is a duplicate.
    func expired(before oldest: Int64) -> [Pending] {
        state.withLock { state in
            var expired: [Pending] = []
            for (place, pending) in state.underWay.enumerated() {
                guard let pending, pending.startedAt < oldest else { continue }
                expired.append(pending)
                state.underWay[place] = nil
            }
            let waiting = Array(state.waiting.prefix { $0.startedAt < oldest })
            state.waiting.removeFirst(waiting.count)
            return expired + waiting
        }
    }

    /// Whether the store answered last time.
    var isStoreReachable: Bool { state.withLock { $0.reach == .reachable } }

    /// Records that the store answers.
    /// - Returns: whether that is a change.
    func storeIsReachable() -> Bool {
        state.withLock { state in
            defer { state.reach = .reachable }
            return state.reach != .reachable
        }
    }

    /// Records that the store cannot be reached.
    /// - Returns: all waiting deliveries, for the caller to answer, and whether this is a change.
    func storeIsUnreachable() -> (waiting: [Pending], isNews: Bool) {
        state.withLock { state in
            defer {
                state.reach = .unreachable
                state.waiting = []
            }
            return (state.waiting, state.reach != .unreachable)
        }
    }

    /// Ends the queue: waiting deliveries are still returned, then `nextBatch` returns nil.
    func close() {
        state.change { $0.isClosed = true }
        closing.change { $0 = true }
    }

    /// Whether the queue is closed, or will be within `timeout`.
    func isClosed(within timeout: Duration) -> Bool {
        closing.wait(timeout: timeout) { $0 ? true : nil } ?? false
    }

    private static func take(_ waiting: inout [Pending], _ limit: Int) -> [Pending] {
        let places = BatchPlan.next(waiting.lazy.map(\.recordable.conflictKeys), limit: limit)
        if places.count == waiting.count {
            defer { waiting = [] }
            return waiting
        }
        var batch: [Pending] = []
        var left: [Pending] = []
        for (place, pending) in waiting.enumerated() {
            if batch.count < places.count, places[batch.count] == place {
                batch.append(pending)
            } else {
                left.append(pending)
            }
        }
        waiting = left
        return batch
    }
}
