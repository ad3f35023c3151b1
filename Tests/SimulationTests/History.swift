import Ledger
import LocalStack
import Platform
import Postgres
import Rules
import Settings
import Testing
import Webhooks

@testable import Jobs
@testable import LedgerSimulation

/// One random history, told to the model and to a real Postgres: answers and rows must be equal.
///
/// Time passes in thousands of seconds, by taking them off what Postgres has stored, so the seconds that the test takes do
/// not matter.
final class History {
    private static let actions = ["ops", "mail"]
    private static let maxAttempts = 3
    private static let passing: Int64 = 1_000_000_000

    private var random: SplitMix64
    private var model: ModelStore
    private var clock: Int64
    private let deliveries = RealDeliveries()
    private let writer: LedgerWriter
    private let superuser: Connection
    private let batch: Connection
    private let person: Connection
    private var claimer = Claimer()
    /// The claims of both sides, by job; also those that have been lost.
    private var claims: [(real: Job, model: Job)] = []
    private var lastEvent: Int64 = 0
    private(set) var operations: [String: Int] = [:]
    /// Where Postgres and the model did not do the same.
    private(set) var differences: [String] = []

    /// - Parameter plant: a fault of the model.
    init(seed: UInt64, plant: Plant? = nil) throws {
        random = SplitMix64(seed: seed)
        model = ModelStore(plant: plant)
        let database = try SharedCluster.migratedDatabase()
        func connect(_ role: String) throws -> Connection {
            try Connection(
                conninfo: try SharedCluster.get().conninfo(user: role, database: database),
                applicationName: "hookledger-tests", settings: [("search_path", "hookledger")],
                queryDeadline: .seconds(30))
        }
        superuser = try connect("postgres")
        person = try connect("postgres")
        batch = try connect("hookledger_batch")
        writer = LedgerWriter(
            conninfo: try SharedCluster.get().conninfo(user: "hookledger_ingest", database: database),
            deadline: .seconds(20))
        clock = deliveries.now.microseconds
        model.lastEventID = try number("select coalesce(pg_sequence_last_value('event_ids'), 0)")
        model.lastJobID = try number(
            "select coalesce(pg_sequence_last_value(pg_get_serial_sequence('jobs', 'job_id')::regclass), 0)")
    }

    func play(_ count: Int) throws {
        for _ in 0..<count {
            clock += 1
            switch Int.random(in: 0..<12, using: &random) {
            case 0...2: try record()
            case 3...5: try claim()
            case 6: try finish()
            case 7: try begin()
            case 8: try release()
            case 9: try beat()
            case 10: try rescue()
            default: try pass()
            }
        }
        try compareRows()
    }

    private func note(_ operation: String) { operations[operation, default: 0] += 1 }

    // MARK: Operations

    private func record() throws {
        var events: [Int64: SimDelivery] = [:]
        var orders: Set<Int64> = []
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let order = Int64.random(in: 1...5, using: &random)
            if !orders.insert(order).inserted { continue }
            let known = model.events.values.filter { $0.order == order }.map(\.event).sorted()
            let event: Int64
            if let again = known.randomElement(using: &random), Int.random(in: 0..<3, using: &random) == 0 {
                event = again
            } else {
                lastEvent += 1
                event = lastEvent
            }
            events[event] = delivery(event, order)
        }
        let batch = events.values.sorted { $0.event < $1.event }
        let locked = Int.random(in: 0..<3, using: &random) == 0 ? batch.randomElement(using: &random)?.order : nil
        if let locked {
            try person.execute("begin")
            _ = try person.query("select from orders where order_id = $1 for update", [.text("\(locked)")])
            note("locked")
        }
        let real = writer.recordOnce(try batch.map { try deliveries.recordable($0, maxAttempts: Self.maxAttempts) })
        if locked != nil { try person.execute("rollback") }
        let expected = model.record(
            batch, locked: { $0 == locked }, maxAttempts: Self.maxAttempts, receivedAt: clock, at: clock)
        for (real, expected) in zip(real, expected) {
            switch real {
            case .success(let receipt):
                hold("event", receipt.eventID, expected?.eventID)
                hold("duplicate", receipt.isDuplicate, expected?.isDuplicate)
                note(receipt.isDuplicate ? "duplicate" : "stored")
            case .failure(.busy):
                hold("busy", true, expected == nil)
                note("busy")
            case .failure(let failure): differences.append("recording failed: \(failure)")
            }
        }
    }

    /// An event's order, time, status and actions follow from its number.
    private func delivery(_ event: Int64, _ order: Int64) -> SimDelivery {
        let known = model.events.values.first { $0.event == event }
        var delivery = SimDelivery(
            request: event, event: event, order: known?.order ?? order, occurredAt: event * 7 % 1009,
            status: event % Int64(RealDeliveries.statuses.count))
        delivery.actions = event % 5 == 0 ? [] : event % 3 == 0 ? Self.actions : [Self.actions[Int(event % 2)]]
        return delivery
    }

    private func claim() throws {
        let limit = Int.random(in: 1...8, using: &random)
        let crowded = Int.random(in: 0..<4, using: &random) == 0 ? ["mail"] : []
        if Int.random(in: 0..<4, using: &random) == 0 {
            hold("suspects", try Claimer.hasSuspects(on: batch), model.hasSuspects(at: clock))
            let real = try claimer.claimSuspect(on: batch)
            compare(real.map { [$0] } ?? [], model.claimSuspect(at: clock).map { [$0] } ?? [])
            if real != nil { note("suspect") }
            return
        }
        // The floors of one claimer leave out what lies before them for two seconds; here, time passes at once.
        claimer = Claimer()
        let real = try claimer.claim(limit: limit, but: crowded, now: clock / 1000, on: batch)
        compare(real, model.claim(limit: limit, but: crowded, at: clock))
    }

    private func compare(_ real: [Job], _ expected: [Job]) {
        func facts(_ jobs: [Job]) -> [[Int64]] {
            jobs.map { [$0.id, Int64($0.attempt), Int64($0.uncounted), Int64($0.maxAttempts), $0.eventID] }
        }
        hold("claim", facts(real), facts(expected))
        claims += zip(real, expected).map { (real: $0, model: $1) }
        for _ in real { note("claimed") }
    }

    /// Some claims, most of them the last of their job.
    private func some() -> [(real: Job, model: Job)] {
        var chosen: [Int64: (real: Job, model: Job)] = [:]
        for claim in claims.reversed() where Int.random(in: 0..<3, using: &random) == 0 && chosen[claim.real.id] == nil
        {
            chosen[claim.real.id] = claim
        }
        return chosen.values.sorted { $0.real.id < $1.real.id }
    }

    private func key(_ job: Job) -> String { "\(job.action):\(job.eventID)" }

    private func begin() throws {
        let some = some()
        if some.isEmpty { return }
        func starts(_ jobs: [Job]) -> [EffectStart] {
            jobs.map { EffectStart(key: key($0), job: $0, requestHash: [1]) }
        }
        let real = try Effects.begin(starts(some.map(\.real)), on: batch)
        hold("begun effects", real, model.begin(starts(some.map(\.model))))
        for state in real.values { note("effect \(state)") }
    }

    private func finish() throws {
        let some = some()
        if some.isEmpty { return }
        let transitions = some.map { _ in transition() }
        func endings(_ jobs: [Job]) -> [Ending] {
            zip(jobs, transitions).map { job, transition in
                Ending(
                    job: job, transition: transition, effectKey: key(job), requestID: nil, destination: nil,
                    status: nil,
                    startedAt: 0, firstByteAt: nil, finishedAt: 0)
            }
        }
        let real = try Finisher.write(endings(some.map(\.real)), now: 0, on: batch)
        hold("finished", real, model.finish(endings(some.map(\.model)), at: clock))
        note(real.count < some.count ? "fenced" : "finished")
    }

    private func transition() -> Transition {
        let outcomes: [Outcome] = [
            .done(), .skipped("no"), .bury("bad"), .retry(counted: true, reason: "500"),
            .retry(counted: false, reason: "503"), .unanswered("lost"),
        ]
        let outcome = outcomes[Int.random(in: 0..<outcomes.count, using: &random)]
        let doubt: ActionKind.Doubt = Bool.random(using: &random) ? .settled : .reported
        var transition = Transition(
            outcome,
            of: Job(
                id: 0, action: "", kind: "", purpose: .rule(""), attempt: 1, maxAttempts: 9, eventID: 0,
                eventReceivedAt: 0, leaseToken: 0), policy: .standard, doubt: doubt, chance: 0)
        if case .again(_, let counted) = transition.fate {
            let delay = Self.passing / 1000 * Int64.random(in: 1...3, using: &random) - 500_000
            transition.fate = .again(after: delay, counted: counted)
        }
        return transition
    }

    private func release() throws {
        let some = some().map { ($0, delay: Bool.random(using: &random) ? 0 : Self.passing / 1000 - 500_000) }
        if some.isEmpty { return }
        let real = try Finisher.release(some.map { (job: $0.0.real, delay: $0.delay) }, on: batch)
        hold("released", real, model.release(some.map { (job: $0.0.model, delay: $0.delay) }, at: clock))
        note("released")
    }

    private func beat() throws {
        let some = some()
        if some.isEmpty { return }
        hold("beaten", try Leases.beat(some.map(\.real), on: batch), model.beat(some.map(\.model), at: clock))
        note("beaten")
    }

    private func rescue() throws {
        let real = try Leases.rescue(on: batch)
        let expected = model.rescue(delay: 0, at: clock)
        hold("rescued", real.ready.sorted(), expected.ready)
        hold("buried", real.dead.sorted(), expected.dead)
        // Postgres spreads them over a fifth of a second.
        _ = try superuser.query(
            "update jobs set run_at = now() where job_id = any ($1::bigint[])", [.bigints(real.ready)])
        if !real.ready.isEmpty { note("rescued") }
        if !real.dead.isEmpty { note("buried") }
    }

    private func pass() throws {
        clock += Self.passing
        _ = try superuser.query(
            """
            update jobs set run_at = run_at - interval '1000 s', lease_until = lease_until - interval '1000 s',
                first_failed_at = first_failed_at - interval '1000 s'
            """)
        note("passed")
    }

    // MARK: Rows

    private func number(_ sql: String) throws -> Int64 { try superuser.query(sql).only().bigint(0) }

    private func rows(_ sql: String) throws -> [String] {
        var rows: [String] = []
        for row in try superuser.query(sql) { rows.append(try row.text(0)) }
        return rows.sorted()
    }

    private func hold<Value: Equatable>(_ what: String, _ real: Value, _ expected: Value) {
        if real != expected { differences.append("\(what): Postgres has \(real), the model \(expected)") }
    }

    private func compareRows() throws {
        hold(
            "jobs",
            try rows(
                """
                select concat_ws(' ', job_id, action, state, attempt, uncounted, event_id, lease_token is not null)
                from jobs
                """),
            model.jobs.values.map { job in
                "\(job.id) \(job.action) \(job.state.rawValue) \(job.attempt) \(job.uncounted) \(job.eventID) "
                    + (job.token == nil ? "f" : "t")
            }.sorted())
        hold(
            "effects",
            try rows("select concat_ws(' ', effect_key, state, job_id) from effects"),
            model.effects.map { "\($0.key) \($0.value.state) \($0.value.job)" }.sorted())
        hold(
            "attempts",
            try rows("select concat_ws(' ', job_id, attempt, outcome) from job_attempts"),
            model.attempts.map { "\($0.job) \($0.attempt) \($0.outcome)" }.sorted())
        hold(
            "events",
            try rows("select concat_ws(' ', id, request_id) from events"),
            model.events.values.map { "\($0.id) event-\($0.event)" }.sorted())
        hold(
            "orders",
            try rows("select concat_ws(' ', order_id, order_data ->> 'status') from orders"),
            model.orders.map { "\($0.key) \(RealDeliveries.statuses[Int($0.value.status)])" }.sorted())
    }
}
