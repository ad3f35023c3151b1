internal import Ledger
internal import Platform
internal import Postgres
internal import Synchronization

/// One fast cluster for all tests of a process, and databases in it. It ends with the process in any case.
public enum SharedCluster {
    private static let cluster: Result<PostgresCluster, ClusterError> = {
        do throws(ClusterError) {
            let folder = try ClusterError.wrap { try Files.makeTemporaryFolder(in: parent, mode: 0o711) }
            var options = PostgresCluster.Options()
            options.durable = false
            options.removedWithThisProcess = true
            options.maxConnections = 200
            // It looks at each database once a minute: a new process every 70 ms with the hundreds that a test run makes.
            options.settings["autovacuum"] = "off"
            let cluster = try PostgresCluster(folder: folder, options: options)
            try cluster.start()
            return .success(cluster)
        } catch {
            return .failure(error)
        }
    }()

    /// In memory, if there is plenty: a database is 600 files, and to make those on a disk costs ten times as much.
    private static var parent: String { Files.freeBytes(at: "/dev/shm") >= 8 << 30 ? "/dev/shm" : "/tmp" }

    private static let databases = Mutex(0)

    /// The cluster; the first call starts it.
    public static func get() throws(ClusterError) -> PostgresCluster { try cluster.get() }

    /// Makes a separate database for a suite or a test.
    ///
    /// - Parameter template: the database to copy; nobody may be connected to it.
    /// - Returns: its name; `conninfo(database:)` of ``get()`` leads to it.
    public static func freshDatabase(template: String = "template1") throws(ClusterError) -> String {
        let number = databases.withLock { count in
            count += 1
            return count
        }
        let name = "test_\(number)"
        try get().createDatabase(name, template: template)
        return name
    }

    /// The database that ``migratedDatabase()`` copies, brought to the schema once.
    private static let migrated: Result<String, ClusterError> = {
        do throws(ClusterError) {
            let name = try freshDatabase()
            try ClusterError.wrap {
                let files = try SchemaFiles(folder: Executable.share(of: Executable.current()) + "/sql")
                let connection = try Connection(
                    conninfo: try get().conninfo(database: name), applicationName: "hookledger-migrate")
                _ = try Migrator.apply(files, over: connection)
            }
            return .success(name)
        } catch {
            return .failure(error)
        }
    }()

    /// Makes a separate database with the full schema, from the files of the repository that this program was built in.
    public static func migratedDatabase() throws(ClusterError) -> String {
        try freshDatabase(template: try migrated.get())
    }

    /// The same, dropped when nothing refers to it.
    public static func temporaryDatabase() throws(ClusterError) -> TemporaryDatabase {
        try TemporaryDatabase(migratedDatabase(), in: get())
    }
}

/// A database that is dropped, with its sessions, when nothing refers to it.
public final class TemporaryDatabase: Sendable {
    /// Its name.
    public let name: String
    private let cluster: PostgresCluster

    fileprivate init(_ name: String, in cluster: PostgresCluster) { (self.name, self.cluster) = (name, cluster) }

    deinit { try? cluster.dropDatabase(name) }
}
