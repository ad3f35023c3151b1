import ArgumentParser
import JSON
import Ledger
import LocalStack
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger restore`
struct Restore: AnsweringCommand, CellCommand {
    static let configuration = CommandConfiguration(
        abstract: "Restore a backup into an empty database, check it, and release its jobs.",
        discussion: """
            1. Restore into an empty database, connected as a role that may create roles, such as postgres. Missing roles are \
            created, the schema is migrated to this program's, and the rows of each table and all orders are checked. The \
            database does not know what happened after its dump, so all jobs and timers are held.

              sudo -u postgres createdb hookledger
              sudo -u postgres hookledger restore \\
                /var/backups/hookledger/2026-11-30 --database dbname=hookledger

            2. Put the deliveries of the spool back, as root or a user of the spool: restore SOURCE --spool.

            3. Look at what would run and what may have happened already, then let it go: restore --release --dry-run, \
            restore --release. A job that was due before the restore is in doubt: its destination is asked whether the \
            effect exists; where none can be asked, the job becomes a dead letter for a person.

            A database that was restored in another way (pg_restore, a copy of the data folder) is noticed by the batch \
            processor. --hold holds the jobs at once.

            Exit codes: 0 done, or all is the same; 1 with --check: something differs; 2 wrong usage; 70 failed; 78 \
            configuration error.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The folder of the backup.")
    var source: String?

    @Option(
        name: .customLong("database"),
        help: """
            The database to restore into, as a libpq connection string (default: $HOOKLEDGER_DATABASE, else the one of the \
            configuration, without its roles).
            """)
    var conninfo: String?

    @Option(help: "The folder of the SQL files (default: the ones installed with this program).")
    var sql: String?

    @Flag(help: "Only compare the database with the backup, and its orders with their events.")
    var check = false

    @Flag(help: "Only put the deliveries of the backup's spool back into the spool of the configuration.")
    var spool = false

    @Flag(help: "Hold all jobs, because the database was restored.")
    var hold = false

    @Flag(help: "Let the held jobs run again.")
    var release = false

    @Option(help: "With --release: jobs of events received before it become dead letters (\(Moment.forms)).")
    var since: Moment?

    @Flag(help: "With --release: all jobs in doubt become dead letters; no destination is asked.")
    var bury = false

    @Flag(help: "With --release: only show the jobs.")
    var dryRun = false

    @Option(help: "With --release or --hold: why, for the operator log.")
    var reason: String?

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    var cellScope: CellScope {
        if spool { return .router }
        if hold || release { return .eachCell }
        return .refused("a backup is one of a cell: HOOKLEDGER_CELL=NAME hookledger restore FOLDER --database …")
    }

    func validate() throws {
        let modes = [check, spool, hold, release].count { $0 }
        if modes > 1 { throw ValidationError("give only one of --check, --spool, --hold and --release") }
        if (hold || release) == (source != nil) {
            throw ValidationError(
                source == nil ? "name the folder of the backup" : "--hold and --release take no folder of a backup")
        }
        if !release, since != nil || bury || dryRun {
            throw ValidationError("--since, --bury and --dry-run need --release")
        }
    }

    func run() throws {
        try reportingErrors {
            let release = RestoreRelease(arguments: database, time: times.shape, json: json)
            if hold { return try release.hold(reason) }
            if self.release {
                if dryRun { return try release.show(since: since?.timestamp) }
                return try release.run(since: since?.timestamp, buries: bury, reason: reason)
            }
            guard let source else { return }
            let manifest = try BackupManifest(in: source)
            if spool { return try putSpoolBack(manifest, source) }
            let flaws = try BackupFiles.flaws(manifest, in: source)
            if !flaws.isEmpty { throw BackupError(flaws.joined(separator: "\n")) }
            if check { return try compare(manifest) }
            try restore(manifest, source)
        }
    }

    private func restore(_ manifest: BackupManifest, _ source: String) throws {
        let named = try OwnerDatabase.conninfo(conninfo)
        let restored = RestoredDatabase(
            conninfo: named, sql: try sql ?? Executable.share(of: Executable.current()) + "/sql")
        let settings = try? database.read()
        let file = settings.map { GenerationFile($0.batch.generationFile) }
        try restored.fill(manifest, from: source) { if !json { Console.say($0) } }
        let differences = try restored.hold(manifest, known: (try? file?.read()) ?? nil)
        let report = try check(differences, on: restored.connect(), settings)
        advise(manifest, source, settings)
        if !report { throw ExitCode.failure }
    }

    private func compare(_ manifest: BackupManifest) throws {
        let settings = try? database.read()
        let connection = try RestoredDatabase(conninfo: OwnerDatabase.conninfo(conninfo), sql: "").connect()
        let differences = TableCounts.differences(
            manifest.rows, try TableCounts.read(on: connection), leavingOut: TableCounts.changing)
        if try !check(differences, on: connection, settings) { throw ExitCode.failure }
    }

    /// Compares the orders with their events, too, and reports it.
    /// - Returns: whether nothing differs.
    private func check(_ differences: [String], on connection: Connection, _ settings: Settings?) throws -> Bool {
        var bar = ProgressBar("orders")
        let report = try OrderRebuild(over: connection, writes: false) { source, key in
            settings?.source(named: source)?.shops?.resolve(key) ?? key
        }.run(progress: { bar.show($0.done, of: $0.total) })
        bar.clear()
        if json {
            let object: JSONValue = [
                "row_differences": .array(differences.map { .string($0) }),
                "orders": .number(JSONNumber(Int64(report.done))),
                "orders_different": .number(JSONNumber(Int64(report.different))),
                "orders_unreadable": .number(JSONNumber(Int64(report.unreadable))),
            ]
            Console.say(object.text)
        } else {
            for line in differences { Console.say(line) }
            Console.say(
                (differences.isEmpty ? "Every table has the rows of the backup. " : "")
                    + "\(report.done) orders compared with their events, \(report.different) differ"
                    + (report.unreadable > 0 ? ", \(report.unreadable) cannot be read" : "") + ".")
        }
        return differences.isEmpty && report.different + report.unreadable == 0
    }

    private func putSpoolBack(_ manifest: BackupManifest, _ source: String) throws {
        let settings = try database.settings()
        guard let folder = settings.spool else { throw UsageError("the configuration has no spool") }
        let count = try SpoolReturn(folder: folder).run(manifest, from: source)
        let object: JSONValue = ["files": .number(JSONNumber(Int64(count)))]
        Console.say(
            json
                ? object.text
                : "\(Plural.text(count, "file")) put back into \(folder); the batch processor imports them.")
    }

    private func advise(_ manifest: BackupManifest, _ source: String, _ settings: Settings?) {
        if json { return }
        let own = settings.map(ConfigurationNames.keys) ?? [:]
        for (name, id) in manifest.keys.sorted(by: { $0.key < $1.key }) where own[name] != id {
            Console.say("This host needs key \(name) (\(id)): copy its file from where you keep the keys.")
        }
        if manifest.parts.contains(where: { $0.path.hasPrefix(BackupManifest.spool + "/") }) {
            Console.say("Deliveries wait in the backup: sudo hookledger restore \(source) --spool puts them back.")
        }
        Console.say(
            "All jobs are held. `hookledger restore --release --dry-run` shows what would run and what may have happened "
                + "after \(times.shape.text(manifest.takenAt)).")
    }
}
