import JSON
import Postgres

/// A job that another one makes when it ends: for a further action of the same entry of the configuration, with what
/// it has to do as JSON in `jobs.note`.
///
/// An action of its own has its own queue at its own destination: what can be done without the destination is done at
/// once, also while that is away.
struct FollowUp: Sendable {
    /// The rule that follow-ups are made by; no rule of the configuration can have this name.
    static let rule = "(follow-up)"

    /// The action that runs it.
    let action: String
    /// What kind of action that is.
    let kind: String
    /// How often it is tried.
    let attempts: Int

    private static let insert = """
        insert into hookledger.jobs (action, kind, rule, max_attempts, order_row, event_id, event_received_at, note)
        values ($1, $2, $3, $4::int, $5, $6, $7, $8)
        """

    /// Makes the job, in the caller's transaction.
    ///
    /// - Parameters:
    ///   - event: id and time of receipt of the event that it is about.
    ///   - orderRow: the order that it is about.
    func make(
        _ note: JSONValue, event: (id: Int64, receivedAt: Int64), orderRow: Int64? = nil, on connection: Connection
    ) throws(PostgresError) {
        _ = try connection.query(
            Self.insert,
            [
                .text(action), .text(kind), .text(Self.rule), .integer(Int32(clamping: attempts)), .bigint(orderRow),
                .bigint(event.id), .timestamp(event.receivedAt), .text(note.text),
            ])
    }
}
