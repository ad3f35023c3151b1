import ArgumentParser
import JSON

/// `hookledger sources`
struct Sources: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the configured sources with what they have sent.")

    @OptionGroup var database: OperatorArguments

    @OptionGroup var layout: TableArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("source"), .init("providers"), .init("events_24h", "24 h"), .init("refusals_24h", "refused"),
        .init("last_event_at", "last"), .init("is_silent", "silent"), .init("paths"),
    ])

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let activity = try SourceActivity(settings, on: database.connect(settings))
            Console.show(
                activity.rows, Self.table, layout.shape, asJSON: json, whenEmpty: "The configuration has no sources.")
        }
    }
}
