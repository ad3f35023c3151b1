import Ledger
public import Logging
public import Outbound
import Platform
import Postgres
import Settings
import Webhooks

/// One run of the batch processor: claims jobs, runs their actions, writes down how they ended, until its time is
/// over. One thread; hundreds of requests in flight. Not for two threads at once.
///
/// ``RunState`` decides; this does what it says.
public final class BatchRun {
    private let actions: [any Action]
    private let options: RunOptions
    private let client: any OutboundClient
    private let log: JobLog
    private let session: DatabaseSession
    private let stop: StopFlag
    private let channels: [AlertChannel]
    private var state: RunState
    private var claimer: Claimer
    private var tickets: [RequestTicket: Int64] = [:]
    private var report: RunReport?

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
        conninfo: String, actions: [any Action], conditions: any ConditionCheck, client: any OutboundClient,
        options: RunOptions = RunOptions(), logger: Logger, stop: StopFlag
    ) {
        self.actions = actions
        self.options = options
        self.client = client
        self.stop = stop
        log = JobLog(logger: logger)
        session = DatabaseSession(
            conninfo: conninfo, slots: options.slots, slotRenewal: options.slotRenewal.wholeMilliseconds,
            gate: options.gate)
        channels = AlertChannel.all(options.alertThrough, among: actions)
        claimer = Claimer(
            blocking: actions.filter { $0.retryPolicy.afterDead == .block }.map(\.name), revision: options.revision)
        state = RunState(
            actions: actions, conditions: conditions, options: options, at: Self.moment(), seed: .random(in: 0 ... .max)
        )
    }

    /// Works until the run's time is over, the stop flag is raised, or (with `once`) nothing is due.
    ///
    /// - Returns: what was done, and how it ended. Jobs that were still held at the end were handed back.
    public func run() -> RunReport {
        while true {
            for phase in Phase.allCases { hear(.turn(phase, situation)) }
            if let report { return report }
        }
    }

    private var situation: Situation { session.situation(isStopRaised: stop.isRaised, now: Self.now()) }

    private func hear(_ event: RunEvent) {
        for command in state.handle(event, Self.moment()) {
            for event in perform(command) { hear(event) }
        }
    }

    private func perform(_ command: RunCommand) -> [RunEvent] {
        switch command {
        case .send(let call, let id): tickets[call.start(client)] = id
        case .cancelAll: client.cancelAll()
        case .wait(let milliseconds):
            let isWoken = session.takeNotifications()
            let ends = client.poll(waiting: isWoken ? 0 : milliseconds, orReadable: session.descriptor)
            return (isWoken || session.takeNotifications() ? [.woken] : [])
                + ends.compactMap { end in
                    tickets.removeValue(forKey: end.ticket).map { .landed($0, end.result) }
                }
        case .count(let ending): count(ending)
        case .progress(let report, let left): options.progress?(report, left)
        case .log(let note): log.write(note)
        case .finish(let report): self.report = report
        case .renewSlot: return session.keepSlot(Self.now()) ? [] : [.slotLost]
        case .releaseSlot: session.releaseSlot(Self.now())
        default: return ask(command)
        }
        return []
    }

    /// Does a command in the database.
    private func ask(_ command: RunCommand) -> [RunEvent] {
        let event = session.attempt(now: Self.now()) { (connection) throws(PostgresError) in
            try query(command, on: connection)
        }
        if let event { return event.map { [$0] } ?? [] }
        // What must not be left as it is.
        switch command {
        case .begin(_, let ids): return [.begun(nil, of: ids)]
        case .takeProbe(_, let id): return [.probed(id, isOurs: false)]
        default: return []
        }
    }

    private func query(_ command: RunCommand, on connection: Connection) throws(PostgresError) -> RunEvent? {
        switch command {
        case .prepare:
            try connection.query(
                "select case when hookledger.partition_days_ahead() < 14 then hookledger.ensure_partitions() end")
            try ActionStates.write(actions, on: connection)
            let longest = actions.map(\.retryPolicy.longestDelay.wholeMilliseconds).max() ?? 0
            try Leases.setBack(longestDelay: longest, on: connection)
            return .prepared
        case .rescue:
            let (ready, dead) = try Leases.rescue(on: connection)
            return .rescued(ready: ready, dead: dead, hasSuspects: try Claimer.hasSuspects(on: connection))
        case .bury(let waits): return .buried(try Overdue.bury(waits, on: connection))
        case .tellOfDeadLetters:
            let (told, untold) = try DeadLetterAlerts.raise(through: channels, on: connection)
            return .toldOfDeadLetters(told: told, untold: untold)
        case .tellOfCauses:
            return .toldOfCauses(
                try CauseAlerts.raise(options.alerts, holds: options.holds, through: channels, on: connection))
        case .beat(let jobs): return .beaten(still: try Leases.beat(jobs, on: connection))
        case .tellDestination(let change):
            try DestinationTable.tell(change, on: connection)
            return .destinationTold
        case .loadDestinations: return .destinations(try DestinationTable.load(on: connection))
        case .loadSurroundings: return .surroundings(try Surroundings.load(on: connection))
        case .releaseDecided:
            return .decided(try connection.query(RunSQL.releaseDecided).only().bigint(0))
        case .claim(let limit, let crowded):
            return .claimed(
                try claimer.claim(limit: limit, but: crowded, now: Self.now(), on: connection), limit: limit)
        case .claimSuspect: return .suspect(try claimer.claimSuspect(on: connection))
        case .load(let jobs, let needs, let budget):
            return .loaded(
                try SubjectLoader.load(jobs, needs: needs, budget: budget, on: connection), of: jobs)
        case .findKeys(let subjects, let ids):
            return .keysFound(try Effects.kept(of: subjects, actions, on: connection), of: ids)
        case .takeProbe(let destination, let id):
            return .probed(id, isOurs: try DestinationTable.takeProbe(destination, on: connection))
        case .begin(let starts, let ids): return .begun(try Effects.begin(starts, on: connection), of: ids)
        case .transact(let body, let job): return .stepped(job.id, try JobChange.step(body, job, on: connection))
        case .commit(let body, let attempt):
            return .committed(
                attempt.job.id, try JobChange.commit(body, attempt, on: connection))
        case .write(let endings):
            return .written(try Finisher.write(endings, now: Self.now(), on: connection), of: endings)
        case .announce(let isWaiting):
            try session.announce(isWaiting: isWaiting, on: connection)
            return .announced(isWaiting: isWaiting)
        case .handBack(let jobs):
            return .handedBack(try Finisher.release(jobs, on: connection).count, of: jobs.count)
        case .hold(let jobs): return .held(try Finisher.hold(jobs, on: connection), of: jobs.count)
        case .countDue:
            return .counted(
                due: try connection.query(
                    RunSQL.countDue
                ).only().int(0))
        case .send, .cancelAll, .wait, .count, .progress, .log, .finish, .renewSlot, .releaseSlot: return nil
        }
    }

    private func count(_ ending: Ending) {
        guard let metrics = options.metrics else { return }
        metrics.count(.attempts, "action", ending.job.action, "outcome", ending.outcome)
        guard ending.outcome == "done" else { return }
        let microseconds = SystemClock.wallMicroseconds() - ending.job.eventReceivedAt
        metrics.observe(.jobSeconds, seconds: max(0, Double(microseconds) / 1_000_000), "action", ending.job.action)
    }

    private static func moment() -> Moment {
        Moment(now: now(), wall: Timestamp(microseconds: SystemClock.wallMicroseconds()))
    }

    /// Milliseconds of a clock that never goes back.
    static func now() -> Int64 { SystemClock.monotonicNanoseconds() / 1_000_000 }
}
