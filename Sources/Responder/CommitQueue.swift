import Ledger
import Platform
import Settings

/// The line of deliveries for the threads of the responder, and whether the store can be reached. Each delivery is given to
/// exactly one caller to answer.
///
/// A delivery is **held back** while another transaction holds one of its rows, and with it every later one of the same
/// event or row. The others continue.
///
/// Requests in flight are bounded by the server's capacity, so this queue is, too.
final class CommitQueue: Sendable {
    typealias Batch = CommitLine<Pending>.Batch

    private enum Reach { case unknown, reachable, unreachable }

    private struct State {
        var line: CommitLine<Pending>
        var reach = Reach.unknown
        var isClosed = false
        /// Whether a committer waits for its batch to become larger; the others leave the line to it.
        var isGathering = false
    }

    private let state: Monitor<State>
    /// Separate from `state`, so that waiting for the end is not woken by every delivery.
    private let closing = Monitor(false)

    /// - Parameter committers: how many threads take batches.
    init(committers: Int) { state = Monitor(State(line: CommitLine(committers: committers))) }

    /// Adds a delivery.
    /// - Returns: false, without queueing it, if the store is known to be away.
    func submit(_ pending: Pending) -> Bool {
        state.change { state in
            guard state.reach != .unreachable else { return false }
            state.line.append(pending)
            return true
        }
    }

    /// Waits for deliveries and takes the next batch, which is under way until ``end(_:busy:)``.
    /// - Returns: an empty batch when `timeout` is over; nil when the queue is closed and nothing is left to take.
    func nextBatch(limit: Int, timeout: Duration) -> Batch? {
        enum Step { case batch(Batch), gather, heldLater(Int64), end }
        let end = SystemClock.monotonicNanoseconds() + timeout.wholeNanoseconds
        var until = end
        while true {
            let pause = max(0, until - SystemClock.monotonicNanoseconds())
            let step: Step? = state.wait(timeout: .nanoseconds(pause)) { [until] state in
                if state.isGathering { return nil }
                let now = SystemClock.monotonicNanoseconds()
                switch state.line.next(at: now, isLast: state.isClosed) {
                case .waiting?:
                    state.isGathering = true
                    return .gather
                case let next?: return .batch(state.line.take(next, limit: limit, at: now))
                case nil where state.isClosed: return .end
                case nil: return state.line.heldDue.flatMap { $0 < until ? .heldLater($0) : nil }
                }
            }
            switch step {
            case .batch(let batch)?: return batch
            case .gather?: return gather(limit: limit)
            case .end?: return nil
            case .heldLater(let due)?: until = due
            case nil where SystemClock.monotonicNanoseconds() >= end: return Batch()
            case nil: until = end
            }
        }
    }

    /// Committing the first delivery alone lets the others wait for that commit, and pays for two; so they are given a
    /// moment, and a lone sender none.
    private func gather(limit: Int) -> Batch {
        for _ in 0..<Self.gatheringSteps {
            if state.withLock({ $0.line.waitingCount >= $0.line.expectedCount || $0.isClosed }) { break }
            SystemClock.sleep(microseconds: Self.gatheringStep)
        }
        return state.change { state in
            state.isGathering = false
            return state.line.take(.waiting, limit: limit, at: SystemClock.monotonicNanoseconds())
        }
    }

    private static let gatheringSteps = 6
    private static let gatheringStep = 250

    /// A batch has been committed, or not: from now on the caller answers its deliveries.
    /// - Parameter busy: the places of those that another transaction kept from being recorded; they are held back, unless
    ///   the queue is closed or the store is away.
    /// - Returns: see ``CommitLine/end(_:busy:keepsBusy:at:)``.
    func end(_ batch: Batch, busy: [Int]) -> (deliveries: [Pending?], turnedAway: [Pending]) {
        state.change { state in
            state.line.end(
                batch.number, busy: busy, keepsBusy: !state.isClosed && state.reach != .unreachable,
                at: SystemClock.monotonicNanoseconds())
        }
    }

    /// Returns the deliveries read before `oldest` (monotonic nanoseconds), which the queue no longer holds.
    func expired(before oldest: Int64) -> CommitLine<Pending>.Expired {
        state.withLock { $0.line.expired(before: oldest) }
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
            defer { state.reach = .unreachable }
            return (state.line.removeAll(), state.reach != .unreachable)
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
}
