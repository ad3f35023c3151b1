/// How failed attempts of an action are repeated.
public struct RetryPolicy: Sendable, Hashable {
    /// What becomes of later jobs of the same order and action while a job is a dead letter.
    public enum AfterDead: String, Sendable, CaseIterable {
        /// They continue.
        case skip
        /// They wait until a person has retried or discarded the dead letter.
        case block
    }

    /// Attempts after the first one, before the job is a dead letter.
    public var retries: Int
    /// The wait after the first counted failure; it doubles with each one.
    public var backoff: Duration
    /// The longest wait, of counted and uncounted failures alike.
    public var longestDelay: Duration
    /// How long after its first failure a job that fails for uncounted reasons (destination unreachable, 429, 502 to
    /// 504) is given up.
    public var giveUp: Duration
    /// What becomes of later jobs of the same order and action.
    public var afterDead: AfterDead

    /// The policy of an action that sets none of the keys.
    public static let standard = RetryPolicy()

    /// Reads the keys of an action's section.
    /// - Parameter section: nil for the defaults.
    init(in section: Section?) {
        self.init(
            retries: ActionKeys.retries.value(in: section), backoff: ActionKeys.backoff.value(in: section),
            giveUp: ActionKeys.giveUp.value(in: section), afterDead: ActionKeys.afterDead.value(in: section))
    }

    /// A policy of those values; the others are the defaults of the configuration: 2, 4, 8 s …, never more than 15
    /// minutes; outages for 24 hours.
    public init(
        retries: Int? = nil, backoff: Duration? = nil, longestDelay: Duration = .seconds(900),
        giveUp: Duration? = nil, afterDead: AfterDead? = nil
    ) {
        self.retries = retries ?? ActionKeys.retries.value(in: nil)
        self.backoff = backoff ?? ActionKeys.backoff.value(in: nil)
        self.longestDelay = longestDelay
        self.giveUp = giveUp ?? ActionKeys.giveUp.value(in: nil)
        self.afterDead = afterDead ?? ActionKeys.afterDead.value(in: nil)
    }
}
