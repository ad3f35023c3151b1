import ArgumentParser
import JSON
import Jobs

/// `hookledger jobs`
struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Show what is still to do, or everything about one job.",
        discussion: "Dead letters are listed by `hookledger dead list`, what was done in the view job_log.")

    @OptionGroup var database: OperatorArguments
    @OptionGroup var filters: JobFilterArguments

    @Argument(help: "A job's id: shows its attempts and its effect.")
    var id: Int64?

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let depth = TextTable([
        .init("action"), .init("due"), .init("waiting"), .init("running"), .init("dead"), .init("oldest"),
    ])
    private static let jobs = TextTable([
        .init("job_id", "job"), .init("action"), .init("order_id", "order"), .init("state"), .init("attempt"),
        .init("run_at", "not before"), .init("last_error", "last error"),
    ])

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            if let id { return try JobReport.show(id, asJSON: json, on: connection) }
            if !json && filters.filter().isOpen {
                let rows = try JobQueries.depth(on: connection)
                if !rows.isEmpty { Console.say(Self.depth.text(rows) + "\n") }
            }
            let rows = try JobQueries.open(filters.filter(), on: connection)
            Console.show(rows, Self.jobs, asJSON: json, whenEmpty: "Nothing is to be done.")
        }
    }
}
