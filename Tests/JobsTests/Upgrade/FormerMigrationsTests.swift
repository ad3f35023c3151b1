import JobsSupport
import Ledger
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

/// A database that was made before the migrations became two files is taken as it is, or refused before anything is changed.
@Suite(.blocking) struct FormerMigrationsTests {
    /// The former migrations: number, file and checksum.
    private static func former() throws -> [(version: Int64, name: String, checksum: String)] {
        let file = try Executable.share(of: #filePath) + "/Tests/Support/Fixtures/former-migrations.txt"
        return try String(decoding: Files.read(file), as: UTF8.self).lines()
            .map { line in
                let parts = line.split(separator: " ").map(String.init)
                return (try #require(Int64(parts[0])), parts[1], parts[2])
            }
    }

    /// What pg_dump writes of each object, but for the rows, the comments, which the earlier dump lacks, and the partitions, whose weeks
    /// are those of their day.
    private func objects(_ database: String) throws -> [String] {
        let output = try ChildProcess.run(
            ChildCommand([
                "pg_dump", "--schema-only", "--no-comments", "--schema=hookledger", "--dbname",
                try SharedCluster.get().conninfo(database: database),
            ]), limit: 64 << 20)
        try #require(output.status == .exited(0), "\(output.errorText)")
        let week = /_[0-9]{4}w[0-9]{2}/
        return output.text.split(separator: "--\n-- Name: ").dropFirst().filter { !$0.contains(week) }
            .map { $0.split(separator: "\n").filter { !$0.hasPrefix("\\") }.joined(separator: "\n") }
    }

    private func remember(_ count: Int, in fixture: JobsFixture) throws {
        try fixture.superuser.execute("delete from schema_migrations")
        for one in try Self.former().prefix(count) {
            _ = try fixture.superuser.query(
                "insert into schema_migrations (version, name, checksum) values ($1::bigint, $2, $3)",
                [.bigint(one.version), .text(one.name), .text(one.checksum)])
        }
    }

    @Test func aFilledEarlierOneEqualsAFreshOne() throws {
        let (filled, fresh) = (try LedgerOfBefore.migrated(), try JobsFixture())
        let (objects, wanted) = (try objects(filled.database), try objects(fresh.database))
        #expect(wanted.contains { $0.contains("CREATE TABLE hookledger.orders") })
        #expect(Set(objects).subtracting(wanted) == [])
        #expect(Set(wanted).subtracting(objects) == [])
        #expect(objects.count == wanted.count)
        let applied =
            "select string_agg(version || ' ' || name || ' ' || checksum, ',' order by version) from schema_migrations"
        #expect(try filled.value(applied) == fresh.value(applied))
        #expect(try filled.value("select count(*) from events") == "135")
    }

    @Test func aWholeOneIsStampedAndNotAltered() throws {
        let fixture = try JobsFixture()
        try remember(Self.former().count, in: fixture)
        let before = try objects(fixture.database)
        let outcome = try Migrator.apply(LedgerOfBefore.files(), over: fixture.superuser)
        #expect(outcome.hadFormer && outcome.applied.isEmpty && outcome.version == 2)
        #expect(try objects(fixture.database) == before)
    }

    @Test(arguments: [1, 15, 17, -1])
    func oneFromBetweenIsRefusedAndNotChanged(_ count: Int) throws {
        let fixture = try JobsFixture()
        let remembered = count > 0 ? count : try Self.former().count + count
        try remember(remembered, in: fixture)
        try fixture.superuser.execute("drop function is_from_other_cluster cascade")
        let before = try objects(fixture.database)
        let failure = #expect(throws: Migrator.Failure.self) {
            try Migrator.apply(LedgerOfBefore.files(), over: fixture.superuser)
        }
        let text = try #require(failure).description
        #expect(text.contains("schema version \(remembered) ") && text.contains("of commit "))
        #expect(try objects(fixture.database) == before)
        #expect(try fixture.count("schema_migrations") == remembered)
    }

    @Test func aChangedFormerMigrationIsRefused() throws {
        let fixture = try JobsFixture()
        try remember(16, in: fixture)
        try fixture.superuser.execute("update schema_migrations set checksum = 'x' where version = 7")
        #expect(throws: Migrator.Failure.self) {
            try Migrator.apply(LedgerOfBefore.files(), over: fixture.superuser)
        }
    }
}
