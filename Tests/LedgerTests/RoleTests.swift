import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// Each role can do one thing.
@Suite(.blocking) struct RoleTests {
    let ledger: LedgerFixture

    init() throws {
        ledger = try LedgerFixture()
        _ = try ledger.record(
            Guide.recordable(Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000)))
    }

    private func refusal(_ role: String, _ sql: String) throws -> SQLState? {
        let connection = try ledger.connect(as: role)
        let error = #expect(throws: PostgresError.self, "\(role): \(sql)") { try connection.execute(sql) }
        return error?.state
    }

    @Test(arguments: [
        "events", "orders", "receipts", "refusals", "jobs", "effects", "products", "inventory",
        "inventory_movements", "customers", "comments", "conversations", "messages", "upkeep", "handshakes",
        "run_slots",
        "exclusive_work", "api_tokens",
    ])
    func theIngestRoleNeitherReadsNorDeletes(table: String) throws {
        #expect(try refusal("hookledger_ingest", "select * from hookledger.\(table)") == .insufficientPrivilege)
        #expect(try refusal("hookledger_ingest", "delete from hookledger.\(table)") == .insufficientPrivilege)
        #expect(try refusal("hookledger_ingest", "truncate hookledger.\(table)") == .insufficientPrivilege)
    }

    @Test func theIngestRoleCallsNothingButItsFunctions() throws {
        #expect(try refusal("hookledger_ingest", "select hookledger.ensure_partitions()") == .insufficientPrivilege)
        #expect(
            try refusal("hookledger_ingest", "select hookledger.lock_records('{order}', '{s}', '{1}')")
                == .insufficientPrivilege)
        let callable = try ledger.value(
            """
            select string_agg(proname, ' ' order by proname) from pg_proc
            where pronamespace = 'hookledger'::regnamespace
                and has_function_privilege('hookledger_ingest', oid, 'execute')
            """)
        #expect(
            callable
                == "add_metrics keep_refused leave_configuration note_configuration note_handshakes note_peers noted_peers record record_2 refuse refuse_configuration"
        )
    }

    @Test func theReaderSeesEveryViewAndNoTable() throws {
        let readable =
            "select count(*) from pg_class where relnamespace = 'hookledger'::regnamespace and has_table_privilege('hookledger_reader', oid, 'select')"
        #expect(try ledger.value(readable + " and relkind in ('r', 'p')") == "0")
        #expect(
            try ledger.value(readable + " and relkind = 'v'")
                == ledger.value("select count(*) from pg_views where schemaname = 'hookledger'"))
        let reader = try ledger.connect(as: "hookledger_reader")
        let views = try ledger.superuser.query("select viewname from pg_views where schemaname = 'hookledger'", [])
        for view in views { _ = try reader.query("select * from \(try view.text(0))", []) }
        #expect(views.count >= 10)
        #expect(try refusal("hookledger_reader", "create table hookledger.x (n int)") == .insufficientPrivilege)
    }

    @Test func everyTableColumnAndViewHasAComment() throws {
        let bare = try ledger.value(
            """
            select string_agg(c.relname || coalesce('.' || a.attname, ''), ' ')
            from pg_class as c
            left join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and not c.relispartition
            where c.relnamespace = 'hookledger'::regnamespace and c.relkind in ('r', 'p', 'v')
                and (obj_description(c.oid, 'pg_class') is null
                    or a.attnum is not null and col_description(c.oid, a.attnum) is null)
            """)
        #expect(bare == nil)
    }
}
