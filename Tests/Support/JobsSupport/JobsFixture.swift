package import Jobs
import Ledger
import LocalStack
import Logging
import Outbound
import Platform
package import Postgres
import Testing

/// A migrated database of its own, and what tests need to fill and read its queue.
package struct JobsFixture {
    package let database: String
    package let superuser: Connection

    package init() throws { try self.init(database: SharedCluster.migratedDatabase()) }

    package init(database: String) throws {
        self.database = database
        superuser = try Connection(
            conninfo: SharedCluster.get().conninfo(database: database), applicationName: "hookledger-tests",
            settings: [("search_path", "hookledger")], queryDeadline: .seconds(30))
    }

    /// How the batch processor logs in: with no more rights than it has in production.
    package func conninfo(_ role: String = "hookledger_batch") throws -> String {
        try SharedCluster.get().conninfo(user: role, database: database)
    }

    package func connect(as role: String = "hookledger_batch") throws -> Connection {
        try Connection(
            conninfo: conninfo(role), applicationName: "hookledger-tests",
            settings: [("plan_cache_mode", "force_custom_plan")],
            queryDeadline: .seconds(30))
    }

    /// Makes `count` events with a job each, each a change of the status, spread over `orders` orders (0: about none), in the order of their ids.
    package func enqueue(_ count: Int, orders: Int = 0, action: String = "ops", maxAttempts: Int = 4) throws {
        _ = try superuser.query(
            """
            with o as (
                insert into orders (source, order_id, provider, order_data, extra, clocks, last_event_id,
                    last_event_received_at)
                select 'shop', n::text, 'tiktok_shop', jsonb_build_object('status', 'PAID'), '{}', '{}', 1, now()
                from generate_series(1, $2::int) n
                on conflict (source, order_id, shop_key) do update set updated_at = now()
                returning id, order_id),
            e as (
                insert into events (id, received_at, source, provider, provider_type, type, disposition, changes,
                    verification, scheme, request_id, remote_addr, method, path, query, headers, body, order_row)
                select nextval('event_ids'), now(), 'shop', 'tiktok_shop', '1', 'order.updated', 'applied',
                    '{"status": ["UNPAID", "PAID"]}', 'signature', 'test', 'request-' || n, '127.0.0.1', 'POST', '/webhook/tiktok', '', '[]', '{"n":1}',
                    (select o.id from o where o.order_id = (1 + n % greatest($2::int, 1))::text)
                from generate_series(1, $1::int) n
                returning id, received_at, order_row)
            insert into jobs (action, kind, rule, max_attempts, event_id, event_received_at, order_row)
            select $3, 'test', 'rule-1', $4::int, id, received_at, order_row from e order by id
            """, [.bigint(Int64(count)), .bigint(Int64(orders)), .text(action), .bigint(Int64(maxAttempts))])
    }

    /// The one value of a query, as text; nil for SQL null.
    package func value(_ sql: String) throws -> String? {
        try superuser.query("select (\(sql))::text", []).only().optionalText(0)
    }

    package func count(_ table: String, _ condition: String = "true") throws -> Int {
        try superuser.query("select count(*) from \(table) where \(condition)").only().int(0)
    }

    /// A run in this process over those actions.
    package func run(
        _ actions: [any Action], conditions: any ConditionCheck = NoConditions(), stop: StopFlag = StopFlag(),
        configure: (inout RunOptions) -> Void = { _ in }
    ) throws -> RunReport {
        var options = RunOptions()
        options.once = true
        options.duration = .milliseconds(20_000)
        options.slots = 16
        configure(&options)
        let client = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["127.0.0.1"]), maxInFlight: options.maxHeld))
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return BatchRun(
            conninfo: try conninfo(), actions: actions, conditions: conditions, client: client, options: options,
            logger: logger, stop: stop
        ).run()
    }
}

/// Every job is called for.
package struct NoConditions: ConditionCheck {
    package init() {}

    package func objection(to subject: JobSubject) -> String? { nil }
}
