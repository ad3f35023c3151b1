-- Writes attempts, one of each job, for those that end without a worker; finish_jobs() writes those of workers. Runs as the
-- owner, so that no role writes the log itself.
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
        select a.job_id, a.attempt + a.uncounted + case when p_is_counted then 0 else 1 end, a.action, a.kind, a.rule,
            a.event_id, a.event_received_at, a.order_row, a.created_at, coalesce(a.started_at, now()), a.first_byte_at,
            coalesce(a.finished_at, now()), a.outcome, a.reason, a.destination, a.status
        -- Side by side, with the columns of jobs last: an element of a long array of texts is found by walking over all
        -- before it.
        from rows from (unnest(p_outcomes), unnest(p_reasons), unnest(p_destinations), unnest(p_statuses),
            unnest(p_started_at), unnest(p_first_byte_at), unnest(p_finished_at), unnest(p_jobs)) with ordinality
            as a (outcome, reason, destination, status, started_at, first_byte_at, finished_at)
        where a.job_id is not null
        order by a.ordinality
        returning 1
    )
    select count(*) from written
$$;
comment on function write_attempts is 'Writes attempts, one of each job.';
