public import Outbound
public import Postgres
public import Webhooks

/// What comes next in an attempt at a job.
///
/// An action only says it; the run does it, many jobs at a time, and asks the closure of the step for the one after. So an
/// action cannot hold the run up, and all actions share one way of failing.
public enum Step: Sendable {
    /// Send this. The closure reads the end of the call, at the time that it is given; it never ends with `.done` unless
    /// the destination said so. The first call of an attempt has the effect; later ones belong to it.
    case send(Call, doubt: Doubt = .repeatable, then: @Sendable (Reply, Timestamp) -> Step)
    /// Read or change the database in a transaction of its own, which is harmless to repeat.
    case transact(@Sendable (Job, Connection) throws(PostgresError) -> Step)
    /// Change the database in the transaction that ends the job: the change happens exactly once. An error that is not
    /// of a passing kind is a failed attempt.
    case commit(@Sendable (Job, Connection) throws(PostgresError) -> Outcome)
    /// The attempt is over.
    case ended(Outcome)

    /// A call whose end is the end of the attempt.
    public static func only(
        _ call: Call, doubt: Doubt = .repeatable, judge: @escaping @Sendable (Reply) -> Outcome
    ) -> Step { .send(call, doubt: doubt) { reply, _ in .ended(judge(reply)) } }

    /// The same steps, with another one in place of the end. A commit stays the end.
    public func onEnd(_ next: @escaping @Sendable (Outcome) -> Step) -> Step {
        switch self {
        case .send(let call, let doubt, let then):
            .send(call, doubt: doubt) { reply, now in then(reply, now).onEnd(next) }
        case .transact(let body):
            .transact { job, connection throws(PostgresError) in try body(job, connection).onEnd(next) }
        case .commit: self
        case .ended(let outcome): next(outcome)
        }
    }
}

/// How the next attempt settles whether an effect has happened that began and whose end nobody recorded: the worker died
/// during the call, or no answer came. Where the action's kind says that only a person can (`ActionKind.doubt`), this
/// is not asked.
public enum Doubt: Sendable {
    /// The destination takes the same request twice as one: send it again.
    case repeatable
    /// Ask the destination first.
    case ask(Inquiry)
    /// This one effect cannot be asked for: keep it as uncertain and leave the job to a person, as a dead letter.
    case report
}

/// The question whether an effect exists.
public struct Inquiry: Sendable {
    let request: HTTPRequest
    let read: @Sendable (Reply) -> Finding

    /// - Parameter read: what the end of the request says.
    public init(_ request: HTTPRequest, read: @escaping @Sendable (Reply) -> Finding) {
        self.request = request
        self.read = read
    }
}

/// What a destination says about an effect.
public enum Finding: Sendable, Hashable {
    /// It exists, under that name.
    case happened(externalID: String?)
    /// It does not exist: the request may be sent.
    case didNotHappen
    /// No answer, or none that says; ask again later.
    case unknown(String)
}

/// The payload of ``Step/send``.
struct Send: Sendable {
    let call: Call
    let doubt: Doubt
    let then: @Sendable (Reply, Timestamp) -> Step
}
