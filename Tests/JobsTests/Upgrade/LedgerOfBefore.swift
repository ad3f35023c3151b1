import JobsSupport
import Ledger
import LocalStack
import Platform
import Postgres
import Testing

/// A database that the version before has filled: every sample once, two shops in one source, unsigned orders beside signed
/// ones, and jobs that are done, dead and open.
enum LedgerOfBefore {
    /// The database as it was, which each test copies.
    private static let restored = Result { try restore() }

    private static func restore() throws -> String {
        let name = try SharedCluster.freshDatabase()
        let superuser = try connection(name)
        try superuser.execute(try files().roles)
        try superuser.execute("grant create on database \(name) to hookledger_owner")
        superuser.close()
        let conninfo = try SharedCluster.get().conninfo(database: name)
        let output = try ChildProcess.run(
            ChildCommand([
                "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", conninfo + " options='-c role=hookledger_owner'",
                "-o",
                "/dev/null", "-f", Executable.share(of: #filePath) + "/Tests/Support/Fixtures/ledger-b6287ea.sql",
            ]))
        try #require(output.status == .exited(0), "\(output.errorText)")
        return name
    }

    static func files() throws -> SchemaFiles { try SchemaFiles(folder: Executable.share(of: #filePath) + "/sql") }

    private static func connection(_ database: String) throws -> Connection {
        try Connection(
            conninfo: SharedCluster.get().conninfo(database: database), applicationName: "hookledger-tests",
            queryDeadline: .seconds(60))
    }

    /// A copy of it.
    static func fixture() throws -> JobsFixture {
        try JobsFixture(database: SharedCluster.freshDatabase(template: restored.get()))
    }

    /// Brings a copy to the schema of this version.
    static func migrate(_ fixture: JobsFixture) throws {
        _ = try Migrator.apply(files(), over: connection(fixture.database))
    }

    /// A copy of it that was migrated.
    static func migrated() throws -> JobsFixture {
        let fixture = try fixture()
        try migrate(fixture)
        // An upgrade is one of a database in its own cluster. This one comes from a dump, and where that is noticed its jobs
        // are held.
        try fixture.superuser.execute("delete from restores")
        return fixture
    }
}
