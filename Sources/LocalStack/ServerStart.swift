internal import Glibc
internal import Platform
internal import Postgres

/// Starts a cluster's server: initdb on first use, cleaning up after a crash, start, waiting until it answers.
struct ServerStart {
    let cluster: PostgresCluster
    private var layout: ClusterLayout { cluster.layout }

    init(cluster: PostgresCluster) { self.cluster = cluster }

    func run() throws(ClusterError) -> RunningServer {
        try initialize()
        try clearStaleLock()
        // Backends of a killed server hold its shared memory until they notice: retry for a while.
        for attempt in 1...20 {
            let server = try spawn()
            if try waitUntilReady(server) { return try RunningServer(server, cluster) }
            let log = logTail()
            guard attempt < 20, log.contains("pre-existing shared memory block") else {
                throw ClusterError("Postgres did not start; \(layout.log) ends with:\n\(log)")
            }
            usleep(250_000)
        }
        throw ClusterError("Postgres did not start")
    }

    /// The cluster gets its name only when it is complete, because initdb may be killed half-way.
    private func initialize() throws(ClusterError) {
        if Files.exists(layout.data + "/PG_VERSION") { return }
        try ClusterError.wrap {
            let unfinished = layout.data + ".new"
            try Files.remove(unfinished)
            try Files.makeFolder(unfinished, mode: 0o700)
            if let user = layout.user { try Files.setOwner(unfinished, user: user) }
            var arguments = [
                cluster.binaries + "/initdb", "--pgdata", unfinished, "--username", PostgresCluster.superuser,
                "--encoding=UTF8", "--no-locale", "--auth-local=trust", "--auth-host=reject", "--no-instructions",
            ]
            if !cluster.options.durable { arguments.append("--no-sync") }
            let made = try ChildProcess.run(command(arguments), timeout: .seconds(120))
            guard made.succeeded else { throw ClusterError("initdb failed:\n\(made.text)\n\(made.errorText)") }
            try Files.rename(unfinished, to: layout.data)
        }
    }

    /// Postgres refuses to start while postmaster.pid, or the lock of its socket, names a live process, even one that
    /// got the number later, after a power cut for instance, or a dead one that nobody has waited for.
    private func clearStaleLock() throws(ClusterError) {
        if let pid = ServerLock.livePID(layout) {
            throw ClusterError("a Postgres server with process id \(pid) already runs on \(layout.data)")
        }
        try ClusterError.wrap {
            try Files.remove(ServerLock.path(layout))
            try Files.remove(layout.sockets + "/.s.PGSQL.5432.lock")
        }
    }

    private func spawn() throws(ClusterError) -> ChildProcess {
        var settings = [
            "unix_socket_directories": layout.sockets,
            "listen_addresses": "",
            "port": "5432",
            "max_connections": String(cluster.options.maxConnections),
            "shared_buffers": "64MB",
            "log_line_prefix": "%m [%p] %q%u@%d ",
            "logging_collector": "off",
        ]
        if !cluster.options.durable {
            for name in ["fsync", "synchronous_commit", "full_page_writes"] { settings[name] = "off" }
        }
        settings.merge(cluster.options.settings) { _, own in own }
        var arguments = [cluster.binaries + "/postgres", "-D", layout.data]
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) { arguments += ["-c", "\(name)=\(value)"] }
        return try ClusterError.wrap {
            var server = command(arguments)
            server.output = .file(layout.log)
            server.errors = .file(layout.log)
            return try ChildProcess.spawn(server)
        }
    }

    /// True when it answers, false when it has ended.
    private func waitUntilReady(_ server: ChildProcess) throws(ClusterError) -> Bool {
        let end = ContinuousClock.now + .seconds(60)
        var last: PostgresError?
        while ContinuousClock.now < end {
            if !server.isRunning { return false }
            do throws(PostgresError) {
                _ = try Connection(conninfo: cluster.conninfo(), applicationName: "hookledger-start")
                return true
            } catch {
                last = error
            }
            if server.wait(timeout: .milliseconds(25)) != nil { return false }
        }
        server.terminate(with: .quit)
        throw ClusterError("Postgres did not answer within 60 s: \(last.map { "\($0)" } ?? "")")
    }

    /// In the server's own folder, as the working folder of this process may be closed to its user.
    private func command(_ arguments: [String]) -> ChildCommand {
        let command = ChildCommand(arguments, folder: "/")
        return layout.user.map { command.asUser($0) } ?? command
    }

    private func logTail() -> String {
        let lines = ((try? Files.readText(layout.log)) ?? "").lines()
        return lines.suffix(12).joined(separator: "\n")
    }
}
