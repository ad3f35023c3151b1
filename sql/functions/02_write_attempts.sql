-- Writes attempts, one of each job: the only statement that does. Runs as the owner, so that no role writes the log but by
-- it.
--
-- What is null of the arrays beside the outcomes: no reason, destination, status or first byte; started and finished now.
-- An attempt that is not counted in its job (p_is_counted) has the next number.
create or replace function write_attempts(
    p_jobs jobs[], p_outcomes text[], p_reasons text[], p_is_counted boolean default true,
    p_destinations text[] default null, p_statuses int[] default null, p_started_at timestamptz[] default null,
    p_first_byte_at timestamptz[] default null, p_finished_at timestamptz[] default null
) returns bigint language sql volatile security definer set search_path = hookledger, pg_temp as $$
    with written as (
        insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row,
            job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status)
        select j.job_id, j.attempt + j.uncounted + case when p_is_counted then 0 else 1 end, j.action, j.kind, j.rule,
            j.event_id, j.event_received_at, j.order_row, j.created_at,
            coalesce(p_started_at[j.ordinality], now()), p_first_byte_at[j.ordinality],
            coalesce(p_finished_at[j.ordinality], now()), p_outcomes[j.ordinality], p_reasons[j.ordinality],
            p_destinations[j.ordinality], p_statuses[j.ordinality]
        from unnest(p_jobs) with ordinality as j
        order by j.ordinality
        returning 1
    )
    select count(*) from written
$$;
comment on function write_attempts is 'Writes attempts, one of each job.';
