import LocalStack
import Platform
import Postgres
import Testing

@Suite struct ClusterTests {
    /// A cluster of its own in a temporary folder, removed at the end.
    private func withCluster(
        durable: Bool = false, _ body: (PostgresCluster, PostgresCluster.Options) throws -> Void
    ) throws {
        let folder = try Files.makeTemporaryFolder(mode: 0o711)
        defer { try? Files.remove(folder) }
        var options = PostgresCluster.Options()
        options.durable = durable
        options.removedWithThisProcess = true
        let cluster = try PostgresCluster(folder: folder, options: options)
        defer { try? cluster.remove() }
        try cluster.start()
        try body(cluster, options)
    }

    private func connect(_ cluster: PostgresCluster) throws -> Connection {
        try Connection(conninfo: cluster.conninfo(), applicationName: "hookledger-tests")
    }

    @Test func dataSurviveStopCrashAndASecondOwner() throws {
        try withCluster(durable: true) { cluster, options in
            try connect(cluster).execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)")
            cluster.stop()
            #expect(cluster.pid == nil)
            let refused = #expect(throws: PostgresError.self) { try connect(cluster) }
            #expect(refused?.connectionLost == true)

            try cluster.start()
            try connect(cluster).execute("INSERT INTO kept VALUES (2)")
            cluster.crash()
            #expect(Files.exists(cluster.layout.data + "/postmaster.pid"))

            let second = try PostgresCluster(folder: cluster.layout.folder, options: options)
            try second.start()
            #expect(try connect(second).query("SELECT sum(n) FROM kept").only().text(0) == "3")
            #expect(throws: ClusterError.self) { try cluster.start() }
            cluster.stop()
            #expect(second.pid == nil)
        }
    }

    @Test func aLockFileOfAnotherProgramIsNoObstacle() throws {
        try withCluster { cluster, _ in
            cluster.stop()
            // The number of this very process: alive, and no Postgres.
            let own = try ChildProcess.run(ChildCommand(["sh", "-c", "echo $PPID"])).text
            try Files.write(cluster.layout.data + "/postmaster.pid", text: "\(own)\n\(cluster.layout.data)\n")
            try cluster.start()
            #expect(try connect(cluster).query("SELECT 1").only().int(0) == 1)
        }
    }

    @Test func databasesAreCopiedFromATemplate() throws {
        let cluster = try SharedCluster.get()
        let template = try SharedCluster.freshDatabase()
        try Connection(conninfo: cluster.conninfo(database: template), applicationName: "t")
            .execute("CREATE TABLE seed AS SELECT 7 AS n")
        let copy = try SharedCluster.freshDatabase(template: template)
        let connection = try Connection(conninfo: cluster.conninfo(database: copy), applicationName: "t")
        #expect(try connection.query("SELECT n FROM seed").only().int(0) == 7)
        try cluster.dropDatabase(copy)
        #expect(!connection.isUsable)
        try cluster.dropDatabase(copy)
    }

    @Test func theSocketIsClosedToOthers() throws {
        try withCluster { cluster, _ in
            let status = try #require(try Files.status(cluster.layout.sockets))
            #expect(status.mode == 0o700)
            #expect((cluster.layout.sockets + "/.s.PGSQL.5432.lock").utf8.count <= 107)
        }
    }

    /// The home of root is closed to the user that Postgres runs as.
    @Test func aFolderClosedToTheServersUserWorksAndIsFoundAgain() throws {
        let folder = try Files.makeTemporaryFolder(mode: 0o700)
        defer { try? Files.remove(folder) }
        var options = PostgresCluster.Options()
        options.durable = false
        let first = try PostgresCluster(folder: folder + "/state", options: options)
        defer { try? first.remove() }
        try first.start()
        try connect(first).execute("CREATE TABLE kept ()")
        first.stop()
        let second = try PostgresCluster(folder: folder + "/state", options: options)
        #expect(second.layout == first.layout)
        try second.start()
        #expect(try connect(second).query("SELECT to_regclass('kept') IS NOT NULL").only().bool(0))
        #expect(Files.exists(folder + "/state/pgdata/PG_VERSION"))
        try second.remove()
        #expect(!Files.exists(second.layout.data))
        #expect(!Files.exists(second.layout.sockets))
        #expect(try Files.list(folder + "/state").isEmpty)
    }

    @Test func aLongPathKeepsItsSocketElsewhere() throws {
        let folder = try Files.makeTemporaryFolder(mode: 0o711)
        defer { try? Files.remove(folder) }
        let long = folder + "/" + String(repeating: "long", count: 30)
        var options = PostgresCluster.Options()
        options.durable = false
        let cluster = try PostgresCluster(folder: long, options: options)
        defer { try? cluster.remove() }
        try cluster.start()
        #expect(try connect(cluster).query("SELECT 1").only().int(0) == 1)
        #expect(cluster.layout.sockets.utf8.count < 60)
        try cluster.remove()
        #expect(!Files.exists(cluster.layout.sockets))
    }
}
