import JSON
import Postgres

/// Writes down how attempts ended: job, attempt and effect in one statement, or nothing of them.
enum Finisher {
    /// - Parameter now: the run's clock in milliseconds.
    /// - Returns: the ids of the jobs that moved. A job that is missing was given to another claim: nothing was written.
    static func write(_ endings: [Ending], now: Int64, on connection: Connection) throws(PostgresError) -> Set<Int64> {
        let again = endings.filter { $0.delay != nil }.map(\.job)
        guard !connection.isInTransaction, again.contains(where: \.isShared) else {
            try SharedJobs.makeRoom(for: again, on: connection)
            return try move(endings, now: now, on: connection)
        }
        return try connection.transaction { () throws(PostgresError) -> Set<Int64> in
            try SharedJobs.makeRoom(for: again, on: connection)
            return try move(endings, now: now, on: connection)
        }
    }

    private static func move(
        _ endings: [Ending], now: Int64, on connection: Connection
    ) throws(PostgresError) -> Set<Int64> {
        if endings.isEmpty { return [] }
        try connection.renewPlans(before: endings.count)
        try connection.prepare("finish", FinishSQL.finish)
        return try ids(connection.queryPrepared("finish", parameters(endings, now)))
    }

    private static func ids(_ rows: Rows) throws(PostgresError) -> Set<Int64> {
        var ids = Set<Int64>()
        for row in rows { ids.insert(try row.bigint(0)) }
        return ids
    }

    /// Hands jobs back whose attempt has not happened.
    ///
    /// - Parameters:
    ///   - jobs: each with the milliseconds until it is due again.
    ///     Zero is the end of a run and leaves an attempt `released`; waiting for a turn leaves none.
    static func release(
        _ jobs: [(job: Job, delay: Int64)], on connection: Connection
    ) throws(PostgresError) -> Set<Int64> {
        try connection.prepare("release", FinishSQL.release)
        func move() throws(PostgresError) -> Set<Int64> {
            try SharedJobs.makeRoom(for: jobs.map(\.job), on: connection)
            let rows = try connection.queryPrepared(
                "release",
                [
                    .bigints(jobs.map(\.job.id)), .bigints(jobs.map(\.job.leaseToken)), .bigints(jobs.map(\.delay)),
                    .booleans(jobs.map { $0.delay == 0 }),
                ])
            return try ids(rows)
        }
        return jobs.contains(where: \.job.isShared) ? try connection.transaction(move) : try move()
    }

    /// Holds jobs whose attempt has not happened, until their reasons are over.
    static func hold(
        _ jobs: [(job: Job, reason: String)], on connection: Connection
    ) throws(PostgresError) -> Set<Int64> {
        try connection.prepare("hold", FinishSQL.hold)
        return try ids(
            connection.queryPrepared(
                "hold",
                [.bigints(jobs.map(\.job.id)), .bigints(jobs.map(\.job.leaseToken)), .texts(jobs.map(\.reason))]))
    }

    private static func parameters(_ endings: [Ending], _ now: Int64) -> [Parameter] {
        [
            .bigints(endings.map(\.job.id)), .bigints(endings.map(\.job.leaseToken)), .texts(endings.map(\.outcome)),
            .texts(endings.map { $0.transition.reason?.storable }), .texts(endings.map { $0.destination?.storable }),
            .integers(endings.map { $0.status.map(Int32.init(clamping:)) }),
            .bigints(endings.map { now - $0.startedAt }), .bigints(endings.map { $0.firstByteAt.map { now - $0 } }),
            .bigints(endings.map { now - $0.finishedAt }), .texts(endings.map(\.effectKey)),
            .texts(endings.map(\.transition.effect.rawValue)),
            .texts(endings.map { $0.transition.externalID?.storable }),
            .texts(endings.map { ($0.transition.answer?.storable).map { String($0.prefix(1000)) } }),
            .bigints(endings.map(\.delay)), .booleans(endings.map(\.isCounted)),
        ]
    }
}
