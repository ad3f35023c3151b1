/// How often and how long an action is tried.
public struct RetrySettings: Sendable, Hashable {
    /// Tries after the first one, before the job is dead.
    public let retries: Int
    /// The pause before the second try; it doubles with every further one.
    public let backoff: Duration
    /// For how long failures that do not count (destination unreachable, 429, 502 to 504) are tried again.
    public let giveUp: Duration
    /// For how long one try may last.
    public let timeout: Duration

    /// The defaults.
    public static let standard = RetrySettings(in: nil)

    /// Reads the keys of an action's section.
    /// - Parameter section: nil for the defaults.
    init(in section: Section?) {
        self.init(
            retries: ActionKeys.retries.value(in: section), backoff: ActionKeys.backoff.value(in: section),
            giveUp: ActionKeys.giveUp.value(in: section), timeout: ActionKeys.timeout.value(in: section))
    }

    /// Settings of that kind.
    public init(retries: Int, backoff: Duration, giveUp: Duration, timeout: Duration) {
        self.retries = retries
        self.backoff = backoff
        self.giveUp = giveUp
        self.timeout = timeout
    }
}
