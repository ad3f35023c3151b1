import ArgumentParser
import JSON
import Ledger
import Platform
import Settings
import Webhooks

/// `hookledger audit prune`
struct AuditPrune: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Delete old rows of the operator log and old audits, up to a checkpoint.",
        discussion: """
            The checkpoint is a link of the chain that says which link was the last one to go, so that `hookledger audit \
            verify` tells pruning from a loss. It is printed; keep it with the syslog. The deed itself is a row of \
            operator_log.
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: "Delete what was sealed before this time, at least 30 days ago: \(Moment.forms).")
    var before: Moment

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @OptionGroup var times: TimeArguments

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "One JSON object.")
    var json = false

    private static let youngest: Int64 = 30 * 86_400

    func validate() throws {
        guard before.timestamp <= SystemClock.now.advanced(bySeconds: -Self.youngest) else {
            throw ValidationError("--before must be at least 30 days ago")
        }
    }

    var cellScope: CellScope { .eachCell }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let key = try AuditKey.load(settings)
            if !yes {
                try Confirmation.demand(
                    "This deletes the operator log and the audits before \(times.shape.text(before.timestamp))",
                    option: "--yes")
            }
            let connection = try database.connect(settings)
            let done = try Chain(key: key).prune(before: before.timestamp, at: SystemClock.now, over: connection)
            if let done {
                try OperatorLog.write(
                    actor: Actor.name, action: "audit.prune", subject: "link:\(done.until)", reason: reason,
                    details: [
                        "deeds": .number(JSONNumber(Int64(done.deeds))),
                        "audits": .number(JSONNumber(Int64(done.audits))),
                        "checkpoint": .string(done.checkpoint.text),
                    ], on: connection)
            }
            if json {
                let object: JSONValue = [
                    "links": .number(JSONNumber(Int64(done?.links ?? 0))),
                    "deeds": .number(JSONNumber(Int64(done?.deeds ?? 0))),
                    "audits": .number(JSONNumber(Int64(done?.audits ?? 0))),
                    "checkpoint": done.map { .string($0.checkpoint.text) } ?? .null,
                ]
                return Console.say(object.text)
            }
            guard let done else { return Console.say("Nothing was sealed before that time.") }
            Console.say(
                "Deleted \(Plural.text(done.deeds, "row")) of operator_log and \(Plural.text(done.audits, "audit")), up to link "
                    + "\(done.until). Checkpoint: \(done.checkpoint.text)")
        }
    }
}
