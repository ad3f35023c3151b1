import FaultSupport
import Glibc
import Patience
import Platform

/// One Postgres server, which is started again whenever it ends while it is wanted.
final class Node: Sendable {
    let name: String
    let data: String
    let wal: String
    let sockets: String
    let log: String
    private let binaries: String
    private let environment: [String: String]
    private let state = Locked(State())

    private struct State {
        var process: ChildProcess?
        var isWanted = false
        var nextStart: Int64 = 0
    }

    /// The user that Postgres runs as; nil is the user of this process.
    static let user: String? = geteuid() == 0 ? "postgres" : nil

    init(_ name: String, in folder: String, _ disks: Disks, _ shims: Shims) throws {
        self.name = name
        let own = folder + "/" + name
        (data, wal, sockets, log) = (own + "/data", own + "/wal", own + "/s", own + ".log")
        try Files.makeFolder(own)
        try disks.make(data, size: "1500m", owner: Self.user, mode: 0o700)
        try disks.make(wal, size: "700m", owner: Self.user, mode: 0o700)
        try Files.makeFolder(sockets)
        if let user = Self.user { try Files.setOwner(sockets, user: user) }
        let versions = try Files.list("/usr/lib/postgresql").compactMap { Int($0) }
        guard let newest = versions.max() else { throw RunFailure("Postgres is not installed") }
        binaries = "/usr/lib/postgresql/\(newest)/bin"
        environment = ["PATH": "/usr/bin:/bin"].merging(shims.postgres.environment(shims.library)) { own, _ in own }
    }

    /// Makes a new cluster.
    func initialize() throws {
        try run([
            "initdb", "--pgdata", data, "--waldir", wal, "--username", "postgres", "--encoding=UTF8", "--no-locale",
            "--auth-local=trust", "--auth-host=reject", "--no-instructions", "--no-sync",
        ])
    }

    /// Makes it a standby of another one, from nothing.
    func copy(_ other: Node) throws {
        end()
        for folder in [data, wal] {
            for file in try Files.list(folder) { try Files.remove(folder + "/" + file) }
        }
        try run([
            "pg_basebackup", "--pgdata", data, "--waldir", wal, "--write-recovery-conf", "--wal-method=stream",
            "--checkpoint=fast", "--no-sync", "--host", other.sockets, "--username", "postgres",
        ])
    }

    private func run(_ arguments: [String]) throws {
        var command = ChildCommand(
            [binaries + "/" + arguments[0]] + arguments.dropFirst(), environment: ["PATH": "/usr/bin:/bin"], folder: "/"
        )
        if let user = Self.user { command = command.asUser(user) }
        let output = try ChildProcess.run(command, timeout: .seconds(120))
        guard output.succeeded else { throw RunFailure("\(arguments[0]): \(output.errorText)") }
    }

    /// It is to run from now on.
    func start() { state.withLock { $0.isWanted = true } }

    /// Starts it if it is wanted and does not run.
    func tend() {
        state.withLock { state in
            guard state.isWanted, instant() >= state.nextStart, state.process?.isRunning != true else { return }
            state.nextStart = instant() + 100_000
            // Its number may be another process's by now.
            try? Files.remove(data + "/postmaster.pid")
            state.process = try? ChildProcess.spawn(server)
        }
    }

    private var server: ChildCommand {
        let settings = [
            "unix_socket_directories": sockets, "listen_addresses": "", "max_connections": "60",
            "shared_buffers": "64MB", "log_line_prefix": "%m [%p] %q%u@%d ", "max_wal_size": "256MB",
            "wal_keep_size": "128MB", "checkpoint_timeout": "60s", "wal_receiver_timeout": "3s",
            "wal_sender_timeout": "3s", "wal_retrieve_retry_interval": "500ms",
        ]
        var arguments = [binaries + "/postgres", "-D", data]
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) { arguments += ["-c", "\(name)=\(value)"] }
        var command = ChildCommand(
            arguments, environment: environment, folder: "/", output: .file(log), errors: .file(log))
        if let user = Self.user { command = command.asUser(user) }
        return command
    }

    /// The postmaster; nil while it does not run.
    var pid: Int32? { state.withLock { $0.process?.isRunning == true ? $0.process?.pid : nil } }

    /// Every process of the server.
    var pids: [Int32] { pid.map { [$0] + Processes.children(of: $0) } ?? [] }

    /// SIGKILL to all of it, for good, as when its host dies.
    func end() {
        let pids = pids
        state.withLock { $0.isWanted = false }
        for pid in pids { ChildProcess.Signal.kill.send(to: pid) }
        _ = state.withLock { $0.process }?.wait(timeout: .seconds(10))
        _ = eventually(withinSeconds: 10) { pids.allSatisfy { !Files.exists("/proc/\($0)/exe") } }
    }
}
