/// The statements that end an attempt. Each names the claim that holds the job (the lease token), and does nothing for
/// a job that was given to another claim meanwhile: not to the job, not to its effect, and no attempt is written.
///
/// None of them asks for `state = 1`: the planner would then choose the small index of leases, full of dead entries.
enum FinishSQL {
    /// $1 job ids, $2 tokens, $3 outcomes (done, skipped), $4 reasons, $5 destinations, $6 statuses, $7 started ago,
    /// $8 first byte ago, $9 finished ago (milliseconds), $10 effect keys, $11 effect changes, $12 external ids,
    /// $13 answers.
    static let complete = """
        with \(input("")),
        moved as (
            delete from hookledger.jobs j using input i where j.job_id = i.job_id and j.lease_token = i.token
            returning j.job_id, j as job),
        \(logged), \(effects)
        select job_id from moved, logged
        """

    /// The same, and $14 delays in milliseconds (null: a dead letter), $15 counted.
    ///
    /// Successors of a job that waits go out of the due window with it, so that claims need not walk over them.
    static let fail = """
        with \(input(", $14::bigint[], $15::boolean[]", names: ", delay, counted")),
        moved as (
            update hookledger.jobs j set
                state = case when i.delay is null then 2 else 0 end,
                attempt = j.attempt - case when i.delay is null or i.counted then 0 else 1 end,
                uncounted = j.uncounted + case when i.delay is null or i.counted then 0 else 1 end,
                run_at = case when i.delay is null then j.run_at else now() + i.delay * interval '1 ms' end,
                first_failed_at = coalesce(j.first_failed_at, now()),
                lease_token = null, lease_until = null, last_error = left(i.reason, 2000)
            from input i where j.job_id = i.job_id and j.lease_token = i.token
            returning j.job_id, j.action, j.order_row, j.state, j.run_at, j as job),
        pushed as (
            update hookledger.jobs s set run_at = m.run_at from moved m
            where m.state = 0 and s.order_row = m.order_row and s.action = m.action and s.job_id > m.job_id
                and s.state = 0 and s.run_at < m.run_at),
        \(logged), \(effects)
        select job_id from moved, logged
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
            from input i where j.job_id = i.job_id and j.lease_token = i.token
            returning j.job_id, j as job, i.log),
        logged as materialized (
            select hookledger.write_attempts(array_agg(job), array_agg('released'::text), null, false)
            from moved where log)
        select job_id from moved, logged
        """

    /// $1 job ids, $2 tokens, $3 reasons: the attempt has not happened, and the job waits for a decision.
    static let hold = """
        with input as materialized (
            select * from unnest($1::bigint[], $2::bigint[], $3::text[]) as t (job_id, token, reason))
        update hookledger.jobs j set state = 3, attempt = greatest(j.attempt - 1, 0), hold_reason = i.reason,
            held_at = now(), lease_token = null, lease_until = null
        from input i where j.job_id = i.job_id and j.lease_token = i.token
        returning j.job_id
        """

    private static func input(_ more: String, names: String = "") -> String {
        """
        input as materialized (
            select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::int[],
                $7::bigint[], $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[]\(more))
                as t (job_id, token, outcome, reason, destination, status, started_ago, first_byte_ago, finished_ago,
                    effect_key, effect_change, external_id, answer\(names)))
        """
    }

    // A part that only reads runs when somebody reads it: hence its name beside `moved`.
    private static let logged = """
        logged as materialized (
            select hookledger.write_attempts(array_agg(m.job), array_agg(i.outcome), array_agg(i.reason), true,
                array_agg(i.destination), array_agg(i.status), array_agg(now() - i.started_ago * interval '1 ms'),
                array_agg(now() - i.first_byte_ago * interval '1 ms'),
                array_agg(now() - i.finished_ago * interval '1 ms'))
            from moved m join input i using (job_id))
        """

    // Only the worker that holds the job reaches this, and only its own effects: the key was begun by this job.
    private static let effects = """
        finished_effects as (
            update hookledger.effects e set state = i.effect_change, external_id = coalesce(i.external_id, e.external_id),
                answer = coalesce(i.answer, e.answer), finished_at = now() - i.finished_ago * interval '1 ms'
            from moved m join input i using (job_id)
            where e.effect_key = i.effect_key and e.job_id = m.job_id and i.effect_change in ('done', 'uncertain')
                and e.state <> 'done'),
        cleared_effects as (
            delete from hookledger.effects e using moved m join input i using (job_id)
            where e.effect_key = i.effect_key and e.job_id = m.job_id and i.effect_change = 'cleared'
                and e.state = 'started')
        """
}
