-- Replays. The functions run as the owner, so that their callers can do this and nothing else with jobs.

-- The jobs of one event that are ready, running, dead or held, found by an index.
create or replace function jobs_of_event(p_event_id bigint, p_order_row bigint) returns setof jobs
language sql stable as $$
    select * from jobs where p_order_row is not null and order_row = p_order_row and event_id = p_event_id
    union all
    select * from jobs where p_order_row is null and order_row is null and event_id = p_event_id
    union all
    select j.* from event_records as r join jobs as j on j.order_row = r.record_row and j.event_id = r.event_id
    where r.event_id = p_event_id and r.record_kind = 'order' and r.record_row is distinct from p_order_row
$$;
comment on function jobs_of_event is 'The jobs of one event that are ready, running, dead or held.';

-- The only definition of an event's state, from the numbers of its jobs. A held job is still open.
create or replace function jobs_status(p_dead bigint, p_running bigint, p_jobs bigint) returns text
language sql immutable parallel safe as $$
    select case when p_dead > 0 then 'failed' when p_running > 0 then 'processing' when p_jobs > 0 then 'pending'
        else 'completed' end
$$;
comment on function jobs_status is 'The state of an event from the numbers of its jobs.';

create or replace function event_status(p_event_id bigint, p_order_row bigint) returns text
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select jobs_status(count(*) filter (where state = 2), count(*) filter (where state = 1), count(*))
    from jobs_of_event(p_event_id, p_order_row)
$$;
comment on function event_status is 'The state of one event: pending, processing, completed or failed.';

-- The start of a run, in microseconds since 1970; null if it was not started. A run that was started with another
-- filter, other changes or another --again is refused: its rest would differ from its beginning.
create or replace function replay_begun(p_run text, p_details jsonb) returns text
language plpgsql stable security definer set search_path = hookledger, pg_temp as $$
declare
    v_details jsonb;
begin
    select details into v_details from operator_log
    where action = 'replay' and details ->> 'run' = p_run
    order by id limit 1;
    if exists (select from operator_log as l where l.action = 'replay.cancel' and l.details ->> 'run' = p_run) then
        raise exception 'the replay % was cancelled', p_run using errcode = 'HL001';
    end if;
    if v_details ? 'filter' and v_details - '{run,now}'::text[] <> p_details - '{run,now}'::text[] then
        raise exception 'the replay % was started with another request: %', p_run, v_details - '{run,now}'::text[]
            using errcode = 'HL001';
    end if;
    return v_details ->> 'now';
end
$$;
comment on function replay_begun is 'When a replay was started; refuses to continue one under another request, or one that was cancelled.';

-- Jobs of replays wait behind those of live deliveries; of 20 that are claimed at least one is theirs.
create or replace function replay_priority() returns smallint
language sql immutable parallel safe as $$
    select 10::smallint
$$;
comment on function replay_priority is 'The priority of a replay''s jobs.';

-- The first of all locks of a replay, so that two replays never wait for each other's orders. A row, not an advisory
-- lock: only roles that may replay can lock it.
create or replace function begin_replay() returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select from exclusive_work where work = 'replay' for update
$$;
comment on function begin_replay is 'Waits until no other replay writes, and excludes others until the end of the transaction.';

-- Records once per run who replays what, and why.
create or replace function log_replay(p_run text, p_actor text, p_subject text, p_reason text, p_details jsonb)
returns void language plpgsql volatile as $$
begin
    perform replay_begun(p_run, p_details);
    insert into operator_log (actor, action, subject, reason, details)
    select p_actor, 'replay', p_subject, p_reason, p_details || jsonb_build_object('run', p_run)
    where not exists (
        select from operator_log
        where subject = p_subject and action = 'replay' and details ->> 'run' = p_run);
end
$$;
comment on function log_replay is 'Records once per run in operator_log who replays what, and why.';

-- Creates the jobs of stored events again. A job of the same event, rule and action that is open stays as it is; a dead
-- letter becomes ready again. An event that this run has already replayed is skipped, so an interrupted run
-- can be repeated. Orders are locked in key order before job ids are drawn, as record() does it.
--
-- p_jobs has an array per event, as in record(); p_after is the delay of each event's jobs. Without p_write nothing is
-- written, but the result is the same: a row per event and job, with one of these fates:
--   new        the job never ran
--   repeated   it has already run: an effect that happened is not repeated, but with p_again
--   revived    it was a dead letter
--   open       it is still to be done, or running: left alone
--   none       the event makes no jobs
--   replayed   this run has replayed the event before
create or replace function replay_events(
    p_run text, p_actor text, p_subject text, p_reason text, p_details jsonb, p_again boolean, p_write boolean,
    p_event_id bigint[], p_received_at timestamptz[], p_order_row bigint[], p_jobs jsonb[], p_after interval[]
) returns table (event_id bigint, rule text, action text, fate text)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_column
begin
    if p_write then
        perform begin_replay();
        perform from orders as o
        where o.id = any (p_order_row || array(
            select r.record_row from event_records as r
            where r.event_id = any (p_event_id) and r.record_kind = 'order'))
        order by o.source, o.order_id for update;
        perform log_replay(p_run, p_actor, p_subject, p_reason, p_details);
    end if;
    return query
        with events as materialized (
            select i.*, exists (select from replays as r where r.event_id = i.id and r.run = p_run) as is_replayed
            from unnest(p_event_id, p_received_at, p_order_row, p_jobs, p_after) with ordinality
                as i (id, received_at, order_row, jobs, after, ord)
        ), planned as materialized (
            -- For an event about several records, each job is about one of their rows.
            select e.id, e.received_at, e.after, e.ord, m.place, m.j, m.j ->> 'rule' as rule, m.j ->> 'action' as action,
                case when m.j ? 'record' then (
                    select r.record_row from event_records as r
                    where r.event_id = e.id and r.record_no = (m.j ->> 'record')::int and r.record_kind = 'order'
                ) else e.order_row end as order_row, e.order_row as first_row,
                exists (select from event_records as r where r.event_id = e.id) as is_of_several
            from events as e
            cross join lateral jsonb_array_elements(e.jobs) with ordinality as m (j, place)
            where not e.is_replayed
        ), judged as materialized (
            select p.*, o.job_id, case
                when o.state = 2 then 'revived'
                when o.state is not null then 'open'
                when exists (
                    select from job_attempts as t
                    where t.event_id = p.id and t.action = p.action and t.rule = p.rule and t.outcome = 'done'
                        and (not p.is_of_several or t.order_row is not distinct from p.order_row))
                    then 'repeated'
                else 'new'
            end as fate
            from planned as p
            left join lateral (
                select k.job_id, k.state from jobs_of_event(p.id, p.first_row) as k
                where k.action = p.action and k.rule = p.rule
                    and (not p.is_of_several or k.order_row is not distinct from p.order_row)
                order by k.state, k.job_id limit 1
            ) as o on true
        ), made as (
            insert into jobs (action, kind, rule, priority, max_attempts, unique_key, again, run, run_at, order_row,
                event_id, event_received_at)
            select n.action, n.j ->> 'kind', n.rule, replay_priority(),
                coalesce((n.j ->> 'max_attempts')::smallint, 4), convert_to(n.j ->> 'unique_key', 'UTF8'),
                case when p_again then p_run end, p_run, now() + n.after, n.order_row, n.id, n.received_at
            from judged as n
            where p_write and n.fate in ('new', 'repeated')
            order by n.ord, n.place
            on conflict (unique_key) where unique_key is not null and state = 0 do nothing
        ), revived as (
            update jobs as k set state = 0, attempt = 0, uncounted = 0, first_failed_at = null, last_error = null,
                alerted_at = null, unique_key = null, again = case when p_again then p_run else k.again end, run = p_run,
                priority = replay_priority(), run_at = now() + n.after
            from judged as n
            where p_write and n.fate = 'revived' and k.job_id = n.job_id and k.state = 2
        ), kept as (
            insert into replays (run, event_id, jobs)
            select p_run, e.id,
                (select count(*) from judged as n where n.ord = e.ord and n.fate in ('new', 'repeated', 'revived'))
            from events as e
            where p_write and not e.is_replayed
            order by e.id
        )
        select e.id, n.rule, n.action, case when e.is_replayed then 'replayed' else coalesce(n.fate, 'none') end
        from events as e left join judged as n on n.ord = e.ord
        order by e.ord, n.place;
end
$$;
comment on function replay_events is 'Creates the jobs of stored events again, or with p_write false only lists them.';

-- Records the event made by a replay with changes, after record() in the same transaction; its jobs start then.
create or replace function replay_changed(
    p_run text, p_actor text, p_subject text, p_reason text, p_details jsonb, p_again boolean,
    p_event_id bigint, p_new_event_id bigint, p_new_order_row bigint, p_after interval
) returns void
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_jobs int;
begin
    perform log_replay(p_run, p_actor, p_subject, p_reason, p_details);
    update jobs as k set again = case when p_again then p_run end, run = p_run, priority = replay_priority(),
        run_at = now() + p_after
    where k.job_id in (select j.job_id from jobs_of_event(p_new_event_id, p_new_order_row) as j) and k.state = 0;
    get diagnostics v_jobs = row_count;
    insert into replays (run, event_id, new_event_id, jobs) values (p_run, p_event_id, p_new_event_id, v_jobs)
    on conflict do nothing;
end
$$;
comment on function replay_changed is 'Records the event made by a replay with changes.';

-- The progress of a replay; no row if there is none of that name. What has ended is what was made and is not open. The end
-- is estimated from what has ended so far, and is not before the last start.
create or replace function replay_status(p_run text) returns table (
    begun_at timestamptz, actor text, reason text, events bigint, made bigint, waiting bigint, running bigint, held bigint,
    dead bigint, ended bigint, cancelled_at timestamptz, estimated_end timestamptz
)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select l.at, l.actor, l.reason, r.events, r.made, j.waiting, j.running, j.held, j.dead, e.ended, c.at,
        case when j.waiting + j.running > 0 then greatest(j.last_start, case when e.ended > 0
            then now() + (now() - l.at) * ((j.waiting + j.running)::float8 / e.ended) end) end
    from (
        select o.at, o.actor, o.reason from operator_log as o
        where o.action = 'replay' and o.details ->> 'run' = p_run order by o.id limit 1
    ) as l
    cross join (
        select count(*) as events, coalesce(sum(r.jobs), 0)::bigint as made from replays as r where r.run = p_run
    ) as r
    cross join (
        select count(*) filter (where k.state = 0) as waiting, count(*) filter (where k.state = 1) as running,
            count(*) filter (where k.state = 3) as held, count(*) filter (where k.state = 2) as dead, count(*) as all,
            max(k.run_at) filter (where k.state = 0) as last_start
        from jobs as k where k.run = p_run
    ) as j
    left join lateral (
        select o.at, (o.details ->> 'jobs')::bigint as jobs from operator_log as o
        where o.action = 'replay.cancel' and o.details ->> 'run' = p_run order by o.id limit 1
    ) as c on true
    cross join lateral (select greatest(r.made - j.all - coalesce(c.jobs, 0), 0) as ended) as e
$$;
comment on function replay_status is 'The progress of a replay, and an estimate of its end.';

-- Cancels the jobs of a replay that have not begun; those of dead letters become dead letters again. The replay cannot be
-- continued. Waits for a batch of it that is being written, so none is missed. No row if there is none of that name.
create or replace function cancel_replay(p_run text, p_actor text, p_reason text)
returns table (taken_back bigint, dead_again bigint, begun bigint)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_made bigint;
begin
    perform begin_replay();
    if not exists (select from operator_log as o where o.action = 'replay' and o.details ->> 'run' = p_run) then
        return;
    end if;
    with waiting as materialized (
        select k.job_id, exists (
            select from job_attempts as t where t.job_id = k.job_id and t.outcome = 'dead') as was_dead
        from jobs as k where k.run = p_run and k.state in (0, 3) and k.attempt = 0
        order by k.job_id for update skip locked
    ), dead as (
        update jobs as k set state = 2, attempt = k.max_attempts, run = null, priority = 0, hold_reason = null,
            held_at = null, first_failed_at = coalesce(t.first, now()), last_error = t.reason
        from waiting as w
        cross join lateral (
            select min(a.started_at) as first,
                (array_agg(a.reason order by a.finished_at desc) filter (where a.outcome = 'dead'))[1] as reason
            from job_attempts as a where a.job_id = w.job_id
        ) as t
        where w.was_dead and k.job_id = w.job_id
        returning k.job_id
    ), gone as (
        delete from jobs as k using waiting as w where not w.was_dead and k.job_id = w.job_id returning k as job
    ), logged as materialized (
        select write_attempts(array_agg(g.job order by (g.job).job_id), array_agg('discarded'::text),
            array_agg('the replay ' || p_run || ' was cancelled'))
        from gone as g
    )
    select (select count(*) from gone), (select count(*) from dead) into taken_back, dead_again from logged;
    select coalesce(sum(r.jobs), 0) into v_made from replays as r where r.run = p_run;
    begun := greatest(v_made - taken_back - dead_again - coalesce((
        select sum((o.details ->> 'jobs')::bigint) from operator_log as o
        where o.action = 'replay.cancel' and o.details ->> 'run' = p_run), 0), 0);
    insert into operator_log (actor, action, subject, reason, details)
    values (p_actor, 'replay.cancel', 'replay:' || p_run, p_reason,
        jsonb_build_object('run', p_run, 'jobs', taken_back + dead_again));
    return next;
end
$$;
comment on function cancel_replay is 'Cancels the jobs of a replay that have not begun.';
