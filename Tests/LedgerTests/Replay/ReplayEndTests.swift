import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// The progress of a replay, its end by a person, and live jobs behind it.
@Suite(.blocking) struct ReplayEndTests {
    let fixture: ReplayFixture
    let person: Connection

    init() throws {
        fixture = try ReplayFixture()
        person = try fixture.ledger.connect(as: "hookledger_operator")
    }

    private func jobs(_ condition: String = "true") throws -> String? {
        try fixture.ledger.value("select count(*) from jobs where \(condition)")
    }

    @Test func aReplayIsCancelledAndSaysWhatHadBegun() throws {
        _ = try fixture.store(3)
        _ = try fixture.replay(fixture.request("r1"))
        #expect(try jobs("run = 'r1' and priority = 10") == "6")
        // One has ended, one runs, one waits for its second attempt.
        try fixture.ledger.superuser.execute(
            """
            delete from jobs where job_id = (select min(job_id) from jobs);
            update jobs set state = 1, attempt = 1 where job_id = (select min(job_id) from jobs);
            update jobs set attempt = 1 where job_id = (select min(job_id) + 1 from jobs)
            """)
        let before = try #require(try ReplayProgress.status(of: "r1", on: person))
        let names = ["events", "made", "waiting", "running", "held", "dead", "ended"]
        #expect(names.map { before[$0]?.integer } == [3, 6, 4, 1, 0, 0, 1])
        #expect(before["estimated_end"]?.string != nil && before["cancelled_at"] == .null)

        let done = try #require(
            try ReplayProgress.cancel("r1", actor: "cli:test", reason: "too many", on: person))
        #expect(done.takenBack == 3 && done.deadAgain == 0 && done.begun == 3)
        #expect(try jobs() == "2")
        let ended = "select count(*) from job_attempts where outcome = 'discarded' and reason like '%r1 was cancelled'"
        #expect(try fixture.ledger.value(ended) == "3")
        let after = try #require(try ReplayProgress.status(of: "r1", on: person))
        #expect(names.map { after[$0]?.integer } == [3, 6, 1, 1, 0, 0, 1])
        #expect(after["cancelled_at"]?.string != nil)
        // It is over: nothing continues it, and another name starts another one.
        #expect(throws: PostgresError.self) { try fixture.replay(fixture.request("r1")) }
        #expect(try fixture.replay(fixture.request("r2")).report.replayed == 3)
        #expect(try ReplayProgress.cancel("none", actor: "cli:test", reason: nil, on: person) == nil)
        #expect(try ReplayProgress.status(of: "none", on: person) == nil)
    }

    @Test func aDeadLetterIsOneAgain() throws {
        _ = try fixture.store(1)
        _ = try fixture.replay(fixture.request("r1"))
        try fixture.ledger.superuser.execute(
            """
            select write_attempts(array_agg(j), array_agg('dead'::text), array_agg('answered 404'::text)) from jobs as j;
            update jobs set state = 2, attempt = 4, run = null, priority = 0, last_error = 'answered 404'
            """)
        _ = try fixture.replay(fixture.request("r2"))
        #expect(try jobs("run = 'r2' and state = 0") == "2")
        let done = try #require(try ReplayProgress.cancel("r2", actor: "cli:test", reason: nil, on: person))
        #expect(done.takenBack == 0 && done.deadAgain == 2 && done.begun == 0)
        #expect(try jobs("state = 2 and last_error = 'answered 404' and attempt = 4 and run is null") == "2")
    }

    /// A live job that is to wait for a replayed one of its order and action makes that one as urgent as itself.
    @Test func aLiveJobLiftsTheReplayedOneBeforeIt() throws {
        _ = try fixture.store(2)
        _ = try fixture.replay(fixture.request("r1") { $0.spread = .seconds(600) })
        #expect(try jobs("priority = 10 and run_at > now() + interval '5 minutes'") == "2")
        let later = Timestamp(microseconds: Guide.now.microseconds + 10_000_000)
        _ = try fixture.ledger.record(
            Guide.recordable(
                Guide.body("order_status_change", order: "O1", status: "SHIPPED", at: 1_735_390_000), at: later,
                action: "ops"
            ))
        let order = "order_row = (select id from orders where order_id = 'O1')"
        #expect(try jobs("\(order) and action = 'ops' and priority = 0 and run_at <= now()") == "2")
        // The others stay behind.
        #expect(try jobs("priority = 10") == "3")
    }
}
