import Platform
import Postgres

/// A program of Postgres, such as pg_dump. Its command line shows no password: that is in its environment.
struct PostgresProgram {
    private let path: String
    private let parts: ConninfoParts

    /// - Parameters:
    ///   - name: the program.
    ///   - server: the version of the server: the program must not be older.
    /// - Throws: `BackupError` if it is not installed.
    init(_ name: String, conninfo: String, server: Int) throws {
        let root = "/usr/lib/postgresql"
        let versions = ((try? Files.list(root)) ?? []).compactMap { Int($0) }.sorted()
        guard let version = versions.first(where: { $0 >= server && Files.exists("\(root)/\($0)/bin/\(name)") }) else {
            throw BackupError(
                "\(name) of version \(server) or later is missing: apt install postgresql-client-\(server)")
        }
        path = "\(root)/\(version)/bin/\(name)"
        parts = try ConninfoParts(conninfo)
    }

    /// Runs it to its end.
    /// - Parameters:
    ///   - arguments: the connection is added.
    ///   - log: the file that gets its messages.
    ///   - tick: called a few times a second.
    /// - Throws: `BackupError` with its last messages.
    func run(_ arguments: [String], log: String, tick: () -> Void) throws {
        var command = ChildCommand([path, "--dbname", parts.visible] + arguments)
        command.environment = Self.environment.merging(parts.environment) { $1 }
        command.errors = .file(log)
        let child = try ChildProcess.spawn(command.endingWithParent())
        while child.wait(timeout: .milliseconds(200)) == nil { tick() }
        guard let status = child.wait(), status == .exited(0) else {
            let lines = ((try? Files.readText(log, limit: 64 << 20)) ?? "").split(whereSeparator: \.isNewline)
            let mistakes = lines.filter { $0.contains("error:") || $0.contains("ERROR:") }
            throw BackupError((mistakes.isEmpty ? lines.suffix(5) : mistakes.prefix(5)).joined(separator: "\n"))
        }
    }

    /// What libpq reads beside the connection string.
    private static var environment: [String: String] {
        var found = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        let names = [
            "HOME", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGPASSFILE", "PGSERVICE",
            "PGSERVICEFILE",
            "PGSSLMODE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY",
        ]
        for name in names { found[name] = Environment.value(of: name) }
        return found
    }
}
