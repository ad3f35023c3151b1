public import Outbound
public import Postgres

/// How one attempt at a job ended, as the action judges it.
public enum Outcome: Sendable, Hashable {
    /// The effect has happened: what the destination calls it, and the beginning of what it answered.
    case done(externalID: String? = nil, answer: String? = nil)
    /// Not called for any more.
    case skipped(String)
    /// The effect has not happened, and another attempt may succeed.
    ///
    /// - `after`: the destination's own wish (Retry-After) in milliseconds; nil leaves it to the back-off.
    /// - `counted`: false for an outage (unreachable, 429, 502–504), which is no fault of the job.
    case retry(after: Int64? = nil, counted: Bool, reason: String)
    /// What the effect needs is not here yet: looked at again without being counted, after a back-off that grows to no more
    /// than so many milliseconds, until `give_up`.
    case notYet(within: Int64, reason: String)
    /// The effect has not happened, and no other attempt will succeed: a dead letter.
    case bury(String)
    /// The request may have reached the destination, and no answer came.
    case unanswered(String)
    /// The effect takes one more request; its end goes to `Action.judgeNext`.
    case proceed(HTTPRequest, externalID: String?)
    /// What is left to do is this change of the database, made in the transaction that ends the job.
    case write(DatabaseChange)
    /// The database is to be read or changed in a transaction of its own, harmless to repeat; what it returns goes on.
    case step(DatabaseChange)
}

/// What is to be done in the database. As `write` it is an action's effect, or a part of it: it happens together with the
/// end of its job, or not at all, and so exactly once.
public final class DatabaseChange: Sendable, Hashable {
    let apply: @Sendable (Job, Connection) throws(PostgresError) -> Outcome

    /// - Parameter apply: makes the change, inside an open transaction, and says how the job ends. An error that is not
    ///   of a passing kind is a failed attempt.
    public init(_ apply: @escaping @Sendable (Job, Connection) throws(PostgresError) -> Outcome) {
        self.apply = apply
    }

    /// The same change, not an equal one.
    public static func == (a: DatabaseChange, b: DatabaseChange) -> Bool { a === b }

    /// By identity.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
