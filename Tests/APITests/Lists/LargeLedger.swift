import Ledger
import LocalStack
import Platform
import Postgres
import Testing

@testable import API

/// A database as a shop has it after some months: 200,000 orders or a million, an event and an attempt for each, a tenth
/// of that open jobs (half of the newest events, half of a replay of old ones), a hundredth dead letters, and refusals,
/// handshakes, replays, effects and comments. Made once for all tests.
struct LargeLedger: Sendable {
    let database: String
    let token, limitedToken: String

    /// A million orders with HOOKLEDGER_FULL=1, 200,000 without.
    static let orders = Environment.value(of: "HOOKLEDGER_FULL") == "1" ? 1_000_000 : 200_000

    private static let made = Result { try LargeLedger() }

    static func get() throws -> LargeLedger { try made.get() }

    private init() throws {
        database = try SharedCluster.migratedDatabase()
        let fixture = try APIFixture(of: database)
        token = try fixture.token(.admin)
        limitedToken = try fixture.token(.read, "limited", sources: ["other"])
        let superuser = try APIFixture.connect(database, "postgres")
        superuser.queryDeadline = nil
        try superuser.execute("set statement_timeout = 0; set synchronous_commit = off")
        for statement in Self.statements { try superuser.execute(statement) }
    }

    /// A connection of that role.
    func connect(_ role: String) throws -> Connection { try APIFixture.connect(database, role) }

    private static let statements = [
        """
        select fill_weeks('events', now() - interval '91 days', now()), fill_weeks('job_attempts', now() - interval '91 days', now())
        """,
        """
        create temp table n as
        select n, now() - (\(orders) + 1 - n) * (interval '90 days' / \(orders)) as at,
            case when n <= 10 then 'roms' when n % 100 = 0 then 'other' else 'shop' end as source,
            n > \(orders - orders / 20) or n % 20 = 0 as is_open, n % 100 = 7 as is_dead
        from generate_series(1, \(orders)) as n
        """,
        """
        insert into orders (source, order_id, provider, order_data, extra, clocks, created_at, updated_at, last_event_id,
            last_event_received_at, shop_key)
        select source, 'o' || n, 'tiktok_shop', jsonb_build_object('status', case when n % 5000 = 1 then 'RARE' else
                'AWAITING_SHIPMENT' end, 'shop_id', 'shop_' || n % 5, 'total_amount', n % 90, 'currency', 'EUR', 'email',
                'person' || n || '@mail.example', 'customer_name', 'Person ' || n), '{}', '{}', at, at, n, at,
            case when n % 5 = 0 then 'key_0' else '' end
        from n order by n
        """,
        """
        insert into events (id, received_at, source, provider, provider_type, type, subject, shop_id, order_row, disposition,
            changes, verification, scheme, request_id, remote_addr, method, path, query, headers, body)
        select n, at, source, 'tiktok_shop', case when n % 5000 = 1 then 'rare' else 'created' end, 'order.created',
            'order:o' || n, 'shop_' || n % 5, n, 'created', '{"status":"AWAITING_SHIPMENT"}', 'signature', 'test', 'r' || n,
            '192.0.2.1', 'POST', '/webhook', '', '[["content-type","application/json"]]',
            convert_to('{"data":{"order_id":"o' || n || '","items":"' || repeat('x', 200) || '"}}', 'UTF8')
        from n
        """,
        "select setval('event_ids', \(orders) + 1)",
        """
        insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body, body_length)
        select at, source, case when n % 1000 = 10 then 'stale' else 'no_secret_matched' end, 'why', 401, 'r' || n, '::1',
            'POST', '/', '{}', 2
        from n where n % 10 = 0 order by n
        """,
        """
        insert into handshakes (received_at, source, provider, is_signed, status, request_id, remote_addr, method, path, headers,
            body, body_length)
        select at, source, 'tiktok_shop', n % 2000 = 0, 200, 'r' || n, '::1', 'POST', '/', '[]', '{}', 2 from n
        where n % 100 = 0
        """,
        """
        insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at,
            started_at, finished_at, outcome, reason, destination)
        select n, 1, 'ops', 'slack', 'sent', n, at, n, at, at, at + interval '2 s',
            case when is_dead then 'dead' else 'done' end, case when is_dead then 'answered 500' end, 'slack.test'
        from n where not is_open or is_dead
        """,
        """
        insert into jobs (action, kind, rule, state, priority, run_at, order_row, event_id, event_received_at, last_error,
            hold_reason, held_at, lease_until, created_at, attempt)
        select case when n % 1000 = 0 then 'rare' else 'erp' end, 'http', 'sent',
            case when is_dead then 2 when n % 2000 = 1 then 1 when n % 10 = 3 then 3 else 0 end,
            case when n > \(orders - orders / 20) then 0 else 1 end, greatest(at, now() - interval '5 days'), n, n, at,
            case when is_dead then 'answered 500' end, case when n % 10 = 3 then 'shop' end,
            case when n % 10 = 3 then at end, case when n % 2000 = 1 then now() + interval '1 minute' end, at,
            case when is_dead then 4 else 0 end
        from n where is_open or is_dead order by n > \(orders - orders / 20), n
        """,
        """
        insert into effects (effect_key, action, kind, state, job_id, event_id, event_received_at, order_row, started_at)
        select 'ops:' || n, 'ops', 'slack', case when n % 200 = 7 then 'uncertain' else 'done' end, j.job_id, n, at, n, at
        from n join jobs as j on j.event_id = n where is_dead
        """,
        """
        insert into replays (run, event_id, jobs, replayed_at) select 'big', n, 1, now() - interval '1 hour' from n
        where n % 20 = 0
        """,
        """
        insert into comments (source, comment_id, provider, comment_data, extra, clocks, created_at, moderation, moderated_at,
            last_event_id, last_event_received_at)
        select source, 'c' || n, 'tiktok_business', '{}', '{}', '{}', at, case when n % 200 = 0 then 'review' else 'allow' end,
            at, n, at
        from n where n % 100 = 0 order by n
        """,
        """
        insert into operator_log (at, actor, action, subject, reason, details)
        select at, 'cli:test', 'dead.retry', 'job:' || n, 'why', '{}' from n where n % 100 = 0 order by n
        """,
        // As the batch processor counts it, in one go.
        """
        select count_activity(step_start(3600, now() - interval '91 days'), step_start(60, now()));
        insert into activity_progress (counted_from, counted_to, seen)
        values ('-infinity', step_start(60, now()), pg_current_snapshot())
        """,
        "vacuum analyze",
    ]
}
