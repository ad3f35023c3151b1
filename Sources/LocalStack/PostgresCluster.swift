public import Platform
internal import Synchronization
internal import Webhooks

/// A private Postgres server in a folder: for `hookledger up` and for every test that needs a real database.
///
/// It listens on a unix socket only and trusts anybody who can reach it; the mode of the socket's folder controls the
/// access. Started by root, it runs as the user `postgres`, since initdb(1) refuses root. May be used from any thread.
public final class PostgresCluster: Sendable {
    /// How the server is run.
    public struct Options: Sendable {
        /// Whether a commit reaches the disk. false is faster and loses data in a power cut or when the system
        /// crashes, not when a process is killed.
        public var durable = true
        /// Whether every user of the machine may connect (as any role), or only this one and root.
        public var openToAllUsers = false
        /// Whether the server ends with this process, in any case.
        public var endsWithThisProcess = true
        /// Whether the folder and its content are removed, too, when this process ends. For temporary folders.
        public var removedWithThisProcess = false
        /// How many sessions there may be.
        public var maxConnections = 100
        /// Server settings of your own, given on the command line.
        public var settings: [String: String] = [:]

        /// The defaults above.
        public init() {}
    }

    /// The superuser.
    public static let superuser = "postgres"

    /// Where data and log are.
    public let layout: ClusterLayout
    /// The folder of the server's programs.
    public let binaries: String
    let options: Options
    private let running = Mutex<RunningServer?>(nil)

    /// Describes a cluster; nothing is started or written yet.
    ///
    /// - Parameter folder: absolute path; the cluster is `pgdata` in it.
    /// - Throws: ``ClusterError`` when no Postgres of version 15 or later is installed, or the folder cannot be made.
    public init(folder: String, options: Options = Options()) throws(ClusterError) {
        self.options = options
        binaries = try PostgresBinaries.newest(atLeast: 15)
        layout = try ClusterLayout(folder: folder, openToAllUsers: options.openToAllUsers)
    }

    /// The process id of the cluster's live server, even if another process started it; nil if there is none.
    public var pid: Int32? { ServerLock.livePID(layout) }

    /// Whether the server that this object started runs.
    var isRunning: Bool { running.withLock { $0?.server.isRunning ?? false } }

    /// The connection string for libpq.
    ///
    /// - Parameters:
    ///   - user: the role.
    ///   - database: the database.
    public func conninfo(user: String = superuser, database: String = "postgres") -> String {
        let values = [("host", layout.sockets), ("user", user), ("dbname", database)]
        return values.map { "\($0)='\(Self.quoted($1))'" }.joined(separator: " ")
    }

    /// Starts the server, makes the cluster first if there is none, and returns when it answers.
    ///
    /// Leftovers of a killed server (postmaster.pid, sockets) are no obstacle. Does nothing if it already runs.
    /// - Throws: ``ClusterError``; another live server on the same folder is one.
    public func start() throws(ClusterError) {
        try running.withLock { (current) throws(ClusterError) in
            if let current, current.server.isRunning { return }
            current?.release()
            current = nil
            current = try ServerStart(cluster: self).run()
        }
    }

    /// Stops the server, even if another process started it: sessions are ended, commits are written. Kills it after 15
    /// s.
    public func stop() {
        running.withLock { current in
            if let current { current.stop() } else { ServerLock.stop(layout) }
            current = nil
        }
    }

    /// Kills the server that this object started, without a chance to clean up, like a crash or the out-of-memory
    /// killer.
    public func crash() {
        running.withLock { current in
            current?.crash()
            current = nil
        }
    }

    /// Sends a signal to one backend, for tests: kill it, freeze it, resume it.
    ///
    /// - Returns: false when there is no such process.
    @discardableResult
    public func signal(backend pid: Int32, _ signal: ChildProcess.Signal) -> Bool { signal.send(to: pid) }

    /// Sends a signal to the server and all of its processes, for tests: a host that hangs, and is back.
    public func signal(everyProcess signal: ChildProcess.Signal) {
        guard let pid else { return }
        signal.send(to: pid)
        // The server makes no more of them.
        let children = (try? Files.readText("/proc/\(pid)/task/\(pid)/children")) ?? ""
        for child in children.split(whereSeparator: \.isWhitespace).compactMap({ Int32($0) }) { signal.send(to: child) }
    }

    /// Stops the server and removes the cluster with all its data.
    public func remove() throws(FileError) {
        stop()
        try layout.remove()
    }

    private static func quoted(_ value: String) -> String {
        value.escapingScalars { $0 == "'" || $0 == "\\" ? "\\\($0)" : nil }
    }
}
