public import Postgres

/// The counts of activity that the batch processor keeps (sql/functions/16_activity.sql).
public enum ActivityCounts {
    /// One step of the counting, in a transaction of its own.
    /// - Returns: whether there is more to do at once. Another session that counts does it instead.
    public static func advance(on connection: Connection) throws(PostgresError) -> Bool {
        try connection.query("select hookledger.advance_activity()").only().bool(0)
    }
}
