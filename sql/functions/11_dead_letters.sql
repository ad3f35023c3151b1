-- Manual operations on dead letters, by the command line or the API. The functions run as the owner: their callers can
-- do this and nothing else with jobs.

-- The selected dead letters, oldest first, locked; with whether the effect may have happened. Null or empty does not
-- restrict.
create or replace function choose_dead_letters(
    p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint,
    p_unaskable text[]
) returns table (job_id bigint, uncertain boolean)
language sql volatile set search_path = hookledger, pg_temp as $$
    select j.job_id, exists (
        select from effects as e where e.job_id = j.job_id
            and (e.state = 'uncertain' or e.state = 'started' and j.kind = any (p_unaskable)))
    from jobs as j left join orders as o on o.id = j.order_row
    where j.state = 2
        and (coalesce(cardinality(p_ids), 0) = 0 or j.job_id = any (p_ids))
        and (p_action is null or j.action = p_action) and (p_kind is null or j.kind = p_kind)
        and (p_rule is null or j.rule = p_rule) and (p_order is null or o.order_id = p_order)
        and (p_error is null or strpos(lower(j.last_error), lower(p_error)) > 0)
    order by j.job_id limit p_limit for update of j
$$;
comment on function choose_dead_letters is 'The selected dead letters, locked, each with whether its effect may have happened.';

-- Makes dead letters ready again, with all attempts before them, their starts spread evenly. Those whose effect may
-- have happened are skipped, unless they are to be repeated: then the effect is forgotten. A shared job ends if another
-- one with its key waits, which does its work; otherwise two with one key would run side by side.
create or replace function retry_dead_letters(
    p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint,
    p_unaskable text[], p_uncertain boolean, p_spread interval, p_write boolean
) returns table (job_id bigint, moved boolean, uncertain boolean)
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    with chosen as materialized (
        select * from choose_dead_letters(p_ids, p_action, p_kind, p_rule, p_order, p_error, p_limit, p_unaskable)
    ), moving as materialized (
        select c.*, row_number() over (order by c.job_id) as place, count(*) over () as total,
            j.unique_key is not null and (
                row_number() over (partition by j.unique_key order by c.job_id) > 1
                or exists (select from jobs as w where w.unique_key = j.unique_key and w.state = 0)) as is_done_by_another
        from chosen as c join jobs as j using (job_id)
        where p_uncertain or not c.uncertain
    ), ended as (
        delete from jobs as j using moving as m where p_write and m.is_done_by_another and j.job_id = m.job_id returning j.*
    ), logged as (
        insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row,
            job_created_at, started_at, finished_at, outcome, reason)
        select e.job_id, e.attempt + e.uncounted, e.action, e.kind, e.rule, e.event_id, e.event_received_at,
            e.order_row, e.created_at, now(), now(), 'skipped', 'another job that waits does its work'
        from ended as e order by e.job_id
    ), moved as (
        update jobs as j set state = 0, attempt = 0, uncounted = 0, first_failed_at = null, last_error = null,
            alerted_at = null, run_at = now() + (m.place - 1) * p_spread / greatest(m.total, 1)
        from moving as m where p_write and not m.is_done_by_another and j.job_id = m.job_id
    ), forgotten as (
        delete from effects as e using moving as m
        where p_write and m.uncertain and e.job_id = m.job_id and e.state <> 'done'
    )
    select c.job_id, m.job_id is not null, c.uncertain
    from chosen as c left join moving as m using (job_id) order by c.job_id
$$;
comment on function retry_dead_letters is 'Makes dead letters ready again, or with p_write false lists them.';

-- Discards dead letters for good: each leaves an attempt "discarded". An uncertain effect is treated as done, so that
-- no later job repeats it.
create or replace function discard_dead_letters(
    p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint,
    p_unaskable text[], p_reason text, p_write boolean
) returns table (job_id bigint, moved boolean, uncertain boolean)
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    with chosen as materialized (
        select * from choose_dead_letters(p_ids, p_action, p_kind, p_rule, p_order, p_error, p_limit, p_unaskable)
    ), moved as (
        delete from jobs as j using chosen as c where p_write and j.job_id = c.job_id returning j.*
    ), logged as (
        insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row,
            job_created_at, started_at, finished_at, outcome, reason)
        select m.job_id, m.attempt + m.uncounted, m.action, m.kind, m.rule, m.event_id, m.event_received_at,
            m.order_row, m.created_at, now(), now(), 'discarded', p_reason
        from moved as m order by m.job_id
    ), settled as (
        update effects as e set state = 'done', finished_at = now(), answer = 'discarded by an operator'
        from chosen as c where p_write and e.job_id = c.job_id and e.state <> 'done'
    )
    select c.job_id, true, c.uncertain from chosen as c order by c.job_id
$$;
comment on function discard_dead_letters is 'Discards dead letters for good, or with p_write false lists them.';
