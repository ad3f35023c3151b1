import Ledger
import Platform

/// The deliveries that wait for a commit, in order of arrival, those being committed, those that are held back, and
/// whether the store can be reached. Each delivery is given to exactly one caller to answer.
///
/// A delivery is **held back** while another transaction holds one of its rows, and with it every later one of the same
/// event or row. The others continue.
///
/// Requests in flight are bounded by the server's capacity, so this queue is, too.
final class CommitQueue: Sendable {
    fileprivate enum Reach { case unknown, reachable, unreachable }

    fileprivate struct State {
        var waiting: [Pending] = []
        /// The batch under way; nil in place of deliveries that were answered at their deadline.
        var underWay: [Pending?] = []
        /// Whether that batch was held back before.
        var underWayWasBusy = false
        /// Those that were busy, and what has to stay behind them, in order of arrival.
        var held: [Pending] = []
        /// When the held ones are next tried, in monotonic nanoseconds.
        var heldUntil: Int64 = 0
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

    /// Deliveries to commit together.
    struct Batch: Sendable {
        /// In order of arrival; empty when there are none.
        var deliveries: [Pending] = []
        /// Whether they were held back.
        var wereBusy = false
        /// Deliveries that would have to be held back, and for which there is no room: for the caller to answer.
        var turnedAway: [Pending] = []
    }

    /// Waits for deliveries and takes the next batch, which is under way until ``endBatch()``.
    /// - Returns: an empty batch when `timeout` is over; nil when the queue is closed and empty.
    func nextBatch(limit: Int, timeout: Duration) -> Batch? {
        enum Next { case waiting, held, end }
        let untilHeld = state.withLock { $0.held.isEmpty ? nil : $0.heldUntil - SystemClock.monotonicNanoseconds() }
        let pause = untilHeld.map { min(timeout, .nanoseconds(max(0, $0))) } ?? timeout
        let next: Next? = state.wait(timeout: pause) { state in
            // They take turns: what is held back must not starve, nor the others.
            if state.isHeldDue { return .held }
            if !state.waiting.isEmpty { return .waiting }
            return state.isClosed ? .end : nil
        }
        if next == .end { return nil }
        if next == .waiting { gather() }
        return state.withLock { state in
            var batch = Batch()
            batch.wereBusy = state.isHeldDue
            if batch.wereBusy {
                batch.deliveries = Self.take(
                    &state.held, BatchPlan.next(state.held.lazy.map(\.conflictKeys), limit: limit))
                state.heldUntil = SystemClock.monotonicNanoseconds() + Self.heldPause
            } else {
                batch.turnedAway = state.holdBackFollowers()
                batch.deliveries = Self.take(
                    &state.waiting, BatchPlan.next(state.waiting.lazy.map(\.conflictKeys), limit: limit))
                state.expected = batch.deliveries.count
            }
            state.underWay = batch.deliveries
            state.underWayWasBusy = batch.wereBusy
            return batch
        }
    }

    /// Holds deliveries back that were busy.
    /// - Returns: those for which there is no room; all, when the queue is closed or the store is away.
    func holdBack(_ busy: [Pending]) -> [Pending] {
        state.change { state in
            guard !state.isClosed, state.reach != .unreachable else { return busy }
            let room = max(0, Self.mostHeld - state.held.count)
            if state.held.isEmpty { state.heldUntil = SystemClock.monotonicNanoseconds() + Self.heldPause }
            // They were taken before those that stayed behind.
            state.held.insert(contentsOf: busy.prefix(room), at: 0)
            return Array(busy.dropFirst(room))
        }
    }

    /// The pause between two tries of what is held back, in nanoseconds: a transaction of another host lasts about as
    /// long.
    private static let heldPause: Int64 = 20_000_000
    /// A locked row with many deliveries must not take the places of all requests in flight.
    fileprivate static let mostHeld = 128

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

    /// Deliveries whose deadline is over.
    struct Expired: Sendable {
        /// Those that waited for a batch, or are in the batch under way: if they are stored after all, the sender's retry
        /// is a duplicate.
        var slow: [Pending] = []
        /// Those that are held back, or were before the batch under way.
        var busy: [Pending] = []
    }

    /// Returns the deliveries read before `oldest` (monotonic nanoseconds), which the queue no longer holds.
    func expired(before oldest: Int64) -> Expired {
        state.withLock { state in
            var expired = Expired()
            for (place, pending) in state.underWay.enumerated() {
                guard let pending, pending.startedAt < oldest else { continue }
                if state.underWayWasBusy { expired.busy.append(pending) } else { expired.slow.append(pending) }
                state.underWay[place] = nil
            }
            let waiting = Array(state.waiting.prefix { $0.startedAt < oldest })
            state.waiting.removeFirst(waiting.count)
            expired.slow += waiting
            if !state.held.isEmpty {
                expired.busy += state.held.filter { $0.startedAt < oldest }
                state.held.removeAll { $0.startedAt < oldest }
            }
            return expired
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
    /// - Returns: all deliveries that wait or are held back, for the caller to answer, and whether this is a change.
    func storeIsUnreachable() -> (waiting: [Pending], isNews: Bool) {
        state.withLock { state in
            defer {
                state.reach = .unreachable
                state.waiting = []
                state.held = []
            }
            return (state.waiting + state.held, state.reach != .unreachable)
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

    /// Takes the deliveries at these places, which are in order, out of an array.
    private static func take(_ waiting: inout [Pending], _ places: [Int]) -> [Pending] {
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

extension CommitQueue.State {
    /// Whether what is held back is to be tried now; at the end at once, for the last time.
    fileprivate var isHeldDue: Bool {
        !held.isEmpty && (isClosed || heldUntil <= SystemClock.monotonicNanoseconds())
    }

    /// Moves the waiting deliveries that have to stay behind held ones to these.
    /// - Returns: those for which there is no room.
    fileprivate mutating func holdBackFollowers() -> [Pending] {
        if held.isEmpty { return [] }
        var taken = Set(held.lazy.flatMap(\.conflictKeys))
        var turnedAway: [Pending] = []
        waiting.removeAll { pending in
            guard pending.conflictKeys.contains(where: taken.contains) else { return false }
            taken.formUnion(pending.conflictKeys)
            if held.count < CommitQueue.mostHeld { held.append(pending) } else { turnedAway.append(pending) }
            return true
        }
        return turnedAway
    }
}
