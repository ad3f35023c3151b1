import Webhooks

/// The faults of one seed: how often each kind happens, drawn when it begins.
struct Faults {
    // Out of a thousand.
    let failsBefore: Int
    let failsAfter: Int
    let hangs: Int
    let conflicts: Int
    let answersLost: Int
    let refusals: Int
    let kills: Int
    let freezes: Int
    let poison: Int
    /// Of the database: how many outages, and what else happens while the faults last.
    let outages: Int64
    let fullDisks: Int64
    let rowLocks: Int64
    let clockSteps: Int64
    /// How long faults happen, in seconds.
    let seconds: Int64

    init(_ world: World) {
        func level(_ most: Int) -> Int { world.happens(500) ? 0 : 1 + world.index(most) }
        failsBefore = level(40)
        failsAfter = level(40)
        hangs = level(15)
        conflicts = level(30)
        answersLost = level(200)
        refusals = level(200)
        kills = level(4)
        freezes = level(3)
        poison = level(30)
        func few(_ most: Int64) -> Int64 { world.happens(500) ? 0 : world.int(1...most) }
        outages = few(3)
        fullDisks = few(2)
        rowLocks = few(3)
        clockSteps = few(2)
        seconds = world.int(30...120)
    }
}

/// Postgres as programs reach it: what fails, and when.
final class Server {
    let world: World
    let faults: Faults
    var store: ModelStore
    /// Whether it cannot be reached.
    var isDown = false
    /// Whether its disk is full.
    var isFull = false
    /// Its clock less the true time, in microseconds.
    private(set) var clockOffset: Int64 = 0
    /// The effects of jobs that ran when it went forward by itself: their leases end early.
    private var shortLeases: Set<String> = []
    /// What the responder last reported of its clock.
    var responderClock: Timestamp?
    var lockedOrders: Set<Int64> = []
    var isHealed = false
    /// Transactions whose COMMIT hangs: what they have inserted and locked.
    var hanging: [Int32: [SimDelivery]] = [:]
    private var lastPID: Int32 = 0

    init(_ world: World, _ faults: Faults) {
        self.world = world
        self.faults = faults
        store = ModelStore(plant: world.plant)
    }

    var clock: Int64 { world.now / 1000 + clockOffset }

    func stepClock(by step: Int64) {
        clockOffset += step
        guard step > 0 else { return }
        for job in store.jobs.values where job.state == .running { shortLeases.insert("\(job.action):\(job.eventID)") }
    }

    /// Whether the lease of the job with this effect may have ended early: the clock by which it ends went forward meanwhile.
    func hadShortLease(_ effectKey: String) -> Bool { shortLeases.contains(effectKey) }

    func newPID() -> Int32 {
        lastPID += 1
        return lastPID
    }

    /// How a statement ends.
    enum Fate { case well, before, after, hangs, conflict }

    func fate() -> Fate {
        if isHealed { return .well }
        if world.happens(faults.failsBefore) { return .before }
        if world.happens(faults.failsAfter) { return .after }
        if world.happens(faults.hangs) { return .hangs }
        return world.happens(faults.conflicts) ? .conflict : .well
    }

    /// Weeks are made for times that lie within two weeks of Postgres' clock.
    func hasNoPartition(for time: Timestamp) -> Bool { abs(time.microseconds - clock) > 14 * 86_400_000_000 }

    /// Whether a COMMIT that hangs holds this order's row, or a person's transaction does.
    func isLocked(_ order: Int64) -> Bool {
        lockedOrders.contains(order) || hanging.values.contains { $0.contains { $0.order == order } }
    }

    /// Whether a COMMIT that hangs has inserted one of these keys.
    func hasInDoubt(_ batch: [SimDelivery]) -> Bool {
        hanging.values.contains { other in
            other.contains { one in
                batch.contains { $0.event == one.event || $0.order == one.order && store.orders[one.order] == nil }
            }
        }
    }
}
