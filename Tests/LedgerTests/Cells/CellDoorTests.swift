import LocalStack
import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// The door of a router: each delivery is stored in the cell of its source, and a cell that is away costs only its sources.
@Suite(.blocking, .enabled(if: CellFixture.hasPLProxy, CellFixture.why)) struct CellDoorTests {
    static let sources = (0..<24).map { "shop-\($0)" }

    private func deliveries(_ round: Int, action: String? = "ops") throws -> [Recordable] {
        try Self.sources.map { source in
            try Saying(id: "\(round)", status: "paid", at: Int64(round)).recordable(source: source, action: action)
        }
    }

    @Test func eachDeliveryIsInTheCellOfItsSource() throws {
        let cells = try CellFixture(4)
        let batch = try deliveries(1)
        for (result, source) in zip(cells.writer.record(batch), Self.sources) {
            let receipt = try result.get()
            #expect(!receipt.isDuplicate)
            #expect(receipt.eventID % 1024 == Int64(Slot(of: source).number))
            #expect((receipt.orderRow ?? 0) % 1024 == Int64(Slot(of: source).number))
            let cell = try cells.cell(of: source)
            #expect(
                try cells.value(
                    "select count(*) from events e join jobs j on j.event_id = e.id where e.id = \(receipt.eventID)"
                        + " and j.job_id & 1023 = e.id & 1023 and e.source = '\(source)'", in: cell) == "1")
        }
        #expect(try cells.map.values.allSatisfy { $0.count == 256 })
        #expect(try cells.total("select count(*) from events") == Self.sources.count)
        #expect(try cells.total("select count(*) from jobs") == Self.sources.count)
        #expect(try cells.names.filter { try cells.value("select count(*) from events", in: $0) != "0" }.count == 4)
        // What is sent again finds its receipt.
        #expect(try cells.writer.record(batch).allSatisfy { try $0.get().isDuplicate })
        #expect(try cells.total("select count(*) from events") == Self.sources.count)
    }

    /// The servers of tests have `synchronous_commit` off, as an operator's may.
    @Test func whatACellAcknowledgesIsOnItsDisk() throws {
        let cells = try CellFixture(2)
        for connection in cells.cells.values {
            try connection.execute(
                """
                create table seen_at_commit (setting text);
                create function look() returns trigger language plpgsql security definer as $$ begin
                    insert into seen_at_commit values (current_setting('synchronous_commit'));
                    return null;
                end $$;
                create constraint trigger look after insert on jobs deferrable initially deferred
                    for each row execute function look();
                """)
            #expect(try connection.query("show synchronous_commit").only().text(0) == "on")
        }
        #expect(
            try LedgerFixture.connection(LedgerFixture.conninfo(cells.names[0], "postgres")).query(
                "select reset_val from pg_settings where name = 'synchronous_commit'"
            ).only().text(0) == "off")
        for result in cells.writer.record(try deliveries(1)) { _ = try result.get() }
        #expect(try cells.total("select count(*) from seen_at_commit where setting = 'on'") == Self.sources.count)
        #expect(try cells.total("select count(*) from seen_at_commit") == Self.sources.count)
    }

    @Test func theRowsAreThoseOfOneDatabase() throws {
        let cells = try CellFixture(3)
        let one = try LedgerFixture()
        for round in 1...3 {
            for writer in [cells.writer, one.writer] {
                for result in writer.record(try deliveries(round)) { _ = try result.get() }
            }
        }
        // The id of a row is the only thing that differs.
        for query in [
            "select source, order_id, status, order_data::text, clocks::text, shop_key from orders",
            "select source, type, subject, disposition, changes::text, verification, encode(body, 'hex') from events",
            "select action, kind, rule, state::text, priority::text, unique_key::text from jobs",
            "select source, encode(dedupe_key, 'hex') from receipts",
        ] {
            func rows(_ connection: Connection) throws -> [String] {
                try connection.query("select row_to_json(q)::text from (\(query)) as q").map { try $0.text(0) }
            }
            let expected = try rows(one.superuser).sorted()
            #expect(try cells.cells.values.flatMap(rows).sorted() == expected)
            #expect(!expected.isEmpty)
        }
    }

    @Test func aCellThatIsAwayCostsItsSourcesOnly() throws {
        let cells = try CellFixture(3)
        for result in cells.writer.record(try deliveries(1)) { _ = try result.get() }
        let lost = cells.names[1]
        let away = try Set(Self.sources.filter { try cells.cell(of: $0) == lost })
        #expect(!away.isEmpty && away.count < Self.sources.count)
        try cells.set(lost, away: true)
        // The first batch finds out; the second is cut before it is sent.
        for round in 2...3 {
            for (result, source) in zip(cells.writer.recordOnce(try deliveries(round)), Self.sources) {
                switch result {
                case .success: #expect(!away.contains(source))
                case .failure(.away): #expect(away.contains(source))
                case .failure(let failure): Issue.record("\(source): \(failure)")
                }
            }
            let noted = try cells.superuser.query("select name from cells where away_since is not null").map {
                try $0.text(0)
            }
            #expect(noted == [lost])
        }
        // The canary says that the door is open.
        _ = try cells.writer.commitCanary(now: SystemClock.now)

        try cells.set(lost, away: false)
        let door = try LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.router))
        for _ in 0..<50 {
            _ = try door.query("select add_metrics('ingest', '{}', '{}', '{}')")
            let isBack = try cells.superuser.query("select bool_and(away_since is null) from cells").only().bool(0)
            if isBack { break }
            SystemClock.sleep(milliseconds: 100)
        }
        // Sent again: those of the other cells are known.
        for round in 2...3 {
            for (result, source) in zip(cells.writer.recordOnce(try deliveries(round)), Self.sources) {
                #expect(try result.get().isDuplicate == !away.contains(source))
            }
        }
        #expect(try cells.total("select count(*) from events") == 3 * Self.sources.count)
        #expect(try cells.total("select count(*) from jobs") == 3 * Self.sources.count)
    }

    @Test func aSessionThatIsLostCostsNothing() throws {
        let cells = try CellFixture(2)
        for result in cells.writer.record(try deliveries(1)) { _ = try result.get() }
        // As after a restart of the cell: its sessions are gone, and new ones can be had.
        try cells.set(cells.names[0], away: true)
        try cells.set(cells.names[0], away: false)
        for result in cells.writer.recordOnce(try deliveries(2)) { _ = try result.get() }
        #expect(try cells.superuser.query("select from cells where away_since is not null").isEmpty)
        #expect(try cells.total("select count(*) from events") == 2 * Self.sources.count)
    }

    @Test func oneBadDeliveryCostsOnlyItself() throws {
        let cells = try CellFixture(2)
        var batch = try deliveries(1)
        let bad = try Saying(id: "9", fields: ["total_amount": "1e200000"]).recordable(source: Self.sources[3])
        batch.append(bad)
        let results = cells.writer.recordOnce(batch)
        for result in results.dropLast() { _ = try result.get() }
        guard case .failure(.refused)? = results.last else {
            Issue.record("\(String(describing: results.last))")
            return
        }
        #expect(try cells.total("select count(*) from events") == Self.sources.count)
    }

    @Test func otherRowsGoToTheCellOfTheirSource() throws {
        let cells = try CellFixture(3)
        let door = try LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.router))
        for source in Self.sources.map({ "'\($0)'" }) + ["null"] {
            _ = try door.query(
                """
                select refuse(array[now()], array[\(source)]::text[], '{no_secret_matched}', '{why}', '{401}', '{r}', '{::1}',
                    '{POST}', '{/x}', '{abc}', '{3}', '{0}')
                """)
        }
        let peers = "array['" + Self.sources.joined(separator: "','") + "']"
        _ = try door.query("select note_peers(\(peers), array_fill('::2'::text, array[\(Self.sources.count)]))")
        #expect(try cells.total("select count(*) from refusals") == Self.sources.count + 1)
        #expect(try cells.total("select count(*) from refusals where id & 1023 <> source_slot(source)") == 0)
        #expect(
            try cells.total(
                "select count(*) from refusals r where not exists (select from cell_slots s where s.slot = r.id & 1023)"
            ) == 0)
        #expect(try door.query("select * from noted_peers()").count == Self.sources.count)
        try cells.set(cells.names[2], away: true)
        // A sample: those of a cell that is away are left out, and the others are written once.
        _ = try door.query("select note_peers(\(peers), array_fill('::3'::text, array[\(Self.sources.count)]))")
        let shown = try door.query("select * from noted_peers()").count
        #expect(shown > Self.sources.count && shown < 2 * Self.sources.count)
        try cells.set(cells.names[2], away: false)
    }

    /// Both have the functions of sql/functions/01_tokens.sql and 01_counters.sql.
    @Test func aRouterHasTheTablesOfTokensAndCountersAsALedger() throws {
        let cells = try CellFixture(1)
        let tables = ["api_tokens", "operator_log", "metrics"].map { table in
            [cells.superuser, cells.cells[cells.names[0]]].map { connection in
                try? connection?.query(
                    """
                    select string_agg(format('%s %s %s %s', attname, format_type(atttypid, atttypmod), attnotnull,
                        pg_get_expr(d.adbin, d.adrelid)), e'\n' order by attname)
                        || (select string_agg(pg_get_constraintdef(c.oid), e'\n' order by conname) from pg_constraint as c
                            where c.conrelid = '\(table)'::regclass)
                    from pg_attribute as a left join pg_attrdef as d on d.adrelid = attrelid and d.adnum = attnum
                    where attrelid = '\(table)'::regclass and attnum > 0 and not attisdropped
                        and attname <> 'link' -- of the chain, which a router has not
                    """
                ).only().text(0)
            }
        }
        for pair in tables { #expect(pair[0] == pair[1] && pair[0]?.isEmpty == false) }
    }

    /// A role that adds rows of a source asks for its slot, in the trigger of the table.
    @Test func whoAddsRowsOfASourceMayAskForItsSlot() throws {
        let cells = try CellFixture(1)
        let adding = """
            select distinct r.rolname
            from pg_trigger as t join pg_class as c on c.oid = t.tgrelid join pg_proc as p on p.oid = t.tgfoid
            join pg_roles as r on r.rolname like 'hookledger\\_%' and r.rolname <> 'hookledger_owner'
            where t.tgname = 'give_slot' and p.proname = 'slot_of_source'
                and (has_table_privilege(r.oid, c.oid, 'insert') or has_any_column_privilege(r.oid, c.oid, 'insert'))
            """
        let cell = cells.names[0]
        #expect(Int(try cells.value("select count(*) from (\(adding)) as a", in: cell) ?? "") ?? 0 >= 2)
        #expect(
            try cells.value(
                "select string_agg(a.rolname, ' ') from (\(adding)) as a "
                    + "where not has_function_privilege(a.rolname, 'source_slot(text)', 'execute')", in: cell) == nil)
    }

    @Test func theConnectionsOfTheCellsAreTheOwnersOnly() throws {
        let cells = try CellFixture(1)
        for role in ["ingest", "api", "batch", "operator", "reader"] {
            let connection = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "hookledger_\(role)"))
            for query in [
                "select conninfo from cells", "select * from plproxy.get_cluster_partitions('cells')",
                "select * from send_2(\(Array(repeating: "null", count: 48).joined(separator: ", ")))",
                "select ask_cells('{x}', 'x', 'x', 'x', '1 s')", "select watch_cells()",
                "select find_silent('1 s', '1 s', true, true)", "select map_slots('{1}', 'x')",
            ] {
                #expect(throws: PostgresError.self, "\(role): \(query)") { try connection.query(query) }
            }
        }
    }
}
