-- The views of which a row for each cell would be wrong: their texts over the rows of the cells, {cells}, in place of a plain `union all`.
-- as_of is what a kept view (kept_views() of a cell) adds to its _now. Percentiles of several cells follow from the attempts themselves, and
-- the mean of service_levels from the cells' means and their numbers of finished jobs.
create or replace function merged_views() returns table (name text, body text, as_of text)
language sql immutable as $$
    values
        ('queue_depth', $sql$
            select action, kind, sum(due)::bigint as due, sum(waiting)::bigint as waiting, sum(running)::bigint as running,
                sum(dead)::bigint as dead, max(oldest) as oldest, sum(held)::bigint as held {as_of}
            from {cells} as c group by action, kind
            $sql$, 'min(as_of)'),
        ('webhook_statistics', $sql$
            select event_type, sum(total)::bigint as total, sum(successful)::bigint as successful, sum(failed)::bigint as failed,
                max(last_received) as last_received {as_of}
            from {cells} as c group by event_type
            $sql$, 'min(as_of)'),
        ('action_statistics', $sql$
            select action, kind, count(*) filter (where outcome in ('done', 'skipped', 'dead')) as ended,
                count(*) filter (where outcome = 'done') as done, count(*) filter (where outcome = 'skipped') as skipped,
                count(*) filter (where outcome = 'dead') as dead,
                round(count(*) filter (where outcome = 'done') * 100.0
                    / nullif(count(*) filter (where outcome in ('done', 'dead')), 0), 2) as success_rate,
                round(count(*) filter (where outcome in ('retry', 'lost')) * 100.0
                    / nullif(count(*) filter (where outcome in ('done', 'dead', 'retry', 'lost')), 0), 2) as retry_rate,
                percentile_disc(0.5) within group (order by finished_at - job_created_at) filter (where outcome = 'done') as p50,
                percentile_disc(0.95) within group (order by finished_at - job_created_at) filter (where outcome = 'done') as p95,
                percentile_disc(0.99) within group (order by finished_at - job_created_at) filter (where outcome = 'done') as p99,
                percentile_disc(0.95) within group (order by duration) filter (where outcome = 'done') as call_p95 {as_of}
            from hookledger.job_log
            where finished_at > (select now() - interval '7 days') and outcome not in ('released', 'discarded')
            group by action, kind
            $sql$, 'now()'),
        ('slow_destinations', $sql$
            select t.destination, count(*) as attempts, count(*) filter (where t.outcome in ('retry', 'dead')) as failed,
                percentile_disc(0.5) within group (order by t.duration) as p50,
                percentile_disc(0.95) within group (order by t.duration) as p95,
                percentile_disc(0.99) within group (order by t.duration) as p99, max(t.duration) as slowest,
                d.open_until, d.reason {as_of}
            from hookledger.job_log as t
            left join (
                select distinct on (c.destination) c.destination, c.open_until, c.reason
                from {cells} as c order by c.destination, c.open_until desc
            ) as d on d.destination = t.destination
            where t.finished_at > (select now() - interval '24 hours') and t.destination is not null
            group by t.destination, d.open_until, d.reason
            order by p95 desc
            $sql$, 'now()'),
        ('service_levels', $sql$
            select v.metric, v.target, v.value, case v.place
                when 1 then v.value >= 99 when 2 then v.value < 5 when 3 then v.value < 100 else v.value = 0 end as met {kept}
            from (
                select p.place, s.metric, s.target, case p.place
                    when 1 then (
                        select round(count(*) filter (where l.outcome = 'done') * 100.0 / nullif(count(*), 0), 2)
                        from hookledger.job_log as l
                        where l.finished_at > (select now() - interval '24 hours') and l.outcome in ('done', 'dead'))
                    when 2 then round(sum(s.value * d.done) / sum(d.done) filter (where s.value is not null), 3)
                    else sum(s.value) end as value {as_of}
                from {rows of service_levels} as s
                join unnest(array['delivery success', 'mean processing time', 'events in queue', 'events lost'])
                    with ordinality as p (metric, place) on p.metric = s.metric
                left join (
                    select l.cell, count(*) as done from {rows of job_log} as l
                    where l.finished_at > (select now() - interval '24 hours') and l.outcome = 'done' group by l.cell
                ) as d on d.cell = s.cell
                group by p.place, s.metric, s.target
            ) as v
            order by v.place
            $sql$, 'min(s.as_of)'),
        ('metric_totals', $sql$
            select name, labels, sum(value) as value, max(updated_at) as updated_at
            from (select * from {cells} as c
                union all select name, labels, value, updated_at from hookledger.metrics) as m
            group by name, labels
            $sql$, null),
        ('duplicate_deliveries', $sql$
            select a.source, a.deliveries, coalesce(d.duplicates, 0) as duplicates,
                round(coalesce(d.duplicates, 0) * 100.0 / nullif(a.deliveries, 0), 2) as share, d.last_counted_at
            from (
                select labels ->> 'source' as source, sum(value)::bigint as deliveries from hookledger.metric_totals
                where name = 'hookledger_deliveries_total' and labels ->> 'verdict' <> 'refused' group by 1
            ) as a
            left join (
                select labels ->> 'source' as source, sum(value)::bigint as duplicates, max(updated_at) as last_counted_at
                from hookledger.metric_totals where name = 'hookledger_duplicates_total' group by 1
            ) as d on d.source = a.source
            $sql$, null),
        ('pause_list', $sql$
            select kind, name, min(paused_at) as paused_at, case when bool_and(until is not null) then max(until) end as until,
                (array_agg(paused_by order by paused_at))[1] as paused_by, (array_agg(reason order by paused_at))[1] as reason,
                sum(waiting_jobs)::bigint as waiting_jobs
            from {cells} as c group by kind, name
            $sql$, null),
        ('operator_actions', $sql$
            select * from {cells} as c union all select id, at, actor, action, subject, reason, details from hookledger.operator_log
            $sql$, null),
        ('batch_activity', 'select min(seen_at) as seen_at from {cells} as c', null)
$$;
comment on function merged_views is 'The views of which a row for each cell would be wrong, and their texts.';

-- The views that are lists in an order of their own.
create or replace function list_order(p_view text) returns text language sql immutable as $$
    select o.columns from (values
        ('order_processing_queue', 'id'), ('comment_review_queue', 'waiting_since'), ('missing_orders', 'found_at desc, id desc'),
        ('reconcile_runs', 'id desc'), ('reconcile_state', 'source, api'), ('audit_runs', 'id desc'), ('audit_state', 'host, run_id desc'),
        ('credential_status', 'source, account, shop'), ('schema_changes', 'id desc'), ('webhook_history', 'since desc, id desc'),
        ('webhook_watch', 'source, api, topic'), ('webhook_registrations', 'provider, address')) as o (view, columns)
    where o.view = p_view
$$;
comment on function list_order is 'The order of the rows of a view; null if it has none.';
