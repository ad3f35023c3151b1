import ArgumentParser
import JSON
import Ledger
import Platform
import Webhooks

/// `hookledger events`
struct Events: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show stored events, verify them again, replay, export and import them.",
        subcommands: [
            EventsList.self, EventsShow.self, EventsVerify.self, EventsReplay.self, EventsExport.self,
            EventsImport.self,
        ])
}

/// `hookledger events list`
struct EventsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List stored events, newest first.",
        discussion: "Refused deliveries are in the view webhook_logs.")

    @OptionGroup var database: OperatorArguments
    @OptionGroup var filters: EventFilterArguments

    @Option(help: "At most this many.")
    var limit = 50

    @OptionGroup var layout: TableArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("id", "event"), .init("received_at", "received"), .init("source"), .init("type"), .init("subject"),
        .init("state"), .init("origin"), .init("verdict"),
    ])

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 100000") }
    }

    func run() throws {
        try reportingErrors {
            var filter = DeliveryFilter()
            filter.events = filters.filter()
            (filter.accepted, filter.handshakes) = (true, .leftOut)
            let page = try DeliveryPages.newest(filter, limit: limit, on: database.connect())
            Console.show(
                page.rows.compactMap(\.object), Self.table, layout.shape, asJSON: json, whenEmpty: "No matching events."
            )
            if page.rows.isEmpty { try database.tellUnknown(.source(filters.source), .type(filters.type)) }
            if let time = page.searchedTo {
                let shown = layout.time.shape.text(time)
                StandardError.write("looked back to \(shown); continue with --until \(time.rfc3339)")
            }
        }
    }
}
