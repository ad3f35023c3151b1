import Ledger
import Postgres
import Settings
import Webhooks

/// One committer: waits, gathers, sends and asks as its values say.
final class Committer {
    private typealias State = CommitterState<SimDelivery>

    private let responder: Responder
    private let number: Int
    private var state = State()
    private(set) var hasEnded = false
    /// Until when it waits for a batch; nil while it does something else.
    private var waitsUntil: Int64?
    /// Counts its waits, so that the end of one that is over does nothing.
    private var waits = 0
    private var session = RecordPlan.Session(isUsable: false, hasRecorded: false)
    private var pid: Int32 = 0

    private static let batchLimit = 16

    init(_ responder: Responder, number: Int) {
        self.responder = responder
        self.number = number
    }

    private var world: World { responder.world }
    private var server: Server { responder.server }

    func start() { responder.after(0) { [self] () throws(Violation) in try go(.began) } }

    private func go(_ event: CommitterState<SimDelivery>.Event) throws(Violation) {
        switch state.next(after: event, responder.facts(number)) {
        case .take(let milliseconds): try take(until: world.now + milliseconds * 1_000_000)
        case .record(let batch): record(batch)
        case .ping: ping()
        case .commitCanary: commitCanary()
        case .pause: later(CommitterState<SimDelivery>.pause * 1_000_000, .paused)
        case .loseStore(let error):
            try responder.loseStore(error)
            later(0, .storeLost)
        case .trySpool: later(0, .spoolTried)
        case .end: hasEnded = true
        }
    }

    private func later(_ nanoseconds: Int64, _ event: CommitterState<SimDelivery>.Event) {
        responder.after(nanoseconds) { [self] () throws(Violation) in try go(event) }
    }

    // MARK: Taking

    private func take(until end: Int64) throws(Violation) {
        waitsUntil = end
        try look(until: end)
    }

    /// Something changed: there may be something to take.
    func wake() {
        guard let end = waitsUntil else { return }
        waits += 1
        let wait = waits
        responder.after(0) { [self] () throws(Violation) in
            if waitsUntil != nil, waits == wait { try look(until: end) }
        }
    }

    private func look(until end: Int64) throws(Violation) {
        switch responder.state.next(limit: Self.batchLimit, until: end, at: world.now) {
        case .batch(let batch)?: try took(batch)
        case .gather?:
            waitsUntil = nil
            gather(CommitState<SimDelivery>.gatheringSteps)
        case .end?:
            waitsUntil = nil
            try go(.took(nil))
        case .later(let due)?: sleep(until: due)
        case nil where world.now >= end: try took(CommitState<SimDelivery>.Batch())
        case nil: sleep(until: end)
        }
    }

    private func sleep(until time: Int64) {
        waits += 1
        let wait = waits
        responder.after(time - world.now) { [self] () throws(Violation) in
            if let end = waitsUntil, waits == wait { try look(until: end) }
        }
    }

    private func gather(_ steps: Int) {
        responder.after(Int64(CommitState<SimDelivery>.gatheringStep) * 1000) { [self] () throws(Violation) in
            if steps > 1, !responder.state.isGathered { return gather(steps - 1) }
            let batch = responder.state.gathered(limit: Self.batchLimit, at: world.now)
            responder.wake()
            try took(batch)
        }
    }

    private func took(_ batch: CommitState<SimDelivery>.Batch) throws(Violation) {
        waitsUntil = nil
        try responder.unavailable(batch.turnedAway)
        try go(.took(batch))
    }

    // MARK: Recording

    private func record(_ batch: CommitState<SimDelivery>.Batch) {
        let ticket = responder.condition.begin(at: world.now)
        let plan = RecordPlan(
            count: batch.deliveries.count, wereBusy: batch.wereBusy, from: world.now,
            until: world.now + Responder.deadline)
        proceed(plan, batch, ticket)
    }

    private func proceed(_ plan: RecordPlan, _ batch: CommitState<SimDelivery>.Batch, _ ticket: Int) {
        var plan = plan
        switch plan.next(session, at: world.now) {
        case .send(let places, let patience, let time):
            let deliveries = places.map { batch.deliveries[$0] }
            world.note(.recordSent, Int64(number), Int64(places.count))
            if world.plant == .answerBeforeCommit, places.count == batch.deliveries.count {
                let early = deliveries.map { _ in Receipt(eventID: 1, orderRow: 1, isDuplicate: true) }
                responder.after(0) { [self] () throws(Violation) in
                    for (delivery, receipt) in zip(deliveries, early) { try responder.recorded(delivery, receipt) }
                }
            }
            send(deliveries, patience.wholeNanoseconds, time.wholeNanoseconds) { [self] (answer) throws(Violation) in
                world.note(.recordHeard, Int64(number))
                plan.heard(answer.map { $0.map { $0.map { .success($0) } ?? .failure(.busy) } }, at: world.now)
                proceed(plan, batch, ticket)
            }
        case .closeSession:
            session = RecordPlan.Session(isUsable: false, hasRecorded: false)
            proceed(plan, batch, ticket)
        case .finished(let results):
            responder.after(0) { [self] () throws(Violation) in try finish(batch, results, ticket) }
        }
    }

    private func finish(
        _ batch: CommitState<SimDelivery>.Batch, _ results: [Result<Receipt, RecordFailure>], _ ticket: Int
    ) throws(Violation) {
        note(results, ticket)
        let busy = CommitOutcome<SimDelivery>.busy(results)
        let (underWay, turnedAway) = responder.state.end(batch, busy: busy, at: world.now)
        let kept =
            world.plant == .answeredTwice
            ? batch.deliveries.enumerated().map { busy.contains($0.offset) ? nil : $0.element } : underWay
        let outcome = CommitOutcome(kept, results)
        if outcome.isStored { responder.state.stored(number, at: world.now) }
        for (delivery, receipt) in outcome.recorded { try responder.recorded(delivery, receipt) }
        try responder.unavailable(outcome.unavailable, wereTried: true)
        try responder.unavailable(turnedAway)
        try responder.notRecorded(outcome.failed)
        responder.wake()
        later(world.int(10_000...100_000), .recorded(lost: outcome.lost, mayBeAlone: batch.isSuspect))
    }

    private func note(_ results: [Result<Receipt, RecordFailure>], _ ticket: Int) {
        var end: StoreCondition.End?
        for result in results {
            switch result {
            case .success: end = .stored
            case .failure(let failure):
                if end != .stored, let error = failure.storeFault { end = .failed(StoreCondition.Fault(error)) }
            }
        }
        responder.condition.end(ticket, end, at: world.now)
    }

    // MARK: Over the session

    private typealias Heard = (Result<[Receipt?], PostgresError>) throws(Violation) -> Void

    private static let lost = PostgresError(message: "the connection was lost", connectionLost: true)

    /// Opens a session if there is none.
    /// - Returns: why that cannot be.
    private func connect() -> PostgresError? {
        if server.isDown { return PostgresError(message: "no answer", connectionLost: true) }
        if !session.isUsable {
            session = RecordPlan.Session(isUsable: true, hasRecorded: false)
            pid = server.newPID()
        }
        let asked = responder.inDoubt.pids
        if asked.isEmpty { return nil }
        return responder.inDoubt.heard(atWork: asked.filter { server.hanging[$0] != nil }, of: asked)
    }

    private func loseSession() {
        session.isUsable = false
        responder.inDoubt.add(pid)
    }

    private func send(_ batch: [SimDelivery], _ patience: Int64, _ time: Int64, _ heard: @escaping Heard) {
        func end(_ nanoseconds: Int64, _ answer: Result<[Receipt?], PostgresError>) {
            responder.after(nanoseconds) { () throws(Violation) in try heard(answer) }
        }
        if let error = connect() { return end(world.int(100_000...2_000_000), .failure(error)) }
        let there = world.int(100_000...1_500_000)
        let fate = server.fate()
        if fate == .before {
            loseSession()
            return end(there, .failure(Self.lost))
        }
        if fate == .conflict {
            return end(there, .failure(PostgresError(state: .serializationFailure, message: "conflict")))
        }
        if server.isFull { return end(there, .failure(PostgresError(state: .diskFull, message: "no space"))) }
        if server.hasNoPartition(for: responder.wall) {
            let error = PostgresError(state: .notInPrerequisiteState, message: "no partition")
            return end(there, .failure(error))
        }
        switch batch.first(where: { $0.poison != .none })?.poison {
        case nil, .some(.none): break
        case .values: return end(there, .failure(PostgresError(state: .numericValueOutOfRange, message: "poison")))
        case .trigger: return end(there, .failure(PostgresError(state: SQLState(rawValue: "XX000"), message: "poison")))
        case .slow: return end(time, .failure(PostgresError(state: .queryCanceled, message: "poison")))
        case .ending:
            loseSession()
            return end(there, .failure(Self.lost))
        }
        if fate == .hangs { return hang(batch, end) }
        let pid = pid
        // Not even a kill of the program keeps a statement that was sent from being executed.
        world.after(there) { [self] in
            if server.isDown {
                loseSession()
                return end(0, .failure(Self.lost))
            }
            if server.hasInDoubt(batch) {
                let error = PostgresError(state: .lockNotAvailable, message: "lock timeout")
                return end(patience, .failure(error))
            }
            let receipts = apply(batch)
            if fate == .after || pid != self.pid {
                loseSession()
                return end(world.int(100_000...1_500_000), .failure(Self.lost))
            }
            session.hasRecorded = true
            end(world.int(50_000...1_000_000), .success(receipts))
        }
    }

    private func apply(_ batch: [SimDelivery]) -> [Receipt?] {
        world.note(.recordApplied, Int64(number), Int64(batch.count))
        server.responderClock = responder.wall
        return server.store.record(
            batch, locked: server.isLocked, maxAttempts: Simulation.maxAttempts,
            receivedAt: responder.wall.microseconds, at: server.clock)
    }

    /// The COMMIT hangs: the session is given up after the deadline, and later the transaction is there, or not.
    private func hang(
        _ batch: [SimDelivery], _ end: @escaping (Int64, Result<[Receipt?], PostgresError>) -> Void
    ) {
        if server.hasInDoubt(batch) || batch.contains(where: { server.isLocked($0.order) }) {
            loseSession()
            return end(Responder.deadline, .failure(Self.lost))
        }
        let own = pid
        server.hanging[own] = batch
        let isCommitted = world.happens(700)
        world.after(world.int(500_000_000...20_000_000_000)) { [self] in
            server.hanging[own] = nil
            if isCommitted { _ = apply(batch) }
        }
        loseSession()
        end(Responder.deadline, .failure(Self.lost))
    }

    /// A sign of life.
    private func ping() {
        let error = connect() ?? (server.fate() == .before ? Self.lost : nil)
        if error?.connectionLost == true { session.isUsable = false }
        later(world.int(100_000...2_000_000), .pinged(error))
    }

    private func commitCanary() {
        guard responder.condition.isCanaryDue(at: world.now) else { return later(0, .canaryEnded(nil)) }
        let ticket = responder.condition.begin(at: world.now, isCanary: true)
        responder.after(world.int(200_000...3_000_000)) { [self] () throws(Violation) in
            var error = connect()
            if error == nil, server.isFull { error = PostgresError(state: .diskFull, message: "no space") }
            if error == nil, server.hasNoPartition(for: responder.wall) {
                error = PostgresError(state: .notInPrerequisiteState, message: "no partition")
            }
            if error?.connectionLost == true { session.isUsable = false }
            let fault = error.map { StoreCondition.End.failed(StoreCondition.Fault($0)) }
            responder.condition.end(ticket, fault ?? .stored, at: world.now)
            if error == nil { responder.storeIsBack(number) }
            // A fault that another session cannot cure is no lost store.
            let isLost = error.map { CommitterState<SimDelivery>.isOfSession($0) } ?? false
            try go(.canaryEnded(isLost ? error : nil))
        }
    }
}
