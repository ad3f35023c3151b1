/// The outcome of one delivery: the answers that its sender got, against what is stored.
public enum Verdict: String, Sendable, CaseIterable {
    /// Answered 2xx, and stored once, whole.
    case acknowledged
    /// Answered 2xx, and not stored.
    case lost
    /// Stored more than once.
    case doubled
    /// Stored without its receipt, its order or its jobs.
    case halfStored = "half-stored"
    /// Not answered 2xx, and stored: the answer was lost on its way.
    case uncertain
    /// Not answered 2xx, and not stored: the sender knows it.
    case notStored = "not stored"
    /// Answered 4xx: a sender does not retry that.
    case refused

    /// Whether it breaks the promise.
    public var isFault: Bool { [.lost, .doubled, .halfStored, .refused].contains(self) }
}
