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

    /// 3 retries after 2, 4 and 8 s; 24 h; 30 s.
    public static let standard = RetrySettings(
        retries: 3, backoff: .seconds(2), giveUp: .seconds(86_400), timeout: .seconds(30))

    /// Reads the keys of an action's section, each with the standard's value where it is absent.
    init(_ section: Section) {
        let standard = Self.standard
        self.init(
            retries: section.integer("retries", 0...20) ?? standard.retries,
            backoff: section.duration("backoff", .milliseconds(10)...(.seconds(3600))) ?? standard.backoff,
            giveUp: section.duration("give_up", .seconds(1)...(.seconds(30 * 86_400))) ?? standard.giveUp,
            timeout: section.duration("timeout", .milliseconds(100)...(.seconds(600))) ?? standard.timeout)
    }

    /// Settings of that kind.
    public init(retries: Int, backoff: Duration, giveUp: Duration, timeout: Duration) {
        self.retries = retries
        self.backoff = backoff
        self.giveUp = giveUp
        self.timeout = timeout
    }
}
