public import JSON
import Ledger
public import Postgres

/// What an operator can see of jobs. Each row is a JSON object with the columns of the view of the same name.
public enum JobQueries {
    /// A page of jobs.
    public struct Page: Sendable {
        /// The jobs.
        public var rows: [JSONObject] = []
        /// The id that the next page begins after; nil when there is none.
        public var next: Int64?
        /// How many jobs a filtered list has looked at, if it has ended there rather than at its limit or its end.
        public var searched: Int?
    }

    /// All dead letters of a filter up to its limit, the oldest first.
    public static func deadLetters(
        _ filter: JobFilter, on connection: Connection
    ) throws(PostgresError) -> [JSONObject] {
        try all(filter) { (filter) throws(PostgresError) in try deadLetterPage(filter, on: connection) }
    }

    /// A page of dead letters, the oldest first. A filter that jobs are compared with looks no further than a step.
    public static func deadLetterPage(
        _ filter: JobFilter, on connection: Connection
    ) throws(PostgresError) -> Page {
        try page(filter, OperateSQL.deadLetters, end: OperateSQL.endOfDeadLetters, connection)
    }

    /// All open jobs of a filter up to its limit, also those that are held; see ``openPage(_:on:)``.
    public static func open(_ filter: JobFilter, on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try all(filter) { (filter) throws(PostgresError) in try openPage(filter, on: connection) }
    }

    /// A page of jobs that are still to do: without a filter the next ones first and held ones last, with one the oldest
    /// first. A filter that jobs are compared with looks no further than a step.
    public static func openPage(_ filter: JobFilter, on connection: Connection) throws(PostgresError) -> Page {
        if filter.isOpen, filter.sources == nil, filter.after == 0 {
            return Page(
                rows: try connection.jsonObjects(OperateSQL.nextJobs, [.bigint(Int64(filter.limit))]))
        }
        return try page(filter, OperateSQL.openJobs, end: OperateSQL.endOfOpenJobs, connection)
    }

    private static func page(
        _ filter: JobFilter, _ sql: String, end endSQL: String, _ connection: Connection
    ) throws(PostgresError) -> Page {
        var end: Int64?
        if filter.skipsRows {
            let found = try connection.query(endSQL, [.bigint(filter.after), .bigint(Int64(filter.step))])
            end = try found.first?.bigint(0)
        }
        let rows = try connection.jsonObjects(sql, filter.listParameters(limit: filter.limit + 1, end: end))
        if rows.count > filter.limit {
            let shown = Array(rows.prefix(filter.limit))
            return Page(rows: shown, next: shown.last?["job_id"]?.integer)
        }
        return Page(rows: rows, next: end, searched: end == nil ? nil : filter.step)
    }

    /// Page after page, up to the limit.
    private static func all(
        _ filter: JobFilter, _ page: (JobFilter) throws(PostgresError) -> Page
    ) throws(PostgresError) -> [JSONObject] {
        var (filter, rows, next) = (filter, [JSONObject](), Int64?.none)
        let limit = filter.limit
        repeat {
            filter.limit = limit - rows.count
            let found = try page(filter)
            rows += found.rows
            next = found.next
            filter.after = next ?? filter.after
        } while next != nil && rows.count < limit
        return rows
    }

    /// What is to do, by action.
    public static func depth(on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try connection.jsonObjects(OperateSQL.depth)
    }

    /// Everything about one job: its row while it is open or dead, every attempt, its effect.
    /// - Parameter sources: of one of these; nil for all.
    /// - Returns: nil when no such job is known.
    public static func history(
        of id: Int64, in sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> JSONObject? {
        if let sources, try !isJob(id, of: sources, on: connection) { return nil }
        let found = try connection.jsonObjects(
            OperateSQL.job, [.bigint(id)])
        guard let history = found.first, history["job"] != .null || history["attempts"] != .null else { return nil }
        return history
    }

    /// Whether the job, open or ended, is of one of the sources: by its event, which rows of both name.
    private static func isJob(
        _ id: Int64, of sources: [String], on connection: Connection
    ) throws(PostgresError) -> Bool {
        try connection.query(
            OperateSQL.isJobOfSources, [.bigint(id), .texts(sources)]
        ).only().bool(0)
    }
}
