-- Manual operations on dead letters, by the command line or the API. The functions run as the owner: their callers can
-- do this and nothing else with jobs.

-- The selected dead letters, oldest first, locked, as the view has them. Null or empty does not restrict. In plpgsql,
-- because functions are created before the views.
create or replace function choose_dead_letters(
    p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint
) returns table (job_id bigint, uncertain boolean)
language plpgsql volatile set search_path = hookledger, pg_temp as $$
begin
    return query
        select d.job_id, d.uncertain from dead_letters as d join jobs as j on j.job_id = d.job_id and j.state = 2
        where (coalesce(cardinality(p_ids), 0) = 0 or d.job_id = any (p_ids))
            and (p_action is null or d.action = p_action) and (p_kind is null or d.kind = p_kind)
            and (p_rule is null or d.rule = p_rule) and (p_order is null or d.order_id = p_order)
            and (p_error is null or strpos(lower(d.last_error), lower(p_error)) > 0)
        order by d.job_id limit p_limit for update of j;
end
$$;
comment on function choose_dead_letters is 'The selected dead letters, locked, each with whether its effect may have happened.';

-- Makes dead letters ready again, with all attempts before them, their starts spread evenly. Those whose effect may
-- have happened are skipped, unless they are to be repeated: then the effect is forgotten. A shared job ends if another
-- one with its key waits, which does its work; otherwise two with one key would run side by side.
create or replace function retry_dead_letters(
    p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint,
    p_uncertain boolean, p_spread interval, p_write boolean
) returns table (job_id bigint, moved boolean, uncertain boolean)
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    with chosen as materialized (
        select * from choose_dead_letters(p_ids, p_action, p_kind, p_rule, p_order, p_error, p_limit)
    ), moving as materialized (
        select c.*, row_number() over (order by c.job_id) as place, count(*) over () as total,
            j.unique_key is not null and (
                row_number() over (partition by j.unique_key order by c.job_id) > 1
                or exists (select from jobs as w where w.unique_key = j.unique_key and w.state = 0)) as is_done_by_another
        from chosen as c join jobs as j using (job_id)
        where p_uncertain or not c.uncertain
    ), ended as (
        delete from jobs as j using moving as m where p_write and m.is_done_by_another and j.job_id = m.job_id
        returning j as job
    ), logged as materialized (
        select write_attempts(array_agg(e.job order by (e.job).job_id), array_agg('skipped'::text),
            array_agg('another job that waits does its work'::text))
        from ended as e
    ), moved as (
        update jobs as j set state = 0, attempt = 0, uncounted = 0, first_failed_at = null, last_error = null,
            alerted_at = null, run_at = now() + (m.place - 1) * p_spread / greatest(m.total, 1),
            in_doubt = case when m.uncertain then false else j.in_doubt end
        from moving as m where p_write and not m.is_done_by_another and j.job_id = m.job_id
    ), forgotten as (
        delete from effects as e using moving as m
        where p_write and m.uncertain and e.job_id = m.job_id and e.state <> 'done'
    )
    select c.job_id, m.job_id is not null, c.uncertain
    from chosen as c cross join logged left join moving as m using (job_id) order by c.job_id
$$;
comment on function retry_dead_letters is 'Makes dead letters ready again, or with p_write false lists them.';

-- Discards dead letters for good: each leaves an attempt "discarded". An uncertain effect is treated as done, so that
-- no later job repeats it.
create or replace function discard_dead_letters(
    p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint,
    p_reason text, p_write boolean
) returns table (job_id bigint, moved boolean, uncertain boolean)
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    with chosen as materialized (
        select * from choose_dead_letters(p_ids, p_action, p_kind, p_rule, p_order, p_error, p_limit)
    ), moved as (
        delete from jobs as j using chosen as c where p_write and j.job_id = c.job_id returning j as job
    ), logged as materialized (
        select write_attempts(array_agg(m.job order by (m.job).job_id), array_agg('discarded'::text), array_agg(p_reason))
        from moved as m
    ), settled as (
        update effects as e set state = 'done', finished_at = now(), answer = 'discarded by an operator'
        from chosen as c where p_write and e.job_id = c.job_id and e.state <> 'done'
    )
    select c.job_id, true, c.uncertain from chosen as c cross join logged order by c.job_id
$$;
comment on function discard_dead_letters is 'Discards dead letters for good, or with p_write false lists them.';
