-- The REST API's functions beside the views. Each runs as the owner, so that the role needs no rights on tables.

-- For the responder of the previous version, which has no limits: a limited token is unknown to it.
create or replace function find_token(p_hash bytea) returns table (name text, scopes text[], expires_at timestamptz)
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select t.name, t.scopes, t.expires_at from find_token_2(p_hash) as t where t.sources is null
$$;
comment on function find_token is 'find_token_2 for the previous version: without the tokens that are limited to sources.';

-- Adds a process's counts.
create or replace function add_metrics(p_program text, p_name text[], p_labels jsonb[], p_value double precision[])
returns void language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select add_counts(p_program, p_name, p_labels, p_value)
$$;
comment on function add_metrics is 'Adds to counters.';

-- No attempt at the jobs of an event ended later. Most end within two days after its receipt, and the others are noted.
create or replace function last_attempt_at(p_event_id bigint, p_received_at timestamptz) returns timestamptz
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select case when p_received_at = '-infinity' then 'infinity'
        else greatest(p_received_at + interval '48 hours', (
            select l.last_at from late_attempts as l where l.event_id = p_event_id)) end
$$;
comment on function last_attempt_at is 'A time after which no attempt at the jobs of an event ended.';

-- Why the last failed attempt at the jobs of one event failed; existing jobs first.
create or replace function event_error(
    p_event_id bigint, p_order_row bigint, p_received_at timestamptz default '-infinity'
) returns text
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select coalesce(
        (
            select k.last_error from jobs_of_event(p_event_id, p_order_row) as k
            where k.last_error is not null order by k.state desc, k.run_at desc limit 1
        ),
        (
            select t.reason from job_attempts as t
            where t.event_id = p_event_id and t.outcome in ('retry', 'dead', 'lost')
                and t.finished_at >= p_received_at - interval '1 day'
                and t.finished_at <= (select last_attempt_at(p_event_id, p_received_at))
            order by t.finished_at desc limit 1
        ))
$$;
comment on function event_error is 'Why the last failed attempt at the jobs of one event failed.';

-- The state of one event, with its error and its attempts: each table is asked once. Attempts are sought from its receipt, by
-- clocks that differ by less than a day, to the last one.
create or replace function event_outcome(
    p_event_id bigint, p_order_row bigint, p_received_at timestamptz default '-infinity'
) returns table (status text, attempts bigint, last_error text, processed_at timestamptz)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select jobs_status(j.dead, j.running, j.jobs), t.attempts, coalesce(j.last_error, t.reason),
        case when j.jobs = 0 then coalesce(t.last_end, nullif(p_received_at, '-infinity')) end
    from (
        select count(*) as jobs, count(*) filter (where state = 2) as dead,
            count(*) filter (where state = 1) as running,
            (array_agg(k.last_error order by k.state desc, k.run_at desc) filter (where k.last_error is not null))[1]
                as last_error
        from jobs_of_event(p_event_id, p_order_row) as k
    ) as j
    cross join (
        select count(*) filter (where t.outcome not in ('released', 'discarded')) as attempts,
            (array_agg(t.reason order by t.finished_at desc) filter (where t.outcome in ('retry', 'dead', 'lost')))[1]
                as reason,
            max(t.finished_at) as last_end
        from job_attempts as t
        where t.event_id = p_event_id and t.finished_at >= p_received_at - interval '1 day'
            and t.finished_at <= (select last_attempt_at(p_event_id, p_received_at))
    ) as t
$$;
comment on function event_outcome is 'The state of one event, as in the view event_states, found by indexes.';

-- The outcome of an order: its jobs, and the end of the last one. Its events are sought in the weeks since its creation
-- (a spooled one may have been received two weeks before it was recorded), their attempts, too.
create or replace function order_outcome(p_order_row bigint, p_created_at timestamptz, p_updated_at timestamptz)
returns table (
    processed boolean, processed_at timestamptz, dead_jobs bigint, open_jobs bigint, held_jobs bigint,
    error_message text, hold_reason text
)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select j.jobs = 0, case when j.jobs = 0 then coalesce(
            (
                select max(a.finished_at)
                from events as e
                cross join lateral (
                    select max(t.finished_at) as finished_at from job_attempts as t
                    where t.event_id = e.id and t.finished_at >= e.received_at - interval '1 day'
                        and t.finished_at <= (select last_attempt_at(e.id, e.received_at))
                ) as a
                where e.order_row = p_order_row
                    and e.received_at >= p_created_at - interval '14 days'
                    and e.received_at <= now() + interval '14 days'
            ), p_updated_at) end,
        j.dead, j.open, j.held, j.last_error, j.hold_reason
    from (
        select count(*) as jobs, count(*) filter (where k.state = 2) as dead,
            count(*) filter (where k.state < 2) as open, count(*) filter (where k.state = 3) as held,
            (array_agg(k.last_error order by k.state desc, k.run_at desc) filter (where k.last_error is not null))[1]
                as last_error,
            min(k.hold_reason) filter (where k.state = 3) as hold_reason
        from jobs as k where k.order_row = p_order_row
    ) as j
$$;
comment on function order_outcome is 'The outcome of an order, as in the view order_states, found by indexes.';
