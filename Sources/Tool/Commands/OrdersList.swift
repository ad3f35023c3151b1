import ArgumentParser
import JSON
import Ledger
import Platform

/// `hookledger orders list`
struct OrdersList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List orders, newest first.")

    @OptionGroup var database: OperatorArguments

    @Option(help: "Of this source.")
    var source: String?

    @Option(help: "Of this shop (host and path, or the store's id).")
    var shop: String?

    @Option(help: "With this status, as the provider writes it.")
    var status: String?

    @Option(help: "With this text in an identifying field: id, number, e-mail, name, tracking number.")
    var search: String?

    @Flag(help: "With jobs that are open or dead.")
    var waiting = false

    @Option(help: "Before the order with this number: the next page.")
    var before: Int64?

    @Option(help: "At most this many.")
    var limit = 50

    @OptionGroup var layout: TableArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("id", "#"), .init("order_id", "order"), .init("source"), .init("status"), .init("stage"),
        .init("total_amount", "total"), .init("currency"), .init("updated_at", "changed"),
    ])

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 100000") }
    }

    func run() throws {
        try reportingErrors {
            var filter = OrderQueries.Filter()
            (filter.source, filter.shop, filter.status, filter.text) = (source, shop, status, search)
            filter.processed = waiting ? false : nil
            filter.before = before
            let page = try OrderPages.page(filter, limit: limit, detail: .summary, on: database.connect())
            Console.show(
                page.rows.compactMap(\.row.object), Self.table, layout.shape, asJSON: json,
                whenEmpty: "No matching orders.")
            if page.rows.isEmpty { try database.tellUnknown(.source(source)) }
            if let next = page.next {
                let far = page.searchedTo.map { "looked back to \($0); " } ?? ""
                StandardError.write("\(far)continue with --before \(next)")
            }
        }
    }
}
