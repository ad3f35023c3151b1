import Ledger
import LedgerSupport
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

/// A 2xx survives a crash of Postgres, whatever its administrator has set.
@Suite(.blocking) struct DurableCommitTests {
    /// A server that would write a commit to the disk seconds after it returned.
    @Test func aCommitIsSyncedWhereTheServerDoesNotAskForIt() throws {
        let folder = try Files.makeTemporaryFolder(mode: 0o711)
        defer { try? Files.remove(folder) }
        var options = PostgresCluster.Options()
        options.settings = ["synchronous_commit": "off", "wal_writer_delay": "10s"]
        let cluster = try PostgresCluster(folder: folder, options: options)
        defer { cluster.crash() }
        try cluster.start()
        _ = try Migrator.apply(
            SchemaFiles(folder: Executable.share(of: #filePath) + "/sql"),
            over: Connection(conninfo: cluster.conninfo(), applicationName: "hookledger-tests"))
        let writer = LedgerWriter(conninfo: cluster.conninfo(user: "hookledger_ingest"), deadline: .seconds(20))
        let body = Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000)
        _ = try writer.recordOnce([Guide.recordable(body)])[0].get()
        cluster.crash()
        try cluster.start()
        let after = try Connection(conninfo: cluster.conninfo(), applicationName: "hookledger-tests")
        #expect(try after.query("select count(*) from hookledger.receipts").only().int(0) == 1)
    }
}
