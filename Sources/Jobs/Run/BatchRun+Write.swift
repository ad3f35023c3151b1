import Ledger
import Platform
import Postgres

extension BatchRun {
    /// Writes down what has ended and hands back what was not begun. While Postgres is away it all stays here, leased
    /// or not: what is written later is fenced.
    func writeEndings(_ now: Int64) {
        if !endings.isEmpty {
            let batch = endings
            if let moved = session.attempt(
                now: now,
                { (connection) throws(PostgresError) in try Finisher.write(batch, now: Self.now(), on: connection) })
            {
                endings.removeFirst(batch.count)
                for ending in batch { settle(ending, wasMoved: moved.contains(ending.job.id)) }
            }
        }
        if !handBack.isEmpty {
            let batch = handBack
            if let moved = session.attempt(
                now: now, { (connection) throws(PostgresError) in try Finisher.release(batch, on: connection) })
            {
                handBack.removeFirst(batch.count)
                report.released += moved.count
            }
        }
        if !holds.isEmpty {
            let batch = holds
            if let moved = session.attempt(
                now: now, { (connection) throws(PostgresError) in try Finisher.hold(batch, on: connection) })
            {
                holds.removeFirst(batch.count)
                report.held += moved.count
                for hold in batch where moved.contains(hold.job.id) { log.held(hold.job, reason: hold.reason) }
            }
        }
    }

    func settle(_ ending: Ending, wasMoved: Bool) {
        if wasMoved {
            // The next job of the same order may be ready now.
            if ending.job.orderRow != nil { nextAsk = min(nextAsk, Self.now() + 20) }
            report.count(ending)
            log.ended(ending)
            count(ending)
        } else {
            report.leasesLost += 1
            log.leaseLost(ending.job)
        }
    }

    private func count(_ ending: Ending) {
        guard let metrics = options.metrics else { return }
        metrics.count(.attempts, "action", ending.job.action, "outcome", ending.outcome)
        guard ending.outcome == "done" else { return }
        let microseconds = SystemClock.wallMicroseconds() - ending.job.eventReceivedAt
        metrics.observe(.jobSeconds, seconds: max(0, Double(microseconds) / 1_000_000), "action", ending.job.action)
    }

    /// Makes the partitions of the weeks to come, long before they are needed, and writes down which actions there
    /// are; once a run.
    func prepareDatabase(_ now: Int64) {
        guard !isPrepared else { return }
        let actions = Array(actions.values)
        let made: Void? = session.attempt(now: now) { (connection) throws(PostgresError) in
            try connection.query(
                "select case when hookledger.partition_days_ahead() < 14 then hookledger.ensure_partitions() end")
            try ActionStates.write(actions, on: connection)
        }
        isPrepared = made != nil
    }

    /// Once at each rescue, and when the run is over, if it made some.
    func tellOfDeadLetters(_ now: Int64) {
        let raised = session.attempt(now: now) { (connection) throws(PostgresError) in
            try DeadLetterAlerts.raise(through: channels, on: connection)
        }
        if let raised, raised.told + raised.untold > 0 { log.deadLetters(told: raised.told, untold: raised.untold) }
    }

    /// At each rescue.
    private func tellOfCauses(_ now: Int64) {
        let told = session.attempt(now: now) { (connection) throws(PostgresError) in
            try CauseAlerts.raise(options.alerts, holds: options.holds, through: channels, on: connection)
        }
        if let told, told > 0 { log.alerts(told) }
    }

    /// The actions that tell people something.
    private var channels: [AlertChannel] {
        options.alertThrough.sorted().map { name in
            let endpoint = actions[name]?.endpoint
            let kin = actions.values.filter { endpoint != nil && $0.endpoint == endpoint }.map(\.name)
            return AlertChannel(name, destination: actions[name]?.destination, kin: Set(kin))
        }
    }

    /// At each rescue: gives up what has waited too long for a destination that does not answer.
    private func buryOverdue(_ now: Int64) {
        let waits = actions.values.sorted { $0.name < $1.name }.compactMap { action in
            (actionDestinations[action.name] ?? action.destination).map {
                (action: action.name, destination: $0, giveUp: action.retryPolicy.giveUp)
            }
        }
        let dead = session.attempt(now: now) { (connection) throws(PostgresError) in
            try Overdue.bury(waits, on: connection)
        }
        guard let dead, !dead.isEmpty else { return }
        report.dead += dead.count
        log.overdue(dead)
    }

    /// Renews the leases of all that is held, and takes back the jobs of dead workers.
    func keepLeases(_ now: Int64) {
        if now >= nextRescue { takeBack(now) }
        let mine = held.values.map(\.job) + endings.map(\.job) + handBack.map(\.job) + holds.map(\.job)
        if nextBeat == 0 { nextBeat = now + Lease.beat }
        guard now >= nextBeat else { return }
        guard !mine.isEmpty else {
            nextBeat = now + Lease.beat
            return
        }
        guard
            let still = session.attempt(
                now: now, { (connection) throws(PostgresError) in try Leases.beat(mine, on: connection) })
        else { return }
        nextBeat = now + Lease.beat
        // A request that is out goes on: its end is fenced. One that has not begun must not begin.
        for holding in Array(held.values) where holding.isWaiting && !still.contains(holding.job.id) {
            drop(holding.job)
        }
    }

    /// Takes back the jobs of dead workers, and looks whether some of them must run alone: other runs take jobs back
    /// as well.
    private func takeBack(_ now: Int64) {
        let found = session.attempt(now: now) { (connection) throws(PostgresError) in
            (try Leases.rescue(on: connection), try Claimer.hasSuspects(on: connection))
        }
        guard let (rescued, hasSuspects) = found else { return }
        nextRescue = now + 10_000
        suspectsDue = hasSuspects
        report.rescued += rescued.ready.count + rescued.dead.count
        log.rescued(ready: rescued.ready, dead: rescued.dead)
        buryOverdue(now)
        tellOfDeadLetters(now)
        tellOfCauses(now)
    }
}
