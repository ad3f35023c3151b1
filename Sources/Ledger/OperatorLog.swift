public import JSON
public import Postgres

/// Manual operations: one row each, in the operation's own transaction.
public enum OperatorLog {
    /// Adds a row.
    /// - Parameters:
    ///   - actor: who, such as `cli:anna` or `token:inspector`.
    ///   - action: what, such as `dead.discard`.
    ///   - subject: on what, such as `job:12`.
    ///   - reason: why, in the person's words.
    ///   - details: further facts; never a secret, never a body.
    public static func write(
        actor: String, action: String, subject: String, reason: String?, details: JSONValue = [:],
        on connection: Connection
    ) throws(PostgresError) {
        _ = try connection.query(
            LedgerSQL.logDeed,
            [.text(actor), .text(action), .text(subject), .text(reason), .jsonb(details.storableText)])
    }
}
