package import Postgres

/// What a run wants to have done.
package enum RunCommand: Sendable {
    // In the database.
    case prepare
    case renewSlot
    case rescue
    case bury([(action: String, destination: String, giveUp: Int64)])
    case tellOfDeadLetters
    case tellOfCauses
    case beat([Job])
    case tellDestination(DestinationChange)
    case loadDestinations
    case loadSurroundings
    case releaseDecided
    case claim(limit: Int, but: [String])
    case claimSuspect
    /// Read the subjects of jobs, of each what it needs, and no more than that many bytes of bodies.
    case load([Job], needs: [SubjectNeeds], budget: Int)
    case findKeys([JobSubject], of: [Int64])
    case takeProbe(String, for: Int64)
    case begin([EffectStart], of: [Int64])
    case transact(@Sendable (Job, Connection) throws(PostgresError) -> Step, Job)
    case commit(@Sendable (Job, Connection) throws(PostgresError) -> Outcome, Attempt)
    case write([Ending])
    case handBack([(job: Job, delay: Int64)])
    case hold([(job: Job, reason: String)])
    case countDue
    case releaseSlot
    /// Tell whoever makes jobs whether this run waits for some.
    case announce(isWaiting: Bool)

    // Outside.
    case send(Call, for: Int64)
    case cancelAll
    case count(Ending)
    case progress(RunReport, left: Int)
    case log(RunNote)
    /// Wait for the ends of calls and for new jobs, at most this many milliseconds.
    case wait(Int)
    case finish(RunReport)
}

/// What other runs are to know of a destination.
package struct DestinationChange: Sendable {
    package let destination: String
    /// nil when it answers again.
    package let opened: (wait: Int64, reason: String, afterProbe: Bool)?
    /// The actions that go there.
    package var actions: [String] = []
}

/// What people can read about a run.
package enum RunNote: Sendable {
    case ended(Ending)
    case leaseLost(Job)
    case rescued(ready: [Int64], dead: [Int64])
    case held(Job, reason: String)
    case overdue([Int64])
    case destinationAway(String, wait: Int64, reason: String)
    case destinationBusy(String, wait: Int64, reason: String)
    case destinationBack(String)
    case deadLetters(told: Int, untold: Int)
    case alerts(Int)
    case databaseAway(String)
    case slotLost
    case finished(RunReport)
}
