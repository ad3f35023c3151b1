import JSON
import Ledger
import LedgerSupport
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

/// What the views say of the receiver itself, read as the role that sees views only.
@Suite(.blocking) struct OperationViewTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func asReader(_ sql: String) throws -> [[String?]] {
        let rows = try ledger.connect(as: "hookledger_reader").query(sql)
        return try rows.map { row in
            try (0..<rows.columns.count).map { try row.optionalText($0) }
        }
    }

    private func store(_ body: JSONValue) throws -> Int64 {
        try ledger.record(Guide.recordable(body, at: Timestamp(microseconds: SystemClock.wallMicroseconds()))).eventID
    }

    @Test func aSourceThatHasGoneQuietIsSilent() throws {
        for order in 0..<12 {
            _ = try store(Guide.body("order_created", order: "O\(order)", status: "UNPAID", at: 1_735_380_000))
        }
        // An event every ten minutes, the last an hour ago.
        try ledger.superuser.execute(
            """
            update events set received_at = now() - interval '1 hour' - interval '10 min' * n
            from (select id as own, row_number() over (order by id) - 1 as n from events) as t where id = own
            """)
        #expect(
            try asReader(
                "select source, events, expected_interval, silent_for >= '1 hour', is_silent from provider_silence")
                == [["tiktok-shop", "12", "00:10:00", "t", "t"]])
        try ledger.superuser.execute("update events set received_at = received_at + interval '50 min'")
        #expect(try asReader("select is_silent from provider_silence") == [["f"]])
        try ledger.superuser.execute("delete from events where id > (select min(id) + 4 from events)")
        #expect(try asReader("select events, is_silent from provider_silence") == [["5", nil]])
    }

    @Test func whatIsReplayedOrFetchedIsNoDelivery() throws {
        for order in 0..<4 {
            _ = try store(Guide.body("order_created", order: "O\(order)", status: "UNPAID", at: 1_735_380_000))
        }
        try ledger.superuser.execute(
            """
            update events set origin = o.origin, received_at = now() - interval '1 s' * (5 - o.n)
            from (values (1, 'delivery'), (2, 'spool'), (3, 'replay'), (4, 'fetched')) as o (n, origin)
            where subject = 'order:O' || o.n - 1
            """)
        #expect(try asReader("select total from webhook_statistics") == [["2"]])
        #expect(try asReader("select events from provider_silence") == [["2"]])
        #expect(try asReader("select events from event_latency") == [["2"]])
        let connection = try ledger.connect(as: "hookledger_api")
        let source = try JSONValue(
            parsing: Array(#require(SourceQueries.activity(of: ["tiktok-shop"], on: connection).first).text.utf8))
        #expect(source["events_24h"]?.integer == 2)
        #expect(
            try ledger.value("select subject from events where id = \(source["last_event_id"]?.integer ?? 0)")
                == "order:O1")
        let byType = try JSONValue(
            parsing: Array(#require(SourceQueries.eventsByType(shop: nil, on: connection).first).text.utf8))
        #expect(byType["total"]?.integer == 2)
        let now = Timestamp(microseconds: SystemClock.wallMicroseconds())
        let window = Statistics.Window(
            since: now.advanced(bySeconds: -300), until: now.advanced(bySeconds: 300), bucket: 600, now: now)
        let buckets = try Statistics.buckets(window, source: nil, on: connection)
        let counts = try buckets.map { try JSONValue(parsing: Array($0.text.utf8))["deliveries"]?.integer ?? 0 }
        #expect(counts.reduce(0, +) == 2)
    }

    @Test func refusalsAreCountedByReason() throws {
        try ledger.superuser.execute(
            """
            insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
                body_length, unrecorded)
            select now() - interval '1 s' * n, 'shop', case when n = 1 then 'outside_tolerance' else 'no_secret_matched' end,
                'reason ' || n, 401, n, '192.0.2.' || n, 'POST', '/webhook', '', 0, case when n = 2 then 40 else 0 end
            from generate_series(1, 3) as n
            """)
        #expect(
            try asReader(
                "select source, kind, recorded, refused, peers, last_reason from refusals_by_reason order by kind")
                == [
                    ["shop", "no_secret_matched", "2", "42", "2", "reason 2"],
                    ["shop", "outside_tolerance", "1", "1", "1", "reason 1"],
                ])
    }

    @Test func anOrdersTimelineHoldsAllThatHappenedToIt() throws {
        let first = try store(Guide.body("order_created", order: "O", status: "UNPAID", at: 1_735_380_000))
        let second = try store(
            Guide.body("order_status_change", order: "O", status: "AWAITING_SHIPMENT", at: 1_735_380_100))
        let late = try store(Guide.body("order_status_change", order: "O", status: "UNPAID", at: 1_735_370_000))
        _ = try store(Guide.body("order_created", order: "another", status: "UNPAID", at: 1_735_380_000))
        try ledger.superuser.execute(
            """
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, job_created_at,
                started_at, finished_at, outcome, reason, destination, status)
            select 7, 1, 'ops', 'slack', '1', id, received_at, now(), now(), now(), 'retry', 'answered 500', 'h:1', 500
            from events where id = \(second);
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, job_created_at,
                started_at, finished_at, outcome)
            select 8, 1, 'ops', 'slack', '(alert)', id, received_at, now(), now(), now(), 'done'
            from events where id = \(second);
            update jobs set state = 2, attempt = 4, last_error = 'answered 500', run_at = now() where event_id = \(second);
            delete from jobs where event_id <> \(second);
            insert into replays (run, event_id, jobs) values ('r1', \(first), 1)
            """)
        let lines = try asReader(
            "select what, event_id, description from order_timeline where order_id = 'O' order by at, what")
        #expect(
            lines.map { $0.map { $0 ?? "" }.joined(separator: " ") } == [
                "event \(first) order.created (order_created, signature): created the order",
                "event \(second) order.updated (order_status_change, signature): "
                    + "changed stage from unpaid to to_ship, status from UNPAID to AWAITING_SHIPMENT",
                "event \(late) order.updated (order_status_change, signature): has nothing newer",
                "attempt \(second) ops retry at attempt 1 to h:1 status 500: answered 500",
                "dead letter \(second) ops after attempt 4: answered 500",
                "replayed \(first) run r1 with 1 jobs",
            ])
    }

    @Test func aLogLineNamesItsOrder() throws {
        _ = try store(Guide.body("order_created", order: "L1", status: "UNPAID", at: 1_735_380_000))
        let found = try asReader(
            "select order_id, subject from webhook_logs where success order by created_at desc limit 1")
        #expect(found == [["L1", "order:L1"]])
    }

    @Test func latencyIsThatOfTheLastDay() throws {
        for order in 0..<4 {
            _ = try store(Guide.body("order_created", order: "O\(order)", status: "UNPAID", at: 1_735_380_000))
        }
        try ledger.superuser.execute(
            """
            update events set received_at = now() - interval '1 hour', occurred_at = now() - interval '1 hour 2 s';
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, job_created_at,
                started_at, first_byte_at, finished_at, outcome)
            select n, 1, 'ops', 'slack', '1', id, received_at, received_at, received_at,
                received_at + n * interval '100 ms', received_at + n * interval '1 s', 'done'
            from (select id, received_at, row_number() over (order by id) as n from events) as e
            """)
        #expect(
            try asReader(
                "select events, sent_p50, action_p50, action_p99, done_p50, done_p99 from event_latency"
            ) == [["4", "00:00:02", "00:00:00.2", "00:00:00.4", "00:00:02", "00:00:04"]])
    }
}
