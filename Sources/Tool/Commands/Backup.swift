import Actions
import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger backup`
struct Backup: CellCommand {
    static let configuration = CommandConfiguration(
        abstract: "Back up the database, its roles and the spool into a folder.",
        discussion: """
            The folder has the dump (pg_dump, custom format), the roles without passwords, the deliveries that wait in this \
            host's spool, and a manifest with the rows of each table, the SHA-256 of each file, and the names in the \
            configuration. Keys and secrets are named, not contained: keep the folder of keys and the files of secrets \
            elsewhere. The folder holds personal data and is open to its owner only. It appears when it is complete. \
            Deliveries are stored meanwhile; `hookledger migrate` waits for the end. The role hookledger_operator is enough.

              hookledger backup /var/backups/hookledger/$(date +%F)

            Exit codes: 0 done, 64 wrong usage, 70 failed, 78 configuration error.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The folder to create (default: hookledger-backup-TIME here).")
    var target: String?

    @Option(
        name: .customLong("database"),
        help: "The database as a libpq connection string (default: the configuration's, as the operator).")
    var conninfo: String?

    @Flag(help: "One JSON object.")
    var json = false

    var cellScope: CellScope {
        target?.contains(CellRun.placeholder) == true
            ? .eachCell : .refused(CellRun.oneFile("the folder"))
    }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let connection = try Connection(
                conninfo: conninfo ?? settings.database.connection(for: .operator).conninfo,
                applicationName: "hookledger-backup",
                settings: [("statement_timeout", "0"), ("idle_in_transaction_session_timeout", "0")])
            let folder = target ?? "hookledger-backup-\(SystemClock.now.rfc3339.filter { $0 != ":" })"
            if Files.exists(folder) { throw UsageError("\(folder) exists: a backup is a new folder") }
            let unfinished = folder + ".unfinished"
            try Files.remove(unfinished)
            try Files.makeFolder(unfinished, mode: 0o700)
            do {
                let manifest = try write(settings, connection, to: unfinished)
                try Files.write(
                    unfinished + "/" + BackupManifest.file, text: manifest.json.text + "\n", mode: 0o600)
                try Files.rename(unfinished, to: folder)
                try Files.syncFolder(Files.parent(folder))
                report(manifest, folder)
            } catch {
                try? Files.remove(unfinished)
                throw error
            }
        }
    }

    private func write(_ settings: Settings, _ connection: Connection, to folder: String) throws -> BackupManifest {
        // Before the snapshot: what is imported meanwhile is in both, and the import knows it.
        if let spool = settings.spool {
            try BackupFiles.copySpool(spool, to: folder + "/" + BackupManifest.spool)
        }
        try connection.execute(BackupSQL.begin)
        let row = try connection.query(BackupSQL.snapshot).only()
        let rows = try TableCounts.read(on: connection)
        let roles = try connection.query(BackupSQL.roles).map { try $0.text("line") }
        try Files.write(
            folder + "/" + BackupManifest.roles, text: roles.joined(separator: "\n") + "\n", mode: 0o600)
        try dump(connection, snapshot: row.text("snapshot"), to: folder)
        try connection.execute("commit")
        return BackupManifest(
            takenAt: Timestamp(microseconds: try row.timestamp("taken_at")), schema: try row.bigint("schema"),
            generation: try row.bigint("generation"), rows: rows, parts: try BackupFiles.parts(of: folder),
            configuration: ConfigurationNames.json(settings), keys: ConfigurationNames.keys(settings))
    }

    private func dump(_ connection: Connection, snapshot: String, to folder: String) throws {
        let total = try connection.query(BackupSQL.dumped).only().int(0)
        let log = folder + "/pg_dump.log"
        var bar = ProgressBar("dump, tables")
        let program = try PostgresProgram(
            "pg_dump", conninfo: conninfo ?? database.settings().database.connection(for: .operator).conninfo,
            server: (connection.serverVersion ?? 0) / 10_000)
        try program.run(
            [
                "--format=custom", "--verbose", "--no-password", "--snapshot=\(snapshot)",
                "--file=\(folder)/\(BackupManifest.dump)",
            ], log: log,
            tick: {
                guard ProgressBar.isSeen, let text = try? Files.readText(log) else { return }
                bar.show(text.split(separator: "dumping contents of table").count - 1, of: total)
            })
        bar.clear()
        try Files.setMode("\(folder)/\(BackupManifest.dump)", 0o600)
        try Files.remove(log)
    }

    private func report(_ manifest: BackupManifest, _ folder: String) {
        if json { return Console.say(manifest.json.text) }
        let bytes = manifest.parts.reduce(0) { $0 + $1.bytes }
        let waiting = manifest.parts.count { $0.path.hasPrefix(BackupManifest.spool + "/") }
        Console.say(
            "\(folder): \(manifest.rows["events"] ?? 0) events, \(manifest.rows["orders"] ?? 0) orders, "
                + "\(manifest.rows["jobs"] ?? 0) jobs, \(Plural.text(waiting, "file")) of the spool, \(bytes) bytes.")
        let keys = manifest.keys.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
        if !keys.isEmpty { Console.say("Keep the keys elsewhere: \(keys.joined(separator: ", ")).") }
    }
}
