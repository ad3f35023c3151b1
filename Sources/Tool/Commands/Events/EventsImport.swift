public import ArgumentParser
import JSON
public import Ledger
import Platform
import Settings
import Webhooks

/// `hookledger events import`
struct EventsImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import events of an export, or of another tool's.",
        discussion: """
            Each delivery is verified again with the current secrets as of when it was first received; what does not \
            verify is imported as unverified. Imported events make no jobs. They are stored under the time of the import, \
            and stand where their first receipt puts them: no old state overwrites a newer one. What is here already is a \
            duplicate, however old, so an interrupted import continues with the same command. A wrong hash, a damaged \
            manifest or a path outside the folder ends the import before the first event.

              hookledger events import january --dry-run
              hookledger events import requests.json --from hookdeck --source shopify

            docs/transfer.md says which exports of other tools are read.

            Exit codes: 0 done; 1 an entry is no event or was not recorded; 64 wrong usage; 70 failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: ArgumentHelp("The folder of an export, or the file of another tool.", valueName: "path"))
    var path: String

    @Option(help: ArgumentHelp("The other tool: \(ForeignExport.names).", valueName: "tool"))
    var from: ForeignExport?

    @Option(help: "The source whose deliveries they are (default: as the export names it; needed with --from).")
    var source: String?

    @Flag(help: "Only count what would be imported; change nothing.")
    var dryRun = false

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if from != nil, source == nil { throw ValidationError("--from needs --source") }
    }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let owner = try source.map { try database.source($0) }
            let now = SystemClock.now
            let export = try read(settings, owner, now)
            let connection = try database.connect(settings)
            var bar = ProgressBar("events")
            let report = try EventImport(export, settings: settings, now: now, connection: connection).run(
                isDry: dryRun, progress: { bar.show($0, of: export.count) })
            bar.clear()
            if !dryRun {
                try OperatorLog.write(
                    actor: Actor.name, action: "events.import", subject: owner.map { "source:\($0.name)" } ?? "events",
                    reason: reason, details: Self.object(report), on: connection)
            }
            show(report)
            if report.failed > 0 || !report.unusable.isEmpty { throw ExitCode.failure }
        }
    }

    private func read(_ settings: Settings, _ owner: SourceSettings?, _ now: Timestamp) throws -> ReadExport {
        guard let from, let owner else {
            return try ReadExport(folder: path, source: owner, settings: settings, now: now)
        }
        return try ReadExport(file: Files.read(path, limit: 2 << 30), of: from, source: owner, now: now)
    }

    private static func object(_ report: EventImport.Report) -> JSONValue {
        func number(_ count: Int) -> JSONValue { .number(JSONNumber(Int64(count))) }
        var unusable = JSONObject()
        for (why, count) in report.unusable.sorted(by: { $0.key < $1.key }) { unusable[why] = number(count) }
        return [
            "total": number(report.total), "imported": number(report.imported),
            "unverified": number(report.unverified), "duplicates": number(report.duplicates),
            "superseded": number(report.superseded), "redacted": number(report.redacted),
            "unusable": .object(unusable), "failed": number(report.failed),
        ]
    }

    private func show(_ report: EventImport.Report) {
        if json { return Console.say(Self.object(report).text) }
        var text = "\(report.imported) of \(report.total) \(dryRun ? "would be imported" : "imported")"
        if report.unverified > 0 { text += " (\(report.unverified) unverified)" }
        text += ", \(Plural.text(report.duplicates, "duplicate"))"
        if report.superseded > 0 { text += ", \(report.superseded) superseded" }
        if report.redacted > 0 { text += ", \(report.redacted) redacted" }
        if report.failed > 0 { text += ", \(report.failed) not recorded (\(report.error ?? ""))" }
        Console.say(VisibleText.of(text + (dryRun ? "; nothing was changed." : ".")))
        for (why, count) in report.unusable.sorted(by: { $0.key < $1.key }) {
            Console.say(VisibleText.of("\(count) no event: \(why)"))
        }
    }
}

extension ForeignExport: ExpressibleByArgument {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
