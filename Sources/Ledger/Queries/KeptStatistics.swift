public import Postgres

/// Results of statistics that the batch processor keeps while the tables are large (sql/functions/14_kept.sql).
public enum KeptStatistics {
    /// The views whose results are kept.
    public static func views(on connection: Connection) throws(PostgresError) -> [String] {
        var views: [String] = []
        for row in try connection.query("select name from hookledger.kept_views()") { views.append(try row.text(0)) }
        return views
    }

    /// Keeps the result of one view when it is due.
    /// - Returns: whether it was kept.
    @discardableResult
    public static func keep(_ view: String, on connection: Connection) throws(PostgresError) -> Bool {
        try connection.query("select hookledger.keep_statistics($1::text)", [.text(view)]).only().bool(0)
    }
}
