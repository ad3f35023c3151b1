import JobsSupport
import Ledger
import Outbound
import Platform
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

/// Jobs of a paused source, action or destination wait, nothing counts against them, and others are not slower for it.
@Suite(.blocking) struct PauseTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func pause(_ kind: String, _ name: String, milliseconds: Int64? = nil) throws -> Bool {
        try fixture.connect(as: "hookledger_operator").query(
            "select was_paused from hookledger.pause_jobs($1, $2, $3, 'cli:anna', 'repair')",
            [.text(kind), .text(name), .bigint(milliseconds)]
        ).only().bool(0)
    }

    private func resume(_ kind: String, _ name: String) throws -> (Bool, Int64) {
        let row = try fixture.connect(as: "hookledger_operator").query(
            "select was_paused, jobs from hookledger.resume_jobs($1, $2, 'cli:ben', null)", [.text(kind), .text(name)]
        ).only()
        return (try row.bool(0), try row.bigint(1))
    }

    private func action(_ name: String, to destination: String? = nil) -> TestAction {
        var action = TestAction.ending(.done())
        action.name = name
        action.destination = destination
        return action
    }

    @Test(arguments: [
        ("action", "ops"), ("source", "shop"), ("destination", "a.example"), ("destination", "a.example:443"),
    ])
    func jobsWaitAndRunAfterwardsInTheirOrder(_ kind: String, _ name: String) throws {
        let ops = action("ops", to: "a.example:443")
        try fixture.enqueue(6, orders: 2)
        #expect(try !pause(kind, name))
        let report = try fixture.run([ops])
        #expect(report.done == 0 && report.held > 0)
        let hold = "paused:\(kind):\(name)"
        #expect(try fixture.count("jobs", "state = 3 and hold_reason = '\(hold)' and attempt = 0") == 6)
        #expect(try fixture.count("job_attempts") == 0)
        // New ones, also those behind a job that waits.
        try fixture.enqueue(4, orders: 2)
        #expect(try fixture.run([ops]).done == 0)
        #expect(try fixture.count("jobs", "state = 3 and hold_reason = '\(hold)'") == 10)
        #expect(try fixture.count("held_jobs", "hold_reason = '\(hold)'") == 10)
        #expect(try fixture.count("pause_list", "name = '\(name)' and waiting_jobs = 10 and reason = 'repair'") == 1)
        #expect(try resume(kind, name) == (true, 10))
        #expect(try fixture.run([ops]).done == 10)
        #expect(try fixture.count("jobs") == 0)
        let inOrder = """
            select bool_and(ordered) from (
                select job_id > lag(job_id, 1, 0::bigint) over (partition by order_row order by started_at, job_id) as ordered
                from job_attempts) as a
            """
        #expect(try fixture.value(inOrder) == "true")
        #expect(
            try fixture.value(
                "select string_agg(actor || ' ' || action || ' ' || subject, ', ' order by id) from operator_log")
                == "cli:anna pause \(kind):\(name), cli:ben resume \(kind):\(name)")
    }

    /// A run whose claim is over.
    @Test func aLateRunHoldsNothing() throws {
        try fixture.enqueue(2, orders: 1)
        try fixture.superuser.execute(
            "update jobs set state = 1, lease_token = 7, lease_until = now() where job_id = 1")
        let held = "select count(*) from hookledger.hold_jobs('{1}', '{%}', '{paused:action:ops}')"
        let connection = try fixture.connect()
        #expect(try connection.query(held.replacing("%", with: "6")).only().int(0) == 0)
        #expect(try fixture.count("jobs", "state = 3") == 0)
        #expect(try connection.query(held.replacing("%", with: "7")).only().int(0) == 1)
        #expect(try fixture.count("jobs", "state = 3") == 2)
    }

    @Test func othersRunMeanwhile() throws {
        try fixture.enqueue(3, orders: 3, action: "ops")
        try fixture.enqueue(3, orders: 3, action: "kb")
        for (kind, name) in [("action", "ops"), ("source", "other"), ("destination", "b.example")] {
            _ = try pause(kind, name)
        }
        #expect(try fixture.run([action("ops", to: "a.example:443"), action("kb", to: "a.example:443")]).done == 3)
        #expect(try fixture.count("jobs", "action = 'ops'") == 3 && fixture.count("jobs") == 3)
    }

    @Test func aPauseEndsByItself() throws {
        try fixture.enqueue(2)
        _ = try pause("action", "ops", milliseconds: 3_600_000)
        #expect(try fixture.run([action("ops")]).held == 2)
        try fixture.superuser.execute("update pauses set until = now()")
        #expect(try fixture.count("pause_list") == 0)
        #expect(try fixture.run([action("ops")]).done == 2)
        #expect(try fixture.count("pauses") == 0)
    }

    /// The destination is known from the request only.
    @Test func aDestinationThatOnlyRequestsNameIsPaused() throws {
        try fixture.enqueue(2)
        _ = try pause("destination", "127.0.0.1")
        #expect(try fixture.run([TestAction.posting("http://127.0.0.1:9/", doubt: .report)]).held == 2)
        #expect(try fixture.count("jobs", "hold_reason = 'paused:destination:127.0.0.1'") == 2)
        #expect(try fixture.count("effects") == 0)
    }

    @Test func whatAPersonReleasesRunsInSpiteOfThePause() throws {
        try fixture.enqueue(2)
        _ = try pause("action", "ops")
        _ = try fixture.run([action("ops")])
        var one = JobFilter()
        one.ids = [Int64(try fixture.value("select min(job_id) from jobs") ?? "") ?? 0]
        #expect(try HeldJobs.release(one, on: fixture.connect(as: "hookledger_operator")) == one.ids)
        #expect(try fixture.run([action("ops")]).done == 1)
        #expect(try fixture.count("jobs", "state = 3") == 1)
    }

    /// Pause and resume of several people at once: each is logged, and one state is left.
    @Test func concurrentPausesAndResumesLeaveOneState() throws {
        let conninfo = try fixture.conninfo("hookledger_operator")
        let faults = Locked<[String]>([])
        let threads = try (0..<6).map { number in
            try Thread(name: "pause-\(number)") {
                do {
                    let connection = try Connection(conninfo: conninfo, applicationName: "hookledger-tests")
                    for _ in 0..<20 {
                        _ = try connection.query(
                            number % 2 == 0
                                ? "select hookledger.pause_jobs('action', 'ops', null, 'a', null)"
                                : "select hookledger.resume_jobs('action', 'ops', 'b', null)")
                    }
                } catch { faults.withLock { $0.append("\(error)") } }
            }
        }
        for thread in threads { thread.join() }
        #expect(faults.withLock { $0 } == [])
        let (pauses, resumes) = (
            try fixture.count("operator_log", "action = 'pause'"),
            try fixture.count("operator_log", "action = 'resume'")
        )
        #expect(pauses == 60 && resumes <= 60)
        _ = try pause("action", "ops")
        #expect(try resume("action", "ops").0 && resume("action", "ops") == (false, 0))
    }

    /// A job whose call is out when the pause begins ends; its retry waits.
    @Test func aCallThatIsOutEnds() throws {
        let world = RunWorld([TestAction.posting("http://a.example/", doubt: .report)]) { $0.once = false }
        world.enqueue(3)
        world.answer = { _, now in (.success(.init(status: now < 1_500 ? 500 : 200)), 2000) }
        world.surroundings = { now in
            Surroundings(pauses: now > 1_500 ? Pauses([("destination", "a.example")]) : Pauses())
        }
        _ = world.run()
        #expect(world.sent.count == 3 && world.endings.count == 3 && world.holds.count == 3)
        #expect(world.holds.allSatisfy { $0.reason == "paused:destination:a.example" })
    }

    /// Of a job that stands for many events one a key waits, about the newest event.
    @Test func ofSharedJobsOneAKeyWaits() throws {
        for _ in 0..<3 {
            try fixture.enqueue(1)
            try fixture.superuser.execute("update jobs set unique_key = 'k' where state = 0")
            _ = try pause("action", "ops")
            _ = try fixture.run([action("ops")])
        }
        #expect(try fixture.count("jobs", "state = 3 and event_id = (select max(id) from events)") == 1)
        #expect(try fixture.count("jobs") == 1 && fixture.count("job_attempts", "outcome = 'skipped'") == 2)
        _ = try resume("action", "ops")
        #expect(try fixture.run([action("ops")]).done == 1)
    }

    /// 100,000 jobs that wait for a pause: a claim of others reads as few blocks as with none, and at the end they become due
    /// in portions.
    @Test func aHundredThousandPausedJobsSlowNoClaim() throws {
        try fixture.enqueue(1)
        func fill(_ action: String, _ count: Int) throws {
            try fixture.superuser.execute(
                """
                insert into jobs (action, kind, rule, event_id, event_received_at, order_row)
                select '\(action)', 'test', 'r', e.id, e.received_at, i from events as e, generate_series(1, \(count)) as i
                """)
        }
        let values = ["0", "20", "'-infinity'", "0", "'{}'", "''", "'{}'", "1000000"]
        let sql = zip(1..., values).reduce(ClaimSQL.claim) { $0.replacing("$\($1.0)", with: $1.1) }
        func cost() throws -> Int {
            let connection = try fixture.connect()
            try connection.execute("set search_path = hookledger; begin")
            let text = try connection.query(
                "explain (analyze, buffers, format json) " + sql
            ).only().text(0)
            try connection.execute("rollback")
            return Self.buffers(in: text)
        }
        try fixture.superuser.execute("delete from jobs")
        try fill("kb", 100)
        try fixture.superuser.execute("vacuum analyze jobs")
        let before = try cost()
        try fixture.superuser.execute("delete from jobs")
        try fill("ops", 100_000)
        try fill("kb", 100)
        _ = try pause("action", "ops")
        let report = try fixture.run([action("ops")]) { $0.duration = .milliseconds(120_000) }
        #expect(report.held == 100_000)
        #expect(try fixture.count("jobs", "state = 3") == 100_000)
        try fixture.superuser.execute("vacuum analyze jobs")
        #expect(try cost() <= 2 * before + 50, "\(before)")
        _ = try resume("action", "ops")
        let released = try fixture.connect().query("select hookledger.release_paused()").only().bigint(0)
        #expect((4_900...5_000).contains(released))
        #expect(try fixture.count("jobs", "state = 0") == 100 + Int(released))
        // While that many are due, others trickle in.
        #expect(try fixture.connect().query("select hookledger.release_paused()").only().bigint(0) <= 100)
    }

    /// The blocks that a statement touched, as EXPLAIN tells them.
    private static func buffers(in plan: String) -> Int {
        func number(_ key: String) -> Int {
            guard let range = plan.firstRange(of: "\"\(key)\": ") else { return 0 }
            return Int(plan[range.upperBound...].prefix { $0.isNumber }) ?? 0
        }
        return number("Shared Hit Blocks") + number("Shared Read Blocks")
    }
}
