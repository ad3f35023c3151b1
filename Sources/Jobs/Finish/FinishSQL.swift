import Platform

/// The statements that end an attempt or take it back. Each names the claim that holds the job (the lease token), and
/// does nothing for a job that was given to another claim meanwhile.
///
/// None of them asks for `state = 1`: the planner would then choose the small index of leases, full of dead entries.
enum FinishSQL {
    /// Ends attempts; the parameters are those of the function (sql/functions/02_finish_jobs.sql).
    static let finish = """
        select hookledger.finish_jobs($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::int[],
            $7::bigint[], $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[],
            $14::bigint[], $15::boolean[])
        """

    /// $1 job ids, $2 tokens, $3 delays in milliseconds, $4 whether an attempt `released` is written: the attempt has
    /// not happened and is not counted.
    static let release = """
        with input as materialized (
            select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::boolean[])
                as t (job_id, token, delay, log)),
        moved as (
            update hookledger.jobs j set state = 0, attempt = greatest(j.attempt - 1, 0),
                run_at = case when i.delay > 0 then now() + i.delay * interval '1 ms' else j.run_at end,
                lease_token = null, lease_until = null
            from input i where j.job_id = i.job_id
                and \(Mutation.isOn("release-without-fence") ? "true" : "j.lease_token = i.token")
            returning j.job_id, j as job, i.log),
        logged as materialized (
            select hookledger.write_attempts(array_agg(job), array_agg('released'::text), null, false)
            from moved where log)
        select job_id from moved, logged
        """

    /// $1 job ids, $2 tokens, $3 reasons: the attempt has not happened, and the job waits for a decision.
    static let hold = "select hookledger.hold_jobs($1::bigint[], $2::bigint[], $3::text[])"

    /// $1 job ids, $2 tokens: removes the ready jobs of the same keys.
    static let makeRoom = """
        delete from hookledger.jobs w using unnest($1::bigint[], $2::bigint[]) as i (job_id, token),
            hookledger.jobs j
        where j.job_id = i.job_id and j.lease_token = i.token and w.unique_key = j.unique_key and w.state = 0
        """

    /// The same for the jobs of dead workers.
    static let makeRoomForLost = """
        delete from hookledger.jobs w using hookledger.jobs j
        where j.state = 1 and (j.lease_until < now() or j.lease_until > now() + interval '\(Lease.seconds * 2) seconds')
            and \(Mutation.isOn("no-room-for-lost-jobs") ? "false" : "j.unique_key is not null") and j.attempt < j.max_attempts
            and w.unique_key = j.unique_key and w.state = 0
        """

    /// Buries jobs that wait for a destination that has been away for too long. $1 actions, $2 where each goes, $3 its
    /// give_up, $4 limit.
    ///
    /// A job that was never tried waits since it was made, but no longer than the destination is away. What is due long
    /// after the destination's next probe waits for something else. While no destination is away nothing is looked at.
    static let bury = """
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
}
