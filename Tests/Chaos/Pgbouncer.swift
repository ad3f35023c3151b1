import Glibc
import Platform

/// A pgbouncer in session mode before the primary.
final class Pgbouncer: Sendable {
    let sockets: String
    private let folder: String
    private let process = Locked<ChildProcess?>(nil)

    static var program: String? {
        ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].first { Files.exists($0) }
    }

    init(_ folder: String) throws {
        self.folder = folder
        sockets = folder + "/s"
        try Files.makeFolder(folder)
        try Files.makeFolder(sockets)
        if let user = Node.user { try Files.setOwner(sockets, user: user) }
    }

    /// Starts it before that server.
    func start(before node: Node) throws {
        guard let program = Self.program else { throw ChaosFailure("pgbouncer is not installed") }
        let roles = ["postgres"] + ["ingest", "api", "batch", "operator", "reader"].map { "hookledger_" + $0 }
        try Files.write(folder + "/users", text: roles.map { "\"\($0)\" \"\"\n" }.joined())
        try Files.write(
            folder + "/ini",
            text: """
                [databases]
                hookledger = host=\(node.sockets) port=5432
                [pgbouncer]
                listen_addr =
                listen_port = 5432
                unix_socket_dir = \(sockets)
                auth_type = trust
                auth_file = \(folder)/users
                pool_mode = session
                ignore_startup_parameters = extra_float_digits,options
                """)
        var command = ChildCommand(
            [program, folder + "/ini"], folder: "/", output: .file(folder + "/log"), errors: .file(folder + "/log"))
        if let user = Node.user { command = command.asUser(user) }
        let child = try ChildProcess.spawn(command)
        process.withLock { $0 = child }
        guard eventually(withinSeconds: 5, { Files.exists(sockets + "/.s.PGSQL.5432") }) else {
            throw ChaosFailure("pgbouncer does not start: \(folder)/log")
        }
    }

    func kill() {
        process.withLock { $0 }?.terminate(with: .kill)
        try? Files.remove(sockets + "/.s.PGSQL.5432")
        try? Files.remove(sockets + "/.s.PGSQL.5432.lock")
    }
}
