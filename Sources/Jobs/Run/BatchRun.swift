public import Logging
public import Outbound
import Platform
import Postgres

/// One run of the batch processor: claims jobs, runs their actions, writes down how they ended, until its time is
/// over. One thread; hundreds of requests in flight. Not for two threads at once.
public final class BatchRun {
    let actions: [String: any Action]
    let conditions: any ConditionCheck
    let options: RunOptions
    let client: HTTPClient
    let log: JobLog
    let session: DatabaseSession
    private let stop: StopFlag

    var claimer: Claimer
    var pacer = Pacer(horizon: 3000)
    var held: [Int64: Held] = [:]
    var tickets: [HTTPClient.Ticket: Int64] = [:]
    var endings: [Ending] = []
    var handBack: [(job: Job, delay: Int64)] = []
    /// What waits for a decision, to be written down.
    var holds: [(job: Job, reason: String)] = []
    var report = RunReport()
    var breakers: Breakers
    /// Where the jobs of an action went last.
    var actionDestinations: [String: String] = [:]
    /// What other runs have not been told: a destination that opened, or (nil) answers again.
    var changes: [(destination: String, opened: (wait: Int64, reason: String)?)] = []

    var nextAsk: Int64 = 0
    var nextBeat: Int64 = 0
    var nextRescue: Int64 = 0
    var nextDestinations: Int64 = 0
    private var nextDecided: Int64 = 0
    private var nextProgress: Int64 = 0
    /// Whether jobs that were lost with their worker may be waiting to run alone.
    var suspectsDue = false
    var suspectsTurn = true
    var isPrepared = false
    /// Until when jobs that were handed back for want of a place are due again: no run is drained before.
    var putOffUntil: Int64 = 0
    private var mayAsk = true
    /// Whether the last look for work found nothing.
    var isDrained = false
    private var loggedAway = false

    /// A run that has not begun.
    ///
    /// - Parameters:
    ///   - conninfo: of the role `hookledger_batch`.
    ///   - actions: those of the configuration.
    ///   - conditions: asked again just before each action.
    ///   - client: used by this run alone; room for `options.maxHeld` requests.
    ///   - logger: one line per attempt and one per run.
    ///   - stop: raised to end the run early.
    public init(
        conninfo: String, actions: [any Action], conditions: any ConditionCheck, client: HTTPClient,
        options: RunOptions = RunOptions(), logger: Logger, stop: StopFlag
    ) {
        self.actions = Dictionary(actions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.conditions = conditions
        self.options = options
        self.client = client
        self.stop = stop
        log = JobLog(logger: logger)
        session = DatabaseSession(
            conninfo: conninfo, slots: options.slots, slotRenewal: options.slotRenewal)
        breakers = Breakers(threshold: options.breakerThreshold, firstWait: options.breakerWait)
        claimer = Claimer(blocking: actions.filter { $0.retryPolicy.afterDead == .block }.map(\.name))
    }

    /// Works until the run's time is over, the stop flag is raised, or (with `once`) nothing is due.
    ///
    /// - Returns: what was done, and how it ended. Jobs that were still held at the end were handed back.
    public func run() -> RunReport {
        let start = Self.now()
        report.end = work(from: start)
        if report.dead > 0 { tellOfDeadLetters(Self.now()) }
        session.releaseSlot(Self.now())
        report.duration = Self.now() - start
        log.finished(report)
        return report
    }

    private func work(from start: Int64) -> RunReport.End {
        let lastClaim = start + options.duration - min(2000, options.duration / 20)
        var closingSince: Int64?
        while true {
            let now = Self.now()
            if closingSince == nil, stop.isRaised || now >= lastClaim || reachedLimit || session.hasSlot == false {
                closingSince = now
            }
            round(now, isClosing: closingSince != nil)
            if let fatal = session.fatal { return .misconfigured(fatal.description) }
            if session.hasSlot == false && report.claimed == 0 { return .noSlot }
            noteAbsence()
            if let since = session.awaySince, now - since > options.patience { return .databaseAway }
            if isIdle, closingSince != nil || (options.once && isDrained && !suspectsDue) {
                return session.awaySince == nil ? .finished : .databaseAway
            }
            if let closingSince, now - closingSince > options.grace { client.cancelAll() }
            // A database that is away when the run should be over must not keep it for ever.
            if let closingSince, now - closingSince > options.grace + options.patience { return .databaseAway }
            land(client.poll(waiting: pause(now)))
        }
    }

    private func round(_ now: Int64, isClosing: Bool) {
        prepareDatabase(now)
        if !session.keepSlot(now) { log.slotLost() }
        keepLeases(now)
        shareDestinations(now)
        releaseDecided(now)
        writeEndings(now)
        mayAsk = !isClosing && hasRoom
        if isClosing { handBackWaiting() } else { claim(now) }
        startDue(now)
        takeSteps(now)
        writeChanges(now)
        writeEndings(now)
        showProgress(now)
    }

    /// Once a second: ends the holds whose reason is over.
    private func releaseDecided(_ now: Int64) {
        guard now >= nextDecided else { return }
        let released = session.attempt(now: now) { (connection) throws(PostgresError) in
            try connection.query("select hookledger.release_decided()").only().bigint(0)
        }
        guard let released else { return }
        nextDecided = now + 1000
        if released > 0 { nextAsk = now }
    }

    private func showProgress(_ now: Int64) {
        guard let progress = options.progress, now >= nextProgress else { return }
        nextProgress = now + 250
        let due = session.attempt(now: now) { (connection) throws(PostgresError) in
            try connection.query("select count(*) from hookledger.jobs where state = 0 and run_at <= now()")
                .only().int(0)
        }
        if let due { progress(report, due + held.count) }
    }

    var isIdle: Bool { held.isEmpty && endings.isEmpty && handBack.isEmpty && holds.isEmpty }
    private var reachedLimit: Bool { options.limit.map { report.claimed >= $0 } ?? false }

    private func noteAbsence() {
        if session.awaySince == nil {
            loggedAway = false
        } else if !loggedAway, let error = session.lastError {
            loggedAway = true
            log.databaseAway(error.description)
        }
    }

    /// How long to wait for requests before the next round.
    private func pause(_ now: Int64) -> Int {
        if session.awaySince == nil, !endings.isEmpty || held.values.contains(where: \.isStepping) { return 0 }
        var until = now + options.interval
        if mayAsk && session.awaySince == nil { until = min(until, max(nextAsk, now)) }
        for case .waiting(let due) in held.values.map(\.stage) { until = min(until, max(due, now + 1)) }
        return Int(until - now)
    }

    /// Milliseconds of a clock that never goes back.
    static func now() -> Int64 { SystemClock.monotonicNanoseconds() / 1_000_000 }
}
