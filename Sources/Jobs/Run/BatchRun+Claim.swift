import Postgres

extension BatchRun {
    /// Takes jobs while there is room.
    func claim(_ now: Int64) {
        guard now >= nextAsk, hasRoom, session.holdsSlot(now) else { return }
        if suspectsDue && suspectsTurn { return claimSuspect(now) }
        let limit = min(room, (options.limit ?? .max) - report.claimed)
        let crowded = crowdedActions
        guard
            let jobs = session.attempt(
                now: now,
                { (connection) throws(PostgresError) in
                    try claimer.claim(limit: limit, but: crowded, now: now, on: connection)
                })
        else { return }
        // Jobs that were left out because their destination is full are still due.
        isDrained = jobs.isEmpty && held.isEmpty && now >= putOffUntil
        nextAsk = jobs.count == limit || suspectsDue ? now : now + options.interval
        suspectsTurn = true
        for job in jobs { admit(job, now) }
    }

    private var room: Int { min(options.maxHeld - held.count, options.batch) }

    /// Whether a claim is worth while: one for a few jobs costs as much as one for a hundred.
    var hasRoom: Bool {
        // What can not be written down must not pile up.
        if endings.count > options.maxHeld { return false }
        if held.isEmpty { return true }
        if suspectsDue && suspectsTurn || held.values.contains(where: \.isAlone) { return false }
        return room >= max(1, options.batch / 4)
    }

    /// A job that was lost with its worker twice runs with nothing beside it: if it kills this one too, the others
    /// lose no attempt by it. Between two of them the others have a turn.
    private func claimSuspect(_ now: Int64) {
        guard held.isEmpty else { return }
        guard
            let found = session.attempt(
                now: now, { (connection) throws(PostgresError) in try claimer.claimSuspect(on: connection) })
        else { return }
        suspectsTurn = false
        suspectsDue = found != nil
        guard let job = found else { return }
        isDrained = false
        admit(job, now, alone: true)
    }

    private func admit(_ job: Job, _ now: Int64, alone: Bool = false) {
        let turn = actions[job.action]?.pace.map { pacer.turn($0, now: now) } ?? .now
        switch turn {
        case .now: held[job.id] = Held(job: job, stage: .waiting(until: now), startedAt: now, isAlone: alone)
        case .at(let due): held[job.id] = Held(job: job, stage: .waiting(until: due), startedAt: now, isAlone: alone)
        case .later(let delay):
            handBack.append((job, delay + Int64.random(in: 0...1000)))
            return
        }
        report.claimed += 1
    }

    /// The run is ending: what has not begun goes back, not counted.
    func handBackWaiting() {
        for (id, job) in held where job.isWaiting {
            held[id] = nil
            handBack.append((job.job, 0))
        }
    }
}
