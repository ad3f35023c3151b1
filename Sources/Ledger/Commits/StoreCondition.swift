package import Postgres
package import Webhooks

/// What the responder knows of its store, judged from commits. A value: time comes in as a parameter, in nanoseconds of the
/// monotonic clock.
package struct StoreCondition: Sendable {
    /// Where a delivery that arrives now is kept.
    package enum Storing: Sendable, Hashable {
        case database
        case spool
        case nowhere
    }

    /// Why the database stores nothing, as a word for programs.
    package enum Fault: String, Sendable, Hashable {
        /// No commit has been tried yet.
        case starting
        /// A commit has been under way for longer than a delivery may wait.
        case hanging
        /// No commit has ended for a while, though one is tried every few seconds.
        case silent
        case unreachable
        case readOnly = "read_only"
        case locked
        case slow
        case full
        case rights = "missing_right"
        case schema = "not_migrated"
        case partition = "no_partition"
        case refusing

        /// The fault that an error of Postgres shows.
        package init(_ error: PostgresError) {
            self =
                switch error.state {
                case .readOnlyTransaction?: .readOnly
                case .lockNotAvailable?: .locked
                case .queryCanceled?: .slow
                case .diskFull?: .full
                case .insufficientPrivilege?: .rights
                case .undefinedFunction?, .undefinedTable?, .undefinedColumn?: .schema
                case .notInPrerequisiteState?: .partition
                default: error.connectionLost ? Self.lost(error) : .refusing
                }
        }

        /// Whether deliveries may meet it and the canary not, which writes no event: a trigger, a right of an inner function, the
        /// disk of one table, a plan that reads all of it.
        fileprivate var mayBeOfDeliveriesAlone: Bool { [.refusing, .slow, .full, .rights, .schema].contains(self) }

        /// Among several hosts, libpq skips those that take no writes.
        private static func lost(_ error: PostgresError) -> Fault {
            error.message.contains("session is read-only") ? .readOnly : .unreachable
        }

        /// The same in a sentence; never the server's own words, because anybody may read it.
        package var sentence: String {
            switch self {
            case .starting: "No commit has been tried yet."
            case .hanging: "A commit has not been answered in time."
            case .silent: "No commit has been tried lately: the committing thread does not run."
            case .unreachable: "Postgres cannot be reached."
            case .readOnly: "This Postgres takes no writes: it is a standby."
            case .locked: "Another session holds a lock that deliveries need."
            case .slow: "Postgres takes too long to record deliveries."
            case .full: "The disk of Postgres is full."
            case .rights: "The receiver lacks a right in the database (hookledger doctor)."
            case .schema: "The database is not at this program's schema (hookledger migrate)."
            case .partition: "No partition for the present: the clocks differ (hookledger doctor)."
            case .refusing: "Postgres refuses commits; the receiver's log has the error."
            }
        }
    }

    /// How a commit ended.
    package enum End: Sendable, Hashable {
        case stored
        case failed(Fault)
    }

    /// How long a commit may take, and how long the time without one may be.
    package static let longest: Int64 = 2_500_000_000
    /// After how long without any try the canary is due; after a failure sooner.
    package static let canaryPause: Int64 = 5_000_000_000
    package static let canaryPauseAfterFailure: Int64 = 1_000_000_000
    private static let silence: Int64 = 15_000_000_000
    /// How many batches of deliveries must fail, and within which time of each other, until a canary that is stored says
    /// nothing: one may fail for its own body.
    private static let mostFailures = 3
    private static let failureMemory: Int64 = 60_000_000_000
    /// How long the batch processor may be silent, in microseconds: cron starts it every minute.
    package static let batchSilence: Int64 = 180_000_000

    package private(set) var underWay: [Int: Int64] = [:]
    private var nextTicket = 0
    package private(set) var lastEnd: End?
    package private(set) var lastTriedAt: Int64?
    /// When a commit last showed whether the store stores.
    private var lastJudgedAt: Int64?
    package private(set) var lastStoredAt: Int64?
    /// When the newest of the commits that stored began: an older one that fails shows nothing more.
    private var lastStoredBegan = Int64.min
    /// The batches of deliveries that failed since one was stored, and the last of them.
    private var failures = 0
    private var lastFailure: (fault: Fault, at: Int64)?
    /// The ticket of the canary under way.
    private var canary: Int?
    /// Whether the spool took or would take a delivery; nil without a spool.
    package var spoolWorks: Bool?
    /// Postgres' clock less this machine's at its last answer, in microseconds; nil before the first one.
    package private(set) var clockOffset: Int64?
    /// This machine's wall clock less its monotonic one at that moment, in microseconds.
    private var wallBase: Int64 = 0
    /// The same at the last answer at which the clocks agreed; nil if they never have.
    private var agreedBase: Int64?
    package private(set) var batchSeenAt: Timestamp?
    /// When that last changed here, in nanoseconds.
    private var batchHeardAt: Int64 = 0
    /// Whether all jobs are held, because the database was restored.
    package private(set) var isHeld = false
    /// The server that was last reached; nil before the first.
    package var server: ConnectedServer?

    /// No commit has been tried.
    package init() {}

    /// A commit begins.
    /// - Parameter isCanary: whether it is the responder's own; there is one at a time.
    package mutating func begin(at now: Int64, isCanary: Bool = false) -> Int {
        nextTicket += 1
        underWay[nextTicket] = now
        if isCanary { canary = nextTicket }
        lastTriedAt = now
        return nextTicket
    }

    /// It has ended.
    /// - Parameter end: nil if it says nothing about the store: the rows of all its deliveries were locked.
    package mutating func end(_ ticket: Int, _ end: End?, at now: Int64) {
        let began = underWay.removeValue(forKey: ticket) ?? now
        let isCanary = canary == ticket
        if isCanary { canary = nil }
        lastTriedAt = now
        guard let end, end == .stored || began >= lastStoredBegan else { return }
        lastEnd = end
        lastJudgedAt = now
        if end == .stored {
            lastStoredAt = now
            lastStoredBegan = max(lastStoredBegan, began)
        }
        if !isCanary { countFailure(end, at: now) }
    }

    private mutating func countFailure(_ end: End, at now: Int64) {
        switch end {
        case .stored: failures = 0
        case .failed(let fault):
            guard fault.mayBeOfDeliveriesAlone else { return }
            failures = recentFailure(at: now) == nil ? 1 : failures + 1
            lastFailure = (fault, now)
        }
    }

    private func recentFailure(at now: Int64) -> Fault? {
        lastFailure.flatMap { failures > 0 && now - $0.at <= Self.failureMemory ? $0.fault : nil }
    }

    /// What Postgres told.
    /// - Parameters:
    ///   - own: this machine's clock at that moment.
    ///   - now: the monotonic clock, in nanoseconds.
    package mutating func hear(_ signs: StoreSigns, own: Timestamp, at now: Int64) {
        clockOffset = signs.clock.microseconds - own.microseconds
        wallBase = own.microseconds - now / 1000
        if !clocksDiffer(own: own, at: now) { agreedBase = wallBase }
        if batchSeenAt != signs.batchSeenAt { batchHeardAt = now }
        batchSeenAt = signs.batchSeenAt
        isHeld = signs.isHeld
    }

    /// Why the database stores nothing; nil if it does.
    package func fault(at now: Int64) -> Fault? {
        // One committer's commit may hang alone, and those of others are stored.
        let isStoring = lastStoredAt.map { now - $0 <= Self.longest } ?? false
        if !isStoring, isUnderWay(longerThan: Self.longest, at: now) { return .hanging }
        switch lastEnd {
        case nil: return .starting
        case .failed(let fault): return fault
        case .stored:
            if now - (lastTriedAt ?? now) > Self.silence { return .silent }
            return failures >= Self.mostFailures ? recentFailure(at: now) : nil
        }
    }

    package func storing(at now: Int64) -> Storing {
        fault(at: now) == nil ? .database : spoolWorks == true ? .spool : .nowhere
    }

    private func isUnderWay(longerThan time: Int64, at now: Int64) -> Bool {
        underWay.values.contains { now - $0 > time }
    }

    /// Whether a commit of the responder's own is due.
    package func isCanaryDue(at now: Int64) -> Bool {
        if canary != nil { return false }
        // A connection that can be opened again is tried at once.
        guard let lastJudgedAt, lastEnd != .failed(.unreachable) else { return true }
        let isDoubtful =
            if case .failed = lastEnd { true } else { isUnderWay(longerThan: Self.canaryPauseAfterFailure, at: now) }
        return now - lastJudgedAt >= (isDoubtful ? Self.canaryPauseAfterFailure : Self.canaryPause)
    }

    /// Postgres' clock less this machine's, in microseconds; nil before the first answer. A step of this machine's clock is
    /// seen at once, by its monotonic clock: no delivery may be refused for it until the next answer.
    package func clockOffset(own: Timestamp, at now: Int64) -> Int64? {
        clockOffset.map { $0 - (own.microseconds - now / 1000 - wallBase) }
    }

    /// Whether Postgres' clock and this machine's differ by more than retention and the door tolerate.
    package func clocksDiffer(own: Timestamp, at now: Int64) -> Bool {
        clockOffset(own: own, at: now).map { $0.magnitude > UInt64(Clocks.tolerance) } ?? false
    }

    /// Whether Postgres' clock is known, and this machine's agrees with it.
    package func isClockConfirmed(own: Timestamp, at now: Int64) -> Bool {
        clockOffset != nil && !clocksDiffer(own: own, at: now)
    }

    /// The time at which a delivery is received. This machine's clock, unless it has stepped since Postgres' clock agreed with
    /// it: then that clock without the step. A delivery of an hour ago would be older than its order, and its signature would
    /// be from the future.
    package func receiptTime(own: Timestamp, at now: Int64) -> Timestamp {
        guard let agreedBase else { return own }
        let expected = agreedBase + now / 1000
        return abs(own.microseconds - expected) > Clocks.tolerance ? Timestamp(microseconds: expected) : own
    }

    /// For how long the batch processor has not reported, in microseconds; nil if it never has. A report from the future,
    /// because a clock went back, ages as any other.
    /// - Parameters:
    ///   - own: this machine's clock.
    ///   - now: the monotonic clock, in nanoseconds.
    package func batchSilence(own: Timestamp, at now: Int64) -> Int64? {
        batchSeenAt.map {
            max((now - batchHeardAt) / 1000, own.microseconds + (clockOffset ?? 0) - $0.microseconds)
        }
    }
}

extension RecordFailure {
    /// The error, unless the delivery's own values or a lock of its row are the reason.
    package var storeFault: PostgresError? {
        switch self {
        case .unavailable(let error), .failed(let error): error
        case .busy, .away, .refused: nil
        }
    }
}
