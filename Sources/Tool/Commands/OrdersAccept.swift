import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger orders accept`
struct OrdersAccept: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Trust a source's unverified events as if they had been signed.",
        discussion: """
            A value from an unverified event is listed in unverified_fields, gives way to any verified \
            value, and is hidden from actions for verified events. This command trusts all that the source sent before a \
            given time, for a source that started to sign later. It is logged, and a rebuild respects it.

            Exit codes: 0 done, 70 failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The source.")
    var source: String

    @Option(help: "Only events received before this time, such as 2026-11-01 or 2h (default: now).")
    var before: Moment?

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @Flag(help: "One JSON object.")
    var json = false

    var cellScope: CellScope { .source(source) }

    func run() throws {
        try reportingErrors {
            let now = SystemClock.now
            let connection = try database.connect()
            connection.queryDeadline = nil
            let report = try Acceptance.accept(
                source: source, before: before?.timestamp(now) ?? now, by: Actor.name, because: reason, on: connection)
            let object: JSONValue = [
                "raised": .number(JSONNumber(report.raised)), "folded": .number(JSONNumber(Int64(report.folded))),
            ]
            Console.say(
                json
                    ? object.text
                    : "\(report.raised) rows now count as verified; \(report.folded) were rebuilt.")
        }
    }
}
