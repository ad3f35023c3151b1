public import JSON
public import Postgres

/// The progress of a replay, and its end by a person.
public enum ReplayProgress {
    /// The numbers of its jobs, and an estimate of its end: a row of the function `replay_status`.
    /// - Returns: nil if there is none of that name.
    public static func status(of run: String, on connection: Connection) throws(PostgresError) -> JSONObject? {
        try connection.jsonObjects("select * from hookledger.replay_status($1::text)", [.text(run.storable)]).first
    }

    /// The result of cancelling a replay.
    public struct Cancellation: Sendable, Hashable {
        /// Jobs that had not begun, and are gone.
        public let takenBack: Int64
        /// Jobs that had not begun, and are the dead letters again that they were before.
        public let deadAgain: Int64
        /// Jobs that had begun: they have ended, run, or wait for their next attempt.
        public let begun: Int64
    }

    /// Cancels the jobs of a replay that have not begun; it cannot be continued. Recorded in the operator log.
    /// - Parameters:
    ///   - actor: who.
    ///   - reason: why.
    /// - Returns: nil if there is none of that name.
    public static func cancel(
        _ run: String, actor: String, reason: String?, on connection: Connection
    ) throws(PostgresError) -> Cancellation? {
        let sql = "select taken_back, dead_again, begun from hookledger.cancel_replay($1::text, $2::text, $3::text)"
        let parameters: [Parameter] = [.text(run.storable), .text(actor.storable), .text(reason?.storable)]
        guard let row = try connection.query(sql, parameters).first else { return nil }
        return Cancellation(
            takenBack: try row.bigint(0), deadAgain: try row.bigint(1), begun: try row.bigint(2))
    }
}
