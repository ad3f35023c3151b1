/// What the committers of one responder share, as a value: the line of deliveries, whether the store can be reached, and who
/// stored last. It decides which batch is taken and when; whoever drives it waits and calls. The time is a parameter, in
/// nanoseconds of the monotonic clock.
package struct CommitState<Delivery: Committable>: Sendable {
    package typealias Batch = CommitLine<Delivery>.Batch

    private enum Reach { case unknown, reachable, unreachable }

    /// What a committer that wants a batch does.
    package enum Step: Sendable {
        /// It has one.
        case batch(Batch)
        /// It waits for the batch to grow, and then takes it with ``gathered(limit:at:)``; the others leave the line to it.
        case gather
        /// It asks again at that time, or when something changes.
        case later(Int64)
        /// The line is closed and nothing is left to take.
        case end
    }

    /// If other committers stored something within this time, a session that fails does not show that the store is lost.
    private static var storedLately: Int64 { 1_000_000_000 }
    /// How often and for how long a committer waits for its batch to grow, in microseconds.
    package static var gatheringSteps: Int { 6 }
    package static var gatheringStep: Int { 250 }

    private var line: CommitLine<Delivery>
    private var reach = Reach.unknown
    /// Whether waiting deliveries are committed for the last time.
    package private(set) var isClosed = false
    private var isGathering = false
    /// When each committer last stored something.
    private var storedAt: [Int64]

    /// - Parameter committers: how many take batches, at least one.
    package init(committers: Int) {
        line = CommitLine(committers: committers)
        storedAt = Array(repeating: -Self.storedLately, count: committers)
    }

    /// Adds a delivery.
    /// - Returns: false, without queueing it, if the store is known to be away.
    package mutating func submit(_ delivery: Delivery) -> Bool {
        guard reach != .unreachable else { return false }
        line.append(delivery)
        return true
    }

    /// - Parameters:
    ///   - limit: the most deliveries of the batch.
    ///   - until: what becomes due later than that is not worth a wait.
    /// - Returns: nil if there is nothing to do now.
    package mutating func next(limit: Int, until: Int64, at now: Int64) -> Step? {
        if isGathering { return nil }
        switch line.next(at: now, isLast: isClosed) {
        case .waiting?:
            isGathering = true
            return .gather
        case let next?: return .batch(line.take(next, limit: limit, at: now))
        case nil where isClosed: return .end
        case nil: return line.heldDue.flatMap { $0 < until ? .later($0) : nil }
        }
    }

    /// Whether waiting longer would not make the batch larger: the first delivery committed alone lets the others wait for
    /// that commit, and pays for two; so they are given a moment, and a lone sender none.
    package var isGathered: Bool { line.waitingCount >= line.expectedCount || isClosed }

    /// Takes the batch for which ``Step/gather`` waited.
    package mutating func gathered(limit: Int, at now: Int64) -> Batch {
        isGathering = false
        return line.take(.waiting, limit: limit, at: now)
    }

    /// A batch has been committed, or not: from now on the caller answers its deliveries.
    /// - Parameter busy: the places of those that another transaction kept from being recorded; they are held back, unless
    ///   the line is closed or the store is away.
    /// - Returns: see ``CommitLine/end(_:busy:keepsBusy:at:)``.
    package mutating func end(
        _ batch: Batch, busy: [Int], at now: Int64
    ) -> (deliveries: [Delivery?], turnedAway: [Delivery]) {
        line.end(batch.number, busy: busy, keepsBusy: !isClosed && reach != .unreachable, at: now)
    }

    /// Returns the deliveries read before `oldest`, which the line no longer has.
    package mutating func expired(before oldest: Int64) -> CommitLine<Delivery>.Expired { line.expired(before: oldest) }

    /// Whether the store answered last time.
    package var isStoreReachable: Bool { reach == .reachable }

    /// The store answers.
    /// - Returns: whether that is a change.
    package mutating func storeIsReachable() -> Bool {
        defer { reach = .reachable }
        return reach != .reachable
    }

    /// The store cannot be reached.
    /// - Returns: all deliveries that wait or are held back, for the caller to answer, and whether this is a change.
    package mutating func storeIsUnreachable() -> (waiting: [Delivery], isNews: Bool) {
        defer { reach = .unreachable }
        return (line.removeAll(), reach != .unreachable)
    }

    /// Waiting deliveries are still taken, then ``Step/end`` comes.
    package mutating func close() { isClosed = true }

    /// A committer stored something.
    /// - Parameter committer: its number, from 0.
    package mutating func stored(_ committer: Int, at now: Int64) { storedAt[committer] = now }

    /// Whether a committer with another number stored something lately.
    package func othersStore(than committer: Int, at now: Int64) -> Bool {
        storedAt.enumerated().contains { $0.offset != committer && $0.element > now - Self.storedLately }
    }
}
