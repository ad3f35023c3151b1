import Ledger
import Platform
import Postgres
import Webhooks

/// The database that a backup is restored into.
struct RestoredDatabase {
    let conninfo: String
    /// The folder of this program's SQL files.
    let sql: String

    func connect() throws -> Connection {
        try Connection(
            conninfo: conninfo, applicationName: "hookledger-restore",
            settings: [("search_path", "hookledger"), ("statement_timeout", "0")])
    }

    /// Creates the roles and restores the dump, in one transaction.
    /// - Parameter say: reports the steps.
    func fill(_ manifest: BackupManifest, from source: String, say: (String) -> Void) throws {
        let connection = try connect()
        guard try connection.query(BackupSQL.isEmpty).only().bool(0) else {
            throw BackupError(
                "the database has a schema hookledger already: restore into an empty one (createdb), then rename them")
        }
        try Migrator.refuseEncoding(connection)
        let files = try SchemaFiles(folder: sql)
        if manifest.schema > files.migrations.count, manifest.schema != FormerMigrations.last {
            throw BackupError(
                "the backup has schema version \(manifest.schema), this program knows \(files.migrations.count): "
                    + "install the program that made it, or a newer one")
        }
        say("creating the roles that are missing")
        try connection.execute(files.roles)
        try connection.execute(Files.readText(source + "/" + BackupManifest.roles))
        say("restoring the dump")
        let log = try Files.makeTemporaryFolder("hl-restore")
        defer { try? Files.remove(log) }
        var bar = ProgressBar("restore, tables")
        let total = manifest.rows.count
        try PostgresProgram("pg_restore", conninfo: conninfo, server: (connection.serverVersion ?? 0) / 10_000).run(
            [
                "--exit-on-error", "--single-transaction", "--no-password", "--verbose",
                source + "/" + BackupManifest.dump,
            ], log: log + "/log",
            tick: {
                guard ProgressBar.isSeen, let text = try? Files.readText(log + "/log") else { return }
                let done = text.split(separator: "processing data for table").count - 1
                bar.show(done, of: max(total, done))
            })
        bar.clear()
    }

    /// Compares the rows, brings the schema to this program's, and holds all jobs.
    /// - Parameter known: the generation of this host's file.
    /// - Returns: the tables whose counts differ from the manifest's.
    func hold(_ manifest: BackupManifest, known: Int64?) throws -> [String] {
        let connection = try connect()
        // Statistics are not in a dump, and without them every plan is a guess.
        try connection.execute("analyze")
        let differences = TableCounts.differences(manifest.rows, try TableCounts.read(on: connection))
        _ = try Migrator.apply(SchemaFiles(folder: sql), over: connect())
        try RestoreHold.hold(
            "The database was restored from a backup of \(manifest.takenAt.rfc3339).", known: known,
            knownUntil: manifest.takenAt, on: connect())
        return differences
    }
}
