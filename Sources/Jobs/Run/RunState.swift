import Platform
import Settings

/// One run of the batch processor as a value: it hears what happened and says what is to be done. No database, no clock, no
/// thread; chance comes from a seed.
///
/// Whoever drives it does the commands in their order, and gives it the event that a command leads to before the next
/// command.
package struct RunState {
    private let options: RunOptions
    private let start: Int64
    private var work: Work
    private var situation = Situation()
    private var now: Int64
    private var due: Timetable
    private var closingSince: Int64?
    /// Whether jobs that were lost with their worker may be waiting to run alone.
    private var suspectsAreDue = false
    /// Between two of them the others have a turn.
    private var suspectsHaveTurn = true
    private var isPrepared = false
    private var mayClaim = true
    /// Whether the last look for work found nothing.
    private var isDrained = false
    private var loggedAway = false
    /// Whether whoever makes jobs wakes this run.
    private var isAnnounced = false
    /// Since when every look for work has found a crowd of jobs: then being woken for each few costs more than it gains.
    private var crowdedSince: Int64?
    private var lastClaim: Int64 = 0
    /// The pause until the next look for work, in milliseconds. It doubles while the run is idle: new jobs wake it.
    private var lookGap: Int64
    /// When the last claim and the last beat were asked for: leases begin no earlier.
    private var claimAskedAt: Int64 = 0
    private var beatAskedAt: Int64 = 0

    /// This many jobs in one claim are a crowd.
    private static let crowd = 8
    /// The least time between two claims for whose sake the run is woken, in milliseconds.
    private static let wakeGap: Int64 = 20
    /// The least time between two claims while no action's destination has room, in milliseconds.
    private static let vainGap: Int64 = 1000

    /// The longest pause between two looks for work: a job that becomes due with time wakes nobody.
    private static let longestLookGap: Int64 = 1000

    /// When what is done now and then is due.
    private struct Timetable {
        var claim: Int64 = 0
        var beat: Int64
        var rescue: Int64 = 0
        var destinations: Int64 = 0
        /// Nil until they were read for the first time.
        var surroundings: Int64?
        var decided: Int64 = 0
        var progress: Int64 = 0
    }

    /// A run that has not begun.
    /// - Parameters:
    ///   - actions: those of the configuration.
    ///   - conditions: asked just before each action.
    ///   - moment: when it begins.
    ///   - seed: for back-offs and other chance.
    package init(
        actions: [any Action], conditions: any ConditionCheck, options: RunOptions, at moment: Moment, seed: UInt64
    ) {
        self.options = options
        now = moment.now
        start = moment.now
        lookGap = options.interval.wholeMilliseconds
        due = Timetable(beat: moment.now + Lease.beat)
        work = Work(actions, conditions, options, at: moment, seed: seed)
    }

    /// What is to be done about it.
    package mutating func handle(_ event: RunEvent, _ moment: Moment) -> [RunCommand] {
        now = moment.now
        work.tick(moment)
        switch event {
        case .turn(let phase, let situation):
            self.situation = situation
            return turn(phase)
        case .landed(let id, let reply): return work.land(id, reply)
        case .prepared: isPrepared = true
        case .slotLost: return [.log(.slotLost)]
        case .rescued(let ready, let dead, let hasSuspects): return rescued(ready, dead, hasSuspects)
        case .buried(let dead):
            work.count(buried: dead.count)
            return dead.isEmpty ? [] : [.log(.overdue(dead))]
        case .toldOfDeadLetters(let told, let untold):
            return told + untold > 0 ? [.log(.deadLetters(told: told, untold: untold))] : []
        case .toldOfCauses(let told): return told > 0 ? [.log(.alerts(told))] : []
        case .beaten(let still):
            due.beat = now + Lease.beat
            return work.keep(still, leasedAt: beatAskedAt)
        case .destinationTold:
            work.changeTold()
            return shareDestinations()
        case .destinations(let open):
            due.destinations = now + 1000
            work.adopt(open)
        case .surroundings(let surroundings):
            due.surroundings = now + 1000
            work.surroundings = surroundings
        case .decided(let released):
            due.decided = now + 1000
            if released > 0 { due.claim = now }
        case .claimed(let jobs, let limit): return claimed(jobs, limit)
        case .announced(let isWaiting):
            isAnnounced = isWaiting
            // What was made before that has woken nobody.
            if isWaiting { due.claim = now }
        case .woken: due.claim = min(due.claim, max(now, lastClaim + Self.wakeGap))
        case .suspect(let job): claimed(suspect: job)
        case .loaded(let subjects, let jobs): return work.loaded(subjects, jobs)
        case .keysFound(let kept, let ids): return work.begin(ids, kept)
        case .probed(let id, let isOurs): return work.probed(id, isOurs)
        case .begun(let states, let ids): return work.begun(states, ids)
        case .stepped(let id, let step): return work.stepped(id, step)
        case .committed(let id, let commitment):
            if case .ended(let ending) = commitment { lookForNext([ending]) }
            return work.committed(id, commitment)
        case .written(let moved, let endings):
            lookForNext(endings.filter { moved.contains($0.job.id) })
            return work.wrote(endings, moved: moved)
        case .handedBack(let moved, let count): work.handedBack(moved, of: count)
        case .held(let moved, let count): return work.wasHeld(moved, of: count)
        case .counted(let waiting):
            due.progress = now + 250
            return [.progress(work.report, left: waiting + work.heldCount)]
        }
        return []
    }

    private mutating func turn(_ phase: Phase) -> [RunCommand] {
        switch phase {
        case .upkeep: upkeep()
        case .endings, .results: work.writes
        case .claims: claim()
        case .starts: work.startDue()
        case .transactions: work.transactions
        case .commits: work.commits()
        case .rest: rest()
        }
    }

    private mutating func upkeep() -> [RunCommand] {
        let duration = options.duration.wholeMilliseconds
        let lastClaim = start + duration - min(2000, duration / 20)
        let isOver = situation.isStopRaised || now >= lastClaim || situation.slot == .gone
        if closingSince == nil, isOver || options.limit.map({ work.report.claimed >= $0 }) ?? false {
            closingSince = now
        }
        var commands: [RunCommand] = isPrepared ? [.renewSlot] : [.prepare, .renewSlot]
        if now >= due.rescue { commands.append(.rescue) }
        if now >= due.beat, !Mutation.isOn("lease-never-renewed") {
            let mine = work.leased
            if mine.isEmpty { due.beat = now + Lease.beat } else { commands.append(.beat(mine)) }
            beatAskedAt = now
        }
        commands += shareDestinations()
        if now >= due.surroundings ?? now { commands.append(.loadSurroundings) }
        if now >= due.decided { commands.append(.releaseDecided) }
        return commands
    }

    /// The jobs of dead workers are recovered; other runs recover some as well, so whether any must run alone is
    /// asked.
    private mutating func rescued(_ ready: [Int64], _ dead: [Int64], _ hasSuspects: Bool) -> [RunCommand] {
        due.rescue = now + 10_000
        suspectsAreDue = hasSuspects
        work.count(rescued: ready.count + dead.count)
        return [.log(.rescued(ready: ready, dead: dead)), work.waits, .tellOfDeadLetters, .tellOfCauses]
    }

    /// Tells the other runs, and then hears what they know.
    private func shareDestinations() -> [RunCommand] {
        if let change = work.nextChange { return [change] }
        return now >= due.destinations ? [.loadDestinations] : []
    }

    private var room: Int { min(options.maxHeld - work.heldCount, options.batch) }
    private var suspectsAreNext: Bool { suspectsAreDue && suspectsHaveTurn }

    /// Whether a claim is worth while: one for a few jobs costs as much as one for a hundred.
    private var hasRoom: Bool {
        // What cannot be written down must not pile up.
        if work.unwritten > options.maxHeld { return false }
        if work.heldCount == 0 { return true }
        if suspectsAreNext || work.hasOneAlone { return false }
        return room >= max(1, options.batch / 4)
    }

    private mutating func claim() -> [RunCommand] {
        // A job of what is paused must not begin.
        mayClaim = closingSince == nil && hasRoom && due.surroundings != nil
        if closingSince != nil {
            work.handBackWaiting()
            return []
        }
        guard mayClaim, now >= due.claim, situation.slot == .held || situation.slot == .notAsked else { return [] }
        claimAskedAt = now
        // A job that was lost with its worker twice runs with nothing beside it: if it kills this one too, the others
        // lose no attempt by it.
        if suspectsAreNext { return [.claimSuspect] }
        let crowded = work.crowdedActions
        // A claim would walk over all of their jobs and take none.
        if crowded.count == work.actions.count, work.heldCount > 0, now < lastClaim + Self.vainGap {
            mayClaim = false
            return []
        }
        return [.claim(limit: min(room, (options.limit ?? .max) - work.report.claimed), but: crowded)]
    }

    private mutating func claimed(_ jobs: [Job], _ limit: Int) -> [RunCommand] {
        lastClaim = now
        // Jobs that were left out because their destination is full are still due.
        isDrained = jobs.isEmpty && work.heldCount == 0 && work.hasNothingPutOff
        let isIdle = jobs.isEmpty && work.heldCount == 0 && isAnnounced
        let interval = options.interval.wholeMilliseconds
        lookGap = isIdle ? max(interval, min(lookGap * 2, Self.longestLookGap)) : interval
        due.claim = jobs.count == limit || suspectsAreDue ? now : now + lookGap
        suspectsHaveTurn = true
        for job in jobs { work.admit(job, leasedAt: claimAskedAt) }
        return announcement(jobs.count)
    }

    /// A run that is idle, or has few jobs, is woken; one that is busy for a second finds its jobs without that.
    private mutating func announcement(_ claimed: Int) -> [RunCommand] {
        if options.once { return [] }
        guard claimed >= Self.crowd else {
            crowdedSince = nil
            return isAnnounced ? [] : [.announce(isWaiting: true)]
        }
        let since = crowdedSince ?? now
        crowdedSince = since
        return isAnnounced && now - since >= 1000 ? [.announce(isWaiting: false)] : []
    }

    private mutating func claimed(suspect job: Job?) {
        suspectsHaveTurn = false
        suspectsAreDue = job != nil
        guard let job else { return }
        isDrained = false
        work.admit(job, leasedAt: claimAskedAt, alone: true)
    }

    /// The next job of the same order may be ready now.
    private mutating func lookForNext(_ endings: [Ending]) {
        if endings.contains(where: { $0.job.orderRow != nil }) { due.claim = min(due.claim, now + 20) }
    }

    private mutating func rest() -> [RunCommand] {
        if let fatal = situation.fatal { return finish(.misconfigured(fatal)) }
        if situation.slot == .gone && work.report.claimed == 0 {
            return finish(situation.held.map { .held($0) } ?? .noSlot)
        }
        var commands: [RunCommand] = []
        if options.progress != nil, now >= due.progress { commands.append(.countDue) }
        if situation.awaySince == nil {
            loggedAway = false
        } else if !loggedAway, let error = situation.error {
            loggedAway = true
            commands.append(.log(.databaseAway(error)))
        }
        if let since = situation.awaySince, .milliseconds(now - since) > options.patience {
            return commands + finish(.databaseAway)
        }
        if work.isIdle, closingSince != nil || (options.once && isDrained && !suspectsAreDue) {
            return commands + finish(situation.awaySince == nil ? .finished : .databaseAway)
        }
        if let closingSince {
            if .milliseconds(now - closingSince) > options.grace { commands.append(.cancelAll) }
            // A database that is away when the run should be over must not keep it any longer.
            if .milliseconds(now - closingSince) > options.grace + options.patience {
                return commands + finish(.databaseAway)
            }
        }
        return commands + [.wait(Int(pause))]
    }

    private func finish(_ end: RunReport.End) -> [RunCommand] {
        var report = work.report
        report.end = end
        report.duration = now - start
        return (work.report.dead > 0 ? [.tellOfDeadLetters] : []) + [
            .releaseSlot, .log(.finished(report)), .finish(report),
        ]
    }

    /// How long to wait for the ends of calls before the next round.
    private var pause: Int64 {
        let isAway = situation.awaySince != nil
        if !isAway, work.unwritten > 0 || work.hasTransactions { return 0 }
        var until = now + lookGap
        if mayClaim && !isAway { until = min(until, max(due.claim, now)) }
        if let next = work.nextDue { until = min(until, max(next, now + 1)) }
        return until - now
    }
}
