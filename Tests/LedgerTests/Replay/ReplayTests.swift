import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// Events are run again by the rules of now, each once a run, and nothing else changes.
@Suite(.blocking) struct ReplayTests {
    let fixture: ReplayFixture
    private var ledger: LedgerFixture { fixture.ledger }

    init() throws { fixture = try ReplayFixture() }

    @Test func jobsAreMadeByTheRulesOfNow() throws {
        let ids = try fixture.store(3)
        let (report, events) = try fixture.replay(fixture.request { $0.reason = "rules were wrong" })
        #expect(report.total == 3 && report.done == 3 && report.replayed == 3)
        #expect(report.jobs == ["ops": [.new: 3], "erp": [.new: 3]])
        #expect(events.map(\.id) == ids)
        #expect(events[0].jobs.map(\.action) == ["ops", "erp"])
        #expect(
            try ledger.value(
                "select string_agg(distinct rule || kind || event_id, ' ' order by rule || kind || event_id) from jobs")
                == ids.map { "senthttp\($0)" }.joined(separator: " "))
        #expect(
            try ledger.value("select actor || action || subject || reason || (details ->> 'run') from operator_log")
                == "cli:testreplayreplay:r1rules were wrongr1")
        #expect(try ledger.value("select count(*) from events") == "3")
    }

    @Test func startsAreSpread() throws {
        _ = try fixture.store(3)
        _ = try fixture.replay(fixture.request { $0.spread = .seconds(60) })
        #expect(
            try ledger.value(
                """
                select string_agg(round(extract(epoch from run_at - created_at) / 60)::text, ' ' order by run_at)
                from jobs where action = 'ops'
                """) == "0 1 2")
    }

    @Test func aDryRunSaysTheSameAndChangesNothing() throws {
        _ = try fixture.store(3)
        let dry = try fixture.replay(fixture.request { $0.isDryRun = true })
        #expect(try ledger.value("select count(*) from jobs") == "0")
        #expect(try ledger.value("select (select count(*) from operator_log) + (select count(*) from replays)") == "0")
        let wet = try fixture.replay(fixture.request())
        #expect(dry.report == wet.report && dry.events == wet.events)
    }

    @Test func whatIsOpenIsLeftAloneAndWhatIsDeadIsRevived() throws {
        _ = try fixture.store(2)
        _ = try fixture.replay(fixture.request())
        try ledger.superuser.execute(
            "update jobs set state = 2, attempt = 4, last_error = 'answered 500' where action = 'erp'")
        let (report, _) = try fixture.replay(fixture.request("r2"))
        #expect(report.jobs == ["ops": [.open: 2], "erp": [.revived: 2]])
        #expect(
            try ledger.value("select count(*) from jobs where state = 0 and attempt = 0 and last_error is null") == "4")
    }

    @Test func whatRanBeforeIsSaidAndMarkedWhenItMayRunAgain() throws {
        let ids = try fixture.store(1)
        try ledger.superuser.execute(
            """
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, job_created_at,
                started_at, finished_at, outcome)
            select 1, 1, 'ops', 'http', 'sent', id, received_at, now(), now(), now(), 'done' from events
            """)
        let (report, _) = try fixture.replay(fixture.request { $0.isDryRun = true })
        #expect(report.jobs == ["ops": [.repeated: 1], "erp": [.new: 1]])
        _ = try fixture.replay(
            fixture.request {
                $0.again = true
                $0.subject = "event:\(ids[0])"
            })
        #expect(try ledger.value("select string_agg(again, ' ') from jobs") == "r1 r1")
        #expect(
            try ledger.value("select subject || (details ->> 'again') from operator_log") == "event:\(ids[0])true")
    }

    @Test func anInterruptedRunContinuesWhereItStopped() throws {
        _ = try fixture.store(120)
        var batches = 0
        let first = try fixture.replay(fixture.request()) {
            batches += 1
            return batches > 1
        }
        #expect(first.report.done == 50 && first.report.total == 120)
        let second = try fixture.replay(fixture.request())
        #expect(second.report.alreadyDone == 50 && second.report.replayed == 70)
        #expect(try ledger.value("select count(*) from jobs") == "240")
        #expect(try ledger.value("select count(*) from operator_log") == "1")
        #expect(try fixture.replay(fixture.request()).report.alreadyDone == 120)
        #expect(try ledger.value("select count(*) from jobs") == "240")
    }

    /// Otherwise the rest of a run would be done otherwise than its beginning.
    @Test(arguments: ["again", "set", "filter"])
    func aRunContinuesWithTheSameRequestOnly(_ difference: String) throws {
        _ = try fixture.store(120)
        let filter = fixture.filter { $0.source = "tiktok-shop" }
        var batches = 0
        _ = try fixture.replay(fixture.request(), filter) {
            batches += 1
            return batches > 1
        }
        for isDryRun in [true, false] {
            let other = fixture.request {
                $0.isDryRun = isDryRun
                $0.again = difference == "again"
                if difference == "set" { $0.changes = [FieldChange("data.order_status=CANCEL")].compactMap(\.self) }
            }
            let error = #expect(throws: PostgresError.self) {
                try fixture.replay(
                    other, difference == "filter" ? fixture.filter { $0.type = "order.created" } : filter)
            }
            #expect(error?.state == .otherReplay)
        }
        #expect(try ledger.value("select count(*) || ' ' || (select count(*) from jobs) from replays") == "50 100")
        #expect(try fixture.replay(fixture.request(), filter).report.replayed == 70)
        #expect(
            try ledger.value("select details - '{now}'::text[] from operator_log")
                == #"{"run": "r1", "again": false, "filter": {"source": "tiktok-shop"}}"#)
    }

    @Test func aRunThatContinuesLeavesWhatCameSinceItBegan() throws {
        _ = try fixture.store(3)
        _ = try fixture.replay(fixture.request())
        try ledger.superuser.execute(
            """
            update operator_log set details = details || jsonb_build_object('now',
                (select extract(epoch from max(received_at)) * 1000000 from events)::bigint)
            """)
        #expect(try fixture.replay(fixture.request()).report.total == 2)
    }

    @Test func theAPIRoleMayReplayAndTheReaderMayNot() throws {
        _ = try fixture.store(1)
        #expect(try fixture.replay(fixture.request(), as: "hookledger_api").report.replayed == 1)
        let changed = fixture.request("r2") {
            $0.changes = [FieldChange("data.order_status=CANCEL")].compactMap(\.self)
        }
        #expect(try fixture.replay(changed, as: "hookledger_api").report.replayed == 1)
        for role in ["hookledger_reader", "hookledger_batch", "hookledger_ingest"] {
            let error = #expect(throws: PostgresError.self) {
                try ledger.connect(as: role).query(
                    "select hookledger.replay_events('r', 'a', 's', null, '{}', false, true, '{}', '{}', '{}', '{}', '{}')"
                )
            }
            #expect(error?.state == .insufficientPrivilege)
        }
    }

    @Test func anEventThatIsNoLongerReadIsReported() throws {
        _ = try fixture.store(2)
        try ledger.superuser.execute("update events set provider = 'forgotten' where subject = 'order:O1'")
        let (report, events) = try fixture.replay(fixture.request())
        #expect(report.replayed == 1 && report.failed == 1)
        #expect(events[1].outcome == .failed("its provider forgotten no longer reads it"))
    }

    /// Two operators and a sender at once: each run makes each job at most once, and nobody fails.
    @Test func replaysBesideEachOtherAndBesideDeliveries() async throws {
        _ = try fixture.store(60)
        let (settings, database) = (fixture.settings, ledger.database)
        let operatorInfo = try LedgerFixture.conninfo(database, "hookledger_operator")
        try await withThrowingTaskGroup { group in
            for run in 0..<3 {
                group.addTask {
                    var request = ReplayRequest(run: "run-\(run)", actor: "cli:test")
                    if run == 2 { request.changes = [FieldChange("data.note=x")].compactMap(\.self) }
                    let connection = try LedgerFixture.connection(operatorInfo)
                    let report = try Replay(request, settings: settings, over: connection)
                        .run(EventFilter(), now: Guide.now.advanced(bySeconds: 1))
                    try #require(report.replayed == 60 && report.failed == 0)
                }
            }
            group.addTask {
                let writer = try LedgerWriter(
                    conninfo: LedgerFixture.ingestConninfo(database), deadline: .seconds(30))
                for second in 0..<30 {
                    let batch = try (0..<20).map {
                        try Guide.recordable(
                            Guide.body(
                                "order_status_change", order: "O\($0)", status: "UNPAID",
                                at: 1_735_390_000 + Int64(second)), at: Guide.now.advanced(bySeconds: 30))
                    }
                    for result in writer.record(batch) { _ = try result.get() }
                }
            }
            try await group.waitForAll()
        }
        #expect(
            try ledger.value(
                """
                select max(c) from (select count(*) as c from jobs where state = 0 group by event_id, rule, action) as t
                """) == "1")
        #expect(
            try ledger.value("select count(*) from replays where run = 'run-2' and new_event_id is not null") == "60")
    }
}
