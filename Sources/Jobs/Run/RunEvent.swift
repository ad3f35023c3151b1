import Outbound
import Postgres
import Webhooks

/// A moment: of the clock that never goes back, in milliseconds, and of the wall clock.
struct Moment: Sendable {
    var now: Int64
    var wall: Timestamp
}

/// What a run hears.
enum RunEvent: Sendable {
    /// The next part of a round, and how things are.
    case turn(Phase, Situation)
    /// Jobs were made.
    case woken
    /// The end of a job's call.
    case landed(Int64, Reply)

    // What came of commands. A command that failed for a passing reason has no event unless it says so: the run gives
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
    case decided(Int64)
    case claimed([Job], limit: Int)
    case suspect(Job?)
    case loaded([Int64: JobSubject], of: [Job])
    case keysFound([Int64: String], of: [Int64])
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
enum Phase: CaseIterable, Sendable {
    case upkeep, endings, claims, starts, transactions, commits, results, rest
}

/// How things are outside the run.
struct Situation: Sendable {
    /// What the run's slot is.
    enum Slot: Sendable, Hashable {
        case notAsked
        case held
        /// Its lease may have run out while nobody could renew it.
        case overdue
        /// All are taken, or another run has it.
        case gone
    }

    var isStopRaised = false
    var slot = Slot.held
    /// Why no job may run; nil if they may.
    var held: String?
    /// Since when Postgres has not answered; nil while it does.
    var awaySince: Int64?
    /// The last error of Postgres.
    var error: String?
    /// What no later round can fix.
    var fatal: String?
}

/// What came of a change of the database that ends its job.
enum Commitment: Sendable {
    case ended(Ending)
    /// Another claim has the job, and will make the change or has made it.
    case leaseLost
    case refused(Outcome)
}
