public import Settings
public import Webhooks

/// What a job does: one configured action, such as the Slack message named `ops`. It has a name, a kind and a first step;
/// the other members are for actions that call a destination or have an effect that must not happen twice.
public protocol Action: Sendable {
    /// The action's name in the configuration.
    var name: String { get }
    /// What kind of action it is.
    var kind: ActionKind { get }
    /// How its failures are repeated.
    var retryPolicy: RetryPolicy { get }
    /// The first step of an attempt.
    ///
    /// - Parameters:
    ///   - subject: what the job is about.
    ///   - now: wall-clock time.
    func begin(_ subject: JobSubject, now: Timestamp) -> Step

    /// The mistake in the configuration because of which its jobs are held; nil for none.
    var disabledBy: String? { get }
    /// Whether ``begin(_:now:)`` needs the event's raw body.
    var needsBody: Bool { get }
    /// Whether ``begin(_:now:)`` or the effect's key needs the order's fields, and not only which order it is.
    var needsFields: Bool { get }
    /// Whose requests the destination counts together; nil when that is not known. May be secret, never logged.
    var account: String? { get }
    /// The least time between two requests of one process to the destination; nil for no such rule.
    var pace: Pace? { get }
    /// Host and port that it always goes to; nil when only its requests say where.
    var destination: String? { get }
    /// A name for the very place that it always reaches, more exact than host and port: actions that share one fail
    /// together. Holds no secret; nil when only this action goes there.
    var endpoint: String? { get }
    /// What makes two effects the same effect; nil when doing it twice is harmless. For most kinds `EffectKeys.ofRule`,
    /// which follows the rule's `once:`.
    func effectKey(for subject: JobSubject) -> String?
    /// The keys that the effect had before it had this one, or may have had: where one of them is kept for the same order,
    /// it counts on, and what is sent keeps the names that were made of it (`JobSubject.keptKey`).
    func earlierEffectKeys(for subject: JobSubject) -> [String]
}

extension Action {
    /// No mistake.
    public var disabledBy: String? { nil }
    /// No need of the body.
    public var needsBody: Bool { false }
    /// The fields.
    public var needsFields: Bool { true }
    /// Whoever shares the pace or the place.
    public var account: String? { pace?.key ?? endpoint }
    /// No pace.
    public var pace: Pace? { nil }
    /// Known from its requests only.
    public var destination: String? { nil }
    /// A place of its own.
    public var endpoint: String? { nil }
    /// Harmless to repeat.
    public func effectKey(for subject: JobSubject) -> String? { nil }
    /// None.
    public func earlierEffectKeys(for subject: JobSubject) -> [String] { [] }
}

extension Action {
    /// Where a call of this action goes, and whose it is there.
    func place(at destination: String?) -> Destinations.Place? {
        destination.map { Destinations.Place(destination: $0, account: Account.key(account, at: $0)) }
    }

    /// Where all its calls go; nil when only its requests say where.
    var place: Destinations.Place? { place(at: destination) }
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
