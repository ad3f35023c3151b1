import Outbound
import Postgres

/// A job that this process holds.
struct Held: Sendable {
    enum Stage: Sendable {
        /// To be started, not before that time.
        case waiting(until: Int64)
        /// Its first call goes out when its effect is begun.
        case starting(Send)
        /// The call is out.
        case inFlight(Send)
        /// The question whether the effect exists is out, and this is sent if it does not.
        case asking(Inquiry, before: Send)
        /// A transaction of its own is next, one in each round.
        case transacting(@Sendable (Job, Connection) throws(PostgresError) -> Step, Reply?)
        /// Its change of the database waits to be committed.
        case committing(@Sendable (Job, Connection) throws(PostgresError) -> Outcome, Reply?)
    }

    /// A turn that a pacer gave.
    struct Turn: Sendable {
        let at: Int64
        let pace: Pace
    }

    let job: Job
    var stage: Stage
    var subject: JobSubject?
    var effectKey: String?
    var place: Destinations.Place?
    /// The destination or account whose one probe its first call is.
    var probe: String?
    var startedAt: Int64
    /// How many calls its effect has taken so far.
    var calls = 0
    /// Whether it counts among those that are under way to its destination.
    var hasPlace = false
    /// The turns of its paces that it has and has not used yet, in the order of the paces.
    var turns: [Turn] = []
    /// When its lease was last asked for and given, in milliseconds of the run's clock.
    var leasedAt: Int64
    /// A job that may kill its worker: nothing else runs beside it.
    var isAlone = false

    /// - Parameter leasedAt: when the claim was asked for.
    init(_ job: Job, until: Int64, now: Int64, leasedAt: Int64, alone: Bool) {
        self.job = job
        self.leasedAt = leasedAt
        stage = .waiting(until: until)
        startedAt = now
        isAlone = alone
    }

    var destination: String? { place?.destination }

    /// When it is to be started; nil when it has been.
    var due: Int64? { if case .waiting(let until) = stage { until } else { nil } }
}
