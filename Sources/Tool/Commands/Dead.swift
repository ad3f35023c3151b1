import ArgumentParser
import JSON
import Jobs
import Platform
import Postgres

/// `hookledger dead`
struct Dead: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, retry or discard dead letters (jobs that failed for good).",
        subcommands: [DeadList.self, DeadShow.self, DeadRetry.self, DeadDiscard.self])
}

/// `hookledger dead list`
struct DeadList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List dead letters, oldest first.")

    @OptionGroup var database: OperatorArguments
    @OptionGroup var filters: JobFilterArguments

    @Option(help: "After the job with this id: the next page.")
    var after: Int64 = 0

    @OptionGroup var layout: TableArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("job_id", "job"), .init("action"), .init("order_id", "order"), .init("attempts"), .init("uncertain"),
        .init("first_failed_at", "failed since"), .init("last_error", "last error"),
    ])

    func run() throws {
        try reportingErrors {
            var filter = filters.filter()
            filter.after = after
            let page = try JobQueries.deadLetterPage(filter, on: database.connect())
            Console.show(page.rows, Self.table, layout.shape, asJSON: json, whenEmpty: "No dead letters.")
            if page.rows.isEmpty { try database.tellUnknown(.action(filters.action), .rule(filters.rule)) }
            JobPageText.tellNext(page)
        }
    }
}

/// `hookledger dead show`
struct DeadShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a job with every attempt and its effect.")

    @OptionGroup var database: OperatorArguments
    @Argument(help: "The job's id.")
    var id: Int64
    @OptionGroup var layout: TableArguments
    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        try reportingErrors { try JobReport.show(id, layout.shape, asJSON: json, on: database.connect()) }
    }
}

/// `hookledger dead retry`
struct DeadRetry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Retry dead letters, with a full set of attempts.",
        discussion: """
            Several start one after another, spread over --over, so that a destination that has just recovered is not \
            flooded. If the effect may have happened and the destination cannot be asked (a Slack message, an \
            e-mail), a dead letter is retried only when named by its id, or with --uncertain: the effect may then \
            happen twice.
            """)

    @OptionGroup var database: OperatorArguments
    @OptionGroup var selection: DeadSelection

    @Option(help: "Spread the starts over this many seconds (default: a tenth of a second each).")
    var over: Int?

    @Flag(help: "Include those whose effect may have happened.")
    var uncertain = false

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if let over, !(0...604_800).contains(over) { throw ValidationError("--over must be from 0 to 604800 seconds") }
    }

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            try selection.filters.demandOneShop(connection)
            let count = try JobQueries.deadLetters(selection.filter, on: connection).count
            let report = try DeadLetters.retry(
                selection.filter, spread: over.map { .seconds($0) } ?? .milliseconds(100 * count),
                repeatingUncertain: uncertain || !selection.ids.isEmpty,
                on: connection)
            Console.say(json ? report.json.text : DeadLetterText.summary(report, done: "to be retried"))
            if report.moved.isEmpty {
                try database.tellUnknown(.action(selection.filters.action), .rule(selection.filters.rule))
            }
            if !report.doubtful.isEmpty {
                let ids = DeadLetterText.list(report.doubtful)
                StandardError.write(
                    "Warning: the effects of these jobs may have happened and may now happen twice: \(ids)")
            }
            try DeadLetterText.checkIDs(selection.ids, report)
        }
    }
}

/// `hookledger dead discard`
struct DeadDiscard: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard", abstract: "Discard dead letters for good; their attempts stay in the job log.")

    @OptionGroup var database: OperatorArguments
    @OptionGroup var selection: DeadSelection

    @Option(help: "Why, for the job log.")
    var reason = "discarded by an operator"

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            try selection.filters.demandOneShop(connection)
            let report = try DeadLetters.discard(
                selection.filter, reason: reason, on: connection)
            Console.say(json ? report.json.text : DeadLetterText.summary(report, done: "discarded"))
            if report.moved.isEmpty {
                try database.tellUnknown(.action(selection.filters.action), .rule(selection.filters.rule))
            }
            try DeadLetterText.checkIDs(selection.ids, report)
        }
    }
}

extension DeadLetters.Report {
    /// The ids of the jobs, by outcome.
    fileprivate var json: JSONValue {
        func ids(_ ids: [Int64]) -> JSONValue { .array(ids.map { .number(JSONNumber($0)) }) }
        return ["moved": ids(moved), "passed_over": ids(uncertain), "may_happen_twice": ids(doubtful)]
    }
}

private enum DeadLetterText {
    static func summary(_ report: DeadLetters.Report, done: String) -> String {
        var text = "\(report.moved.count) dead \(report.moved.count == 1 ? "letter" : "letters") \(done)."
        if !report.uncertain.isEmpty {
            text +=
                " \(report.uncertain.count) skipped because their effect may have happened: \(list(report.uncertain))"
        }
        return text
    }

    /// The first twenty.
    static func list(_ ids: [Int64]) -> String {
        ids.prefix(20).map(String.init).joined(separator: " ") + (ids.count > 20 ? " …" : "")
    }

    /// - Throws: if one of the named ids is not a dead letter.
    static func checkIDs(_ ids: [Int64], _ report: DeadLetters.Report) throws {
        let unknown = Set(ids).subtracting(report.moved).subtracting(report.uncertain).sorted()
        guard !unknown.isEmpty else { return }
        throw NotFound("these jobs are not dead letters: \(unknown.map(String.init).joined(separator: " "))")
    }
}
