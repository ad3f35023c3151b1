public import Postgres

/// The changes that were noticed in the shapes of bodies.
public enum SchemaChanges {
    /// The changes, the newest first.
    /// - Parameters:
    ///   - source: of this source; nil for all.
    ///   - sources: of these sources; nil for all.
    ///   - before: only changes with a smaller id.
    public static func list(
        source: String?, of sources: [String]?, before: Int64?, limit: Int, on connection: Connection
    ) throws(PostgresError) -> RowPage {
        var conditions = Conditions()
        conditions.add("source = $?::text", source) { .text($0) }
        conditions.add("source = any ($?::text[])", sources) { .texts($0) }
        conditions.add("id < $?::bigint", before) { .bigint($0) }
        let rows = try connection.identifiedRows(
            "select * from hookledger.schema_changes where \(conditions.sql) order by id desc limit \(limit + 1)",
            conditions.parameters)
        return RowPage(rows, limit: limit)
    }
}
