import Crypto
import Ledger
import LocalStack
import Platform
import Postgres

/// Where everything is measured: a folder with one durable Postgres for all contenders, and their sockets.
final class Stand {
    let options: BenchOptions
    /// Data, logs and configurations.
    let folder: String
    /// Short paths for unix sockets.
    let sockets: String
    let cluster: PostgresCluster
    /// What signs the deliveries.
    let secret = Hex.encode(Random.bytes(16))
    /// What runs, each with what ends it when this process is killed.
    private var running: [(process: ChildProcess, line: LifeLine)] = []

    /// What a server of this kind would be given; the contenders share it.
    static let settings = [
        "shared_buffers": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "15min", "effective_cache_size": "4GB",
        "max_connections": "100",
    ]

    init(_ options: BenchOptions) throws {
        self.options = options
        folder = options.repository + "/.build/bench/stand"
        // What an earlier run that was killed has left.
        if Files.exists(folder) { try PostgresCluster(folder: folder).remove() }
        try Files.remove(folder)
        try Files.makeFolder(folder)
        sockets = try Files.makeTemporaryFolder("hl-bench", mode: 0o711)
        var server = PostgresCluster.Options()
        server.settings = Self.settings
        cluster = try PostgresCluster(folder: folder, options: server)
        try cluster.start()
        try migrate("migrated")
    }

    /// A new database with the schema of a folder.
    ///
    /// - Parameter folder: empty for the repository's own.
    func migrate(_ name: String, folder: String = "") throws {
        try cluster.createDatabase(name)
        let folder = folder.isEmpty ? options.repository + "/sql" : folder
        _ = try Migrator.apply(try SchemaFiles(folder: folder), over: try connect(name))
    }

    /// A new database with Hookledger's schema.
    func migratedDatabase(_ name: String) throws { try cluster.createDatabase(name, template: "migrated") }

    /// A session as the superuser.
    func connect(_ database: String) throws -> Connection {
        try Connection(
            conninfo: cluster.conninfo(database: database), applicationName: "bench",
            settings: [("search_path", "hookledger,public")])
    }

    /// Starts a process that ends with the run; what it writes goes to `NAME.log`.
    func start(_ name: String, _ command: ChildCommand) throws -> ChildProcess {
        var command = command
        command.output = .file("\(folder)/\(name).log")
        command.errors = command.output
        let process = try ChildProcess.spawn(command)
        running.append((process, try LifeLine(ending: process.pid)))
        return process
    }

    /// Ends a process that was started here.
    func end(_ process: ChildProcess) {
        for place in running.indices.reversed() where running[place].process === process {
            running.remove(at: place).line.cut()
            process.terminate()
        }
    }

    /// Starts a FastCGI program under spawn-fcgi on a socket of its name.
    func startFastCGI(_ name: String, _ program: [String]) throws -> ChildProcess {
        let spawner = try Self.find("spawn-fcgi")
        let socket = ["-s", "\(sockets)/\(name).sock", "-M", "0600", "-b", "1024", "--"]
        return try start(
            name,
            ChildCommand(
                [spawner, "-n"] + socket + program,
                environment: ["PATH": "/usr/bin:/bin", "LIBFCGI_OS_CLOSE_POLL_TIMEOUT": "0"], folder: "/"))
    }

    /// The path of a program, Debian's folders for administrators included.
    static func find(_ name: String) throws -> String {
        for folder in ["/usr/local/bin", "/usr/bin", "/usr/sbin", "/bin", "/sbin"]
        where Files.exists("\(folder)/\(name)") {
            return "\(folder)/\(name)"
        }
        throw BenchFailure("\(name) is not installed: scripts/deps bench")
    }

    /// Ends every process, the last one first, and removes the folder.
    func clear() {
        for (process, _) in running.reversed() { end(process) }
        cluster.stop()
        try? Files.remove(sockets)
        guard !options.keeps else { return }
        try? cluster.remove()
        try? Files.remove(folder)
    }
}
