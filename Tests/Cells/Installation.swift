import FaultSupport
import LocalStack
import Platform
import Postgres

/// A router and its cells, each a Postgres of its own, and the configuration that names them.
final class Installation: Sendable {
    let folder: String
    let router: PostgresCluster
    private let members = Locked<[(name: String, cluster: PostgresCluster)]>([])
    private let tool: String

    /// The router's database.
    static let routerName = "router"

    /// Starts the router and nothing else.
    init(in folder: String) throws {
        self.folder = folder
        tool = try Executable.folder() + "/hookledger"
        router = try Self.start("\(folder)/router")
        try router.createDatabase(Self.routerName)
        try run(["migrate", "--router", "--database", router.conninfo(database: Self.routerName)])
    }

    var cells: [(name: String, cluster: PostgresCluster)] { members.withLock { $0 } }

    static func start(_ folder: String) throws -> PostgresCluster {
        try Files.makeFolder(folder, mode: 0o711)
        var options = PostgresCluster.Options()
        // Processes are killed, not the machine.
        options.durable = false
        options.openToAllUsers = true
        let cluster = try PostgresCluster(folder: folder, options: options)
        try cluster.start()
        return cluster
    }

    /// Starts a database that can become a cell. It becomes one by ``add(_:)``, once the configuration names it.
    func prepare(_ name: String) throws {
        let cluster = try Self.start("\(folder)/\(name)")
        try cluster.createDatabase(name)
        try run(["migrate", "--database", cluster.conninfo(database: name)])
        members.withLock { $0.append((name, cluster)) }
    }

    /// What `database.cells` has: the superuser for the commands, and the role of each program for the programs.
    var entries: [(name: String, conninfo: String)] {
        cells.map { ($0.name, "host=\($0.cluster.layout.sockets) dbname=\($0.name)") }
    }

    func add(_ name: String, config: String) throws {
        say(try run(["cells", "add", name, "--config", config]).last ?? "")
    }

    func connect(_ name: String) throws -> Connection {
        guard let cluster = cells.first(where: { $0.name == name })?.cluster else {
            throw RunFailure("no cell \(name)")
        }
        return try connect(cluster, name)
    }

    func connectToRouter() throws -> Connection { try connect(router, Self.routerName) }

    private func connect(_ cluster: PostgresCluster, _ name: String) throws -> Connection {
        try Connection(
            conninfo: cluster.conninfo(database: name), applicationName: "cells",
            settings: [("search_path", "hookledger")],
            queryDeadline: .seconds(60))
    }

    /// Runs the tool as the superuser.
    /// - Returns: the lines that it printed.
    @discardableResult
    func run(_ arguments: [String]) throws -> [String] {
        let environment = ["PATH": Environment.value(of: "PATH") ?? "", "PGUSER": PostgresCluster.superuser]
        let share = try Executable.share(of: Executable.folder()) + "/sql"
        let more = arguments[0] == "migrate" ? ["--sql", share] : []
        let end = try ChildProcess.run(
            ChildCommand([tool] + arguments + more, environment: environment), timeout: .seconds(300))
        guard end.succeeded else {
            throw RunFailure("hookledger \(arguments.joined(separator: " ")): \(end.errorText)\(end.text)")
        }
        return end.text.lines().map(String.init)
    }

    func stop() {
        for cell in cells { cell.cluster.stop() }
        router.stop()
    }
}
