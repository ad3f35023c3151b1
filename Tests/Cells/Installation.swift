import FaultSupport
import LocalStack
import Platform
import Postgres

/// A router and its cells, each a Postgres of its own, and the configuration that names them.
final class Installation: Sendable {
    let folder: String
    let router: PostgresCluster
    private let members = Locked<[Member]>([])
    private let tool: String
    /// The data of a server with a migrated database, which each server with one is a copy of: initdb and migrations take longer.
    private let template: String

    /// A database that is a cell or can become one.
    struct Member: Sendable {
        let name: String
        /// The connection without the role.
        let conninfo: String
        /// Its server; nil for one on hosts of its own.
        let cluster: PostgresCluster?
    }

    /// The router's database.
    static let routerName = "router"
    /// The database of ``template``.
    private static let templateName = "template_of_cells"

    /// Starts the router and nothing else.
    init(in folder: String) throws {
        self.folder = folder
        tool = try Executable.folder() + "/hookledger"
        let made = Locked<[String: PostgresCluster]>([:])
        try concurrently(["router", "template"]) { [tool] name in
            let cluster = try Self.start("\(folder)/\(name)")
            made.withLock { $0[name] = cluster }
            let database = name == "router" ? Self.routerName : Self.templateName
            try cluster.createDatabase(database)
            try Self.run(
                tool,
                ["migrate"] + (name == "router" ? ["--router"] : []) + [
                    "--database", cluster.conninfo(database: database),
                ])
        }
        guard let router = made.withLock({ $0["router"] }), let copied = made.withLock({ $0["template"] }) else {
            throw RunFailure("no servers: see \(folder)")
        }
        self.router = router
        template = copied.layout.data
        copied.stop()
    }

    var cells: [Member] { members.withLock { $0 } }

    /// The servers of the cells that are on this host.
    var servers: [PostgresCluster] { cells.compactMap(\.cluster) }

    /// The server of a cell.
    func server(_ name: String) -> PostgresCluster? { cells.first { $0.name == name }?.cluster }

    private static func start(_ folder: String, from template: String? = nil) throws -> PostgresCluster {
        try Files.makeFolder(folder, mode: 0o711)
        var options = PostgresCluster.Options()
        // Processes are killed, not the machine.
        options.durable = false
        options.openToAllUsers = true
        let cluster = try PostgresCluster(folder: folder, options: options)
        if let template {
            let copy = try ChildProcess.run(
                ChildCommand(["cp", "--archive", "--reflink=auto", template, cluster.layout.data]),
                timeout: .seconds(60))
            guard copy.succeeded else { throw RunFailure("cp: \(copy.errorText)") }
        }
        try cluster.start()
        return cluster
    }

    /// Starts a server with a migrated database of that name.
    func start(_ name: String, database: String) throws -> PostgresCluster {
        let cluster = try Self.start("\(folder)/\(name)", from: template)
        try open(cluster.conninfo()).execute(
            "alter database \(Self.templateName) rename to \(database)")
        return cluster
    }

    /// Starts databases that can become cells. Each becomes one by ``add(_:)``, once the configuration names it.
    func prepare(_ names: [String]) throws {
        let started = Locked<[String: PostgresCluster]>([:])
        try concurrently(names) { name in
            let cluster = try self.start(name, database: name)
            started.withLock { $0[name] = cluster }
        }
        for name in names {
            guard let cluster = started.withLock({ $0[name] }) else { continue }
            let conninfo = "host=\(cluster.layout.sockets) dbname=\(name)"
            members.withLock { $0.append(Member(name: name, conninfo: conninfo, cluster: cluster)) }
        }
    }

    /// The same for a database on hosts of its own.
    func prepare(_ name: String, at conninfo: String) throws {
        try run(["migrate", "--database", "\(conninfo) user=\(PostgresCluster.superuser)"])
        members.withLock { $0.append(Member(name: name, conninfo: conninfo, cluster: nil)) }
    }

    /// What `database.cells` has: the superuser for the commands, and the role of each program for the programs.
    var entries: [(name: String, conninfo: String)] { cells.map { ($0.name, $0.conninfo) } }

    func add(_ name: String, config: String) throws {
        for line in try run(["cells", "add", name, "--config", config]) { say(line) }
    }

    func connect(_ name: String) throws -> Connection {
        guard let cell = cells.first(where: { $0.name == name }) else { throw RunFailure("no cell \(name)") }
        return try open("\(cell.conninfo) user=\(PostgresCluster.superuser)")
    }

    func connectToRouter() throws -> Connection { try open(router.conninfo(database: Self.routerName)) }

    private func open(_ conninfo: String) throws -> Connection {
        try Connection(
            conninfo: conninfo, applicationName: "cells",
            settings: [("search_path", "hookledger")],
            queryDeadline: .seconds(60))
    }

    /// Runs the tool as the superuser.
    /// - Returns: the lines that it printed.
    @discardableResult
    func run(_ arguments: [String]) throws -> [String] { try Self.run(tool, arguments) }

    @discardableResult
    private static func run(_ tool: String, _ arguments: [String]) throws -> [String] {
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
        for server in servers { server.stop() }
        router.stop()
    }
}
