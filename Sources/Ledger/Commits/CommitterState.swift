import Platform
package import Postgres

/// One committer as a value: takes batches, has them recorded, and finds out whether the store is there. It gets the outcome
/// of its last command and gives the next one; no thread, no clock, no connection.
package struct CommitterState<Delivery: Committable>: Sendable {
    package typealias Batch = CommitState<Delivery>.Batch

    /// What it hears.
    package enum Event: Sendable {
        /// The program has started.
        case began
        /// An empty batch when the time is over; nil when the line is closed and nothing is left.
        case took(Batch?)
        /// The batch was recorded, or not.
        /// - `lost`: the error of a store that did not answer.
        /// - `mayBeAlone`: whether the store may be there nevertheless: the batch was one delivery that failed before, or a router
        ///   waited for one of its cells.
        case recorded(lost: PostgresError?, mayBeAlone: Bool)
        /// nil: the store answered.
        case pinged(PostgresError?)
        /// The responder's own commit.
        case canaryEnded(PostgresError?)
        case paused
        case storeLost
        case spoolTried
    }

    /// What it wants to have done next.
    package enum Command: Sendable {
        /// Take the next batch, waiting at most this many milliseconds.
        case take(waiting: Int64)
        /// Record the batch in a transaction, and answer its deliveries when it has ended.
        case record(Batch)
        case ping
        case commitCanary
        /// Wait ``CommitterState/pause``, or until the line is closed.
        case pause
        /// The store is lost: answer all that wait.
        case loseStore(PostgresError)
        case trySpool
        case end
    }

    /// How things are when it decides.
    package struct Facts: Sendable {
        /// Whether the store answered last time.
        package var isStoreReachable: Bool
        /// Whether a commit of the responder's own is due.
        package var isCanaryDue: Bool
        /// Whether another committer stored something lately.
        package var othersStore: Bool
        /// Whether the line is closed.
        package var isClosed: Bool

        /// Those facts.
        package init(isStoreReachable: Bool, isCanaryDue: Bool, othersStore: Bool, isClosed: Bool) {
            self.isStoreReachable = isStoreReachable
            self.isCanaryDue = isCanaryDue
            self.othersStore = othersStore
            self.isClosed = isClosed
        }
    }

    /// The wait between two tries at another session, in milliseconds.
    package static var pause: Int64 { 150 }

    /// The last error of a session that is being replaced, while others store; nil if none is.
    private var replaced: PostgresError?
    /// Whether it asks for a sign of life, and has no batch in hand.
    private var isProbing = true

    /// A committer that has not begun.
    package init() {}

    /// The next command.
    package mutating func next(after event: Event, _ facts: Facts) -> Command {
        switch event {
        case .began: return probe()
        case .took(nil): return .end
        case .took(let batch?):
            if batch.deliveries.isEmpty { return probe() }
            isProbing = false
            return .record(batch)
        case .recorded(let lost?, let mayBeAlone) where Self.isOfSession(lost):
            return mayBeAlone && !Mutation.isOn("suspects-lose-the-store") ? ask(after: lost) : replace(lost, facts)
        case .recorded, .storeLost: return leave(facts)
        case .pinged(let error?):
            if replaced == nil { return replace(error, facts) }
            replaced = error
            return .pause
        case .pinged(nil):
            if replaced != nil {
                replaced = nil
                return leave(facts)
            }
            return facts.isCanaryDue ? .commitCanary : .trySpool
        case .canaryEnded(let error?): return replace(error, facts)
        case .canaryEnded(nil): return .trySpool
        case .paused:
            guard let error = replaced, !facts.isClosed else {
                replaced = nil
                return leave(facts)
            }
            return replace(error, facts)
        case .spoolTried: return .take(waiting: facts.isStoreReachable ? 1000 : 150)
        }
    }

    /// Whether the session, or the server's resources, failed. Otherwise the batch was only late.
    package static func isOfSession(_ error: PostgresError) -> Bool {
        error.connectionLost || error.state?.isResource == true
    }

    /// A connection that died idle is noticed, and a store that is back is used again.
    private mutating func probe() -> Command {
        isProbing = true
        return .ping
    }

    /// A delivery may end each session that records it, and a cell that hangs each that waits for it: whether the store is there, a
    /// ping says.
    private mutating func ask(after lost: PostgresError) -> Command {
        replaced = lost
        return .ping
    }

    /// If others store, only this one's session is lost: it takes no batch until it has another. Otherwise the store is
    /// lost.
    private mutating func replace(_ error: PostgresError, _ facts: Facts) -> Command {
        if facts.othersStore { return ask(after: error) }
        replaced = nil
        return .loseStore(error)
    }

    /// Where everything is busy, no commit says whether the store stores.
    private mutating func leave(_ facts: Facts) -> Command {
        if isProbing { return .trySpool }
        return facts.isCanaryDue ? probe() : .take(waiting: facts.isStoreReachable ? 1000 : 150)
    }
}
