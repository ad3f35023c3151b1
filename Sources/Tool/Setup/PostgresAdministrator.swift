import Glibc
import JSON
import LocalStack
import Platform
import Setup

/// The server's own superuser, by psql(1) as the system user `postgres`: so Debian lets it in, and so does every host that
/// keeps the rule for it.
struct PostgresAdministrator {
    /// The system user, and the role.
    static let user = "postgres"

    /// The folder of the server's socket.
    let socketFolder: String
    /// The port, a part of the socket's name.
    let port: String
    /// The database of Hookledger.
    let database: String

    /// A server that refused or does not run.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// What a statement prints: the first column of each row.
    /// - Throws: ``Refused`` with the server's message.
    func query(_ sql: String, in database: String = user) throws -> [String] {
        let options = [
            "psql", "-XAtqw", "-v", "ON_ERROR_STOP=1", "-h", socketFolder, "-p", port, "-d", database, "-c", sql,
        ]
        var command = ChildCommand(options).asUser(Self.user)
        command.folder = "/"
        let output = try ChildProcess.run(command, timeout: .seconds(30))
        guard output.succeeded else { throw Refused(description: output.errorText) }
        return output.text.lines().map(String.init)
    }

    /// What a statement prints as one JSON object.
    func object(_ sql: String, in database: String = user) throws -> JSONValue {
        try JSONValue(parsing: Array(try query(sql, in: database).joined(separator: "\n").utf8))
    }

    /// The facts of the server, and its process id.
    func facts(migrations: Int) throws -> (facts: HostFacts.Postgres, process: Int32, hasRun: Bool) {
        let server = try object(SetupSQL.server(database: database))
        let data = server["data"]?.string ?? ""
        let hasDatabase = server["has_database"] == .bool(true)
        let schema = hasDatabase ? try? object("set search_path = hookledger; " + SetupSQL.schema, in: database) : nil
        let hasLimits = server["unlimited"]?.text == "0"
        let first = try Files.readText(data + "/postmaster.pid").lines().first
        guard let process = first.flatMap({ Int32($0) }) else {
            throw Refused(description: "\(data)/postmaster.pid has no process id")
        }
        return (
            HostFacts.Postgres(
                access: try Self.file(server["access"]?.string ?? ""),
                ident: try Self.file(server["ident"]?.string ?? ""),
                manager: Files.exists(data + "/patroni.dynamic.json") ? "Patroni" : nil, hasDatabase: hasDatabase,
                isMigrated: hasLimits && schema?["version"]?.text == "\(migrations)"),
            process, Int64(schema?["batch"]?["seen"]?.text ?? "") != nil
        )
    }

    private static func file(_ path: String) throws -> HostFacts.TextFile {
        let path = try Files.realPath(path)
        return HostFacts.TextFile(path, try Files.readText(path))
    }

    /// Whether the files of access rules may be used: they have no mistake, and `postgres` gets in as before.
    ///
    /// - Parameter before: ``rules()`` of the files before they were changed.
    /// - Returns: what is wrong; empty for nothing.
    func mistakes(before: [String]) throws -> [String] {
        let found = try query(SetupSQL.mistakes)
        if !found.isEmpty { return found }
        let now = try rules()
        if now == before || now.allSatisfy({ $0.hasSuffix(": peer") }) { return [] }
        return ["another rule would be used for postgres: \(now.joined(separator: ", "))"]
    }

    /// The rules in the files that are used for `postgres`.
    func rules() throws -> [String] { try query(SetupSQL.rulesOfPostgres(database: database)) }

    /// Lets the server read its configuration again, and waits until it did.
    ///
    /// - Throws: ``Refused`` when `postgres` is not let in afterwards, or the server does not answer.
    func reload(_ process: Int32) throws {
        let before = try query(SetupSQL.loaded)
        try hangUp(process)
        for _ in 0..<100 {
            let there = try Set([Self.user, database]).map { try query(SetupSQL.loaded, in: $0) }
            if there.allSatisfy({ $0 != before }) { return }
            SystemClock.sleep(milliseconds: 100)
        }
        throw Refused(description: "Postgres has not read its configuration within 10 s")
    }

    /// SIGHUP, which needs no login.
    func hangUp(_ process: Int32) throws {
        guard kill(process, SIGHUP) == 0 else {
            throw Refused(description: "the server, process \(process), has ended")
        }
    }
}
