/// How one attempt at a job ended, as its action judges it.
public enum Outcome: Sendable, Hashable {
    /// The effect has happened: what the destination calls it, and the beginning of what it answered.
    case done(externalID: String? = nil, answer: String? = nil)
    /// No longer needed.
    case skipped(String)
    /// The effect has not happened, and another attempt may succeed.
    ///
    /// - `after`: the destination's own wish (Retry-After) in milliseconds; nil leaves it to the back-off.
    /// - `counted`: false for an outage (unreachable, 429, 502–504), which is no fault of the job.
    case retry(after: Int64? = nil, counted: Bool, reason: String)
    /// What the effect needs is not here yet: looked at again without being counted, after a back-off that grows to no more
    /// than this many milliseconds, until `give_up`.
    case notYet(within: Int64, reason: String)
    /// What the effect needs is not here, and the database will say when it is (`jobs.hold_reason`): the job is held until
    /// then, and the attempt is not counted. Only for actions without an effect key.
    case hold(reason: String)
    /// The effect has not happened, and no other attempt will succeed: a dead letter.
    case bury(String)
    /// The request may have reached the destination, and no answer came.
    case unanswered(String)
}
