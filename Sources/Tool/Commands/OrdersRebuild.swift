import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings

/// `hookledger orders rebuild`
struct OrdersRebuild: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Rebuild the orders from their stored events, and correct the differences.",
        discussion: """
            Raw bodies are normalized again and merged by the clocks of their events. A row differs if it was \
            changed by hand, or if its provider reads more today. Safe while deliveries arrive. Orders \
            whose first events are deleted are skipped. It makes no jobs and sends nothing; each changed order \
            has an entry "read anew" in its history. An interrupted rebuild continues where it stopped.

            Exit codes: 0 done, or no difference; 1 with --check: there are differences; 70 failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: "Only the orders of this source.")
    var source: String?

    @Flag(help: "Only report the differences; change nothing.")
    var check = false

    @Flag(help: "Start at the first order, even after an interrupted run.")
    var fromStart = false

    @Flag(help: "One JSON object a line: each difference, then the counts.")
    var json = false

    var cellScope: CellScope { .sourceOrEach(source) }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let connection = try database.connect(settings)
            connection.queryDeadline = nil
            let rebuild = OrderRebuild(over: connection, source: source, writes: !check) { source, key in
                settings.source(named: source)?.shops?.resolve(key) ?? key
            }
            var bar = ProgressBar("orders")
            var differences: [OrderRebuild.Difference] = []
            func say() {
                bar.clear()
                for difference in differences {
                    Console.say(json ? Self.object(difference).text : Self.line(difference))
                }
                differences = []
            }
            let report = try rebuild.run(
                fromStart: fromStart,
                progress: { report in
                    if !differences.isEmpty { say() }
                    bar.show(report.done, of: report.total)
                }, found: { differences.append($0) })
            say()
            Console.say(json ? Self.object(report).text : summary(report))
            if check, report.different + report.unreadable > 0 { throw ExitCode.failure }
        }
    }

    private static func line(_ difference: OrderRebuild.Difference) -> String {
        "\(difference.source) \(difference.orderID) \(difference.field): stored \(difference.stored ?? "nothing"), "
            + "events say \(difference.rebuilt ?? "nothing")"
    }

    private static func object(_ difference: OrderRebuild.Difference) -> JSONValue {
        [
            "source": .string(difference.source), "order_id": .string(difference.orderID),
            "field": .string(difference.field), "stored": value(difference.stored),
            "rebuilt": value(difference.rebuilt),
        ]
    }

    /// What is stored as JSON text, as the value that it is.
    private static func value(_ text: String?) -> JSONValue {
        text.map { (try? JSONValue(parsing: Array($0.utf8))) ?? .string($0) } ?? .null
    }

    private static func object(_ report: OrderRebuild.Report) -> JSONValue {
        func number(_ count: Int) -> JSONValue { .number(JSONNumber(Int64(count))) }
        return [
            "orders": number(report.done), "different": number(report.different),
            "incomplete": number(report.incomplete), "unreadable": number(report.unreadable),
        ]
    }

    private func summary(_ report: OrderRebuild.Report) -> String {
        var text = "\(report.done) orders"
        if report.before > 0 { text += " (\(report.before) by the run before)" }
        text += ", \(report.different) differ"
        if report.different > 0, !check { text += " and were written" }
        if report.incomplete > 0 {
            text += "; \(report.incomplete) skipped: their first events are deleted"
        }
        if report.unreadable > 0 { text += "; \(report.unreadable) skipped: no provider reads all of their events" }
        return text + "."
    }
}
