import JSON
public import Postgres
import Settings

/// What an operator does about dead letters; the work is done by database functions (sql/functions/11_dead_letters.sql),
/// so that command line and API need no more rights than to call them.
public enum DeadLetters {
    /// The results for the selected ones.
    public struct Report: Sendable, Hashable {
        /// The jobs that were retried or discarded.
        public var moved: [Int64] = []
        /// Those of `moved` whose effect may have happened: it is forgotten (retried) or taken as done (discarded).
        public var doubtful: [Int64] = []
        /// The jobs that were skipped because their effect may have happened.
        public var uncertain: [Int64] = []
    }

    /// Makes dead letters ready again, each with the full number of attempts, in the order of their ids.
    ///
    /// - Parameters:
    ///   - filter: which.
    ///   - spread: the time over which their starts are spread evenly, so that a destination that is just back
    ///     is not flooded.
    ///   - repeatingUncertain: whether to include those whose effect may have happened (`dead_letters.uncertain`). The
    ///     record of that effect is removed, so the effect may happen twice.
    ///   - isDryRun: report which, and move none.
    public static func retry(
        _ filter: JobFilter, spread: Duration = .zero, repeatingUncertain: Bool, isDryRun: Bool = false,
        on connection: Connection
    ) throws(PostgresError) -> Report {
        guard let filter = try confined(filter, on: connection) else { return Report() }
        return try report(
            """
            select job_id, moved, uncertain from hookledger.retry_dead_letters($1::bigint[], $2::text, $3::text, $4::text, $5::text,
                $6::text, $7::bigint, $8::boolean, $9::interval, $10::boolean)
            """,
            filter.parameters + [
                .boolean(repeatingUncertain), .interval(spread.wholeMilliseconds * 1000), .boolean(!isDryRun),
            ], connection)
    }

    /// Discards dead letters: each leaves an attempt `discarded`. An uncertain effect is taken as done, so that no later job
    /// repeats it.
    public static func discard(
        _ filter: JobFilter, reason: String, isDryRun: Bool = false, on connection: Connection
    ) throws(PostgresError) -> Report {
        guard let filter = try confined(filter, on: connection) else { return Report() }
        return try report(
            """
            select job_id, moved, uncertain from hookledger.discard_dead_letters($1::bigint[], $2::text, $3::text, $4::text,
                $5::text, $6::text, $7::bigint, $8::text, $9::boolean)
            """, filter.parameters + [.text(reason), .boolean(!isDryRun)], connection)
    }

    /// The filter with the dead letters of its sources and shop by their ids; nil when there are none. Then no id must not
    /// mean all.
    private static func confined(_ filter: JobFilter, on connection: Connection) throws(PostgresError) -> JobFilter? {
        guard filter.sources != nil || filter.shop != nil else { return filter }
        var confined = filter
        confined.ids = []
        for row in try JobQueries.deadLetters(filter, on: connection) {
            if let id = row["job_id"]?.integer { confined.ids.append(id) }
        }
        return confined.ids.isEmpty ? nil : confined
    }

    private static func report(
        _ sql: String, _ parameters: [Parameter], _ connection: Connection
    ) throws(PostgresError) -> Report {
        var report = Report()
        for row in try connection.query(sql, parameters) {
            let id = try row.bigint("job_id")
            guard try row.bool("moved") else {
                report.uncertain.append(id)
                continue
            }
            report.moved.append(id)
            if try row.bool("uncertain") { report.doubtful.append(id) }
        }
        return report
    }
}
