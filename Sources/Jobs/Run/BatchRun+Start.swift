import Outbound
import Platform
import Postgres
import Settings
import Webhooks

extension BatchRun {
    /// Starts the jobs whose turn has come: reads what they are about, asks the conditions, begins the effects.
    func startDue(_ now: Int64) {
        let due = held.values.filter { $0.isDue(now) }.map(\.job).sorted { $0.id < $1.id }
        guard !due.isEmpty else { return }
        let inMemory = held.values.reduce(0) { $0 + ($1.subject?.event.body.count ?? 0) }
        let budget = max(0, options.bodyBudget - inMemory)
        guard
            let subjects = session.attempt(
                now: now,
                { (connection) throws(PostgresError) in
                    try SubjectLoader.load(
                        due, needsBody: { actions[$0.action]?.needsBody == true }, budget: budget, on: connection)
                })
        else { return }
        var called: [JobSubject] = []
        for job in due {
            held[job.id]?.startedAt = now
            if subjects[job.id]?.event.isBodyLeftOut == true, actions[job.action]?.needsBody == true {
                held[job.id]?.stage = .waiting(until: now + 50)
                continue
            }
            let subject = subjects[job.id].map(conditions.view) ?? job.alertSubject
            held[job.id]?.subject = subject
            guard actions[job.action] != nil else {
                end(job, .retry(counted: false, reason: "the configuration has no action \(job.action)"))
                continue
            }
            guard let subject else {
                end(job, .bury("the event is not stored any more"))
                continue
            }
            if let objection = conditions.objection(to: subject) {
                end(job, .skipped(objection))
                continue
            }
            if let reason = conditions.hold(on: subject) {
                held[job.id] = nil
                holds.append((job, reason))
                continue
            }
            called.append(subject)
        }
        guard let kept = keptKeys(of: called, now) else { return }
        var starts: [Start] = []
        for var subject in called {
            let job = subject.job
            guard let action = actions[job.action] else { continue }
            subject.keptKey = kept[job.id]
            held[job.id]?.subject = subject
            let step = action.begin(subject, now: Self.wallClock())
            if case .send(let call, let doubt, let then) = step {
                let send = Send(call: call, doubt: doubt, then: then)
                starts.append(Start(job: job, action: action, send: send, key: effectKey(of: action, subject)))
            } else if let holding = held[job.id] {
                goOn(holding, step, nil)
            }
        }
        begin(starts, now)
    }

    /// Under which earlier key each effect is kept already, by the job's id.
    /// - Returns: nil when the database could not be asked: then all stay in waiting and are started anew.
    private func keptKeys(of subjects: [JobSubject], _ now: Int64) -> [Int64: String]? {
        let able = subjects.compactMap { subject in
            actions[subject.job.action].map { (subject, $0, $0.earlierEffectKeys(for: subject)) }
        }.filter { !$0.2.isEmpty }
        if able.isEmpty { return [:] }
        return session.attempt(now: now) { (connection) throws(PostgresError) in
            let events = try Effects.earlierEvents(of: able.map(\.0), on: connection)
            return try Effects.kept(
                able.map { subject, action, keys in
                    let others = (events[subject.job.id] ?? []).filter { $0 != subject.event.id }.flatMap { event in
                        var earlier = subject
                        earlier.event.id = event
                        return action.earlierEffectKeys(for: earlier)
                    }
                    return (subject.job, keys + others.filter { !keys.contains($0) })
                }, on: connection)
        }
    }

    /// The effect's key; in a replay that repeats effects, one of its own.
    private func effectKey(of action: any Action, _ subject: JobSubject) -> String? {
        guard let key = subject.keptKey ?? action.effectKey(for: subject) else { return nil }
        return subject.job.again.map { "\(key):again:\($0)" } ?? key
    }

    /// A job that is ready to go out.
    private struct Start {
        let job: Job
        let action: any Action
        let send: Send
        let key: String?
    }

    private func begin(_ starts: [Start], _ now: Int64) {
        // Each that goes has its place at the destination before the next one asks.
        let starts = starts.filter { start in
            held[start.job.id]?.destination = start.send.call.destination
            let goes = mayGo(start.job, to: start.send.call.destination, now)
            held[start.job.id]?.hasPlace = goes
            return goes
        }
        let keyed = starts.compactMap { start in
            start.key.map { EffectStart(key: $0, job: start.job, requestHash: start.send.call.hash) }
        }
        // When this fails, all stay in waiting and are started anew.
        guard
            let states = keyed.isEmpty
                ? [:]
                : session.attempt(
                    now: now, { (connection) throws(PostgresError) in try Effects.begin(keyed, on: connection) })
        else {
            for start in starts { held[start.job.id]?.hasPlace = false }
            return
        }
        for start in starts {
            held[start.job.id]?.effectKey = start.key
            guard start.key != nil else {
                send(start.send, for: start.job)
                continue
            }
            switch states[start.job.id] ?? .leaseLost {
            case .begun: send(start.send, for: start.job)
            case .doubtful: resolve(start.job, start.action, start.send)
            case .done: end(start.job, .done(), reason: "the effect had happened before")
            case .uncertain:
                end(start.job, .bury("the effect is uncertain: it may have happened, a person must decide"))
            case .busy:
                end(start.job, .retry(after: 5000, counted: false, reason: "another job has begun the same effect"))
            case .leaseLost: drop(start.job)
            }
        }
    }

    /// The effect was begun before, and nobody wrote how it ended.
    private func resolve(_ job: Job, _ action: any Action, _ next: Send) {
        switch action.kind.doubt == .reported ? .report : next.doubt {
        case .repeatable: send(next, for: job)
        case .ask(let inquiry): send(.request(inquiry.request), for: job, .asking(inquiry, before: next))
        case .report: end(job, .unanswered("a worker was lost during the call"), doubt: .reported)
        }
    }

    func send(_ next: Send, for job: Job) { send(next.call, for: job, .inFlight(next)) }

    private func send(_ call: Call, for job: Job, _ stage: Held.Stage) {
        held[job.id]?.stage = stage
        held[job.id]?.steps += 1
        held[job.id]?.startedAt = Self.now()
        tickets[call.start(client)] = job.id
    }

    static func wallClock() -> Timestamp { Timestamp(microseconds: SystemClock.wallMicroseconds()) }

    /// Another claim has the job: whatever comes of it here is not written.
    func drop(_ job: Job) {
        let holding = held.removeValue(forKey: job.id)
        wakeNext(for: holding?.destination)
        report.leasesLost += 1
        log.leaseLost(job)
    }
}
