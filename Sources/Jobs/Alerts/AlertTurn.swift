import Postgres

/// Keeps looks and messages apart: one row of the table `alerts` for each topic, locked by the run whose turn it is.
enum AlertTurn {
    /// Locks the topic's row until the end of the transaction.
    ///
    /// - Parameter seconds: how long ago the last time must be.
    /// - Returns: when that was, in microseconds since 1970, the first time a while ago; nil when it was not so long ago,
    ///   or another run has the turn.
    static func take(_ topic: String, after seconds: Int, on connection: Connection) throws(PostgresError) -> Int64? {
        let pause = Int64(seconds) * 1_000_000
        let rows = try connection.query(
            AlertsSQL.takeTurn, [.text(topic), .interval(pause)])
        if let row = rows.first { return try row.timestamp(0) }
        let first = try connection.query(
            """
            insert into hookledger.alerts (topic, raised_at) values ($1, now() - 2 * $2::interval)
            on conflict (topic) do nothing returning raised_at
            """, [.text(topic), .interval(pause)])
        return try first.first?.timestamp(0)
    }

    /// Those topics have had their time now.
    static func end(_ topics: [String], on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            AlertsSQL.endTurns, [.texts(topics)])
    }
}
