import JSON
import Postgres
import Settings

/// A job that another one makes when it ends: for a further action of the same entry of the configuration, with what
/// it has to do as JSON in `jobs.note`.
///
/// An action of its own has its own queue at its own destination: what can be done without the destination is done at
/// once, also while that is away.
struct FollowUp: Sendable {
    /// The action that runs it.
    let action: String
    /// What kind of action that is.
    let kind: ActionKind
    /// How often it is tried.
    let attempts: Int

    private static let insert = """
        select hookledger.make_follow_up($1::text, $2::text, $3::int, $4::bigint, $5::bigint, $6::timestamptz, $7::text)
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
                .text(action), .text(kind.name), .integer(Int32(clamping: attempts)), .bigint(orderRow),
                .bigint(event.id), .timestamp(event.receivedAt), .text(note.text),
            ])
    }
}
