import Outbound
import Postgres

/// A job that this process holds.
struct Held {
    enum Stage {
        /// To be started, not before that time.
        case waiting(until: Int64)
        /// The call is out.
        case inFlight(Send)
        /// The question whether the effect exists is out, and this is sent if it does not.
        case asking(Inquiry, before: Send)
        /// Its change of the database waits to be committed.
        case changing(@Sendable (Job, Connection) throws(PostgresError) -> Outcome, Reply?)
        /// A transaction of its own is next, one in each round.
        case stepping(@Sendable (Job, Connection) throws(PostgresError) -> Step, Reply?)
    }

    let job: Job
    var stage: Stage
    var subject: JobSubject?
    var effectKey: String?
    var destination: String?
    var startedAt: Int64
    /// How many requests its effect has taken so far.
    var steps = 0
    /// Whether it counts among those that are under way to its destination.
    var hasPlace = false
    /// A job that may kill its worker: nothing else runs beside it.
    var isAlone = false

    func isDue(_ now: Int64) -> Bool {
        if case .waiting(let until) = stage { until <= now } else { false }
    }

    /// Whether the database is all that it waits for.
    var isStepping: Bool { if case .stepping = stage { true } else { false } }

    var isWaiting: Bool { if case .waiting = stage { true } else { false } }
}
