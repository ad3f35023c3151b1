/// How failed attempts of an action are repeated. Times in milliseconds.
public struct RetryPolicy: Sendable, Hashable {
    /// What becomes of later jobs of the same order and action while a job is a dead letter.
    public enum AfterDead: String, Sendable {
        /// They continue.
        case skip
        /// They wait until a person has retried or discarded the dead letter.
        case block
    }

    /// The wait after the first counted failure; it doubles with each one.
    public var firstDelay: Int64
    /// The longest wait, of counted and uncounted failures alike.
    public var longestDelay: Int64
    /// How long after its first failure a job that fails for uncounted reasons is given up.
    public var giveUp: Int64
    /// What becomes of later jobs of the same order and action.
    public var afterDead: AfterDead

    /// The defaults: 2, 4, 8 s …, never more than 15 minutes; outages for 24 hours.
    public init(
        firstDelay: Int64 = 2000, longestDelay: Int64 = 900_000, giveUp: Int64 = 86_400_000,
        afterDead: AfterDead = .skip
    ) {
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.giveUp = giveUp
        self.afterDead = afterDead
    }
}
