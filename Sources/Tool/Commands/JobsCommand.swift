import ArgumentParser
import JSON
import Jobs
import Ledger
import Postgres

/// `hookledger jobs`
struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Show open jobs, or everything about one job; release held jobs.",
        discussion: """
            `hookledger dead list` lists dead letters; the view job_log has finished jobs. Held jobs wait for a \
            decision: they are released by an event that ends the reason, or by `hookledger jobs release`.
            """,
        subcommands: [JobsShow.self, JobsRelease.self], defaultSubcommand: JobsShow.self)
}

/// `hookledger jobs show`, which may be left out.
struct JobsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show open jobs, or everything about one job.")

    @OptionGroup var database: OperatorArguments
    @OptionGroup var filters: JobFilterArguments

    @Option(help: "After the job with this id: the next page.")
    var after: Int64 = 0

    @Argument(help: "A job's id: shows its attempts and its effect.")
    var id: Int64?

    @OptionGroup var layout: TableArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let depth = TextTable([
        .init("action"), .init("due"), .init("waiting"), .init("running"), .init("held"), .init("dead"),
        .init("oldest"),
    ])
    private static let jobs = TextTable([
        .init("job_id", "job"), .init("action"), .init("order_id", "order"), .init("state"),
        .init("hold_reason", "held for"), .init("attempt"), .init("run_at", "not before"),
        .init("last_error", "last error"),
    ])

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            if let id { return try JobReport.show(id, layout.shape, asJSON: json, on: connection) }
            if !json, let open = try RestoreHold.current(on: connection) { Console.say(open.sentence + "\n") }
            if !json && filters.filter().isOpen {
                let rows = try JobQueries.depth(on: connection)
                if !rows.isEmpty { Console.say(Self.depth.text(rows, layout.shape) + "\n") }
            }
            var filter = filters.filter()
            filter.after = after
            let page = try JobQueries.openPage(filter, on: connection)
            Console.show(page.rows, Self.jobs, layout.shape, asJSON: json, whenEmpty: "No open jobs.")
            if page.rows.isEmpty { try database.tellUnknown(.action(filters.action), .rule(filters.rule)) }
            JobPageText.tellNext(page)
        }
    }
}

/// `hookledger jobs release`
struct JobsRelease: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Release held jobs; the same reason does not hold them again.",
        discussion: "Jobs of a shop that is not listed are better released by `hookledger shops accept`.")

    @OptionGroup var database: OperatorArguments

    @Argument(help: "Ids of held jobs.")
    var ids: [Int64] = []

    @Option(help: "With this action.")
    var action: String?

    @Option(help: "About the order with this id, as the provider writes it.")
    var order: String?

    @Option(help: "About an order of this shop (host and path, or the store's id).")
    var shop: String?

    @Option(help: "Held for this reason, such as cancel_requested.")
    var hold: String?

    @Flag(help: "All held jobs.")
    var all = false

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @Flag(help: "One JSON object.")
    var json = false

    private var filter: JobFilter {
        var filter = JobFilter()
        (filter.ids, filter.action, filter.order, filter.shop) = (ids, action, order, shop)
        return filter
    }

    func validate() throws {
        guard all != (filter.isOpen && hold == nil) else { return }
        throw ValidationError("give ids, --action, --order, --shop or --hold, or --all")
    }

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            try OneShop.demand(order: order, shop: shop, on: connection)
            let (filter, hold) = (filter, hold)
            let released = try connection.transaction { () throws(PostgresError) in
                let released = try HeldJobs.release(filter, reason: hold, on: connection)
                if !released.isEmpty {
                    try OperatorLog.write(
                        actor: Actor.name, action: "job.release", subject: "held-jobs", reason: reason,
                        details: ["jobs": .array(released.map { .number(JSONNumber($0)) })], on: connection)
                }
                return released
            }
            if released.isEmpty { try database.tellUnknown(.action(action)) }
            let shown: JSONValue = ["released": .array(released.map { .number(JSONNumber($0)) })]
            Console.say(json ? shown.text : "\(Plural.text(released.count, "held job")) released.")
            let unknown = Set(ids).subtracting(released).sorted()
            if !unknown.isEmpty {
                throw NotFound("these jobs are not held: \(unknown.map(String.init).joined(separator: " "))")
            }
        }
    }
}
