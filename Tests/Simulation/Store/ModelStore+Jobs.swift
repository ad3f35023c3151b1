import Jobs

extension ModelStore {
    private static let lease = Int64(Lease.seconds) * 1_000_000

    /// The claim of one priority.
    mutating func claim(limit: Int, but crowded: [String], at now: Int64) -> [Job] {
        let first = firstOfLines
        let due = jobs.values.filter {
            $0.state == .ready && $0.runAt <= now && !crowded.contains($0.action) && !isSuspect($0)
                && isUnblocked($0, first)
        }
        return take(due.sorted { ($0.runAt, $0.id) < ($1.runAt, $1.id) }.prefix(limit), at: now)
    }

    /// One job that was lost with its worker at least twice.
    mutating func claimSuspect(at now: Int64) -> Job? {
        let first = firstOfLines
        let due = jobs.values.filter {
            $0.state == .ready && $0.runAt <= now && isSuspect($0) && isUnblocked($0, first)
        }
        return take(due.sorted { ($0.runAt, $0.id) < ($1.runAt, $1.id) }.prefix(1), at: now).first
    }

    func hasSuspects(at now: Int64) -> Bool {
        jobs.values.contains { $0.state == .ready && $0.runAt <= now && isSuspect($0) }
    }

    private func isSuspect(_ job: JobRow) -> Bool { job.attempt >= 2 && job.lastError == Lease.lost }

    /// The jobs of one order and one action, which run one after another.
    private struct Line: Hashable {
        let orderRow: Int64
        let action: String
    }

    /// The first job of each line that is no dead letter.
    private var firstOfLines: [Line: Int64] {
        var first: [Line: Int64] = [:]
        for job in jobs.values where job.state != .dead {
            let line = Line(orderRow: job.orderRow, action: job.action)
            first[line] = min(first[line] ?? job.id, job.id)
        }
        return first
    }

    private func isUnblocked(_ job: JobRow, _ first: [Line: Int64]) -> Bool {
        plant == .ordersJobsRunTogether || first[Line(orderRow: job.orderRow, action: job.action)] == job.id
    }

    private mutating func take(_ chosen: some Sequence<JobRow>, at now: Int64) -> [Job] {
        lastToken += 1
        return chosen.map { row in
            var row = row
            row.state = .running
            row.attempt += 1
            row.token = lastToken
            row.leaseUntil = now + Self.lease
            jobs[row.id] = row
            return Job(
                id: row.id, action: row.action, kind: "simulated", purpose: .rule("1"), attempt: row.attempt,
                maxAttempts: row.maxAttempts, uncounted: row.uncounted,
                firstFailedAgo: row.firstFailedAt.map { (now - $0) / 1000 } ?? 0, runAt: row.runAt,
                orderRow: row.orderRow, eventID: row.eventID, eventReceivedAt: row.eventReceivedAt,
                leaseToken: lastToken)
        }
    }

    private func holds(_ job: Job) -> Bool {
        guard let row = jobs[job.id] else { return false }
        return row.token == job.leaseToken
    }

    mutating func beat(_ held: [Job], at now: Int64) -> Set<Int64> {
        let still = held.filter(holds).map(\.id)
        for id in still { jobs[id]?.leaseUntil = now + Self.lease }
        return Set(still)
    }

    /// - Parameter delay: the wait of a job that is ready again, in microseconds.
    mutating func rescue(delay: Int64, at now: Int64) -> (ready: [Int64], dead: [Int64]) {
        var (ready, dead): ([Int64], [Int64]) = ([], [])
        let lost = jobs.values.filter { $0.state == .running && ($0.leaseUntil ?? now) < now }
        for var row in lost.sorted(by: { $0.id < $1.id }) {
            let isOver = row.attempt >= row.maxAttempts
            if isOver { dead.append(row.id) } else { ready.append(row.id) }
            row.state = isOver ? .dead : .ready
            row.runAt = now + delay
            row.firstFailedAt = row.firstFailedAt ?? now
            (row.token, row.leaseUntil, row.lastError) = (nil, nil, Lease.lost)
            jobs[row.id] = row
            log(row, isOver ? "dead" : "lost")
        }
        return (ready, dead)
    }

    private mutating func log(_ row: JobRow, _ outcome: String) {
        attempts.append(AttemptRow(job: row.id, attempt: row.tries, outcome: outcome))
    }

    /// `finish_jobs()`.
    mutating func finish(_ endings: [Ending], at now: Int64) -> Set<Int64> {
        var moved: Set<Int64> = []
        for ending in endings {
            guard var row = jobs[ending.job.id], holds(ending.job) || plant == .finishWithoutFence else { continue }
            moved.insert(row.id)
            switch ending.transition.fate {
            case .over: jobs[row.id] = nil
            case .dead: fail(&row, ending, at: now)
            case .again(let delay, let isCounted):
                if !isCounted {
                    row.attempt -= 1
                    row.uncounted += 1
                }
                row.runAt = now + delay * 1000
                fail(&row, ending, at: now)
                push(row)
            }
            log(row, ending.outcome)
            change(ending)
        }
        return moved
    }

    private mutating func fail(_ row: inout JobRow, _ ending: Ending, at now: Int64) {
        row.state = ending.delay == nil ? .dead : .ready
        row.firstFailedAt = row.firstFailedAt ?? now
        (row.token, row.leaseUntil, row.lastError) = (nil, nil, ending.transition.reason)
        jobs[row.id] = row
    }

    /// The successors leave the due window with it.
    private mutating func push(_ failed: JobRow) {
        for row in jobs.values
        where row.orderRow == failed.orderRow && row.action == failed.action && row.id > failed.id
            && row.state == .ready && row.runAt < failed.runAt
        {
            jobs[row.id]?.runAt = failed.runAt
        }
    }

    private mutating func change(_ ending: Ending) {
        guard let key = ending.effectKey, let effect = effects[key], effect.job == ending.job.id else { return }
        switch ending.transition.effect {
        case .done: effects[key]?.state = "done"
        case .uncertain: if effect.state != "done" { effects[key]?.state = "uncertain" }
        case .cleared: if effect.state == "started" { effects[key] = nil }
        case .open: break
        }
    }

    mutating func release(_ released: [(job: Job, delay: Int64)], at now: Int64) -> Set<Int64> {
        var moved: Set<Int64> = []
        for (job, delay) in released {
            guard var row = jobs[job.id], holds(job) else { continue }
            moved.insert(row.id)
            row.state = .ready
            row.attempt = max(row.attempt - 1, 0)
            if delay > 0 { row.runAt = now + delay * 1000 }
            (row.token, row.leaseUntil) = (nil, nil)
            jobs[row.id] = row
            // Its attempt is not counted, and has the next number.
            if delay == 0 { attempts.append(AttemptRow(job: row.id, attempt: row.tries + 1, outcome: "released")) }
        }
        return moved
    }
}
