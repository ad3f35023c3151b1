import ArgumentParser
import Jobs
import Postgres

/// The jobs of a command.
struct JobFilterArguments: ParsableArguments {
    @Option(help: "With this action.")
    var action: String?

    @Option(help: "With this kind of action, such as slack.")
    var kind: String?

    @Option(help: "Created by this rule.")
    var rule: String?

    @Option(help: "About the order with this id, as the provider writes it.")
    var order: String?

    @Option(help: "About an order of this shop (host and path, or the store's id).")
    var shop: String?

    @Option(help: "Whose last error contains this text.")
    var error: String?

    @Option(help: "At most this many, oldest first.")
    var limit = 1000

    /// - Throws: `UsageError` that names the shops, when several have the order and none is named.
    func demandOneShop(_ connection: Connection) throws {
        try OneShop.demand(order: order, shop: shop, on: connection)
    }

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    func filter(_ ids: [Int64] = []) -> JobFilter {
        var filter = JobFilter()
        filter.ids = ids
        filter.action = action
        filter.kind = kind
        filter.rule = rule
        filter.order = order
        filter.shop = shop
        filter.error = error
        filter.limit = limit
        return filter
    }
}

/// The dead letters of a command: by id, by filter, or explicitly all.
struct DeadSelection: ParsableArguments {
    @Argument(help: "Ids of dead letters.")
    var ids: [Int64] = []

    @OptionGroup var filters: JobFilterArguments

    @Flag(help: "All dead letters.")
    var all = false

    func validate() throws {
        guard all != filters.filter(ids).isOpen else { return }
        throw ValidationError("give ids, a filter such as --action, or --all")
    }

    var filter: JobFilter { filters.filter(ids) }
}
