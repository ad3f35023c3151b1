import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Settings

/// What is too old goes, and nobody waits for it.
@Suite(.blocking) struct RetentionTests {
    let ledger: LedgerFixture

    private static let settings = RetentionSettings(
        events: .seconds(90 * 86_400), receipts: .seconds(90 * 86_400), refusals: .seconds(30 * 86_400),
        jobs: .seconds(90 * 86_400))

    /// Partitions of half a year ago, with an event and a receipt in each, and old refusals.
    init() throws {
        ledger = try LedgerFixture()
        try ledger.superuser.execute(
            """
            do $$
            declare
                v_week timestamptz;
            begin
                for week in 1..4 loop
                    v_week := date_trunc('week', now()) - interval '26 weeks' + make_interval(weeks => week);
                    execute format('create table events_old%s partition of events for values from (%L) to (%L)',
                        week, v_week, v_week + interval '7 days');
                    execute format('create table job_attempts_old%s partition of job_attempts for values from (%L) to (%L)',
                        week, v_week, v_week + interval '7 days');
                    insert into events (id, received_at, source, provider, provider_type, type, disposition, verification,
                        scheme, request_id, remote_addr, method, path, query, headers, body)
                    values (nextval('event_ids'), v_week + interval '1 day', 's', 'p', 't', 't', 'stored', 'signature',
                        's', 'r', '', 'POST', '/', '', '[]', '');
                    insert into receipts values ('s', week::text::bytea, week, v_week + interval '1 day');
                end loop;
                insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
                    body_length)
                select now() - make_interval(days => n), 's', 'k', 'r', 401, 'r', '', 'POST', '/', '', 0
                from generate_series(0, 99) as n;
            end
            $$
            """)
    }

    private func batch() throws -> Connection { try ledger.connect(as: "hookledger_batch") }

    /// Four weeks of events went unnoticed for half a year: a person confirms.
    private func confirmed(_ settings: RetentionSettings = Self.settings) throws -> Retention.Report {
        let batch = try batch()
        return try Retention.apply(settings, by: Clocks.read(on: batch), isConfirmed: true, over: batch)
    }

    @Test func whatIsTooOldGoes() throws {
        _ = try ledger.record(
            Guide.recordable(Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000)))
        let report = try confirmed()
        #expect(report.partitions.count == 8 && !report.isPostponed)
        #expect(report.receipts == 4)
        #expect(report.refusals == 69 || report.refusals == 70)
        #expect(try ledger.value("select count(*) from events") == "1")
        #expect(try ledger.value("select count(*) from receipts") == "1")
        #expect(try ledger.value("select to_regclass('hookledger.events_old1') is null") == "true")
        #expect(
            try ledger.value("select dropped_before < now() - interval '90 days' from upkeep where task = 'retention'")
                == "true")
        #expect(try confirmed() == Retention.Report())
    }

    @Test func aPartitionThatIsOnlyInPartTooOldStays() throws {
        // The oldest partition began 25 weeks before this week; 1970 began on a Thursday. Half of it is too old.
        let sinceMonday = (Guide.now.seconds + 3 * 86_400) % (7 * 86_400)
        let kept = RetentionSettings(
            events: .seconds(sinceMonday + (24 * 7 + 3) * 86_400), receipts: .seconds(3650 * 86_400),
            refusals: .seconds(3650 * 86_400),
            jobs: .seconds(3650 * 86_400))
        let report = try confirmed(kept)
        #expect(report.partitions == [] && report.receipts == 0)
    }

    /// A reader holds the table. The drop gives way at once, and what comes in is stored meanwhile.
    @Test func aReportInProgressHoldsUpNobody() throws {
        let reader = try ledger.connect(as: "hookledger_reader")
        try reader.execute("begin; select count(*) from webhook_events")
        let report = try confirmed()
        #expect(report.isPostponed && report.partitions.allSatisfy { $0.hasPrefix("job_attempts") || $0.isEmpty })
        _ = try ledger.record(
            Guide.recordable(Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000)))
        try reader.execute("rollback")
        #expect(try !confirmed().isPostponed)
        #expect(try ledger.value("select count(*) from events") == "1")
    }

    /// Ingest continues at full speed, with the deadline that the responder has.
    @Test func nothingThatComesInIsHeldUp() async throws {
        let database = ledger.database
        try await withThrowingTaskGroup { group in
            for worker in 0..<3 {
                group.addTask {
                    let writer = try LedgerWriter(
                        conninfo: LedgerFixture.ingestConninfo(database), deadline: .seconds(2))
                    for round in 0..<150 {
                        let batch = try (0..<4).map {
                            try Guide.recordable(
                                Guide.body(
                                    "order_created", order: "\(worker)-\(round)-\($0)", status: "UNPAID",
                                    at: 1_735_380_000))
                        }
                        for result in writer.record(batch) { _ = try result.get() }
                    }
                }
            }
            group.addTask {
                let connection = try LedgerFixture.connection(LedgerFixture.conninfo(database, "hookledger_batch"))
                var dropped: [String] = []
                while dropped.count < 8 {
                    dropped += try Retention.apply(
                        Self.settings, by: Clocks.read(on: connection), isConfirmed: true, over: connection
                    ).partitions
                }
                try #require(Set(dropped).count == 8)
            }
            try await group.waitForAll()
        }
        #expect(try ledger.value("select count(*) from events") == "1800")
        #expect(try ledger.value("select count(*) from orders") == "1800")
    }

    @Test func onlyTablesInPartitionsCanBeDroppedFrom() throws {
        let error = #expect(throws: PostgresError.self) {
            try batch().query("select drop_oldest_partition('orders', now())")
        }
        #expect(error?.state?.rawValue == "22023")
        // Never what is not over yet, whatever is asked for.
        let ahead =
            "select string_agg(coalesce(drop_oldest_partition('events', 'infinity'), '-'), ' ') from generate_series(1, 40)"
        _ = try batch().query(ahead)
        #expect(
            try ledger.value("select count(*) >= 8 from pg_inherits where inhparent = 'events'::regclass") == "true")
    }
}
