public import JSON
public import Postgres

/// What people did by hand: one row for each deed, in the deed's own transaction.
public enum OperatorLog {
    /// Adds a row.
    /// - Parameters:
    ///   - actor: who, such as `cli:anna` or `token:inspector`.
    ///   - action: what, such as `dead.discard`.
    ///   - subject: on what, such as `job:12`.
    ///   - reason: why, in the person's words.
    ///   - details: what else belongs to it; never a secret, never a body.
    public static func write(
        actor: String, action: String, subject: String, reason: String?, details: JSONValue = [:],
        on connection: Connection
    ) throws(PostgresError) {
        _ = try connection.query(
            LedgerSQL.logDeed,
            [.text(actor), .text(action), .text(subject), .text(reason), .jsonb(details.storableText)])
    }
}
