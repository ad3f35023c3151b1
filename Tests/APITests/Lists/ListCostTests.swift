import JSON
import Ledger
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import API
@testable import Tool

/// Lists of a large ledger read a bounded number of Postgres' buffers, whatever they are narrowed to. The number is what
/// EXPLAIN (analyze, buffers) adds up: the block fetches of a transaction, of tables and indexes, also in functions.
@Suite(.blocking, .serialized) struct ListCostTests {
    let ledger: LargeLedger
    let fixture: APIFixture

    static let most: Int64 = 2000

    init() throws {
        ledger = try LargeLedger.get()
        fixture = try APIFixture(of: ledger.database)
    }

    /// How many blocks a piece of work fetches on a connection.
    private static func blocks<T>(_ connection: Connection, _ body: () throws -> T) throws -> (T, Int64) {
        let count = """
            select coalesce(sum(pg_stat_get_xact_blocks_fetched(c.oid)), 0)::bigint from pg_class as c
            join pg_namespace as n on n.oid = c.relnamespace where n.nspname in ('hookledger', 'pg_toast')
            """
        try connection.execute("begin")
        defer { try? connection.execute("rollback") }
        // What a transaction before has not reported yet counts, too.
        let before = try connection.query(count).only().bigint(0)
        let result = try body()
        return (result, try connection.query(count).only().bigint(0) - before)
    }

    /// Every list of the API with each of its filters: what there is much of, what there is little of, and what is not.
    static let targets: [String] = [
        "/api/v2/events?limit=100", "/api/v2/events?limit=1", "/api/v2/events?source=shop&limit=100",
        "/api/v2/events?source=other&limit=100", "/api/v2/events?source=roms&limit=100",
        "/api/v2/events?source=nobody&limit=100", "/api/v2/events?type=created&limit=100",
        "/api/v2/events?type=rare&limit=100", "/api/v2/events?type=nothing&limit=100",
        "/api/v2/events?state=pending&limit=100", "/api/v2/events?state=processing&limit=100",
        "/api/v2/events?state=failed&limit=100", "/api/v2/events?state=completed&limit=100",
        "/api/v2/events?state=pending&source=other&limit=100", "/api/v2/events?state=failed&source=roms&limit=100",
        "/api/v2/events?outcome=accepted&limit=100", "/api/v2/events?outcome=refused&limit=100",
        "/api/v2/events?outcome=handshake&limit=100", "/api/v2/events?also=signed_handshakes&limit=100",
        "/api/v2/events?also=handshakes,replays&limit=100", "/api/v2/events?ids=100001,100002,100003",
        "/api/v2/events?since=WEEKS_AGO&limit=100", "/api/v2/events?until=WEEKS_AGO&limit=100",
        "/api/v2/events?until=WEEKS_AGO&state=completed&limit=100", "/api/v2/events?until=MONTHS_AGO&limit=100",
        "/api/v2/events?until=MONTHS_AGO&source=other&limit=100", "/api/v2/events?since=MONTHS_AGO&limit=100",
        "/api/v2/events?until=MONTHS_AGO&state=completed&limit=100",
        "/api/v2/refusals?limit=100", "/api/v2/refusals?source=nobody&limit=100",
        "/api/v2/refusals?kind=stale&limit=100", "/api/v2/refusals?until=WEEKS_AGO&limit=100",
        "/api/v2/refusals?since=WEEKS_AGO&limit=100",
        "/api/v2/jobs?limit=100", "/api/v2/jobs?action=rare&limit=100", "/api/v2/jobs?kind=slack&limit=100",
        "/api/v2/jobs?rule=none&limit=100", "/api/v2/jobs?order=o200&limit=100", "/api/v2/jobs?shop=key_0&limit=100",
        "/api/v2/jobs?shop=none&limit=100", "/api/v2/jobs?error=nothing&limit=100", "/api/v2/jobs?after=1000&limit=100",
        "/api/v2/dead-letters?limit=100", "/api/v2/dead-letters?action=rare&limit=100",
        "/api/v2/dead-letters?kind=slack&limit=100", "/api/v2/dead-letters?rule=none&limit=100",
        "/api/v2/dead-letters?order=o107&limit=100", "/api/v2/dead-letters?shop=none&limit=100",
        "/api/v2/dead-letters?error=answered&limit=100", "/api/v2/dead-letters?error=nothing&limit=100",
        "/api/v2/orders?limit=100", "/api/v2/orders?source=other&limit=100", "/api/v2/orders?source=nobody&limit=100",
        "/api/v2/orders?shop=shop_1&limit=100", "/api/v2/orders?shop=key_0&limit=100",
        "/api/v2/orders?shop=none&limit=100", "/api/v2/orders?shop=shop_1&status=RARE&limit=100",
        "/api/v2/orders?status=AWAITING_SHIPMENT&limit=100", "/api/v2/orders?status=RARE&limit=100",
        "/api/v2/orders?order_id=o77&limit=100", "/api/v2/orders?processed=false&limit=100",
        "/api/v2/orders?processed=true&limit=100", "/api/v2/orders?processed=false&source=roms&limit=100",
        "/api/v2/orders?q=person77&limit=100", "/api/v2/orders?q=nothing&limit=100",
        "/api/v2/comments?limit=100",
        "/api/v2/comments?source=nobody&limit=100", "/api/v2/comments?moderation=review&limit=100",
        "/api/v2/comments?moderation=delete&limit=100", "/api/v2/conversations?limit=100",
        "/api/v2/conversations?source=nobody&limit=100", "/api/v2/operator-log?limit=100",
        "/api/v2/operator-log?subject=job:100&limit=100", "/api/v2/registered-webhooks", "/api/v2/sources",
        "/api/v2/schema-changes?limit=100", "/api/v2/schema-changes?source=nobody&limit=100", "/api/v2/credentials",
        "/api/orders/shop/shop_1?limit=100", "/api/orders/shop/key_0?limit=100",
        "/api/orders/queue/unprocessed?limit=100", "/api/orders/stats/orders", "/api/orders/stats/webhooks",
        "/api/orders/stats/webhooks?shopId=shop_1", "/api/v2/webhooks/logs?limit=100", "/metrics",
        "/api/v2/orders/150000/changes?limit=100", "/api/v2/orders/150000/timeline?limit=100",
        // The chart of the inspector.
        "/api/v2/statistics", "/api/v2/statistics?source=other", "/api/v2/statistics?since=A_DAY_AGO",
        "/api/v2/statistics?since=WEEKS_AGO", "/api/v2/statistics?since=WEEKS_AGO&bucket=600&source=shop",
        "/api/v2/statistics?since=MONTHS_AGO", "/api/v2/statistics?since=MONTHS_AGO&bucket=3600",
        "/api/v2/statistics?since=MONTHS_AGO&until=WEEKS_AGO&bucket=60",
    ]

    static func filled(_ target: String) -> String {
        let now = Timestamp(microseconds: SystemClock.wallMicroseconds())
        return target.replacing("WEEKS_AGO", with: now.advanced(bySeconds: -30 * 86_400).rfc3339)
            .replacing("A_DAY_AGO", with: now.advanced(bySeconds: -86_400).rfc3339)
            .replacing("MONTHS_AGO", with: now.advanced(bySeconds: -85 * 86_400).rfc3339)
    }

    @Test(arguments: targets)
    func aListOfTheAPI(_ target: String) throws {
        try keep()
        let request = fixture.request("GET", Self.filled(target), token: ledger.token)
        let (answer, blocks) = try Self.blocks(fixture.connection) { fixture.answer(request) }
        #expect(answer.status == 200, "\(answer.text.prefix(300))")
        #expect(blocks < Self.most, "\(target): \(blocks) blocks")
    }

    /// `hookledger status`
    @Test func theScreenOfStatus() throws {
        try keep()
        let connection = try ledger.connect("hookledger_operator")
        let (report, blocks) = try Self.blocks(connection) { try StatusReport(fixture.settings, on: connection) }
        #expect(report.values["events_24h"]?.integer ?? 0 > 2000 && report.values["in_an_hour"]?.integer ?? 0 > 50)
        #expect(blocks < Self.most, "\(blocks) blocks")
    }

    /// After an upgrade, a restore or the arrival of a slot, until the next turn of the batch processor.
    @Test func beforeAnythingIsCounted() throws {
        try keep()
        let connection = try ledger.connect("postgres")
        let now = Timestamp(microseconds: SystemClock.wallMicroseconds())
        let month = Statistics.Window(since: now.advanced(bySeconds: -30 * 86_400), until: now, bucket: 3600, now: now)
        func cost(_ work: () throws -> Void) throws -> Int64 {
            try Self.blocks(connection) {
                try connection.execute("delete from hookledger.activity_progress")
                try work()
            }.1
        }
        var costs = try [cost { _ = try StatusReport(fixture.settings, on: connection) }]
        try costs.append(cost { _ = try Statistics.buckets(month, source: nil, on: connection) })
        try costs.append(cost { #expect((try? Statistics.reach(on: connection).completeSince) != nil) })
        for cost in costs { #expect(cost < Self.most, "\(costs)") }
    }

    /// The thousandth page of 100 rows, or the middle of a shorter list, costs no more than the first: its cursor is a place.
    @Test(arguments: [
        "events?before=EVENT", "events?source=other&before=EVENT", "events?state=completed&before=EVENT",
        "events?also=handshakes,replays&before=EVENT",
        "refusals?before=REFUSAL", "refusals?source=shop&before=REFUSAL", "orders?before=ORDER",
        "orders?source=shop&before=ORDER", "orders?shop=shop_1&before=ORDER",
        "orders?status=AWAITING_SHIPMENT&before=ORDER", "orders?processed=false&before=ORDER", "jobs?after=JOB",
        "jobs?action=rare&after=JOB", "dead-letters?after=JOB",
    ])
    func aPageFarBehind(_ list: String) throws {
        try keep()
        let far = LargeLedger.orders - 100_000
        let row = try ledger.connect("postgres").query(
            """
            select (select (extract(epoch from r.refused_at) * 1000000)::bigint || '.0.' || r.id
                    from refusals as r where r.refused_at <= e.received_at order by r.refused_at desc limit 1) as refusal,
                (extract(epoch from e.received_at) * 1000000)::bigint || '.1.' || e.id as event, e.order_row::text as order, (select (min(job_id) + max(job_id)) / 2 from jobs)::text as job
            from events as e where e.id = $1::bigint
            """, [.bigint(Int64(far))]
        ).only()
        let target = try ["event", "refusal", "order", "job"].reduce("/api/v2/\(list)&limit=100") {
            $0.replacing($1.uppercased(), with: try row.text($1))
        }
        let request = fixture.request("GET", target, token: ledger.token)
        let (answer, blocks) = try Self.blocks(fixture.connection) { fixture.answer(request) }
        let page = try JSONValue(parsing: answer.body)
        #expect(answer.status == 200 && page["data"]?.array?.isEmpty == false, "\(answer.text.prefix(300))")
        #expect(blocks < Self.most, "\(target): \(blocks) blocks")
    }

    /// An attempt weeks after the event belongs to its state, wherever that week is.
    @Test func aLateAttemptIsFound() throws {
        let superuser = try ledger.connect("postgres")
        let id = 1001
        func event() throws -> JSONValue {
            let page = try fixture.get("/api/v2/events?ids=\(id)", token: ledger.token)
            return try #require(page["data"]?.array?.first)
        }
        #expect(try event()["attempts"] == 1)
        try superuser.execute(
            """
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row,
                job_created_at, started_at, finished_at, outcome, reason)
            select job_id, attempt + n, action, kind, rule, event_id, event_received_at, order_row, job_created_at, at, at,
                'retry', 'reason ' || n
            from job_attempts cross join (values (1, now() - interval '40 days'), (2, now() - interval '20 days')) as l (n, at)
            where event_id = \(id)
            """)
        #expect(try event()["attempts"] == 3)
        #expect(try event()["reason"] == "reason 2")
        #expect(
            try superuser.query(
                "select processed_at > now() - interval '21 days' as late from event_outcome(\(id), \(id), (select received_at from events where id = \(id)))"
            ).only().bool(0))
        #expect(
            try superuser.query("select count(*) from late_attempts where event_id = \(id)").only().bigint(0) == 1)
        try superuser.execute("delete from job_attempts where event_id = \(id) and attempt > 1")
    }

    /// Kept statistics say of when they are.
    @Test(arguments: [
        "/api/orders/stats/orders", "/api/orders/stats/webhooks", "/api/orders/stats/webhooks?shopId=shop_1",
        "/api/v2/jobs?limit=1", "/api/v2/sources", "/api/v2/statistics",
    ])
    func aStatisticSaysHowOldItIs(_ target: String) throws {
        try keep()
        let answer = try fixture.get(target, token: ledger.token)
        #expect(answer.text.contains("\"as_of\":\"20"), "\(answer.text.prefix(300))")
    }

    /// A token that is limited to a source has few of the rows, and finds them by the same steps.
    @Test(arguments: [
        "events?limit=100", "events?state=pending&limit=100", "jobs?limit=100", "dead-letters?limit=100",
        "orders?limit=100", "orders?processed=false&limit=100", "comments?limit=100", "sources",
    ])
    func aListOfALimitedToken(_ list: String) throws {
        try keep()
        let request = fixture.request("GET", "/api/v2/\(list)", token: ledger.limitedToken)
        let (answer, blocks) = try Self.blocks(fixture.connection) { fixture.answer(request) }
        #expect(answer.status == 200, "\(answer.text.prefix(300))")
        #expect(blocks < Self.most, "\(list): \(blocks) blocks")
    }

    /// Every route that lists something is among the targets, with each of its parameters.
    @Test func everyListAndFilterIsHere() {
        for route in RouteTable.routes where route.method == "GET" && route.parameters.contains("limit") {
            for parameter in route.parameters.subtracting(["limit", "offset", "after_id"]) {
                let isHere = Self.targets.contains { target in
                    let parts = target.split(separator: "?")
                    return route.match(Route.split(String(parts[0]))) != nil && parts.count > 1
                        && parts[1].split(separator: "&").contains { $0.hasPrefix(parameter + "=") }
                }
                let isCovered = isHere || Self.elsewhere.contains(parameter)
                #expect(isCovered, "\(route.parameters.sorted()): \(parameter)")
            }
        }
    }

    /// A search for a text is bounded in time, and a cursor is a place.
    private static let elsewhere: Set<String> = ["q", "before", "after"]

    /// The statements of docs/psql.md, by the role of their readers.
    @Test func theQuestionsOfThePage() throws {
        try keep()
        let page = try Files.readText(Executable.share(of: #filePath) + "/docs/psql.md")
        let block = try #require(page.split(separator: "```sql").dropFirst().first?.split(separator: "```").first)
        let statements = block.split(separator: ";").map(String.init).filter { $0.contains("select") }
        #expect(statements.count >= 10)
        let reader = try ledger.connect("hookledger_reader")
        for statement in statements + Self.views {
            let sql = statement.replacing("'1001'", with: "'o190001'")
            let (_, blocks) = try Self.blocks(reader) { try reader.query(sql) }
            #expect(blocks < Self.most, "\(statement): \(blocks) blocks")
        }
    }

    private static let views = [
        "select * from order_processing_queue limit 100", "select * from order_list order by id desc limit 100",
        "select * from tiktok_orders order by created_at desc limit 100",
        "select * from webhook_events order by created_at desc limit 100",
        "select * from webhook_logs order by created_at desc limit 100",
        "select * from event_list order by received_at desc limit 100", "select * from queue_depth",
        "select * from held_jobs limit 100", "select * from dead_letters order by job_id limit 100",
        "select * from action_statistics", "select * from slow_destinations", "select * from service_levels",
        "select * from order_statistics", "select * from webhook_statistics", "select * from blocked_orders limit 100",
        "select * from job_list order by job_id limit 100",
        "select * from comment_review_queue limit 100", "select * from missing_orders limit 100",
        "select * from product_list limit 100", "select * from customer_list limit 100",
        "select * from uncertain_effects limit 100",
        "select at, sum(deliveries) from activity where step = 3600 and at > now() - interval '30 days' group by at",
        "select * from job_lives where step = 3600 and ended_at > now() - interval '30 days'",
        "select * from open_jobs_by_age", "select * from activity_state",
    ]

    /// A new view is read here, or belongs to those that are not.
    @Test func everyViewIsReadHereOrNamed() throws {
        let page = try Files.readText(Executable.share(of: #filePath) + "/docs/psql.md")
        let read = Set((Self.views + [page]).flatMap { $0.matches(of: /from (\w+)/).map { String($0.output.1) } })
        let rows = try ledger.connect("hookledger_reader").query(
            "select viewname from pg_views where schemaname = 'hookledger' and viewname not like '%\\_now'")
        let views = try Set(rows.map { row throws(PostgresError) in try row.text(0) })
        let missing = views.subtracting(read).subtracting(Self.notRead)
        #expect(missing.sorted() == [], "add a statement on them to ListCostTests.views, which counts what it reads")
        #expect(Self.notRead.subtracting(views).sorted() == [], "these views are gone")
    }

    /// Views that are read by a key, by a list of the API or within another view, and views of few rows.
    private static let notRead: Set<String> = [
        "event_states", "event_rows", "unread_fields", "repetition_list", "shop_list", "order_items", "order_states",
        "job_log", "inventory_levels", "comment_list", "conversation_messages", "record_events", "comment_log",
        "refusal_list", "effect_list", "replay_list", "conversation_list", "operator_actions", "metric_totals",
        "order_mentions", "webhook_registrations", "batch_activity", "batch_runs", "handshake_list", "live_replays",
        "pause_list", "reconcile_state", "reconcile_runs", "audit_runs", "audit_state", "chain_state",
        "configurations_in_use", "configuration_revisions", "credential_status", "schema_changes", "webhook_history",
        "webhook_watch", "quarantine_list", "webhook_statistics_of_shops", "queue_depth_of_sources", "source_activity",
    ]

    /// A month of a large ledger is counted as its rows are, and in the buckets that the inspector asks for.
    @Test func theStatisticsAreThoseOfTheRows() throws {
        try keep()
        let since = Timestamp(microseconds: SystemClock.wallMicroseconds()).advanced(bySeconds: -30 * 86_400)
        let page = try fixture.get("/api/v2/statistics?since=\(since.rfc3339)&bucket=43200", token: ledger.token)
        let buckets = try #require(page["buckets"]?.array)
        let first = try #require(page["since"]?.string)
        let rows = try ledger.connect("postgres").query(
            """
            select (select count(*) from events where received_at >= $1::timestamptz) as deliveries,
                (select count(*) from refusals where refused_at >= $1::timestamptz) as refusals,
                (select count(*) from job_attempts where finished_at >= $1::timestamptz and outcome = 'done') as jobs_done,
                (select count(*) from job_attempts where finished_at >= $1::timestamptz and outcome = 'dead') as jobs_dead
            """, [.text(first)]
        ).only()
        for name in ["deliveries", "refusals", "jobs_done", "jobs_dead"] {
            #expect(try buckets.reduce(0) { $0 + ($1[name]?.integer ?? 0) } == rows.bigint(name), "\(name)")
        }
        let open = try ledger.connect("postgres").query("select count(*) from jobs where state <> 2").only().bigint(0)
        #expect(buckets.last?["queue_depth"]?.integer == open)
        #expect(buckets.count >= 60 && page["complete_since"] == .null)
    }

    /// A filter that rows are compared with says how far it looked, and continues there until it has found all.
    @Test func aSearchContinuesWhereItEnded() throws {
        var (found, next, pages) = (0, JSONValue.null, 0)
        repeat {
            let before = next.string.map { "&before=\($0)" } ?? ""
            let page = try fixture.get("/api/v2/events?source=roms&limit=100\(before)", token: ledger.token)
            let rows = try #require(page["data"]?.array)
            found += rows.count
            next = page["next"] ?? .null
            #expect((next == .null) == (page["searched_to"] == .null), "page \(pages)")
            pages += 1
        } while next != .null && pages < 1000
        #expect(found == 10 + LargeLedger.refusalsOfROMS && pages > 10)
    }

    /// The same for a state: each waiting event once, in the order of the list.
    @Test func theWaitingOnesAreAllOfThem() throws {
        var (ids, next, pages) = ([Int64](), JSONValue.null, 0)
        repeat {
            let before = next.string.map { "&before=\($0)" } ?? ""
            let page = try fixture.get("/api/v2/events?state=pending&limit=200\(before)", token: ledger.token)
            ids += try #require(page["data"]?.array).compactMap { $0["id"]?.integer }
            next = page["next"] ?? .null
            pages += 1
        } while next != .null && pages < 20
        #expect(ids.count >= 2000 && Set(ids).count == ids.count && ids == ids.sorted(by: >))
        let expected = try ledger.connect("postgres").query(
            """
            select event_id from jobs as j where state in (0, 3) and not exists (
                select from jobs as k where k.event_id = j.event_id and k.state in (1, 2))
            order by event_received_at desc, event_id desc limit \(ids.count)
            """
        ).map { try $0.bigint(0) }
        #expect(ids == expected)
    }

    /// A search for a text ends in time, says how far it looked and continues.
    @Test func aSearchInBodies() throws {
        var filter = DeliveryFilter()
        filter.text = "\"o17\""
        filter.accepted = true
        let page = try DeliveryPages.newest(filter, limit: 100, patience: .zero, on: fixture.connection)
        #expect(page.searchedTo != nil && page.next != nil && page.hasMore)
        let here = try fixture.get(
            "/api/v2/events?q=%22o\(LargeLedger.orders)%22&outcome=accepted&limit=100", token: ledger.token)
        #expect(here["data"]?.array?.count == 1)
    }

    /// Keeps the statistics as the batch processor does.
    private func keep() throws {
        let batch = try ledger.connect("hookledger_batch")
        for view in try KeptStatistics.views(on: batch) { try KeptStatistics.keep(view, on: batch) }
    }
}

extension LargeLedger {
    static var refusalsOfROMS: Int { 1 }
}
