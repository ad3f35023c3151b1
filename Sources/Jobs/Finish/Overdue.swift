import Postgres

/// Jobs that wait for a destination that does not answer are never tried, so nobody but this asks whether `give_up` is
/// over.
enum Overdue {
    /// $1 actions, $2 where each goes, $3 its give_up, $4 limit.
    ///
    /// A job that was never tried waits since it was made, but no longer than the destination is away. What is due long
    /// after the destination's next probe waits for something else. While no destination is away nothing is looked at.
    private static let bury = """
        with away as materialized (
            select a.action, a.give_up, d.destination, d.reason, d.opened_at, d.open_until
            from unnest($1::text[], $2::text[], $3::interval[]) as a (action, destination, give_up)
            join hookledger.destinations d using (destination)),
        late as materialized (
            select l.job_id, away.destination, away.reason
            from away cross join lateral (
                select j.job_id from hookledger.jobs j
                where j.state = 0 and j.action = away.action and j.run_at <= away.open_until + interval '5 s'
                    and coalesce(j.first_failed_at, greatest(j.created_at + j.held_for, away.opened_at)) <= now() - away.give_up
                order by j.job_id limit $4::int for update skip locked) as l),
        moved as (
            update hookledger.jobs j set state = 2, first_failed_at = coalesce(j.first_failed_at, now()),
                last_error = left('given up: ' || late.destination || ' has been away for too long ('
                    || late.reason || ')', 2000)
            from late where j.job_id = late.job_id and j.state = 0
            returning j.job_id, j.last_error, j as job, late.destination),
        logged as materialized (
            select hookledger.write_attempts(array_agg(job), array_agg('dead'::text), array_agg(last_error), false,
                array_agg(destination))
            from moved)
        select job_id from moved, logged order by job_id
        """

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
            bury,
            [
                .texts(waits.map(\.action)), .texts(waits.map(\.destination)),
                .intervals(waits.map { $0.giveUp * 1000 }), .bigint(Int64(limit)),
            ])
        var ids: [Int64] = []
        for row in rows { ids.append(try row.bigint(0)) }
        return ids
    }
}
