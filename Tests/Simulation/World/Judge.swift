import Ledger

/// What the outside world knows, and the rules that must hold at every step.
final class Judge {
    let world: World
    let server: Server
    let spool: SimSpool
    private var answered: [Int64: Int] = [:]
    /// The events that were answered 2xx.
    private(set) var acknowledged: Set<Int64> = []
    /// Events that were set aside for a person.
    private(set) var aside: Set<Int64> = []
    /// What each destination has done, by effect key.
    private(set) var done: [String: Int] = [:]
    /// How many effects happened twice because Postgres' clock went forward during the call.
    private(set) var afterClockSteps = 0
    /// What runs at this moment, by job: the run and the claim.
    private var claims: [Int64: Int64] = [:]

    init(_ world: World, _ server: Server, _ spool: SimSpool) {
        self.world = world
        self.server = server
        self.spool = spool
    }

    private func require(_ holds: Bool, _ rule: String, _ detail: @autoclosure () -> String) throws(Violation) {
        if !holds { throw Violation(rule: rule, detail: detail()) }
    }

    /// An answer leaves the responder.
    func answer(_ delivery: SimDelivery, _ status: Int64, startedAt: Int64, isPunctual: Bool) throws(Violation) {
        let count = answered[delivery.request, default: 0]
        try require(count == 0, "a request is answered once", "request \(delivery.request)")
        answered[delivery.request] = 1
        let seconds = Double(world.now - startedAt) / 1_000_000_000
        try require(
            !isPunctual || seconds < 2.6, "a request is answered in time", "request \(delivery.request), \(seconds) s")
        guard status == 200 else { return }
        try require(
            isKept(delivery.event), "2xx means stored or spooled",
            "request \(delivery.request), event \(delivery.event)")
        acknowledged.insert(delivery.event)
    }

    private func isKept(_ event: Int64) -> Bool {
        server.store.receipts[event] != nil || spool.has(event) || aside.contains(event)
    }

    func setAside(_ event: Int64) { aside.insert(event) }

    /// A destination has done what a request asked for.
    /// - Parameter takesTwiceAsOne: whether it does a repeated request only once.
    func effect(_ key: String, takesTwiceAsOne: Bool) throws(Violation) {
        if takesTwiceAsOne, done[key] != nil { return }
        done[key, default: 0] += 1
        // The limit of a lease by one clock (docs/RELIABILITY.md).
        if key.hasPrefix("asks"), done[key] != 1, server.hadShortLease(key) {
            afterClockSteps += 1
            return
        }
        try require(done[key] == 1, "an effect happens once", key)
    }

    /// A claim took jobs.
    func claimed(_ jobs: [(id: Int64, token: Int64)]) throws(Violation) {
        for job in jobs { claims[job.id] = job.token }
        if jobs.isEmpty { return }
        let running = server.store.jobs.values.filter { $0.state == .running }
        for job in jobs {
            guard let row = server.store.jobs[job.id] else { continue }
            let others = running.filter {
                $0.orderRow == row.orderRow && $0.action == row.action && $0.id != row.id
            }
            try require(others.isEmpty, "jobs of one order and action run one after another", "job \(job.id)")
        }
    }

    /// The end of an attempt was written.
    func moved(_ id: Int64, by token: Int64) throws(Violation) {
        try require(
            claims[id] == token, "only the claim that holds a job changes it",
            "job \(id), claim \(token) of \(claims[id] ?? 0)")
    }

    /// Orders take their events in the order of arrival; within one life of the responder.
    func inOrder(_ last: Int64?, _ next: Int64, of order: Int64) throws(Violation) {
        try require(
            last.map { $0 < next } ?? true, "an order's deliveries are stored in their order of arrival",
            "order \(order): \(next) after \(last ?? 0)")
    }

    /// Nothing is left to do.
    func drained() throws(Violation) {
        let store = server.store
        for event in acknowledged.sorted() {
            try require(
                store.receipts[event] != nil || aside.contains(event), "what was acknowledged is in the ledger",
                "event \(event)")
        }
        let rows = store.events.values.sorted { $0.id < $1.id }
        try require(Set(rows.map(\.event)).count == rows.count, "an event is stored once", "\(rows.count) rows")
        for row in rows {
            for action in row.actions { try judge(row, action) }
        }
    }

    private func judge(_ row: ModelStore.EventRow, _ action: String) throws(Violation) {
        let key = "\(action):\(row.id)"
        let job = server.store.jobs.values.first { $0.eventID == row.id && $0.action == action }
        let effect = server.store.effects[key]?.state
        let happened = done[key] != nil
        try require(job == nil || job?.state == .dead, "every job comes to an end", key)
        if job == nil {
            try require(
                effect == "done" && happened, "a job that is done had its effect", "\(key): \(effect ?? "no row")")
        } else if happened {
            // A dead letter whose effect may have happened says so.
            try require(effect != nil, "an effect that may have happened is known", "\(key): dead, no row")
        }
    }
}
