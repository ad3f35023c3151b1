/// The jobs that this process holds. Nothing but ``all`` walks over all of them: what is asked in every round, or for
/// every job, is kept up to date with each change.
struct JobTable {
    private var jobs: [Int64: Held] = [:]
    /// When each job that waits is due.
    private var waiting: [Int64: Int64] = [:]
    private var transacting: Set<Int64> = []
    private var committing: Set<Int64> = []
    private var destinations: [String: Crowd] = [:]
    /// How many are under way for each account.
    private var accounts: [String: Int] = [:]
    private var alone = 0
    /// How many wait for a place at their destination.
    private(set) var placeless = 0
    /// The bytes of raw bodies in memory.
    private(set) var bodyBytes = 0

    /// The jobs that go to one destination.
    private struct Crowd {
        var underWay = 0
        var others = 0
        /// Those of the others that have not begun.
        var waiting: Set<Int64> = []
        /// How many places have become free since the last look for due jobs.
        var freed = 0
        /// Whose turn it is to take them.
        var turns = ReplayTurns()
    }

    /// What the parts beside `jobs` hold of a job.
    private struct Facts {
        enum Stage { case waiting(Int64), transacting, committing, other }

        let stage: Stage
        let destination: String?
        let account: String?
        let hasPlace: Bool
        let isAlone: Bool
        let bodyBytes: Int

        init(_ held: Held) {
            stage =
                switch held.stage {
                case .waiting(let until): .waiting(until)
                case .transacting: .transacting
                case .committing: .committing
                case .starting, .inFlight, .asking: .other
                }
            destination = held.destination
            account = held.place?.account
            hasPlace = held.hasPlace
            isAlone = held.isAlone
            bodyBytes = held.subject?.event.body.count ?? 0
        }
    }

    var count: Int { jobs.count }
    var isEmpty: Bool { jobs.isEmpty }
    /// In the order of their ids.
    var all: [Held] { jobs.values.sorted { $0.job.id < $1.job.id } }
    var hasOneAlone: Bool { alone > 0 }
    var hasTransactions: Bool { !transacting.isEmpty }
    /// When the next waiting one is due.
    var nextDue: Int64? {
        destinations.values.contains { $0.freed > 0 && !$0.waiting.isEmpty } ? .min : waiting.values.min()
    }

    subscript(id: Int64) -> Held? { jobs[id] }

    mutating func add(_ held: Held) {
        remove(held.job.id)
        jobs[held.job.id] = held
        enter(held.job.id, Facts(held))
    }

    mutating func change(_ id: Int64, _ change: (inout Held) -> Void) {
        guard let place = jobs.index(forKey: id) else { return }
        leave(id, Facts(jobs.values[place]))
        change(&jobs.values[place])
        enter(id, Facts(jobs.values[place]))
    }

    @discardableResult
    mutating func remove(_ id: Int64) -> Held? {
        guard let held = jobs.removeValue(forKey: id) else { return nil }
        leave(id, Facts(held))
        return held
    }

    private mutating func enter(_ id: Int64, _ facts: Facts) {
        switch facts.stage {
        case .waiting(let until): waiting[id] = until
        case .transacting: transacting.insert(id)
        case .committing: committing.insert(id)
        case .other: break
        }
        if facts.isAlone { alone += 1 }
        bodyBytes += facts.bodyBytes
        guard let destination = facts.destination else { return }
        if facts.hasPlace {
            destinations[destination, default: Crowd()].underWay += 1
            if let account = facts.account { accounts[account, default: 0] += 1 }
        } else {
            placeless += 1
            destinations[destination, default: Crowd()].others += 1
            if case .waiting = facts.stage { destinations[destination]?.waiting.insert(id) }
        }
    }

    private mutating func leave(_ id: Int64, _ facts: Facts) {
        switch facts.stage {
        case .waiting: waiting[id] = nil
        case .transacting: transacting.remove(id)
        case .committing: committing.remove(id)
        case .other: break
        }
        if facts.isAlone { alone -= 1 }
        bodyBytes -= facts.bodyBytes
        guard let destination = facts.destination else { return }
        if facts.hasPlace {
            destinations[destination]?.underWay -= 1
            if let account = facts.account { accounts[account]? -= 1 }
        } else {
            placeless -= 1
            destinations[destination]?.others -= 1
            destinations[destination]?.waiting.remove(id)
        }
    }

    /// Those whose time to start has come, replayed ones last.
    mutating func due(_ now: Int64) -> [Job] {
        for (destination, crowd) in destinations where crowd.freed > 0 {
            let asleep = jobs(crowd.waiting.filter { waiting[$0, default: now] > now }).map(\.job)
            let (live, replayed) = (asleep.filter { !$0.isOfReplay }, asleep.filter(\.isOfReplay))
            let turns = min(replayed.count, crowd.turns.due(crowd.freed))
            let woken = (replayed.prefix(turns) + live + replayed.dropFirst(turns)).prefix(crowd.freed)
            destinations[destination]?.freed = 0
            let ofReplays = woken.count(where: \.isOfReplay)
            if !replayed.isEmpty {
                destinations[destination]?.turns.note(live: woken.count - ofReplays, replayed: ofReplays)
            }
            for job in woken { change(job.id) { $0.stage = .waiting(until: now) } }
        }
        let due = jobs(waiting.filter { $0.value <= now }.keys).map(\.job)
        return due.filter { !$0.isOfReplay } + due.filter(\.isOfReplay)
    }

    /// Those whose transaction is next.
    var inTransactions: [Held] { jobs(transacting) }
    /// Those whose change of the database waits to be committed.
    var inCommits: [Held] { jobs(committing) }

    private func jobs(_ ids: some Sequence<Int64>) -> [Held] { ids.sorted().compactMap { jobs[$0] } }

    /// Takes out what has not begun.
    mutating func takeWaiting() -> [Job] {
        let waiting = jobs(waiting.keys).map(\.job)
        for job in waiting { remove(job.id) }
        return waiting
    }

    /// How many jobs are at a destination.
    struct Numbers {
        var underWay = 0
        /// Those of the jobs under way that are for one account.
        var ofAccount = 0
        /// Those that wait for their turn.
        var waiting = 0
    }

    /// How many jobs are under way to a destination, and how many wait for their turn.
    func crowd(at destination: String, account: String? = nil) -> Numbers {
        let here = destinations[destination] ?? Crowd()
        return Numbers(
            underWay: here.underWay, ofAccount: account.flatMap { accounts[$0] } ?? 0, waiting: here.others)
    }

    /// A place at a destination is free: the next job that waits for one is due. When several places are free at once,
    /// each wakes another job.
    mutating func wakeNext(for destination: String?) {
        if let destination { destinations[destination]?.freed += 1 }
    }
}
