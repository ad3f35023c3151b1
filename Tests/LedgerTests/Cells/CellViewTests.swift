import LocalStack
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// The router has the views of one database.
@Suite(.blocking, .enabled(if: CellFixture.hasPLProxy, CellFixture.why)) struct CellViewTests {
    private static let sources = (0..<12).map { "shop-\($0)" }

    /// Views whose rows are not of a source: a row for each cell.
    private static let perCell: Set = [
        "action_statistics", "action_statistics_now", "audit_runs", "audit_state", "batch_activity", "batch_runs",
        "chain_state",
        "configuration_revisions", "configurations_in_use", "live_replays", "metric_totals", "operator_actions",
        "queue_depth",
        "queue_depth_now", "replay_list", "service_levels", "service_levels_now", "slow_destinations",
        "slow_destinations_now",
        "webhook_registrations", "webhook_statistics", "webhook_statistics_now",
    ]

    /// What two databases never have in common: ids, times, and the cell.
    private static func isOwn(_ column: String) -> Bool {
        [
            "cell", "id", "at", "since", "age", "as_of", "written_by", "occurred", "subject_id", "latest", "oldest",
            "first_created",
            "last_updated", "last_received", "expected_interval", "is_silent", "usual_seconds",
        ].contains(column)
            || ["_id", "_row", "_at", "_for", "_since", "_key", "_before", "_after", "_p50", "_p99"].contains(
                where: column.hasSuffix)
                && column != "order_id" && column != "product_id"
    }

    private func rows(_ view: String, _ columns: [String], _ connection: Connection) throws -> [String] {
        let kept = columns.filter { !Self.isOwn($0) }.map { "\"\($0)\"" }.joined(separator: ", ")
        return try connection.query("select to_jsonb(q)::text from (select \(kept) from \(view)) as q").map {
            try $0.text(0)
        }
        .sorted()
    }

    @Test func everyViewHasTheRowsOfOneDatabase() throws {
        let cells = try CellFixture(3)
        let one = try LedgerFixture()
        for writer in [cells.writer, one.writer] {
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
        for connection in [
            try LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.router)),
            try one.connect(as: "hookledger_ingest"),
        ] {
            for source in Self.sources {
                _ = try connection.query(
                    "select refuse(array[now()], '{\(source)}', '{no_secret_matched}', '{why}', '{401}', '{r}', '{::1}', '{POST}', '{/x}', '{abc}', '{3}', '{0}')"
                )
            }
        }
        try CellMap.arrangeViews(on: cells.superuser)
        let reader = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "hookledger_reader"))
        let alone = try one.connect(as: "hookledger_reader")
        var filled = 0
        for row in try alone.query(
            """
            select c.relname::text, array_agg(a.attname::text order by a.attnum)::text from pg_class as c
            join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
            where c.relnamespace = 'hookledger'::regnamespace and c.relkind = 'v' group by c.relname order by c.relname
            """)
        {
            let view = try row.text(0)
            let columns = try row.text(1).dropFirst().dropLast().split(separator: ",").map(String.init)
            let (expected, found) = (try rows(view, columns, alone), try rows(view, columns, reader))
            if Self.perCell.contains(view) {
                #expect(expected.isEmpty || !found.isEmpty, "\(view)")
            } else {
                #expect(found == expected, "\(view)")
            }
            filled += expected.isEmpty ? 0 : 1
        }
        #expect(filled > 25)
        // Comments are there, too.
        #expect(
            try reader.query("select col_description('order_list'::regclass, 1) is not null").only().bool(0))
    }

    @Test func aCellThatIsAwayIsLeftOutAndNamed() throws {
        let cells = try CellFixture(2)
        let batch = try Self.sources.map { try Saying(id: "1", status: "a", at: 1).recordable(source: $0) }
        for result in cells.writer.record(batch) { _ = try result.get() }
        try CellMap.arrangeViews(on: cells.superuser)
        let reader = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "hookledger_reader"))
        let notices = Locked<[String]>([])
        reader.noticeHandler = { notice in notices.withLock { $0.append("\(notice)") } }
        let question = "select count(*) from order_list"
        #expect(try reader.query(question).only().int(0) == Self.sources.count)
        let lost = cells.names[1]
        let others = try Self.sources.filter { try cells.cell(of: $0) != lost }.count
        try cells.set(lost, away: true)
        let more = try Self.sources.map { try Saying(id: "2", status: "a", at: 1).recordable(source: $0) }
        _ = cells.writer.recordOnce(more)
        #expect(try reader.query(question).only().int(0) == 2 * others)
        #expect(notices.withLock { $0 }.contains { $0.contains("\(lost) is away") })
        try cells.set(lost, away: false)
    }
}
