import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger events export`
struct EventsExport: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write stored events into a folder, with a manifest and hashes.",
        discussion: """
            Each request becomes a file of raw HTTP (events/DAY/ID.http); index.jsonl has the facts and the hash of \
            each, manifest.json the whole, and SHA256SUMS the hashes of these two ("sha256sum -c SHA256SUMS"). \
            The files hold personal data and are readable by their owner only. Credentials are not stored, so they are not \
            exported. "hookledger events import" reads the folder.

              hookledger events export --since 2026-01-01 --out january

            Exit codes: 0 done; 1 a request cannot be written as HTTP; 64 wrong usage; 70 failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: ArgumentHelp("Received at or after this time: \(Moment.forms).", valueName: "time"))
    var since: Moment

    @Option(help: ArgumentHelp("Received before this time (default: now).", valueName: "time"))
    var until: Moment?

    @Option(help: "From this source (default: all).")
    var source: String?

    @Option(help: ArgumentHelp("The folder; it is created, or is empty.", valueName: "folder"))
    var out: String

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @Flag(help: "One JSON object.")
    var json = false

    var cellScope: CellScope {
        out.contains(CellRun.placeholder)
            ? .sourceOrEach(source) : .refused(CellRun.oneFile("--out"))
    }

    func run() throws {
        try reportingErrors {
            let now = SystemClock.now
            let connection = try database.connect()
            // Counting a large table takes its time.
            connection.queryDeadline = nil
            let request = EventExport.Request(
                source: source, since: since.timestamp(now), until: until?.timestamp(now) ?? now)
            let export = EventExport(request, to: out, connection: connection)
            let total = ProgressBar.isSeen ? try export.count() : 0
            var bar = ProgressBar("events")
            let report = try export.run(now: now) { bar.show($0, of: total) }
            bar.clear()
            let object: JSONValue = [
                "events": .number(JSONNumber(Int64(report.events))), "bytes": .number(JSONNumber(Int64(report.bytes))),
                "unwritable": .array(report.unwritable.map { .number(JSONNumber($0)) }),
                "since": .string(request.since.rfc3339), "until": .string(request.until.rfc3339),
            ]
            try OperatorLog.write(
                actor: Actor.name, action: "events.export", subject: source.map { "source:\($0)" } ?? "events",
                reason: reason, details: object, on: connection)
            for id in report.unwritable {
                StandardError.write("event \(id) cannot be written as HTTP/1.1; it is not in the export")
            }
            Console.say(
                json ? object.text : "\(Plural.text(report.events, "event")), \(report.bytes) bytes in \(out)")
            if !report.unwritable.isEmpty { throw ExitCode.failure }
        }
    }
}
