import LocalStack
import Patience
import Platform
import Postgres
import StackSuite
import Testing

/// A real pgbouncer in front of Postgres: refused when a program starts, with the reason.
@Suite(
    .place, .enabled(if: Files.exists("/usr/sbin/pgbouncer"), "pgbouncer is not installed (make deps)"))
struct PoolerTests {
    private func withPooler(ignoring: String, mode: String, _ body: (SpoolHost, _ folder: String) throws -> Void) throws
    {
        let host = try SpoolHost()
        defer { host.end() }
        let folder = host.folder + "/pooler"
        try PhysicalCopy.folder(folder, of: host.cluster)
        try Files.setMode(folder, 0o755)
        let users = ["postgres", "hookledger_ingest", "hookledger_batch", "hookledger_operator"]
        try Files.write(folder + "/users", text: users.map { "\"\($0)\" \"\"\n" }.joined(), mode: 0o644)
        try Files.write(
            folder + "/ini",
            text: """
                [databases]
                * = host=\(host.cluster.layout.sockets)
                [pgbouncer]
                pool_mode = \(mode)
                listen_addr =
                listen_port = 6432
                unix_socket_dir = \(folder)
                auth_type = trust
                auth_file = \(folder)/users
                ignore_startup_parameters = \(ignoring)

                """)
        let command = ChildCommand(
            ["/usr/sbin/pgbouncer", folder + "/ini"], folder: "/", errors: .file(folder + "/log"))
        let pooler = try ChildProcess.spawn(host.cluster.layout.user.map { command.asUser($0) } ?? command)
        defer { pooler.terminate() }
        try #require(eventually { Files.exists(folder + "/.s.PGSQL.6432") })
        try body(host, folder)
    }

    @Test(arguments: [
        ("extra_float_digits", "transaction"), ("extra_float_digits, options", "transaction"), ("options", "session"),
    ])
    func aPoolerIsRefused(_ ignoring: String, _ mode: String) throws {
        try withPooler(ignoring: ignoring, mode: mode) { host, folder in
            // A pooler that is slow to answer on a busy machine counts as away.
            var refusal: PostgresError?
            #expect(
                eventually {
                    do throws(PostgresError) {
                        _ = try Connection(
                            conninfo: "host=\(folder) port=6432 user=postgres dbname=postgres",
                            applicationName: "hookledger-tests", settings: [("statement_timeout", "5s")])
                        return true
                    } catch {
                        refusal = error
                        return !error.connectionLost
                    }
                })
            #expect(refusal?.state == .pooledSession)
            #expect(refusal?.description.contains("pgbouncer") == true)
            let config = host.folder + "/hookledger.yaml"
            let text = try Files.readText(config)
            try Files.write(
                config,
                text: text.replacing(
                    "host=\(host.cluster.layout.sockets) dbname", with: "host=\(folder) port=6432 dbname"))
            #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(78))
            host.killResponder()
            // Its socket exists before the program starts.
            try? host.startResponder(withinSeconds: 1)
            let log = try host.log()
            #expect(log.split(separator: "\n").count { $0.contains("a pooler such as pgbouncer is between") } >= 2)
            #expect(try host.responderEnd() == .exited(78))
        }
    }
}
