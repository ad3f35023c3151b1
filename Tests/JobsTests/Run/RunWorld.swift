import JobsSupport
import Outbound
import Settings
import Webhooks

@testable import Jobs

/// A world for ``RunState``: database, destinations and clock in memory. Waiting costs no time: the clock jumps.
final class RunWorld {
    /// A job that nobody holds.
    private struct Queued {
        var job: Job
        var due: Int64
    }

    private(set) var now: Int64 = 1_000
    /// The calls that went out, each with its time.
    private(set) var sent: [(job: Int64, at: Int64, url: String)] = []
    /// How attempts ended, in the order in which they were written.
    private(set) var endings: [Ending] = []
    private(set) var handedBack: [Int64] = []
    /// The leases that were renewed, each with its time.
    private(set) var beats: [(job: Int64, at: Int64)] = []
    /// How many jobs' subjects were read, and how many claims were made.
    private(set) var loaded = 0
    private(set) var claims = 0
    private(set) var notes: [RunNote] = []
    private(set) var report: RunReport?
    /// The effects by key: `started` or `done`.
    var effects: [String: String] = [:]
    /// Whether Postgres does not answer; told the time.
    var isAway: (Int64) -> Bool = { _ in false }
    /// Whether effects cannot be begun; told the time.
    var failsToBegin: (Int64) -> Bool = { _ in false }
    /// How long the run is stopped while an effect is begun; told the time.
    var isStoppedFor: (Int64) -> Int64 = { _ in 0 }
    /// How long the run is stopped before it reads an answer; told the time.
    var isStoppedBeforeAnswer: (Int64) -> Int64 = { _ in 0 }
    /// How many new jobs a claim finds; told the time.
    var feed: (Int64) -> Int64 = { _ in 0 }
    /// When the run said whether it waits for jobs.
    private(set) var announcements: [(isWaiting: Bool, at: Int64)] = []
    var isStopRaised: (Int64) -> Bool = { _ in false }
    /// What is paused, and how many runs are at work; told the time.
    var surroundings: (Int64) -> Surroundings = { _ in Surroundings() }
    /// The jobs that were held, with the reasons.
    private(set) var holds: [(job: Int64, reason: String)] = []
    /// What a destination answers, and after how long.
    var answer: (_ url: String, _ now: Int64) -> (Reply, after: Int64) = { _, _ in
        (.success(HTTPResponse(status: 200)), 10)
    }

    private var state: RunState
    private var queue: [Queued] = []
    private var made: Int64 = 0
    private var inFlight: [(job: Int64, at: Int64, reply: Reply)] = []
    private var open: [String: Int64] = [:]
    private var awaySince: Int64?

    init(
        _ actions: [any Action], conditions: any ConditionCheck = NoConditions(), seed: UInt64 = 1,
        configure: (inout RunOptions) -> Void = { _ in }
    ) {
        var options = RunOptions()
        options.once = true
        configure(&options)
        state = RunState(
            actions: actions, conditions: conditions, options: options,
            at: Moment(now: now, wall: Timestamp(microseconds: 0)), seed: seed)
    }

    func enqueue(_ count: Int64, action: String = "ops") {
        defer { made += count }
        for id in (made + 1)...(made + count) {
            let job = Job(
                id: id, action: action, kind: "test", purpose: .rule("r"), attempt: 0, maxAttempts: 4, eventID: id,
                eventReceivedAt: 0, leaseToken: 0)
            queue.append(Queued(job: job, due: now))
        }
    }

    /// Lets the run work until it ends, or for a number of rounds.
    func run(rounds: Int = 100_000) -> RunReport? {
        for _ in 0..<rounds where report == nil {
            for phase in Phase.allCases where report == nil { hear(.turn(phase, situation)) }
        }
        return report
    }

    private var situation: Situation {
        awaySince = isAway(now) ? awaySince ?? now : nil
        return Situation(
            isStopRaised: isStopRaised(now), slot: .held, awaySince: awaySince, error: awaySince.map { _ in "away" },
            fatal: nil)
    }

    private func hear(_ event: RunEvent) {
        for command in state.handle(event, Moment(now: now, wall: Timestamp(microseconds: now * 1000))) {
            for event in perform(command) { hear(event) }
        }
    }

    private func perform(_ command: RunCommand) -> [RunEvent] {
        switch command {
        case .send(let call, let id):
            guard case .request(let request) = call else { return [] }
            let (reply, after) = answer(request.url, now)
            sent.append((id, now, request.url))
            inFlight.append((id, now + after, reply))
        case .wait(let milliseconds):
            let limit = now + Int64(max(milliseconds, 1))
            now = max(now, min(limit, inFlight.map(\.at).min() ?? limit))
            let landed = inFlight.filter { $0.at <= now }
            inFlight.removeAll { $0.at <= now }
            if !landed.isEmpty { now += isStoppedBeforeAnswer(now) }
            return landed.map { .landed($0.job, $0.reply) }
        case .cancelAll: for index in inFlight.indices { inFlight[index].at = now }
        case .log(let note): notes.append(note)
        case .finish(let report): self.report = report
        case .count, .progress, .renewSlot, .releaseSlot: break
        case .begin(let starts, let ids):
            now += isStoppedFor(now)
            return [.begun(isAway(now) || failsToBegin(now) ? nil : begin(starts), of: ids)]
        case .takeProbe(_, let id): return [.probed(id, isOurs: !isAway(now))]
        default: return isAway(now) ? [] : ask(command).map { [$0] } ?? []
        }
        return []
    }

    private func ask(_ command: RunCommand) -> RunEvent? {
        switch command {
        case .prepare: return .prepared
        case .rescue: return .rescued(ready: [], dead: [], hasSuspects: false)
        case .beat(let jobs):
            beats += jobs.map { ($0.id, now) }
            return .beaten(still: Set(jobs.map(\.id)))
        case .tellDestination(let change):
            open[change.destination] = change.opened.map { now + $0.wait }
            return .destinationTold
        case .loadDestinations: return .destinations(open.mapValues { (left: max(0, $0 - now), openings: 1) })
        case .loadSurroundings: return .surroundings(surroundings(now))
        case .releaseDecided: return .decided(0)
        case .announce(let isWaiting):
            announcements.append((isWaiting, now))
            return .announced(isWaiting: isWaiting)
        case .claim(let limit, let crowded):
            claims += 1
            let fresh = feed(now)
            if fresh > 0 { enqueue(fresh) }
            let due = queue.filter { $0.due <= now && !crowded.contains($0.job.action) }.prefix(limit).map(\.job.id)
            let taken = queue.filter { due.contains($0.job.id) }.map { queued in
                var job = queued.job
                job.attempt += 1
                return job
            }
            queue.removeAll { due.contains($0.job.id) }
            return .claimed(taken, limit: limit)
        case .load(let jobs, _, _):
            loaded += jobs.count
            return .loaded(
                Dictionary(uniqueKeysWithValues: jobs.map { ($0.id, Self.subject(of: $0)) }), of: jobs)
        case .write(let written):
            for ending in written { end(ending) }
            return .written(Set(written.map(\.job.id)), of: written)
        case .handBack(let jobs):
            for (job, delay) in jobs {
                var job = job
                job.attempt -= 1
                handedBack.append(job.id)
                queue.append(Queued(job: job, due: now + delay))
            }
            return .handedBack(jobs.count, of: jobs.count)
        case .hold(let jobs):
            holds += jobs.map { ($0.job.id, $0.reason) }
            return .held(Set(jobs.map(\.job.id)), of: jobs.count)
        default: return nil
        }
    }

    private func begin(_ starts: [EffectStart]) -> [Int64: EffectState] {
        var states: [Int64: EffectState] = [:]
        for start in starts {
            states[start.job.id] =
                switch effects[start.key] {
                case nil: .begun
                case "done": .done
                default: .doubtful
                }
            effects[start.key] = effects[start.key] ?? "started"
        }
        return states
    }

    private func end(_ ending: Ending) {
        endings.append(ending)
        if let key = ending.effectKey, effects[key] != "done" {
            switch ending.transition.effect {
            case .done: effects[key] = "done"
            case .cleared: effects[key] = nil
            case .open, .uncertain: break
            }
        }
        guard case .again(let delay, let counted) = ending.transition.fate else { return }
        var job = ending.job
        if !counted {
            job.attempt -= 1
            job.uncounted += 1
        }
        queue.append(Queued(job: job, due: now + delay))
    }

    private static func subject(of job: Job) -> JobSubject {
        JobSubject(
            job: job,
            event: JobEvent(
                id: job.eventID, receivedAt: Timestamp(microseconds: 0), source: "shop", provider: "p",
                providerType: "t", type: "order.updated"),
            order: nil)
    }
}
