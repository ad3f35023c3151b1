public import JSON
import Ledger
public import Postgres

/// What an operator can see of jobs. Each row is a JSON object with the columns of the view of the same name.
public enum JobQueries {
    /// Dead letters, the oldest first.
    public static func deadLetters(
        _ filter: JobFilter, on connection: Connection
    ) throws(PostgresError) -> [JSONObject] {
        try connection.jsonObjects(
            OperateSQL.deadLetters, filter.listParameters)
    }

    /// Jobs that are still to do, also those that are held, the next one first.
    public static func open(_ filter: JobFilter, on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try connection.jsonObjects(
            OperateSQL.openJobs, filter.listParameters)
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
