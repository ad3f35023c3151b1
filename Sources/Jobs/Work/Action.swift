public import Outbound
public import Settings
public import Webhooks

/// What a job does: one configured action, such as the Slack message named `ops`.
///
/// An action is a pure function to and from requests: the run loop sends them, many at a time, keeps the effect and
/// moves the job. So an action can not hold the loop up, and all actions share one way of failing.
public protocol Action: Sendable {
    /// The action's name in the configuration.
    var name: String { get }
    /// What kind of action it is.
    var kind: ActionKind { get }
    /// How its failures are repeated.
    var retryPolicy: RetryPolicy { get }
    /// The least time between two requests of one process to the destination; nil for no such rule.
    var pace: Pace? { get }
    /// Host and port that it always goes to; nil when that is known only from its requests.
    var destination: String? { get }
    /// A name for the very place that it always reaches, more exact than host and port: actions that share one fail
    /// together. Holds no secret; nil when only this action goes there.
    var endpoint: String? { get }
    /// Whether `prepare` needs the event's raw body.
    var needsBody: Bool { get }
    /// What happens when a request went out and no answer came.
    var doubt: Doubt { get }

    /// What makes two effects the same effect; nil when doing it twice is harmless.
    func effectKey(for subject: JobSubject) -> String?
    /// The keys that the effect had before it had this one, or may have had: where one of them is kept for the same order,
    /// it counts on, and what is sent keeps the names that were made of it (`JobSubject.keptKey`).
    func earlierEffectKeys(for subject: JobSubject) -> [String]
    /// The request or mail that has the effect, or the outcome without one.
    ///
    /// - Parameters:
    ///   - subject: what the job is about.
    ///   - now: wall-clock time, for signatures.
    func prepare(_ subject: JobSubject, now: Timestamp) -> Preparation
    /// Reads the end of the request that `prepare` made. Never `.done` unless the destination said so.
    func judge(_ result: Result<HTTPResponse, OutboundFailure>, of subject: JobSubject) -> Outcome
    /// Reads the end of a request that `.proceed` asked for.
    ///
    /// - Parameter externalID: what `.proceed` said the destination calls the effect.
    func judgeNext(
        _ result: Result<HTTPResponse, OutboundFailure>, externalID: String?, of subject: JobSubject
    ) -> Outcome
    /// The request that asks the destination whether the effect exists; called only when `doubt` is `.ask`.
    func inquiry(about subject: JobSubject, now: Timestamp) -> HTTPRequest?
    /// Reads the answer to `inquiry`.
    func judgeInquiry(_ result: Result<HTTPResponse, OutboundFailure>, of subject: JobSubject) -> Finding
}

extension Action {
    /// None.
    public func earlierEffectKeys(for subject: JobSubject) -> [String] { [] }
    /// No pace.
    public var pace: Pace? { nil }
    /// Known from its requests only.
    public var destination: String? { nil }
    /// A place of its own.
    public var endpoint: String? { nil }
    /// No need of the body.
    public var needsBody: Bool { false }
    /// The same as `judge`.
    public func judgeNext(
        _ result: Result<HTTPResponse, OutboundFailure>, externalID: String?, of subject: JobSubject
    ) -> Outcome { judge(result, of: subject) }
    /// The destination can not be asked.
    public func inquiry(about subject: JobSubject, now: Timestamp) -> HTTPRequest? { nil }
    /// Nothing was asked, so nothing is known.
    public func judgeInquiry(_ result: Result<HTTPResponse, OutboundFailure>, of subject: JobSubject) -> Finding {
        .unknown("the destination can not be asked")
    }
}

/// What an action wants to have done.
public enum Preparation: Sendable {
    /// Send this request.
    case request(HTTPRequest)
    /// Send this mail.
    case mail(MailRequest)
    /// It ended without one, such as a template that needs a field which the order does not have.
    case finished(Outcome)
}

/// What to do about an effect that was begun and of which nobody knows whether it happened: the worker died during
/// the call, or no answer came.
public enum Doubt: Sendable, Hashable {
    /// The destination takes the same request twice as one: send it again.
    case repeatable
    /// Ask the destination first.
    case ask
    /// Neither is possible: keep the effect as uncertain and leave the job to a person, as a dead letter.
    case report
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

/// The least time between two requests to one destination.
public struct Pace: Sendable, Hashable {
    /// What shares the limit; may be a secret URL, never logged.
    public var key: String
    /// The least time between two starts, in milliseconds.
    public var interval: Int64

    /// One request per `interval` milliseconds for all that share `key`.
    public init(key: String, interval: Int64) {
        self.key = key
        self.interval = interval
    }
}
