import Ledger
import Postgres
import Settings
import Testing
import Webhooks

/// What one bad body costs the deliveries that arrive with it, in simulated time: a batch takes 2 ms, and the deadline is
/// watched.
@Suite struct SuspectTests {
    private enum Fault { case slow, ending }

    private struct Item: Committable {
        let number: Int
        let startedAt: Int64
        let isSuspect: Bool
        var conflictKeys: [ConflictKey] { [.event(source: "s", key: Array("\(number)".utf8))] }
    }

    /// One committer and its line.
    private struct Responder {
        let fault: Fault
        var state = CommitState<Item>(committers: 1)
        var committer = CommitterState<Item>()
        var failures = FailedDeliveries()
        var now: Int64 = 0
        /// How many deliveries each transaction had that failed for the bad body.
        var costly: [Int] = []
        var stored: Set<Int> = []
        var lostStores = 0

        static let bad = 0
        static let deadline: Int64 = 2_000_000_000

        /// They arrive at the same moment, the bad one in the middle; returns when all are answered.
        mutating func receive(_ numbers: [Int]) {
            (stored, costly, lostStores) = ([], [], 0)
            _ = state.storeIsReachable()
            for number in numbers {
                let key = ConflictKey.event(source: "s", key: Array("\(number)".utf8))
                _ = state.submit(Item(number: number, startedAt: now, isSuspect: failures.isSuspect(key)))
            }
            for _ in 0..<10_000 {
                switch state.next(limit: 256, until: now, at: now) {
                case .gather?: record(state.gathered(limit: 256, at: now))
                case .batch(let batch)?: record(batch)
                default: return
                }
            }
        }

        private mutating func record(_ batch: CommitState<Item>.Batch) {
            var plan = RecordPlan(
                count: batch.deliveries.count, wereBusy: batch.wereBusy, from: now, until: now + Self.deadline)
            var session = RecordPlan.Session(isUsable: true, hasRecorded: true)
            while true {
                switch plan.next(session, at: now) {
                case .send(let places, _, let time):
                    let isBad = places.contains { batch.deliveries[$0].number == Self.bad }
                    if isBad { costly.append(places.count) }
                    now += isBad && fault == .slow ? time.wholeNanoseconds : 2_000_000
                    if isBad, fault == .ending { session.isUsable = false }
                    plan.heard(isBad ? .failure(error) : .success(places.map { .success(receipt($0)) }), at: now)
                case .closeSession: session = RecordPlan.Session(isUsable: true, hasRecorded: false)
                case .finished(let results): return end(batch, results)
                }
                expire()
            }
        }

        private var error: PostgresError {
            switch fault {
            case .slow: PostgresError(state: .queryCanceled, message: "timeout")
            case .ending: PostgresError(message: "the connection was lost", connectionLost: true)
            }
        }

        private func receipt(_ place: Int) -> Receipt {
            Receipt(eventID: Int64(place) + 1, orderRow: nil, isDuplicate: false)
        }

        private mutating func end(_ batch: CommitState<Item>.Batch, _ results: [Result<Receipt, RecordFailure>]) {
            let outcome = CommitOutcome(state.end(batch, busy: [], at: now).deliveries, results)
            for (delivery, _) in outcome.recorded {
                stored.insert(delivery.number)
                failures.recorded(delivery.conflictKeys[0])
            }
            fail(outcome.unavailable + outcome.failed.map(\.delivery))
            let facts = CommitterState<Item>.Facts(
                isStoreReachable: true, isCanaryDue: false, othersStore: false, isClosed: false)
            let event = CommitterState<Item>.Event.recorded(lost: outcome.lost, mayBeAlone: batch.isSuspect)
            if case .loseStore = committer.next(after: event, facts) {
                lostStores += 1
                _ = state.storeIsUnreachable()
            }
            expire()
        }

        private mutating func expire() { fail(state.expired(before: now - Self.deadline).slow) }

        private mutating func fail(_ deliveries: [Item]) {
            for delivery in deliveries { _ = failures.failed(delivery.conflictKeys[0], wasTried: true) }
        }
    }

    /// The first time it is unknown which delivery it is. From then on it costs no other anything.
    @Test(arguments: [1, 40, 255]) func aSlowBodyCostsOthersOneTryAtMost(others: Int) {
        var responder = Responder(fault: .slow)
        responder.receive([1, 2, 0] + (3...others + 2))
        for round in 1...4 {
            let innocents = (1...others + 2).map { $0 + round * 1000 }
            responder.receive(Array(innocents[..<(others / 2)]) + [0] + innocents[(others / 2)...])
            #expect(responder.stored == Set(innocents), "round \(round)")
            #expect(responder.costly == [1], "round \(round)")
        }
    }

    /// A body that ends its session does not lose the store for others.
    @Test func aBodyThatEndsItsSessionCostsOthersOneTryAtMost() {
        var responder = Responder(fault: .ending)
        responder.receive([1, 0, 2])
        #expect(responder.lostStores == 1)
        responder.receive([3, 0, 4, 1, 2])
        #expect(responder.stored == [1, 2, 3, 4])
        #expect(responder.lostStores == 0)
    }

    /// The database was not asked about it: after an outage of a cell, its deliveries are committed together.
    @Test func aDeliveryOfACellThatIsAwayWasNotTried() {
        let outcome = CommitOutcome([Item(number: 1, startedAt: 0, isSuspect: false)], [.failure(.away)])
        #expect(outcome.away.map(\.number) == [1])
        #expect(outcome.unavailable.isEmpty && outcome.lost == nil)
    }
}
