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
    typealias Batch = CommitState<Pending>.Batch

    private let state: Monitor<CommitState<Pending>>
    /// Separate from `state`, so that waiting for the end is not woken by every delivery.
    private let closing = Monitor(false)

    /// - Parameter committers: how many threads take batches.
    init(committers: Int) { state = Monitor(CommitState(committers: committers)) }

    /// Adds a delivery.
    /// - Returns: false, without queueing it, if the store is known to be away.
    func submit(_ pending: Pending) -> Bool { state.change { $0.submit(pending) } }

    /// Waits for deliveries and takes the next batch, which is under way until ``end(_:busy:)``.
    /// - Returns: an empty batch when `timeout` is over; nil when the queue is closed and nothing is left to take.
    func nextBatch(limit: Int, timeout: Duration) -> Batch? {
        let end = SystemClock.monotonicNanoseconds() + timeout.wholeNanoseconds
        var until = end
        while true {
            let pause = max(0, until - SystemClock.monotonicNanoseconds())
            let step = state.wait(timeout: .nanoseconds(pause)) { [until] state in
                state.next(limit: limit, until: until, at: SystemClock.monotonicNanoseconds())
            }
            switch step {
            case .batch(let batch)?: return batch
            case .gather?: return gather(limit: limit)
            case .end?: return nil
            case .later(let due)?: until = due
            case nil where SystemClock.monotonicNanoseconds() >= end: return Batch()
            case nil: until = end
            }
        }
    }

    private func gather(limit: Int) -> Batch {
        for _ in 0..<CommitState<Pending>.gatheringSteps {
            if state.withLock(\.isGathered) { break }
            SystemClock.sleep(microseconds: CommitState<Pending>.gatheringStep)
        }
        return state.change { $0.gathered(limit: limit, at: SystemClock.monotonicNanoseconds()) }
    }

    /// A batch has been committed, or not: from now on the caller answers its deliveries.
    /// - Parameter busy: the places of those that another transaction kept from being recorded; they are held back, unless
    ///   the queue is closed or the store is away.
    /// - Returns: see ``CommitLine/end(_:busy:keepsBusy:at:)``.
    func end(_ batch: Batch, busy: [Int]) -> (deliveries: [Pending?], turnedAway: [Pending]) {
        state.change { $0.end(batch, busy: busy, at: SystemClock.monotonicNanoseconds()) }
    }

    /// Returns the deliveries read before `oldest` (monotonic nanoseconds), which the queue no longer holds.
    func expired(before oldest: Int64) -> CommitLine<Pending>.Expired {
        state.withLock { $0.expired(before: oldest) }
    }

    /// Whether the store answered last time.
    var isStoreReachable: Bool { state.withLock(\.isStoreReachable) }

    /// Records that the store answers.
    /// - Returns: whether that is a change.
    func storeIsReachable() -> Bool { state.withLock { $0.storeIsReachable() } }

    /// Records that the store cannot be reached.
    /// - Returns: all deliveries that wait or are held back, for the caller to answer, and whether this is a change.
    func storeIsUnreachable() -> (waiting: [Pending], isNews: Bool) { state.withLock { $0.storeIsUnreachable() } }

    /// Records that a committer stored something.
    func stored(_ committer: Int) {
        state.withLock { $0.stored(committer, at: SystemClock.monotonicNanoseconds()) }
    }

    /// Whether a committer with another number stored something lately.
    func othersStore(than committer: Int) -> Bool {
        state.withLock { $0.othersStore(than: committer, at: SystemClock.monotonicNanoseconds()) }
    }

    /// Ends the queue: waiting deliveries are still returned, then `nextBatch` returns nil.
    func close() {
        state.change { $0.close() }
        closing.change { $0 = true }
    }

    /// Whether the queue is closed, or will be within `timeout`.
    func isClosed(within timeout: Duration) -> Bool {
        closing.wait(timeout: timeout) { $0 ? true : nil } ?? false
    }
}
