import FastCGIClient
import JSON
import LoadClient
import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// A responder under the real spawn-fcgi, with a Postgres of its own that a test can stop, and a source that
/// spools.
final class SpoolHost {
    let cluster: PostgresCluster
    /// The second server, which follows the first.
    private(set) var standby: PostgresCluster?
    let folder: String
    let spool: String
    private let config: String
    private var responder: ChildProcess?

    /// - Parameters:
    ///   - spoolSize: of a file system of its own for the spool, as tmpfs(5) reads it (needs root); nil for a plain folder.
    ///   - committers: how many threads of the responder commit.
    ///   - settings: of the server; gets the folder.
    ///   - withStandby: whether there is a second server, and the programs know both hosts.
    ///   - woo: keys of the source `woo`.
    ///   - more: further sections of the configuration.
    init(
        spoolSize: String? = nil, committers: Int = 1, settings: (String) -> [String: String] = { _ in [:] },
        withStandby: Bool = false, woo: String = "", more: String = ""
    ) throws {
        // Postgres runs as a user of its own and must be able to enter.
        folder = try Files.makeTemporaryFolder("hl-sp", mode: 0o711)
        spool = folder + "/spool"
        config = folder + "/hookledger.yaml"
        var options = PostgresCluster.Options()
        options.removedWithThisProcess = true
        options.settings = settings(folder)
        cluster = try PostgresCluster(folder: folder, options: options)
        try cluster.start()
        standby = withStandby ? try PhysicalCopy.cluster(folder + "/standby", options) : nil
        let hosts = ([cluster] + (standby.map { [$0] } ?? [])).map(\.layout.sockets).joined(separator: ",")
        let roles = ["ingest", "api", "batch", "operator"].map {
            "\($0): \"host=\(hosts) dbname=postgres user=hookledger_\($0)\""
        }
        try Files.write(
            config,
            text: """
                database: { conninfo: "\(cluster.conninfo())", roles: { \(roles.joined(separator: ", ")) } }
                spool: "\(spool)"
                responder: { committers: \(committers) }
                sources:
                  tiktok-shop:
                    providers: [tiktok_shop, tiktok_shop_guide]
                    credentials: { app_key: { env: TIKTOK_APP_KEY } }
                    secrets: [ { env: TIKTOK_APP_SECRET } ]
                    on_store_failure: spool
                  retrying:
                    providers: [tiktok_shop_guide]
                    paths: [/webhook/retrying]
                    secrets: [ { env: TIKTOK_APP_SECRET } ]
                  github: { providers: github, secrets: { env: TIKTOK_APP_SECRET } }
                  woo: { providers: woocommerce, secrets: { env: TIKTOK_APP_SECRET } \(woo) }
                  shopify: { providers: shopify, secrets: { env: TIKTOK_APP_SECRET } }
                \(more)
                """)
        try #require(try tool("migrate", "--database", cluster.conninfo()).succeeded)
        try Files.write(folder + "/generation", text: "0\n")
        try #require(try tool("keys", "create", "--config", config).succeeded)
        if let standby {
            try PhysicalCopy.follow(cluster, in: standby)
            try standby.start()
        }
        try startResponder(spoolSize)
    }

    /// Everything down, everything gone.
    func end() {
        responder?.terminate(with: .kill)
        standby?.stop()
        cluster.stop()
        try? Files.remove(folder)
    }

    private static let environment = [
        "TIKTOK_APP_KEY": "test-key", "TIKTOK_APP_SECRET": "test-secret", "WOO_KEY": "ck",
        "WOO_TOKEN": "test-token",
    ]

    private func command(_ arguments: [String]) throws -> ChildCommand {
        let path = (Environment.value(of: "PATH") ?? "/usr/bin:/bin") + ":/usr/sbin:/sbin"
        var command = ChildCommand(arguments, environment: Self.environment.merging(["PATH": path]) { own, _ in own })
        command.errors = .file(folder + "/log")
        return command
    }

    private var socket: String { folder + "/s" }

    /// Starts the responder; one that was killed has left its socket behind.
    func startResponder(_ spoolSize: String? = nil, withinSeconds limit: Double = patience) throws {
        try Files.remove(socket)
        let program = try Executable.folder() + "/hookledger-responder"
        var arguments = ["spawn-fcgi", "-n", "-s", socket, "--", program, "--config", config]
        if let spoolSize {
            let script = #"mkdir "$1" && mount -t tmpfs -o size="$2" tmpfs "$1" && shift 2 && exec "$@""#
            arguments = ["unshare", "-m", "sh", "-c", script, "sh", spool, spoolSize] + arguments
        }
        responder = try ChildProcess.spawn(command(arguments))
        try #require(eventually(withinSeconds: limit) { (try? RawConnection(socket: socket)) != nil })
    }

    /// Starts a further pool in the background, as `spawn-fcgi -P` does it without a supervisor.
    /// - Returns: the file with its process id, and that id.
    func startPool(_ pool: String) throws -> (file: String, pid: Int32) {
        let (file, socket) = ("\(folder)/\(pool).pid", "\(folder)/\(pool).sock")
        let program = try Executable.folder() + "/hookledger-responder"
        let output = try ChildProcess.run(
            command(["spawn-fcgi", "-P", file, "-s", socket, "--", program, "--pool", pool, "--config", config]))
        try #require(output.succeeded, "\(output.errorText)")
        try #require(eventually { (try? RawConnection(socket: socket)) != nil })
        return (file, try #require(Int32(try Files.readText(file).filter { !$0.isWhitespace })))
    }

    /// The responder's process id: spawn-fcgi has become it.
    func responderPID() throws -> Int32 { try #require(responder).pid }

    /// How the responder ended by itself.
    func responderEnd() throws -> Platform.ExitStatus? { try #require(responder).wait(timeout: .seconds(patience)) }

    /// SIGKILL, at any moment.
    func killResponder() { responder?.terminate(with: .kill) }

    /// Posts a signed order.
    /// - Returns: the status; nil when there was no answer.
    func post(
        _ order: String, to path: String = "/webhook/tiktok", padding: Int = 0, at time: Int64? = nil
    ) -> (status: Int?, body: String) {
        poster.post(order, to: path, padding: padding, at: time)
    }

    /// Posts from any thread.
    var poster: SpoolPoster { SpoolPoster(socket: socket) }

    /// Posts a body to another source, signed as its provider signs.
    func post(_ provider: String, to path: String, _ body: String, topic: (name: String, value: String)) throws -> Int?
    {
        try Files.write(folder + "/body", text: body)
        let signed = try tool(
            "sign", "--provider", provider, "--secret-env", "TIKTOK_APP_SECRET", "--body", folder + "/body")
        let parts = signed.text.split(separator: ":", maxSplits: 1).map { String($0.drop { $0 == " " }) }
        try #require(parts.count == 2, "\(signed.errorText)")
        return poster.post(path, body, [(parts[0], parts[1]), topic]).status
    }

    /// Starts one run of the batch processor.
    func startBatch() throws -> ChildProcess {
        try ChildProcess.spawn(
            command([try Executable.folder() + "/hookledger-batch", "--config", config, "--once", "--slots", "64"]))
    }

    /// Runs the command line tool to its end.
    func tool(_ arguments: String...) throws -> ChildOutput { try tool(arguments) }

    /// The same.
    func tool(_ arguments: [String]) throws -> ChildOutput {
        let configured = ["orders", "doctor", "restore", "backup", "reconcile", "reload"]
        let options = configured.contains(arguments.first ?? "") ? ["--config", config] : []
        return try ChildProcess.run(command([try Executable.folder() + "/hookledger"] + arguments + options))
    }

    /// What a query gives, one line a row.
    func lines(_ sql: String) throws -> [String] {
        try Psql(conninfo: cluster.conninfo() + " options='-c search_path=hookledger'").lines(sql)
    }

    /// Whether something is in the spool.
    func hasSpooled() throws -> Bool {
        Files.exists(spool) ? try Files.list(spool).contains { $0.hasSuffix(".hooks") } : false
    }

    /// The log of all programs so far.
    func log() throws -> String { try Files.readText(folder + "/log") }

    /// A page of the responder: its status and its values.
    func page(_ path: String) throws -> (status: Int?, values: JSONValue) {
        let answer = try RawConnection.exchange(Records.request("GET", path), socket: socket)
        return (answer.status, try JSONValue(parsing: Array(answer.bodyText.utf8)))
    }

    /// Waits until the responder has noticed that the database is back.
    func awaitStore() throws {
        try #require(eventually { (try? page("/ready"))?.values["storing"] == true })
    }
}
