import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger audit run`
struct AuditRun: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Compare nginx's log of the hook paths with the ledger.",
        discussion: """
            Every request that was answered 2xx must be an event, repeat one, be a handshake, or wait in the spool. The \
            request id joins log and ledger. nginx's log and its rotated and compressed files are found by themselves \
            (log.hooks in the configuration); --log names others, such as those of another host. The last five minutes are \
            left out. Run it on the host of the log, because it looks into that host's spool. cron does it every night \
            with --scheduled; the view audit_runs has the results.

            Exit codes: 0 everything is stored; 1 something is not, its request ids are printed; 69 there is no log; 70 \
            Postgres or a file failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: "Compare answers from this time on: \(Moment.forms) (default: 24h).")
    var since: Moment?

    @Option(name: .customLong("log"), parsing: .upToNextOption, help: "Log files to read in place of the host's own.")
    var logs: [String] = []

    @Option(help: "Leave out answers that are younger than this.")
    var settle = WaitTime(.seconds(Audit.settling))

    @Flag(help: "As the batch processor's role, from the end of this host's last scheduled audit on: for cron.")
    var scheduled = false

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if scheduled, since != nil || !logs.isEmpty {
            throw ValidationError("--scheduled cannot be combined with --since or --log")
        }
    }

    var cellScope: CellScope {
        .refused(
            "an audit compares nginx's log with one database, and the log has the deliveries of all cells: "
                + "it is not made for cells")
    }

    func run() throws {
        try reportingErrors {
            let settings = try scheduled ? Self.ofBatch(database) : database.settings()
            let files = logs.isEmpty ? try HookLog.files(of: settings.log.hooks) : logs
            guard !files.isEmpty else {
                StandardError.write(
                    "there is no log \(settings.log.hooks): install the site file that `hookledger nginx` prints, or give --log"
                )
                throw ExitCode(.unavailable)
            }
            let connection = try scheduled ? Self.connectAsBatch(settings) : database.connect(settings)
            let host = try Self.host()
            let (started, begin) = (SystemClock.now, try begin(host, settings, connection))
            let scope = Audit.Scope(
                files: files, since: begin, now: started, retention: settings.retention,
                settling: settle.duration.wholeSeconds)
            let audit = try Audit(scope, settings: settings, connection: connection)
            var bar = ProgressBar("log")
            let counts = try audit.run { bar.show(Int($0 >> 10), of: Int($1 >> 10), note: "KiB") }
            bar.clear()
            let result = AuditBooks.Result(
                host: host, kind: scheduled ? .scheduled : .manual, actor: scheduled ? "cron" : Actor.name,
                scope: scope,
                startedAt: started, counts: counts)
            let canary = try AuditBooks.canary(on: connection)
            let id = try AuditBooks.record(result, canaryAt: canary, on: connection)
            let link = try Self.seal(settings, connection)
            show(result, id: id, canary: canary, link: link)
            if counts.missing > 0 { throw ExitCode.failure }
        }
    }

    /// A scheduled audit continues where the last one ended, so that every answer is compared once.
    private func begin(_ host: String, _ settings: Settings, _ connection: Connection) throws -> Timestamp? {
        guard scheduled else { return since?.timestamp }
        return try AuditBooks.auditedUntil(host: host, now: SystemClock.now, on: connection)
    }

    private static func ofBatch(_ database: OperatorArguments) throws -> Settings {
        do throws(SettingsErrors) {
            return try database.read(for: .batch)
        } catch {
            StandardError.write(error.description)
            throw ExitCode(.configuration)
        }
    }

    private static func connectAsBatch(_ settings: Settings) throws(PostgresError) -> Connection {
        try Connection(
            conninfo: settings.database.connection(for: .batch).conninfo, applicationName: "hookledger-audit",
            settings: [("statement_timeout", "60s"), ("search_path", "hookledger")], queryDeadline: .seconds(70))
    }

    private static func host() throws(FileError) -> String {
        try Files.readText("/proc/sys/kernel/hostname").split(whereSeparator: \.isWhitespace).joined()
    }

    /// The result gets its link at once where the key is there, otherwise with the batch processor's next turn.
    private static func seal(_ settings: Settings, _ connection: Connection) throws -> Chain.Position? {
        guard Files.exists(settings.keys.audit) else { return nil }
        return try Chain(key: KeyFile.load(settings.keys.audit)).seal(at: SystemClock.now, over: connection).newest
    }

    private func show(_ result: AuditBooks.Result, id: Int64, canary: Timestamp?, link: Chain.Position?) {
        let (counts, scope) = (result.counts, result.scope)
        if json {
            var object = JSONObject()
            object["run"] = .number(JSONNumber(id))
            object["host"] = .string(result.host)
            object["since"] = .string(scope.since.rfc3339)
            object["until"] = .string(scope.until.rfc3339)
            object["last_canary"] = canary.map { JSONValue.string($0.rfc3339) } ?? .null
            object["missing_ids"] = .array(counts.missingIDs.map { .string($0) })
            object["link"] = link.map { JSONValue.string($0.text) } ?? .null
            for (name, count) in counts.named { object[name] = .number(JSONNumber(Int64(count))) }
            return Console.say(JSONValue.object(object).text)
        }
        let time = times.shape
        Console.say("Audit \(id) of \(result.host), \(time.text(scope.since)) to \(time.text(scope.until)):")
        let names = [
            "answered": "answered 2xx", "missing": "answered but not stored", "too_old": "older than the retention",
            "unreadable": "lines that cannot be read", "unlogged": "events without a line",
        ]
        for (name, count) in counts.named { Console.say("  \(names[name] ?? name): \(count)") }
        Console.say("  last canary: \(canary.map(time.text) ?? "none")")
        if let link { Console.say("  newest link: \(link.text)") }
        for id in counts.missingIDs { Console.say(id) }
    }
}
