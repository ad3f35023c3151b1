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
            """
            insert into hookledger.operator_log (actor, action, subject, reason, details)
            values ($1::text, $2::text, $3::text, $4::text, $5::jsonb)
            """, [.text(actor), .text(action), .text(subject), .text(reason), .jsonb(details.storableText)])
    }
}
