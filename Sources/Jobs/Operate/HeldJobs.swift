import JSON
public import Postgres

/// What an operator does about jobs that are held; the work is done by database functions (sql/functions/11_holds.sql).
public enum HeldJobs {
    /// Makes held jobs ready again, in the order of their ids; the same reason does not hold them again.
    ///
    /// - Parameters:
    ///   - filter: which; its error text counts for nothing.
    ///   - reason: of the hold; nil for every.
    ///   - isDryRun: say which, and release none.
    /// - Returns: the ids.
    public static func release(
        _ filter: JobFilter, reason: String? = nil, isDryRun: Bool = false, on connection: Connection
    ) throws(PostgresError) -> [Int64] {
        var filter = filter
        if filter.shop != nil {
            filter.ids = try JobQueries.open(filter, on: connection).compactMap {
                $0["state"] == "held" ? $0["job_id"]?.integer : nil
            }
            // No id must not mean all.
            if filter.ids.isEmpty { return [] }
        }
        var ids: [Int64] = []
        for row in try connection.query(
            """
            select job_id from hookledger.release_jobs($1::bigint[], $2::text, $3::text, $4::text, $5::text, $6::text,
                $7::bigint, true, $8::boolean)
            """,
            [
                .bigints(filter.ids), .text(filter.action), .text(filter.kind), .text(filter.rule), .text(filter.order),
                .text(reason), .bigint(Int64(filter.limit)), .boolean(!isDryRun),
            ])
        {
            ids.append(try row.bigint(0))
        }
        return ids
    }
}
