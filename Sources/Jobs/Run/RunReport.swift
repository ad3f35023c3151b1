/// What a run did; one log line.
public struct RunReport: Sendable, Hashable {
    /// How a run ended.
    public enum End: Sendable, Hashable {
        /// As it should: its time was over, it was asked to end, or nothing was left to do.
        case finished
        /// As many runs as may work at the same time do already.
        case noSlot
        /// No job may run here; the reason.
        case held(String)
        /// Postgres was away for too long. What was not written down comes back when its leases end.
        case databaseAway
        /// The database refuses what every run needs: schema not migrated, rights missing.
        case misconfigured(String)
    }

    /// How it ended.
    public var end = End.finished
    /// Jobs taken.
    public var claimed = 0
    /// Jobs that are done.
    public var done = 0
    /// Jobs that were no longer needed.
    public var skipped = 0
    /// Attempts that failed and are repeated.
    public var retried = 0
    /// Jobs that became dead letters.
    public var dead = 0
    /// Effects that may have happened and were reported as uncertain; also counted in `dead`.
    public var uncertain = 0
    /// Jobs handed back.
    public var released = 0
    /// Jobs that wait for a decision.
    public var held = 0
    /// Jobs of dead workers that were recovered.
    public var rescued = 0
    /// Attempts whose lease had gone to another claim: their result was dropped.
    public var leasesLost = 0
    /// How long the run took, in milliseconds.
    public var duration: Int64 = 0

    /// A run that has done nothing yet.
    public init() {}

    mutating func count(_ ending: Ending) {
        switch ending.transition.fate {
        case .over(let skipped): if skipped { self.skipped += 1 } else { done += 1 }
        case .again: retried += 1
        case .dead: dead += 1
        }
        if ending.transition.effect == .uncertain { uncertain += 1 }
    }
}
