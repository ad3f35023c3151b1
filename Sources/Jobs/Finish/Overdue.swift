import Postgres

/// Jobs that wait for a destination that does not answer are never tried, so nobody but this asks whether `give_up` is
/// over.
enum Overdue {
    /// - Parameters:
    ///   - waits: the actions, each with where it goes and its give_up in milliseconds.
    ///   - limit: how many of each action at most.
    /// - Returns: the jobs that are dead letters now.
    static func bury(
        _ waits: [(action: String, destination: String, giveUp: Int64)], limit: Int = 5000,
        on connection: Connection
    ) throws(PostgresError) -> [Int64] {
        if waits.isEmpty { return [] }
        let rows = try connection.query(
            FinishSQL.bury,
            [
                .texts(waits.map(\.action)), .texts(waits.map(\.destination)),
                .intervals(waits.map { $0.giveUp * 1000 }), .bigint(Int64(limit)),
            ])
        var ids: [Int64] = []
        for row in rows { ids.append(try row.bigint(0)) }
        return ids
    }
}
