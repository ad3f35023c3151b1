-- Ends attempts at jobs that the caller has claimed: job, attempt and effect together. An element of the arrays is an
-- attempt. Runs as the owner, because no role writes the log of attempts itself.
--
-- Whoever does not hold the job (p_token) changes nothing: not the job, not its effect, and no attempt is written. Nothing
-- asks for `state = 1`: the planner would then choose the small index of leases, full of dead entries.
--
-- p_outcome done and skipped end the job. Otherwise it is ready again after p_delay_ms (null: a dead letter), counted or not.
-- Its successors leave the due window with it, so that claims need not walk over them. The …_ago are milliseconds.
-- p_effect_change: done, uncertain, cleared, or open, which leaves the effect as it is.
--
-- Each join is an index probe per attempt, whatever the planner knows of the tables: the cost is linear in the batch, and
-- one plan serves all calls of a session. Making one costs as much as ending twenty attempts.
-- Returns the ids of the jobs that moved.
create or replace function finish_jobs(
    p_job_id bigint[], p_token bigint[], p_outcome text[], p_reason text[], p_destination text[], p_status int[],
    p_started_ago bigint[], p_first_byte_ago bigint[], p_finished_ago bigint[], p_effect_key text[],
    p_effect_change text[], p_external_id text[], p_answer text[], p_delay_ms bigint[], p_is_counted boolean[]
) returns setof bigint language plpgsql volatile security definer
set search_path = hookledger, pg_temp
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
set plan_cache_mode = force_generic_plan as $$
begin
    return query
    with ended as materialized (
        select * from unnest(p_job_id, p_token, p_outcome, p_reason, p_destination, p_status, p_started_ago,
            p_first_byte_ago, p_finished_ago, p_effect_key, p_effect_change, p_external_id, p_answer, p_delay_ms,
            p_is_counted)
            as e (id, token, outcome, reason, destination, status, started_ago, first_byte_ago, finished_ago,
                effect_key, effect_change, external_id, answer, delay_ms, is_counted)),
    over as (
        delete from jobs as j using ended as e
        where e.outcome in ('done', 'skipped') and j.job_id = e.id and j.lease_token = e.token
        returning j.job_id, j.attempt, j.uncounted, j.action, j.kind, j.rule, j.event_id, j.event_received_at, j.order_row,
            j.created_at, j.state, j.run_at, e.*),
    failed as (
        update jobs as j set
            state = case when e.delay_ms is null then 2 else 0 end,
            attempt = j.attempt - case when e.delay_ms is null or e.is_counted then 0 else 1 end,
            uncounted = j.uncounted + case when e.delay_ms is null or e.is_counted then 0 else 1 end,
            run_at = case when e.delay_ms is null then j.run_at else now() + e.delay_ms * interval '1 ms' end,
            first_failed_at = coalesce(j.first_failed_at, now()),
            lease_token = null, lease_until = null, last_error = left(e.reason, 2000)
        from ended as e
        where e.outcome not in ('done', 'skipped') and j.job_id = e.id and j.lease_token = e.token
        returning j.job_id, j.attempt, j.uncounted, j.action, j.kind, j.rule, j.event_id, j.event_received_at, j.order_row,
            j.created_at, j.state, j.run_at, e.*),
    pushed as (
        update jobs as s set run_at = f.run_at from failed as f
        where f.state = 0 and s.order_row = f.order_row and s.action = f.action and s.job_id > f.job_id
            and s.state = 0 and s.run_at < f.run_at),
    moved as materialized (select * from over union all select * from failed),
    logged as (
        insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row,
            job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status)
        select m.job_id, m.attempt + m.uncounted, m.action, m.kind, m.rule, m.event_id, m.event_received_at, m.order_row,
            m.created_at, now() - m.started_ago * interval '1 ms', now() - m.first_byte_ago * interval '1 ms',
            now() - m.finished_ago * interval '1 ms', m.outcome, m.reason, m.destination, m.status
        from moved as m),
    -- Only the effects that the job itself has begun.
    finished_effects as (
        update effects as x set state = m.effect_change, external_id = coalesce(m.external_id, x.external_id),
            answer = coalesce(m.answer, x.answer), finished_at = now() - m.finished_ago * interval '1 ms'
        from moved as m
        where x.effect_key = m.effect_key and x.job_id = m.job_id and m.effect_change in ('done', 'uncertain')
            and x.state <> 'done'),
    cleared_effects as (
        delete from effects as x using moved as m
        where x.effect_key = m.effect_key and x.job_id = m.job_id and m.effect_change = 'cleared'
            and x.state = 'started')
    select m.job_id from moved as m;
end
$$;
comment on function finish_jobs is 'Ends attempts at claimed jobs: job, attempt and effect together.';
