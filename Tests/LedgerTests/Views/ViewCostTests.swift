import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

/// What the views read to answer: as much as is asked for, however much there is. Counted by Postgres in rows, so that it
/// says the same on every machine.
@Suite(.blocking) struct ViewCostTests {
    let ledger: LedgerFixture
    let reader: Connection

    /// 12,000 orders, events and refusals, and two attempts at a job of each event. Every other event is about an order and
    /// is done, but for the last 40; the others all wait for another job.
    init() throws {
        ledger = try LedgerFixture()
        try ledger.superuser.execute(
            """
            create temp table n as select n, now() - (12001 - n) * interval '1 s' as at, case when n % 2 = 0 then n end as even
                from generate_series(1, 12000) as n;
            insert into orders (source, order_id, provider, order_data, extra, clocks, created_at, last_event_id,
                last_event_received_at)
            select 'shop', 'o' || n, 'tiktok_shop', '{}', '{}', '{}', at, n, at from n order by n;
            insert into events (id, received_at, source, provider, provider_type, type, order_row, disposition, changes,
                verification, scheme, request_id, remote_addr, method, path, query, headers, body)
            select n, at, 'shop', 'tiktok_shop', 'created', 'order.created', even, 'created', '{"status":"UNPAID"}',
                'signature', 'test', n, '::1', 'POST', '/', '', '[]', '{}'
            from n;
            insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
                body_length)
            select at, 'shop', 'no_secret_matched', 'why', 401, n, '::1', 'POST', '/', '', 2 from n;
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row,
                job_created_at, started_at, finished_at, outcome, reason)
            select n, a, 'ops', 'slack', '1', n, at, even, at, at, now(), case a when 1 then 'retry' else 'done' end,
                case a when 1 then 'answered 500' end
            from n, generate_series(1, 2) as a;
            insert into jobs (action, kind, rule, last_error, order_row, event_id, event_received_at)
            select 'erp', 'http', '1', 'answered 503', even, n, at from n where n > 11920 or even is null
            """)
        reader = try ledger.connect(as: "hookledger_reader")
    }

    /// How many rows of those tables a statement reads, and how many it answers with.
    private func cost(of sql: String, _ tables: String) throws -> (read: Int64, rows: Int) {
        try reader.transaction { () throws(PostgresError) in
            let rows = try reader.query(sql).count
            let read = try reader.query(
                """
                select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::bigint from pg_stat_xact_all_tables
                where schemaname = 'hookledger' and relname ~ $1
                """, [.text("^(\(tables))(_\\d+w\\d+)?$")])
            return (try read.only().bigint(0), rows)
        }
    }

    private static let all = "events|refusals|orders|jobs|job_attempts"

    @Test(arguments: [
        ("select * from webhook_logs order by created_at desc limit 10", all, 10),
        ("select * from webhook_logs where not success order by created_at desc limit 10", all, 10),
        (
            """
            select created_at, source, event_type, verdict, status_code, error_message from webhook_logs
            where created_at > now() - interval '1 hour' order by created_at desc limit 50
            """, all, 50
        ),
        ("select * from webhook_events order by created_at desc limit 10", all, 10),
        ("select * from event_states order by received_at limit 10", all, 10),
        ("select * from tiktok_orders order by created_at desc limit 10", all, 10),
        // What is open has to be sorted by its orders' age, and nothing sorts events by their id; but nothing is looked up
        // for the other rows.
        ("select * from order_processing_queue limit 20", "events|job_attempts", 20),
        ("select * from event_states order by id desc limit 10", "jobs|job_attempts", 10),
        (
            "select at, what, description from order_timeline where order_id = 'o12000' order by at", all, 4
        ),
        ("select * from order_events where order_id = 'o12000' order by received_at", all, 1),
        ("select * from tiktok_orders where order_id = 'o12000'", all, 1),
    ])
    func readsWhatIsAskedFor(_ sql: String, of tables: String, rows: Int) throws {
        for isAnalysed in [false, true] {
            if isAnalysed {
                try ledger.superuser.execute("analyze events, refusals, orders, jobs, job_attempts")
            }
            let cost = try cost(of: sql, tables)
            #expect(cost.rows == rows)
            #expect(cost.read <= 400, "\(isAnalysed ? "analysed" : "fresh"): \(cost.read) rows are read for \(rows)")
        }
    }

    /// The columns that are looked up say the same for every row as they do for one.
    @Test func theLookUpsAreRight() throws {
        let events = """
            select status, attempts, last_error, processed_at is null as open, count(*) from event_states
            group by 1, 2, 3, 4 order by 1
            """
        #expect(
            try reader.query(events).map { row in try (0..<5).map { try row.text($0) } } == [
                ["completed", "2", "answered 500", "f", "5960"], ["pending", "2", "answered 503", "t", "6040"],
            ])
        let orders = """
            select processed, open_jobs, coalesce(error_message, '-'), processed_at > created_at, count(*)
            from order_states group by 1, 2, 3, 4 order by 1
            """
        #expect(
            try reader.query(orders).map { row in try (0..<5).map { try row.optionalText($0) } } == [
                ["f", "1", "answered 503", nil, "40"], ["t", "0", "-", "t", "11960"],
            ])
        let logs = "select verdict, error_message, count(*) from webhook_logs group by 1, 2 order by 1, 2"
        #expect(
            try reader.query(logs).map { row in try (0..<3).map { try row.text($0) } } == [
                ["accepted", "answered 500", "5960"], ["accepted", "answered 503", "6040"],
                ["no_secret_matched", "why", "12000"],
            ])
    }
}
