import Outbound
import Postgres

/// A job that this process holds.
struct Held: Sendable {
    enum Stage: Sendable {
        /// To be started, not before that time.
        case waiting(until: Int64)
        /// Its first call goes out when its effect is begun.
        case starting(Send)
        /// The call is out.
        case inFlight(Send)
        /// The question whether the effect exists is out, and this is sent if it does not.
        case asking(Inquiry, before: Send)
        /// A transaction of its own is next, one in each round.
        case transacting(@Sendable (Job, Connection) throws(PostgresError) -> Step, Reply?)
        /// Its change of the database waits to be committed.
        case committing(@Sendable (Job, Connection) throws(PostgresError) -> Outcome, Reply?)
    }

    let job: Job
    var stage: Stage
    var subject: JobSubject?
    var effectKey: String?
    var destination: String?
    var startedAt: Int64
    /// How many calls its effect has taken so far.
    var calls = 0
    /// Whether it counts among those that are under way to its destination.
    var hasPlace = false
    /// A job that may kill its worker: nothing else runs beside it.
    var isAlone = false

    init(_ job: Job, until: Int64, now: Int64, alone: Bool) {
        self.job = job
        stage = .waiting(until: until)
        startedAt = now
        isAlone = alone
    }

    /// When it is to be started; nil when it has been.
    var due: Int64? { if case .waiting(let until) = stage { until } else { nil } }

    /// Whether its time to start has come.
    ///
    /// Not inlined: the optimizer of Swift 6.3.1 fails on the comparison inside a loop over jobs.
    @inline(never)
    func isDue(_ now: Int64) -> Bool {
        guard case .waiting(let time) = stage else { return false }
        return time <= now
    }

    var isTransacting: Bool { if case .transacting = stage { true } else { false } }
}

/// The jobs that this process holds.
struct JobTable {
    private var jobs: [Int64: Held] = [:]

    var count: Int { jobs.count }
    var isEmpty: Bool { jobs.isEmpty }
    /// In the order of their ids.
    var all: [Held] { jobs.values.sorted { $0.job.id < $1.job.id } }
    var hasOneAlone: Bool { jobs.values.contains(where: \.isAlone) }
    var hasTransactions: Bool { jobs.values.contains(where: \.isTransacting) }
    /// When the next waiting one is due.
    var nextDue: Int64? { jobs.values.compactMap(\.due).min() }
    /// The bytes of raw bodies in memory.
    var bodyBytes: Int { jobs.values.reduce(0) { $0 + ($1.subject?.event.body.count ?? 0) } }

    subscript(id: Int64) -> Held? { jobs[id] }

    mutating func add(_ held: Held) { jobs[held.job.id] = held }

    mutating func change(_ id: Int64, _ change: (inout Held) -> Void) {
        guard var held = jobs[id] else { return }
        change(&held)
        jobs[id] = held
    }

    @discardableResult
    mutating func remove(_ id: Int64) -> Held? { jobs.removeValue(forKey: id) }

    /// Those whose time to start has come.
    func due(_ now: Int64) -> [Job] { all.filter { $0.isDue(now) }.map(\.job) }

    /// Takes out what has not begun.
    mutating func takeWaiting() -> [Job] {
        let waiting = all.filter { $0.due != nil }.map(\.job)
        for job in waiting { jobs[job.id] = nil }
        return waiting
    }

    /// How many jobs are under way to a destination, and how many wait for their turn.
    func crowd(at destination: String) -> (underWay: Int, waiting: Int) {
        jobs.values.reduce(into: (underWay: 0, waiting: 0)) { crowd, held in
            guard held.destination == destination else { return }
            if held.hasPlace { crowd.underWay += 1 } else { crowd.waiting += 1 }
        }
    }

    /// A place at a destination is free: the next job that waits for one is due. When several places are free at once,
    /// each wakes another job.
    mutating func wakeNext(for destination: String?, now: Int64) {
        guard let destination else { return }
        let asleep = jobs.values.filter { held in
            !held.hasPlace && held.destination == destination && held.due != nil && !held.isDue(now)
        }
        guard let next = asleep.map(\.job.id).min() else { return }
        change(next) { $0.stage = .waiting(until: now) }
    }
}
