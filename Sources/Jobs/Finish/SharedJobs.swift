import Postgres

/// Jobs that stand for many events (`jobs.unique_key`). While one runs, the next may be waiting already; when the one that
/// runs goes back to be tried again, it does the work of both, so the other one is taken away. A key that is created again at
/// the same moment is a unique violation: the whole transaction is tried again in the next round.
enum SharedJobs {
    /// Makes room for jobs of this worker that are to be ready again. To be called in the same transaction, before.
    static func makeRoom(for jobs: [Job], on connection: Connection) throws(PostgresError) {
        let shared = jobs.filter(\.isShared)
        if shared.isEmpty { return }
        _ = try connection.query(
            FinishSQL.makeRoom, [.bigints(shared.map(\.id)), .bigints(shared.map(\.leaseToken))])
    }

    /// The same for the jobs of dead workers.
    static func makeRoomForLost(on connection: Connection) throws(PostgresError) {
        _ = try connection.query(FinishSQL.makeRoomForLost)
    }
}
