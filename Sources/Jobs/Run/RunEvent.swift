package import Outbound
package import Webhooks

/// A moment: of the clock that never goes back, in milliseconds, and of the wall clock.
package struct Moment: Sendable {
    package var now: Int64
    package var wall: Timestamp

    /// That moment.
    package init(now: Int64, wall: Timestamp) {
        self.now = now
        self.wall = wall
    }
}

/// What a run hears.
package enum RunEvent: Sendable {
    /// The next part of a round, and how things are.
    case turn(Phase, Situation)
    /// Jobs were made.
    case woken
    /// The end of a job's call.
    case landed(Int64, Reply)

    // The outcomes of commands. A command that failed for a temporary reason has no event unless it says so: the run gives
    // it again in a later round.
    case prepared
    case slotLost
    case rescued(ready: [Int64], dead: [Int64], hasSuspects: Bool)
    case buried([Int64])
    case toldOfDeadLetters(told: Int, untold: Int)
    case toldOfCauses(Int)
    case beaten(still: Set<Int64>)
    case destinationTold
    case destinations([String: (left: Int64, openings: Int)])
    case surroundings(Surroundings)
    case decided(Int64)
    case claimed([Job], limit: Int)
    case suspect(Job?)
    case loaded([Int64: JobSubject], of: [Job])
    case keysFound(KeptEffects, of: [Int64])
    /// Whether this run has the probe of the job's destination; false also when that could not be asked.
    case probed(Int64, isOurs: Bool)
    /// nil when nothing was begun.
    case begun([Int64: EffectState]?, of: [Int64])
    case stepped(Int64, Step)
    case committed(Int64, Commitment)
    case written(Set<Int64>, of: [Ending])
    case handedBack(Int, of: Int)
    case held(Set<Int64>, of: Int)
    case counted(due: Int)
    case announced(isWaiting: Bool)
}

/// The parts of a round, in their order.
package enum Phase: CaseIterable, Sendable {
    case upkeep, endings, claims, starts, transactions, commits, results, rest
}

/// How things are outside the run.
package struct Situation: Sendable {
    /// What the run's slot is.
    package enum Slot: Sendable, Hashable {
        case notAsked
        case held
        /// Its lease may have run out while nobody could renew it.
        case overdue
        /// All are taken, or another run has it.
        case gone
    }

    package var isStopRaised: Bool
    package var slot: Slot
    /// Why no job may run; nil if they may.
    package var held: String?
    /// Since when Postgres has not answered; nil while it does.
    package var awaySince: Int64?
    /// The last error of Postgres.
    package var error: String?
    /// What no later round can fix.
    package var fatal: String?

    /// All is well, unless the parameters say otherwise.
    package init(
        isStopRaised: Bool = false, slot: Slot = .held, held: String? = nil, awaySince: Int64? = nil,
        error: String? = nil, fatal: String? = nil
    ) {
        self.isStopRaised = isStopRaised
        self.slot = slot
        self.held = held
        self.awaySince = awaySince
        self.error = error
        self.fatal = fatal
    }
}

/// The outcome of the change of the database that ends a job.
package enum Commitment: Sendable {
    case ended(Ending)
    /// Another claim has the job, and will make the change or has made it.
    case leaseLost
    case refused(Outcome)
}
