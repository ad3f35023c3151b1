import ArgumentParser
import JSON
import Ledger
import Platform
import Settings

/// `hookledger refusals release`
struct RefusalsRelease: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Take in refused deliveries of a source that verify by the secrets of now.",
        discussion: """
            Each is verified as of when it came; a secret's start date does not count, its end does. What verifies goes \
            through the door of every delivery (origin released), and stands where its time of receipt puts it: it never \
            overwrites what the sender has said since. The same bytes that arrived in another way are marked arrived. What \
            does not verify stays. An interrupted release continues with the same command.

            Exit codes: 0 done; 1 something does not verify or was not recorded; 70 Postgres failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The source.")
    var source: String

    @Option(help: "Only what came from this time on: \(Moment.forms).")
    var since: Moment?

    @Flag(help: "Only count what would be released; change nothing.")
    var dryRun = false

    @Flag(
        help:
            "Also take what was refused for its time alone. Needs --reason: somebody may have captured and delayed it.")
    var acceptLate = false

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if acceptLate, reason == nil { throw ValidationError("--accept-late needs --reason") }
    }

    func run() throws {
        try reportingErrors {
            let (settings, source) = (try database.settings(), try database.source(source))
            let connection = try database.connect(settings)
            let release = Release(
                Release.Request(source: source, since: since?.timestamp, acceptsLate: acceptLate), settings: settings,
                key: try KeyFile.existing(settings.keys.credentials), connection: connection)
            let total = try release.count()
            var bar = ProgressBar("deliveries")
            let report = try release.run(isDry: dryRun, progress: { bar.show($0, of: total) })
            bar.clear()
            if !dryRun {
                try OperatorLog.write(
                    actor: Actor.name, action: "refusals.release", subject: "source:\(source.name)", reason: reason,
                    details: Self.object(report, acceptLate: acceptLate), on: connection)
            }
            show(report)
            if !report.refused.isEmpty || report.failed > 0 { throw ExitCode.failure }
        }
    }

    static func object(_ report: Release.Report, acceptLate: Bool) -> JSONValue {
        func number(_ count: Int) -> JSONValue { .number(JSONNumber(Int64(count))) }
        var refused = JSONObject()
        for (kind, count) in report.refused.sorted(by: { $0.key < $1.key }) { refused[kind] = number(count) }
        return [
            "released": number(report.released), "arrived": number(report.arrived),
            "superseded": number(report.superseded), "unusable": number(report.unusable),
            "failed": number(report.failed), "refused": .object(refused), "accept_late": .bool(acceptLate),
        ]
    }

    private func show(_ report: Release.Report) {
        if json { return Console.say(Self.object(report, acceptLate: acceptLate).text) }
        let verb = dryRun ? "would be released" : "released"
        var text = "\(report.released) \(verb), \(report.arrived) had arrived"
        if report.superseded > 0 { text += ", \(report.superseded) superseded" }
        if report.unusable > 0 { text += ", \(report.unusable) unusable" }
        for (kind, count) in report.refused.sorted(by: { $0.key < $1.key }) { text += ", \(count) still \(kind)" }
        if report.failed > 0 { text += ", \(report.failed) not recorded (\(report.error ?? ""))" }
        Console.say(text + (dryRun ? "; nothing was changed." : "."))
    }
}
