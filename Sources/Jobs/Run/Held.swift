import Outbound

/// A job that this process holds.
struct Held {
    enum Stage {
        /// To be started, not before that time.
        case waiting(until: Int64)
        /// The request is out.
        case inFlight(Purpose)
        /// Its change of the database waits to be written.
        case changing(DatabaseChange, Result<HTTPResponse, OutboundFailure>?)
        /// A step in the database is to be taken, one in each round.
        case stepping(DatabaseChange, Result<HTTPResponse, OutboundFailure>?)
    }

    enum Purpose {
        /// The request that has the effect.
        case effect
        /// A further request of it; what the destination calls the effect.
        case next(externalID: String?)
        /// The question whether the effect exists, and what to send if it does not.
        case inquiry(before: Call)
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
