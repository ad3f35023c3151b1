-- The counts of docs/database.md, "Activity": what is counted, and how the batch processor keeps it.

-- The time from webhook to done as a number: each step is 5 % longer than the one before, from a millisecond on. So counts of
-- steps can be added up, and a percentile of them is right within 3 %.
create or replace function latency_step(p_latency interval) returns int
language sql immutable as $$
    select greatest(0, ceil(ln(greatest(extract(epoch from p_latency)::float8 * 1000, 1)) / ln(1.05::float8)))::int
$$;
comment on function latency_step is 'The step of a time from webhook to done: n is up to 1.05^n milliseconds.';

-- The start of the step that has a moment in it; a step is a part of an hour.
create or replace function step_start(p_step int, p_at timestamptz) returns timestamptz
language sql immutable as $$
    select date_bin(p_step * interval '1 second', p_at, timestamptz '2000-01-01 00:00:00+00')
$$;
comment on function step_start is 'The start of the step that has a moment in it.';

-- Asked only about jobs without an order: where a statement joined all weeks of events for that, its planner would look at all
-- of their indexes.
create or replace function source_of_event(p_id bigint, p_received_at timestamptz) returns text
language plpgsql stable security definer set search_path = hookledger, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return (select e.source from events as e where e.received_at = p_received_at and e.id = p_id);
end
$$;
comment on function source_of_event is 'The source of an event; null if it is deleted.';

-- What is counted, from the rows themselves: the only definition. Each row is found by an index, and the order that it belongs to
-- by its key, whatever the planner knows of the tables. One plan serves all calls of a session: making it costs as much as an hour.
create or replace function activity_between(p_step int, p_from timestamptz, p_to timestamptz)
returns table (
    at timestamptz, source text, deliveries bigint, refusals bigint, jobs_done bigint, jobs_dead bigint, attempts_failed bigint,
    latency_steps int[], latency_counts bigint[]
) language plpgsql stable security definer set search_path = hookledger, pg_temp
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set max_parallel_workers_per_gather = 0
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    return query
    with attempts as materialized (
        select step_start(p_step, t.finished_at) as at,
            coalesce(o.source, source_of_event(t.event_id, t.event_received_at), '') as source, t.outcome,
            case when t.outcome = 'done' then latency_step(t.finished_at - t.event_received_at) end as latency
        from job_attempts as t
        left join orders as o on o.id = t.order_row
        where t.finished_at >= p_from and t.finished_at < p_to
    ), counted as (
        select step_start(p_step, e.received_at) as at, e.source, count(*) as deliveries, 0 as refusals, 0 as done, 0 as dead,
            0 as failed, null::int[] as steps, null::bigint[] as counts
        from events as e
        where e.received_at >= p_from and e.received_at < p_to and e.origin in ('delivery', 'spool')
        group by 1, 2
        union all
        select step_start(p_step, r.refused_at), coalesce(r.source, ''), 0, sum(1 + r.unrecorded::bigint), 0, 0, 0, null, null
        from refusals as r where r.refused_at >= p_from and r.refused_at < p_to
        group by 1, 2
        union all
        select a.at, a.source, 0, 0, count(*) filter (where a.outcome = 'done'), count(*) filter (where a.outcome = 'dead'),
            count(*) filter (where a.outcome in ('retry', 'dead', 'lost')), null, null
        from attempts as a group by 1, 2
        union all
        select l.at, l.source, 0, 0, 0, 0, 0, array_agg(l.latency order by l.latency), array_agg(l.attempts order by l.latency)
        from (
            select a.at, a.source, a.latency, count(*) as attempts from attempts as a where a.latency is not null group by 1, 2, 3
        ) as l group by 1, 2
    )
    -- One row of them has the latencies.
    select c.at, c.source, sum(c.deliveries)::bigint, sum(c.refusals)::bigint, sum(c.done)::bigint, sum(c.dead)::bigint,
        sum(c.failed)::bigint, coalesce(min(c.steps), '{}'), coalesce(min(c.counts), '{}')
    from counted as c group by c.at, c.source;
end
$$;
comment on function activity_between is 'Deliveries, refusals and attempts of a time by step and source, counted from the rows.';

-- Jobs that ended in a time, by when they ended and when they were opened. A dead letter that was retried was opened again when
-- its next attempt began.
create or replace function lives_between(p_step int, p_from timestamptz, p_to timestamptz)
returns table (ended_at timestamptz, opened_at timestamptz, source text, jobs bigint)
language plpgsql stable security definer set search_path = hookledger, pg_temp
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set max_parallel_workers_per_gather = 0
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    return query
    select step_start(p_step, l.ended_at), step_start(p_step, l.opened_at), l.source, count(*)
    from (
        select t.finished_at as ended_at, coalesce(o.source, source_of_event(t.event_id, t.event_received_at), '') as source,
            case when last.ended_at is null then t.job_created_at else coalesce((
                select min(a.started_at) from job_attempts as a
                where a.job_id = t.job_id and a.finished_at > last.ended_at and a.finished_at <= t.finished_at), t.started_at)
            end as opened_at
        from job_attempts as t
        cross join lateral (
            select max(d.finished_at) as ended_at from job_attempts as d
            where d.job_id = t.job_id and d.finished_at >= t.job_created_at and d.finished_at < t.finished_at
                and d.outcome in ('done', 'skipped', 'dead', 'discarded')
        ) as last
        left join orders as o on o.id = t.order_row
        where t.finished_at >= p_from and t.finished_at < p_to and t.outcome in ('done', 'skipped', 'dead', 'discarded')
    ) as l
    where step_start(p_step, l.opened_at) < step_start(p_step, l.ended_at)
    group by 1, 2, 3;
end
$$;
comment on function lives_between is 'Jobs that ended in a time by step, source and when they were opened, counted from the rows.';

-- The time after the kept counts. A batch processor that has not run for three hours is a failure by itself, and these rows are
-- read at each request. So before its first turn they are those of this hour, unless all tables are small.
create or replace function uncounted_time(out since timestamptz, out until timestamptz)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select coalesce(max(p.counted_to), case when is_small(array['events', 'job_attempts', 'refusals']) then '-infinity'
        else step_start(3600, now()) end), coalesce(max(p.counted_to) + interval '3 hours', 'infinity')
    from activity_progress as p
$$;
comment on function uncounted_time is 'The time of which rows are counted at each request.';

create or replace function activity_now(p_step int)
returns table (
    at timestamptz, source text, deliveries bigint, refusals bigint, jobs_done bigint, jobs_dead bigint, attempts_failed bigint,
    latency_steps int[], latency_counts bigint[]
) language sql stable security definer set search_path = hookledger, pg_temp as $$
    select a.* from uncounted_time() as u cross join lateral activity_between(p_step, u.since, u.until) as a
$$;
comment on function activity_now is 'What activity_counts does not have yet.';

create or replace function lives_now(p_step int)
returns table (ended_at timestamptz, opened_at timestamptz, source text, jobs bigint)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select l.* from uncounted_time() as u cross join lateral lives_between(p_step, u.since, u.until) as l
$$;
comment on function lives_now is 'What job_life_counts does not have yet.';

-- Counts a time from its rows and replaces what was kept of it, so that it may be done again at any time. Longer steps add up
-- the minutes.
create or replace function count_activity(p_from timestamptz, p_to timestamptz) returns void
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_step int;
    v_from timestamptz;
    v_to timestamptz;
begin
    delete from activity_counts as c where c.step = 60 and c.at >= p_from and c.at < p_to;
    insert into activity_counts
    select 60, a.* from activity_between(60, p_from, p_to) as a order by a.at, a.source;
    delete from job_life_counts as c where c.step = 60 and c.ended_at >= p_from and c.ended_at < p_to;
    insert into job_life_counts
    select 60, l.* from lives_between(60, p_from, p_to) as l order by l.ended_at, l.opened_at, l.source;
    foreach v_step in array array[600, 3600] loop
        v_from := step_start(v_step, p_from);
        v_to := step_start(v_step, p_to - interval '1 us') + v_step * interval '1 second';
        delete from activity_counts as c where c.step = v_step and c.at >= v_from and c.at < v_to;
        insert into activity_counts
        select v_step, step_start(v_step, m.at) as slot, m.source, sum(m.deliveries), sum(m.refusals), sum(m.jobs_done),
            sum(m.jobs_dead), sum(m.attempts_failed), coalesce(min(l.steps), '{}'), coalesce(min(l.counts), '{}')
        from activity_counts as m
        left join (
            select g.start, g.source, array_agg(g.latency order by g.latency) as steps,
                array_agg(g.attempts order by g.latency) as counts
            from (
                select step_start(v_step, i.at) as start, i.source, u.latency, sum(u.attempts)::bigint as attempts
                from activity_counts as i cross join lateral unnest(i.latency_steps, i.latency_counts) as u (latency, attempts)
                where i.step = 60 and i.at >= v_from and i.at < v_to
                group by 1, 2, 3
            ) as g group by 1, 2
        ) as l on l.start = step_start(v_step, m.at) and l.source = m.source
        where m.step = 60 and m.at >= v_from and m.at < v_to
        group by slot, m.source order by slot, m.source;
        delete from job_life_counts as c where c.step = v_step and c.ended_at >= v_from and c.ended_at < v_to;
        insert into job_life_counts
        select v_step, step_start(v_step, m.ended_at) as ended, step_start(v_step, m.opened_at) as opened, m.source, sum(m.jobs)
        from job_life_counts as m
        where m.step = 60 and m.ended_at >= v_from and m.ended_at < v_to
            and step_start(v_step, m.opened_at) < step_start(v_step, m.ended_at)
        group by ended, opened, m.source order by ended, opened, m.source;
    end loop;
end
$$;
comment on function count_activity is 'Counts a time from its rows, and replaces what was kept of it.';

-- Notes the times of rows that were written since the last turn and are older than what was to be counted then: imports of the
-- spool, and what was committed late.
create or replace function note_late_rows(p_seen pg_snapshot, p_from timestamptz, p_to timestamptz) returns void
language sql volatile security definer set search_path = hookledger, pg_temp
set enable_seqscan = off as $$
    -- Found by their transactions, never by their times: these are all that there is.
    with written as materialized (
        select e.received_at as at from events as e
        where e.written_by >= pg_snapshot_xmin(p_seen) and not pg_visible_in_snapshot(e.written_by, p_seen)
        union all
        select r.refused_at from refusals as r
        where r.written_by >= pg_snapshot_xmin(p_seen) and not pg_visible_in_snapshot(r.written_by, p_seen)
    )
    insert into activity_late (since, until)
    select step_start(60, w.at) as minute, step_start(60, w.at) + interval '1 minute'
    from written as w where w.at >= p_from and w.at < p_to group by minute order by minute
$$;
comment on function note_late_rows is 'Notes the times of rows that were written after their time was counted.';

-- Counts again what was noted, a hundred times at most, and four hours at most of each. What remains is noted again.
create or replace function count_late(p_from timestamptz, p_to timestamptz) returns boolean
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    -- What has no beginning was deleted: it begins with the first count.
    v_first timestamptz := coalesce((select min(c.at) from activity_counts as c where c.step = 60), p_to);
    v record;
    v_cut timestamptz;
    v_done int := 0;
begin
    for v in
        with noted as (delete from activity_late returning since, until),
        bounded as (
            select greatest(case when n.since = '-infinity' then v_first else n.since end, p_from) as since,
                least(n.until, p_to) as until
            from noted as n),
        stretches as (
            select range_agg(tstzrange(step_start(g.step, b.since),
                step_start(g.step, b.until - interval '1 us') + g.step * interval '1 second')) as ranges, g.step
            from bounded as b cross join (values (60), (3600)) as g (step) where b.since < b.until group by g.step)
        -- Many single minutes are counted faster by the hour.
        select lower(r) as since, least(upper(r), p_to) as until
        from stretches as s cross join lateral unnest(s.ranges) as r
        where s.step = case when (select count(*) from stretches as m, unnest(m.ranges) where m.step = 60) > 60
            then 3600 else 60 end
        order by 1
    loop
        if v_done < 100 then
            v_cut := least(v.until, v.since + interval '4 hours');
            perform count_activity(v.since, v_cut);
            v_done := v_done + case when v.until - v.since > interval '1 hour' then 50 else 1 end;
        else
            v_cut := v.since;
        end if;
        if v_cut < v.until then
            insert into activity_late (since, until) values (v_cut, v.until);
        end if;
    end loop;
    return exists (select from activity_late);
end
$$;
comment on function count_late is 'Counts again what was noted as late; returns whether some of it remains.';

-- One step of the counting, in a transaction of its own: the minutes that are over, what came late, then older rows, four hours at
-- a time. One session does it, others skip it; what is interrupted begins again. Returns whether there is more to do at once.
create or replace function advance_activity() returns boolean
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    -- A row is written within seconds of its time, as a rule.
    v_end timestamptz := step_start(60, now() - interval '20 seconds');
    v_now pg_snapshot := pg_current_snapshot();
    v activity_progress;
    v_to timestamptz;
    v_from timestamptz;
    v_first timestamptz;
    v_is_more boolean := false;
begin
    if not exists (select from activity_progress) then
        insert into activity_progress (counted_from, counted_to, seen)
        values (step_start(3600, v_end), step_start(3600, v_end), v_now) on conflict do nothing;
        if not found then
            return false;
        end if;
        delete from activity_counts;
        delete from job_life_counts;
        delete from activity_late;
        return true;
    end if;
    -- Without anything to do nothing is locked, which would be written.
    select p.* into v from activity_progress as p;
    if v.counted_to between v_end and v_end + interval '1 minute' and v.counted_from = '-infinity'
        and not exists (select from activity_late)
    then
        return false;
    end if;
    select p.* into v from activity_progress as p for update skip locked;
    if not found then
        return false;
    end if;
    if pg_snapshot_xmax(v.seen) > pg_snapshot_xmax(v_now) then
        -- The numbers are of another history: it begins again.
        delete from activity_progress;
        return true;
    end if;
    if v.counted_to > v_end + interval '1 minute' then
        -- The clock was ahead. What is counted of the time to come is counted when that is over.
        perform note_late_rows(v.seen, v.counted_from, v_end);
        delete from activity_counts as c where c.at >= v_end;
        delete from job_life_counts as c where c.ended_at >= v_end;
        perform count_activity(step_start(3600, v_end), v_end);
        update activity_progress as p
        set counted_from = least(p.counted_from, step_start(3600, v_end)), counted_to = v_end, seen = v_now;
        return true;
    end if;
    if v.counted_to < v_end then
        perform note_late_rows(v.seen, v.counted_from, v.counted_to);
        -- An hour at a time, if nobody has counted for long.
        v_to := least(v_end, v.counted_to + interval '1 hour');
        perform count_activity(greatest(v.counted_from, v.counted_to - interval '10 minutes'), v_to);
        update activity_progress as p set counted_to = v_to, seen = v_now;
        return true;
    end if;
    v_is_more := count_late(v.counted_from, v.counted_to);
    if v.counted_from > '-infinity' then
        v_first := least((select min(r.refused_at) from refusals as r), (select min(b.starts) from partition_bounds('events') as b),
            (select min(b.starts) from partition_bounds('job_attempts') as b));
        v_from := case when v_first < v.counted_from then v.counted_from - interval '4 hours' else '-infinity' end;
        if v_first < v.counted_from then
            perform count_activity(v_from, v.counted_from);
        end if;
        update activity_progress as p set counted_from = v_from;
        v_is_more := true;
    end if;
    return v_is_more;
end
$$;
comment on function advance_activity is 'One step of the counting of activity; returns whether there is more to do at once.';
