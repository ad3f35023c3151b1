import Postgres

/// A page of a list that is sorted by id, the newest first.
public struct RowPage: Sendable {
    /// Where a step of a filtered list ends (``SearchStep``).
    struct End {
        let id: Int64
        let at: String
    }

    /// The rows, each with its id.
    public let rows: [(id: Int64, row: JSONText)]
    /// The id that the next page begins before; nil on the last one.
    public let next: Int64?
    /// The time, as RFC 3339, back to which a filtered list has looked if it has ended there rather than at its limit
    /// or its end.
    public let searchedTo: String?

    /// - Parameters:
    ///   - rows: one more than the limit, if there are more.
    ///   - end: how far the list has looked; nil for all of it.
    init(_ rows: [(id: Int64, row: JSONText)], limit: Int, end: End? = nil) {
        self.rows = Array(rows.prefix(limit))
        let hasMore = rows.count > limit
        next = hasMore ? self.rows.last?.id : end?.id
        searchedTo = hasMore ? nil : end?.at
    }

    /// Where a step through a view with `id` and `created_at` ends; nil if it looks at all that is left of it.
    static func end(
        of view: String, before: Int64?, step: Int, on connection: Connection
    ) throws(PostgresError) -> End? {
        var conditions = Conditions()
        conditions.add("id < $?::bigint", before) { .bigint($0) }
        return try end(
            """
            select id, to_jsonb(created_at) #>> '{}' as at from hookledger.\(view) where \(conditions.sql)
            order by id desc offset \(step - 1) limit 1
            """, conditions.parameters, on: connection)
    }

    /// The end that a statement finds: `id` and `at`.
    static func end(_ sql: String, _ parameters: [Parameter], on connection: Connection) throws(PostgresError) -> End? {
        guard let row = try connection.query(sql, parameters).first else { return nil }
        return End(id: try row.bigint("id"), at: try row.text("at"))
    }
}
