import ArgumentParser
import Jobs
import Postgres

/// Which jobs a command is about.
struct JobFilterArguments: ParsableArguments {
    @Option(help: "Of this action.")
    var action: String?

    @Option(help: "Of this kind of action, such as slack.")
    var kind: String?

    @Option(help: "Made by this rule.")
    var rule: String?

    @Option(help: "About this order, as the sender names it.")
    var order: String?

    @Option(help: "About an order of this shop: host and path, or the store's id.")
    var shop: String?

    @Option(help: "Whose last error contains this text.")
    var error: String?

    @Option(help: "So many at most, the oldest first.")
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

/// Which dead letters to do something about: by id, by filter, or all of them in as many words.
struct DeadSelection: ParsableArguments {
    @Argument(help: "Ids of dead letters.")
    var ids: [Int64] = []

    @OptionGroup var filters: JobFilterArguments

    @Flag(help: "All dead letters.")
    var all = false

    func validate() throws {
        guard all != filters.filter(ids).isOpen else { return }
        throw ValidationError("name ids, a filter such as --action, or --all")
    }

    var filter: JobFilter { filters.filter(ids) }
}
