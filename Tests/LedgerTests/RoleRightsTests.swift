import Ledger
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

/// What each role may do, as the database has it, is what SECURITY.md says: nobody gets a right by the way.
@Suite(.blocking) struct RoleRightsTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private static let roles = ["ingest", "api", "batch", "operator", "reader"]

    /// Names of rows, in code spans.
    private func list(_ sql: String, _ role: String) throws -> String {
        let names = try ledger.superuser.query(sql.replacing("$1", with: "'hookledger_\(role)'")).map { try $0.text(0) }
        return names.isEmpty ? "nothing" : names.map { "`\($0)`" }.joined(separator: " ")
    }

    private static let functions = """
        select proname from pg_proc
        where pronamespace = 'hookledger'::regnamespace and has_function_privilege($1, oid, 'execute') order by 1
        """

    private static let tables = """
        from pg_class as c where relnamespace = 'hookledger'::regnamespace and relkind in ('r', 'p', 'S')
            and not relispartition
        """

    private static let reads = """
        select relname \(tables) and relkind <> 'S' and has_any_column_privilege($1, oid, 'select') order by 1
        """

    /// Rights on single columns name the columns.
    private static let writes = """
        select relname || ':' || concat_ws(',',
            case when relkind = 'S' and has_sequence_privilege($1, oid, 'usage') then 'usage' end,
            case when relkind <> 'S' and has_table_privilege($1, oid, 'insert') then 'insert' end,
            case when relkind <> 'S' and not has_table_privilege($1, oid, 'insert') then (
                select 'insert(' || string_agg(attname, ',' order by attname) || ')' from pg_attribute as a
                where a.attrelid = c.oid and attnum > 0 and not attisdropped
                    and has_column_privilege($1, c.oid, attnum, 'insert')) end,
            case when relkind <> 'S' and has_table_privilege($1, oid, 'update') then 'update' end,
            case when relkind <> 'S' and not has_table_privilege($1, oid, 'update') then (
                select 'update(' || string_agg(attname, ',' order by attname) || ')' from pg_attribute as a
                where a.attrelid = c.oid and attnum > 0 and not attisdropped
                    and has_column_privilege($1, c.oid, attnum, 'update')) end,
            case when relkind <> 'S' and has_table_privilege($1, oid, 'delete') then 'delete' end) as line
        \(tables) and (relkind = 'S' and has_sequence_privilege($1, oid, 'usage') or relkind <> 'S' and (
            has_any_column_privilege($1, oid, 'insert') or has_any_column_privilege($1, oid, 'update')
            or has_table_privilege($1, oid, 'delete') or has_table_privilege($1, oid, 'truncate')))
        order by 1
        """

    private func expected() throws -> [String] {
        let all = try ledger.value("select count(*) \(Self.tables) and relkind <> 'S'")
        return try Self.roles.map { role in
            let count = "select count(*) from (\(Self.reads)) as r".replacing("$1", with: "'hookledger_\(role)'")
            let reads = try ledger.value(count) == all ? "every table" : try list(Self.reads, role)
            return try
                "| `hookledger_\(role)` | \(list(Self.functions, role)) | \(reads) | \(list(Self.writes, role)) |"
        }
    }

    @Test func theRightsAreThoseThatSecurityLists() throws {
        let text = try Files.readText(Executable.share(of: #filePath) + "/SECURITY.md")
        let written = text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("| `hookledger_") }
        for (line, wanted) in zip(written + Array(repeating: "-", count: Self.roles.count), try expected()) {
            #expect(line == wanted)
        }
        #expect(written.count == Self.roles.count)
    }

    /// What an earlier version granted does not stay.
    @Test func anEarlierRightIsRevoked() throws {
        let before = try expected()
        try ledger.superuser.execute(
            """
            grant delete on orders to hookledger_operator; grant update (moderation) on comments to hookledger_batch;
            grant execute on function rebuild_position to hookledger_api; grant select on orders to hookledger_reader
            """)
        #expect(try expected() != before)
        let files = try SchemaFiles(folder: Executable.share(of: #filePath) + "/sql")
        _ = try Migrator.apply(
            files, over: LedgerFixture.connection(LedgerFixture.conninfo(ledger.database, "postgres")))
        #expect(try expected() == before)
    }
}
