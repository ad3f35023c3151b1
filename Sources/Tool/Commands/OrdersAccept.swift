import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger orders accept`
struct OrdersAccept: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Trust what came unverified from a source, as if it had been signed.",
        discussion: """
            A value that no verified event has written is marked in unverified_fields, loses against every verified \
            one, and is not seen by actions for verified events. This trusts all that the source sent before a moment: \
            for a source in which signing was switched on later. It is logged, and a rebuild knows it.

            Exit codes: 0 done, 70 it failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The source.")
    var source: String

    @Option(help: "Only what was received before, such as 2026-11-01 or 2h (default: now).")
    var before: Moment?

    @Option(help: "Why, for the log of operators.")
    var reason: String?

    @Flag(help: "One JSON object.")
    var json = false

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
                    : "\(report.raised) rows count as verified; \(report.folded) were folded anew.")
        }
    }
}
