public import Postgres

/// Keeps claims alive, and recovers the jobs of dead workers.
public enum Leases {
    /// Renews the leases of those jobs for a minute.
    ///
    /// - Returns: the ids that are still this worker's; the others were given to another claim meanwhile.
    public static func beat(_ jobs: [Job], on connection: Connection) throws(PostgresError) -> Set<Int64> {
        try connection.prepare("beat", ClaimSQL.beat)
        let rows = try connection.queryPrepared(
            "beat", [.bigints(jobs.map(\.id)), .bigints(jobs.map(\.leaseToken))])
        var held = Set<Int64>()
        for row in rows { held.insert(try row.bigint(0)) }
        return held
    }

    /// Takes the times back that were written while Postgres' clock was ahead. Looks at every job: once in a run.
    /// - Parameter longestDelay: of any retry, in milliseconds, without its jitter.
    static func setBack(longestDelay: Int64, on connection: Connection) throws(PostgresError) {
        _ = try connection.query(ClaimSQL.setBack, [.bigint(longestDelay + longestDelay / 2 + 60_000)])
    }

    /// Makes jobs whose lease has ended ready again, or dead letters when that was their last attempt: a job that
    /// kills its worker each time ends too. Each leaves an attempt `lost` (or `dead`).
    ///
    /// - Parameter limit: how many at most.
    /// - Returns: the ids that are ready again, and those that are dead letters.
    public static func rescue(
        limit: Int = 1000, on connection: Connection
    ) throws(PostgresError) -> (ready: [Int64], dead: [Int64]) {
        try connection.prepare("rescue", ClaimSQL.rescue)
        let rows = try connection.transaction { () throws(PostgresError) -> Rows in
            try SharedJobs.makeRoomForLost(on: connection)
            return try connection.queryPrepared("rescue", [.bigint(Int64(limit)), .text(Lease.lost)])
        }
        var ready: [Int64] = []
        var dead: [Int64] = []
        for row in rows {
            if try row.int("state") == 2 {
                dead.append(try row.bigint("job_id"))
            } else {
                ready.append(try row.bigint("job_id"))
            }
        }
        return (ready, dead)
    }
}
