import LocalStack
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// The router has the views of one database.
@Suite(.blocking, .enabled(if: CellFixture.hasPLProxy, CellFixture.why)) struct CellViewTests {
    static let sources = (0..<12).map { "shop-\($0)" }

    /// Views of what each cell has of its own: a row for each cell.
    private static let perCell: Set = ["chain_state"]

    /// What two databases never have in common: ids and times.
    private static func isOwn(_ column: String) -> Bool {
        [
            "id", "at", "since", "age", "as_of", "written_by", "occurred", "subject_id", "latest", "oldest",
            "first_created", "last_updated", "last_received", "expected_interval", "is_silent", "usual_seconds",
        ].contains(column)
            || ["_id", "_row", "_at", "_for", "_since", "_key", "_before", "_after", "_p50", "_p95", "_p99"].contains(
                where: column.hasSuffix)
                && column != "order_id" && column != "product_id" && column != "call_p95"
    }

    private func rows(_ view: String, _ columns: [String], _ connection: Connection) throws -> [String] {
        let kept = columns.filter { !Self.isOwn($0) }.map { "\"\($0)\"" }.joined(separator: ", ")
        return try connection.query("select to_jsonb(q)::text from (select \(kept) from \(view)) as q").map {
            try $0.text(0)
        }
        .sorted()
    }

    /// Views and their columns, each with its type.
    private func columns(_ connection: Connection) throws -> [String: [(name: String, type: String)]] {
        var found: [String: [(name: String, type: String)]] = [:]
        for row in try connection.query(
            """
            select c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod) from pg_class as c
            join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
            where c.relnamespace = 'hookledger'::regnamespace and c.relkind = 'v' order by c.relname, a.attnum
            """)
        {
            found[try row.text(0), default: []].append((try row.text(1), try row.text(2)))
        }
        return found
    }

    /// What a batch processor would leave behind, the same in each database.
    private static let ended = """
        create temporary table ended as
        select j.*, get_byte(sha256(convert_to(o.source || o.order_id, 'UTF8')), 0) as n, date_trunc('day', now()) as day
        from jobs as j join orders as o on o.id = j.order_row;
        insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at,
            started_at, first_byte_at, finished_at, outcome, reason, destination, status)
        select job_id, 1, action, kind, rule, event_id, event_received_at, order_row, day, day + n * interval '1 ms',
            day + n * interval '1.2 ms', day + n * interval '1.5 ms',
            (array['done', 'dead', 'retry', 'skipped'])[n % 4 + 1], 'why', 'ops' || n % 2, 500 from ended;
        update jobs as j set state = 2, attempt = 1, last_error = 'why', first_failed_at = e.day from ended as e
        where e.job_id = j.job_id and e.n % 4 = 1;
        update jobs as j set state = 3, hold_reason = 'shop', held_at = e.day from ended as e
        where e.job_id = j.job_id and e.n % 8 = 2;
        delete from jobs as j using ended as e where e.job_id = j.job_id and e.n % 4 in (0, 3);
        insert into effects (effect_key, action, kind, state, job_id, event_id, event_received_at, order_row, external_id)
        select 'k' || job_id, action, kind, case when n % 8 = 0 then 'done' else 'uncertain' end, job_id, event_id,
            event_received_at, order_row, 'x' || n from ended;
        -- Counts by the minute are those of one minute.
        update jobs as j set created_at = date_trunc('day', now());
        """

    /// The same deliveries, refusals and counters at a router and in one database.
    private func fill(_ writers: [LedgerWriter], _ ingest: [Connection]) throws {
        for writer in writers {
            for round in 1...3 {
                for (kind, count) in [("order", 3), ("product", 2), ("customer", 1), ("comment", 1)]
                where round <= count {
                    let batch = try Self.sources.map { source in
                        try Saying(
                            kind: kind, id: "\(round)", status: "s\(round)", fields: ["currency": "EUR"],
                            at: Int64(round)
                        ).recordable(received: Int64(round), source: source, action: kind == "order" ? "ops" : nil)
                    }
                    for result in writer.record(batch) { _ = try result.get() }
                }
            }
        }
        for connection in ingest {
            for source in Self.sources {
                _ = try connection.query(
                    """
                    select refuse(array[now()], '{\(source)}', '{no_secret_matched}', '{why}', '{401}', '{r}', '{::1}',
                        '{POST}', '{/x}', '{abc}', '{3}', '{0}')
                    """)
            }
            _ = try connection.query(
                """
                select add_metrics('ingest', array['hookledger_deliveries_total', 'hookledger_duplicates_total'], array[
                    '{"source": "shop-1", "verdict": "stored"}', '{"source": "shop-1"}']::jsonb[], array[10, 2])
                """)
        }
    }

    @Test func everyViewHasTheRowsOfOneDatabase() throws {
        let cells = try CellFixture(3)
        let one = try LedgerFixture()
        try fill(
            [cells.writer, one.writer],
            [
                LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.router)),
                one.connect(as: "hookledger_ingest"),
            ])
        for connection in [one.superuser] + cells.cells.values { try connection.execute(Self.ended) }
        try CellMap.arrangeViews(on: cells.superuser)
        let reader = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "hookledger_reader"))
        let alone = try one.connect(as: "hookledger_reader")
        let (expected, found) = (try columns(alone), try columns(reader))
        var filled = 0
        for (view, columns) in expected.sorted(by: { $0.key < $1.key }) {
            #expect(found[view]?.map(\.type) == columns.map(\.type), "\(view)")
            let names = columns.map(\.name)
            #expect(found[view]?.map(\.name) == names, "\(view)")
            let (before, now) = (try rows(view, names, alone), try rows(view, names, reader))
            if Self.perCell.contains(view) {
                #expect(now.count == cells.names.count, "\(view)")
            } else {
                #expect(now == before, "\(view)")
            }
            filled += before.isEmpty ? 0 : 1
        }
        #expect(filled > 40)
        #expect(
            try reader.query("select col_description('order_list'::regclass, 1) is not null").only().bool(0))
        try answersTheQuestions(reader)
    }

    /// The statements of docs/psql.md.
    private func answersTheQuestions(_ reader: Connection) throws {
        let page = try Files.readText(Executable.share(of: #filePath) + "/docs/psql.md")
        let questions = page.split(separator: "```sql\n")[1].split(separator: "```")[0]
            .split(separator: ";\n").filter { $0.contains("select") }
        #expect(questions.count == 10)
        for question in questions { _ = try reader.query(String(question)) }
    }

    /// A list reads of each cell what it shows.
    @Test func conditionsAndOrdersGoToTheCells() throws {
        let cells = try CellFixture(2)
        try CellMap.arrangeViews(on: cells.superuser)
        let reader = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "hookledger_reader"))
        for (question, order) in [
            ("select order_id from order_list where source = 'shop-1' order by id desc limit 50", "id DESC"),
            ("select job_id from dead_letters order by job_id limit 50", "job_id ASC"),
            (
                """
                select created_at from webhook_logs where created_at > (select now() - interval '1 hour')
                order by created_at desc limit 50
                """, "created_at DESC"
            ),
            ("select order_id from order_processing_queue limit 20", "id ASC"),
        ] {
            let plan = try reader.query("explain (verbose, costs off) \(question)").map { try $0.text(0) }
            let remote = plan.filter { $0.contains("Remote SQL") }
            #expect(remote.count == cells.names.count, "\(plan)")
            #expect(remote.allSatisfy { $0.contains("ORDER BY \(order)") }, "\(plan)")
            #expect(remote.allSatisfy { $0.contains("WHERE") == question.contains("where") }, "\(plan)")
            #expect(plan.contains { $0.contains("Merge Append") }, "\(plan)")
            #expect(!plan.contains { $0.contains("-> Sort") || $0.contains("->  Sort") }, "\(plan)")
        }
    }

    /// A password in a connection string is in no catalog that a reader may read.
    @Test func noReaderSeesThePasswordOfACell() throws {
        let cells = try CellFixture(1)
        let secret = "s3cret it's"
        let conninfo = try LedgerFixture.ingestConninfo(cells.names[0]) + " password='s3cret it\\'s'"
        try CellMap.add(cells.names[0], conninfo: conninfo, on: cells.superuser)
        try CellMap.arrangeViews(on: cells.superuser)
        let all = """
            select coalesce(string_agg(t.row, ' '), '') from (
                select s::text as row from pg_foreign_server as s union all select m::text from pg_user_mappings as m
                union all select p.prosrc from pg_proc as p union all select v.definition from pg_views as v) as t
            """
        let kept = "select count(*) from pg_user_mapping where array_to_string(umoptions, ' ') like '%s3cret%'"
        #expect(try cells.superuser.query(kept).only().int(0) == 1)
        for role in ["hookledger_reader", "hookledger_operator", "hookledger_api", "hookledger_batch"] {
            let connection = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, role))
            #expect(try connection.query("select count(*) from order_list").only().int(0) == 0)
            #expect(try !connection.query(all).only().text(0).contains(secret.prefix(6)))
            for denied in [
                "select conninfo from cells", "select umoptions from pg_user_mapping",
                "select * from plproxy.get_cluster_partitions('readers')", "select plproxy.dblink_get_connections()",
                "select count(*) from cell_\(cells.names[0]).orders",
            ] {
                #expect(throws: PostgresError.self, "\(denied)") { try connection.query(denied) }
            }
        }
    }
}
