import ArgumentParser
import JSON
import Ledger
import Platform
import Settings
import Webhooks

/// `hookledger audit verify`
struct AuditVerify: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the chain over the operator log and the audits.",
        discussion: """
            Each row of operator_log and audits has a link with its keyed hash and the code of the link before. This finds a \
            row or a link that was changed, is missing or stands elsewhere. The newest link is also in the syslog (the batch \
            processor's line "Operator log sealed", the audit's "newest link"): with --link a chain that was cut off \
            together with its head is found, too. Rows that are still unsealed are not covered.

            Exit codes: 0 nothing is wrong; 1 something is; 69 the key is missing; 70 failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: "A link as it is in the syslog, such as 12:0f3a…")
    var link: String?

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if let link, Chain.Position(link) == nil {
            throw ValidationError("--link must be a number, a colon and 64 hexadecimal digits")
        }
    }

    var cellScope: CellScope { .eachCell }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let key = try AuditKey.load(settings)
            let connection = try database.connect(settings)
            var bar = ProgressBar("links")
            let report = try ChainVerifier(key: key).run(link: link.flatMap { Chain.Position($0) }, over: connection) {
                bar.show($0, of: $0)
            }
            bar.clear()
            show(report)
            if !report.faults.isEmpty { throw ExitCode.failure }
        }
    }

    private func show(_ report: ChainVerifier.Report) {
        func number(_ count: Int) -> JSONValue { .number(JSONNumber(Int64(count))) }
        if json {
            let faults: [JSONValue] = report.faults.map { fault in
                ["link": fault.seq.map { .number(JSONNumber($0)) } ?? .null, "text": .string(fault.text)]
            }
            let object: JSONValue = [
                "links": number(report.links), "oldest": report.oldest.map { .number(JSONNumber($0)) } ?? .null,
                "newest": report.newest.map { .string($0.text) } ?? .null, "redacted": number(report.redacted),
                "unsealed": number(report.unsealed),
                "unsealed_since": report.unsealedSince.map { .string($0.rfc3339) } ?? .null, "faults": .array(faults),
            ]
            return Console.say(object.text)
        }
        for fault in report.faults { Console.say("\(fault.seq.map { "link \($0): " } ?? "")\(fault.text)") }
        var text = "\(Plural.text(report.links, "link")) checked"
        if let oldest = report.oldest, let newest = report.newest { text += ", from \(oldest) to \(newest.text)" }
        text += report.faults.isEmpty ? "; nothing is wrong." : "; \(Plural.text(report.faults.count, "fault"))."
        if report.redacted > 0 { text += " \(Plural.text(report.redacted, "row")) redacted after the sealing." }
        if let since = report.unsealedSince {
            text += " \(Plural.text(report.unsealed, "row")) not sealed yet, the oldest of \(times.shape.text(since))."
        }
        Console.say(text)
    }
}

/// The key of the chain, for a person's command.
enum AuditKey {
    /// - Throws: exit code 69 after the reason was printed.
    static func load(_ settings: Settings) throws -> KeyFile {
        do throws(KeyFileProblem) {
            return try KeyFile.load(settings.keys.audit)
        } catch {
            StandardError.write("\(error)")
            throw ExitCode(.unavailable)
        }
    }
}
