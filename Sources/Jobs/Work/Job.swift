/// One claimed job: a row of `jobs` as its claim returned it.
public struct Job: Sendable, Hashable {
    /// The job's id; jobs of one order have ids in the order of their events' commits.
    public var id: Int64
    /// The action of the configuration that it runs.
    public var action: String
    /// What kind of action that is, such as `slack`.
    public var kind: String
    /// What it is for.
    public var purpose: Purpose
    /// Lower runs first.
    public var priority: Int
    /// Which counted attempt this is, from 1: counted at the claim, so that a job that kills its worker ends too.
    public var attempt: Int
    /// After this many failed counted attempts it becomes a dead letter.
    public var maxAttempts: Int
    /// How many attempts failed for a reason that does not count.
    public var uncounted: Int
    /// How long ago it failed for the first time, in milliseconds; 0 when it never did.
    public var firstFailedAgo: Int64
    /// When it was due, in microseconds since 1970 by the server's clock.
    public var runAt: Int64
    /// `orders.id` of the order it is about.
    public var orderRow: Int64?
    /// The event that made it.
    public var eventID: Int64
    /// When that event was received, in microseconds since 1970; finds the event's partition.
    public var eventReceivedAt: Int64
    /// The claim that holds it: every change to the row names it and does nothing once another claim holds the row.
    public var leaseToken: Int64
    /// The replay in which its effect may happen again; nil for all others.
    public var again: String?
    /// Whether it stands for many events: of its key one is ready at a time, and one runs.
    public var isShared: Bool
    /// The reason of the hold that a person has ended; it does not hold the job again.
    public var releasedHold: String?
    /// The configuration whose rule made it; nil for none.
    public var revision: Int32?

    /// Whether a replay made it: it comes after live ones.
    public var isOfReplay: Bool { priority >= ReplayTurns.priority }

    /// A job with those parts.
    public init(
        id: Int64, action: String, kind: String, purpose: Purpose, priority: Int = 0, attempt: Int, maxAttempts: Int,
        uncounted: Int = 0, firstFailedAgo: Int64 = 0, runAt: Int64 = 0, orderRow: Int64? = nil, eventID: Int64,
        eventReceivedAt: Int64, leaseToken: Int64, again: String? = nil, isShared: Bool = false,
        releasedHold: String? = nil, revision: Int32? = nil
    ) {
        self.id = id
        self.action = action
        self.kind = kind
        self.purpose = purpose
        self.priority = priority
        self.attempt = attempt
        self.maxAttempts = maxAttempts
        self.uncounted = uncounted
        self.firstFailedAgo = firstFailedAgo
        self.runAt = runAt
        self.orderRow = orderRow
        self.eventID = eventID
        self.eventReceivedAt = eventReceivedAt
        self.leaseToken = leaseToken
        self.again = again
        self.isShared = isShared
        self.releasedHold = releasedHold
        self.revision = revision
    }

    /// The name of its rule, as the column `rule` has it.
    public var rule: String { purpose.rule }

    /// What it tells people; nil unless it is an alert.
    public var alert: String? { if case .alert(let text) = purpose { text } else { nil } }

    /// Which try this is, counted or not, from 1: what `job_attempts.attempt` and the log show.
    public var tryNumber: Int { attempt + uncounted }
}
