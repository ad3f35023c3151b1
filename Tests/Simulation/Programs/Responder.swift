import Ledger
import Postgres
import Webhooks

/// One life of the responder. The values that decide are the product's; this only does what they say, one thing at a time.
final class Responder {
    typealias State = CommitterState<SimDelivery>

    let world: World
    let server: Server
    let spool: SimSpool
    let judge: Judge
    var state: CommitState<SimDelivery>
    var condition = StoreCondition()
    var inDoubt = DoubtfulSessions()
    private var failures = FailedDeliveries()
    private(set) var isAlive = true
    private(set) var frozenUntil: Int64 = 0
    private var committers: [Committer] = []
    /// Told the answer when it leaves.
    private var senders: [Int64: (Int64) -> Void] = [:]
    /// The newest delivery of each order that was recorded.
    private var lastOfOrder: [Int64: Int64] = [:]
    private var arrivals: Int64 = 0
    /// Its machine's clock less the true time, in microseconds.
    private let wallOffset: Int64

    /// How long a delivery may wait to be recorded.
    static let deadline: Int64 = 2_000_000_000

    init(_ world: World, _ server: Server, _ spool: SimSpool, _ judge: Judge, committers count: Int) {
        self.world = world
        self.server = server
        self.spool = spool
        self.judge = judge
        wallOffset = server.isHealed || world.happens(900) ? 0 : world.int(-1...1) * 120 * 86_400_000_000
        state = CommitState(committers: count)
        world.note(.responderStarted, Int64(count))
        committers = (0..<count).map { Committer(self, number: $0) }
        for committer in committers { committer.start() }
        watch()
    }

    /// The wall clock of its machine.
    var wall: Timestamp { Timestamp(microseconds: world.now / 1000 + wallOffset) }

    /// Does it later, if this life still lasts then; while it is stopped, when it continues.
    func after(_ nanoseconds: Int64, _ body: @escaping () throws(Violation) -> Void) {
        world.after(nanoseconds) { [self] () throws(Violation) in
            if !isAlive { return }
            if world.now < frozenUntil {
                after(frozenUntil - world.now, body)
            } else {
                try body()
            }
        }
    }

    // MARK: The door

    /// A request arrives, whole and verified.
    /// - Parameter sender: told the status.
    func receive(_ delivery: SimDelivery, _ sender: @escaping (Int64) -> Void) {
        after(0) { [self] () throws(Violation) in
            var delivery = delivery
            delivery.startedAt = world.now
            arrivals += 1
            delivery.arrival = arrivals
            delivery.isSuspect = failures.isSuspect(delivery.conflictKeys[0])
            senders[delivery.request] = sender
            if state.submit(delivery) {
                world.note(.submitted, delivery.request, delivery.order)
                wake()
            } else {
                world.note(.turnedAway, delivery.request)
                try unavailable([delivery])
            }
        }
    }

    /// - Parameter wereTried: whether the store was asked to record them.
    func unavailable(_ deliveries: [SimDelivery], wereTried: Bool = false) throws(Violation) {
        if wereTried { for delivery in deliveries { fail(delivery) } }
        try unrecorded(deliveries.map { ($0, wanted: $0.spools, isOfValues: false) })
    }

    /// It may be the reason. How often it failed is not looked at: in this world nothing is spooled for that.
    private func fail(_ delivery: SimDelivery) { _ = failures.failed(delivery.conflictKeys[0], wasTried: true) }

    func notRecorded(_ failed: [CommitOutcome<SimDelivery>.Failed]) throws(Violation) {
        for one in failed { fail(one.delivery) }
        try unrecorded(failed.map { ($0.delivery, $0.delivery.spools && !$0.isOfValues, $0.isOfValues) })
    }

    private func unrecorded(
        _ deliveries: [(delivery: SimDelivery, wanted: Bool, isOfValues: Bool)]
    ) throws(Violation) {
        let wanted = deliveries.filter(\.wanted).map(\.delivery)
        let isKept = !wanted.isEmpty && (spool.keep(wanted) || world.plant == .fullSpoolIsKept)
        if !wanted.isEmpty { world.note(isKept ? .spooled : .spoolFull, Int64(wanted.count)) }
        condition.spoolWorks = wanted.isEmpty ? condition.spoolWorks : isKept
        for one in deliveries {
            switch UnrecordedAnswer(isKept: isKept && one.wanted, isOfValues: one.isOfValues) {
            case .spooled: try answer(one.delivery, 200)
            case .retryLater: try answer(one.delivery, 503)
            case .refused: try answer(one.delivery, 500)
            }
        }
    }

    func recorded(_ delivery: SimDelivery, _ receipt: Receipt) throws(Violation) {
        failures.recorded(delivery.conflictKeys[0])
        if !receipt.isDuplicate {
            try judge.inOrder(lastOfOrder[delivery.order], delivery.arrival, of: delivery.order)
            lastOfOrder[delivery.order] = delivery.arrival
        }
        try answer(delivery, 200)
    }

    func answer(_ delivery: SimDelivery, _ status: Int64) throws(Violation) {
        world.note(.answered, delivery.request, status)
        try judge.answer(delivery, status, startedAt: delivery.startedAt, isPunctual: frozenUntil < delivery.startedAt)
        // A kill may come between the decision and the write.
        let sender = senders.removeValue(forKey: delivery.request)
        after(world.int(0...300_000)) { sender?(status) }
    }

    // MARK: Committers

    func wake() {
        for committer in committers { committer.wake() }
    }

    func facts(_ number: Int) -> State.Facts {
        State.Facts(
            isStoreReachable: state.isStoreReachable, isCanaryDue: condition.isCanaryDue(at: world.now),
            othersStore: state.othersStore(than: number, at: world.now), isClosed: state.isClosed)
    }

    func loseStore(_ error: PostgresError) throws(Violation) {
        let (waiting, isNews) = state.storeIsUnreachable()
        condition.end(condition.begin(at: world.now), .failed(StoreCondition.Fault(error)), at: world.now)
        if isNews { world.note(.storeLost) }
        try unavailable(waiting)
        wake()
    }

    func storeIsBack(_ number: Int) {
        state.stored(number, at: world.now)
        if state.storeIsReachable() { world.note(.storeBack) }
    }

    private func watch() {
        after(100_000_000) { [self] () throws(Violation) in
            let expired = state.expired(before: world.now - Self.deadline)
            let slow = expired.waiting.count + expired.slow.count
            if slow + expired.busy.count > 0 {
                world.note(.expired, Int64(slow), Int64(expired.busy.count))
                wake()
            }
            try unavailable(expired.waiting)
            try unavailable(expired.slow, wereTried: true)
            try unavailable(expired.busy)
            watch()
        }
    }

    // MARK: Its end

    /// Lets go of what refers to it in a circle.
    func dispose() {
        committers = []
        senders = [:]
    }

    func kill() {
        world.note(.responderKilled)
        isAlive = false
    }

    func freeze(_ nanoseconds: Int64) {
        world.note(.frozen, nanoseconds)
        frozenUntil = max(frozenUntil, world.now + nanoseconds)
    }

    /// It is asked to end: what waits is committed first.
    func close() {
        world.note(.responderClosed)
        state.close()
        wake()
    }

    var hasEnded: Bool { !isAlive || state.isClosed && committers.allSatisfy(\.hasEnded) }
}
