-- Pauses of sources, actions and destinations. The runs of the batch processor read the table every second and hold the
-- jobs that they would otherwise begin (hold_jobs), with the pause as the reason. So a pause reaches every host, and jobs
-- that wait are not in the index of ready jobs, where each claim would walk over them.

-- The hold_reason of a pause.
create or replace function pause_hold(p_kind text, p_name text) returns text
language sql immutable parallel safe as $$ select 'paused:' || p_kind || ':' || p_name $$;
comment on function pause_hold is 'The hold_reason of the jobs that wait for the end of a pause.';

-- Holds claimed jobs whose attempt has not happened; p_reason is why. Whoever does not hold the job (p_token) changes
-- nothing. The jobs behind one that is paused wait with it: otherwise each claim would walk over them. Of the paused jobs
-- that stand for many events one a key is enough: the newest, as its event is the newest.
-- Returns the ids of the claimed jobs that are held now.
create or replace function hold_jobs(p_job_id bigint[], p_token bigint[], p_reason text[]) returns setof bigint
language plpgsql volatile set search_path = hookledger, pg_temp
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
set plan_cache_mode = force_generic_plan as $$
begin
    return query
    with input as materialized (
        select * from unnest(p_job_id, p_token, p_reason) as t (id, token, reason)
    ), held as (
        update jobs as j set state = 3, attempt = greatest(j.attempt - 1, 0), hold_reason = i.reason, held_at = now(),
            lease_token = null, lease_until = null
        from input as i where j.job_id = i.id and j.lease_token = i.token
        returning j.job_id, j.order_row, j.action, j.unique_key, i.reason, starts_with(i.reason, 'paused:') as is_paused
    ), behind as (
        update jobs as s set state = 3, hold_reason = h.reason, held_at = now()
        from held as h
        where h.is_paused and s.order_row = h.order_row and s.action = h.action and s.job_id > h.job_id and s.state = 0
    ), replaced as (
        delete from jobs as w using held as h
        where h.is_paused and w.unique_key = h.unique_key and w.state = 3 and w.hold_reason = h.reason
            and w.job_id <> h.job_id
        returning w as job
    ), logged as materialized (
        select write_attempts(array_agg(r.job order by (r.job).job_id), array_agg('skipped'::text),
            array_agg('another job that waits does its work'::text))
        from replaced as r
    )
    select h.job_id from held as h cross join logged;
end
$$;
comment on function hold_jobs is 'Holds claimed jobs whose attempt has not happened.';

-- Pauses a source, an action or a destination, or changes the end and the reason of its pause. p_ms: for how long, in
-- milliseconds; null: until somebody resumes it. Returns its end, and whether it was paused before.
create or replace function pause_jobs(p_kind text, p_name text, p_ms bigint, p_actor text, p_reason text)
returns table (ends_at timestamptz, was_paused boolean)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    delete from pauses where kind = p_kind and name = p_name and until <= now();
    ends_at := now() + p_ms * interval '1 ms';
    insert into pauses as p (kind, name, until, paused_by, reason) values (p_kind, p_name, ends_at, p_actor, p_reason)
    on conflict (kind, name) do update
        set until = excluded.until, paused_by = excluded.paused_by, reason = excluded.reason
    returning p.xmax <> 0 into was_paused;
    insert into operator_log (actor, action, subject, reason, details)
    values (p_actor, 'pause', p_kind || ':' || p_name, p_reason, jsonb_build_object('until', ends_at));
    return next;
end
$$;
comment on function pause_jobs is 'Pauses a source, an action or a destination: its jobs wait.';

-- Ends a pause; the runs release its jobs. Returns whether there was one, and how many jobs waited for its end.
create or replace function resume_jobs(p_kind text, p_name text, p_actor text, p_reason text)
returns table (was_paused boolean, jobs bigint)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    delete from pauses as p where p.kind = p_kind and p.name = p_name and (p.until is null or p.until > now());
    was_paused := found;
    jobs := (select count(*) from jobs as j where j.state = 3 and j.hold_reason = pause_hold(p_kind, p_name));
    if was_paused then
        insert into operator_log (actor, action, subject, reason, details)
        values (p_actor, 'resume', p_kind || ':' || p_name, p_reason, jsonb_build_object('jobs', jobs));
    end if;
    return next;
end
$$;
comment on function resume_jobs is 'Ends a pause.';

-- Releases jobs whose pause is over, in the order of their ids: as many as fit into a due window of 5,000 jobs, so that the
-- claims of other jobs stay as cheap as they were; some at any rate. Returns how many.
create or replace function release_paused() returns bigint
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_hold text := '';
    v_room bigint;
    v_released bigint := 0;
begin
    delete from pauses where until <= now();
    loop
        v_hold := (
            select j.hold_reason from jobs as j where j.state = 3 and j.hold_reason > v_hold
            order by j.hold_reason limit 1);
        exit when v_hold is null;
        continue when not starts_with(v_hold, 'paused:')
            or exists (select from pauses as p where pause_hold(p.kind, p.name) = v_hold);
        v_room := coalesce(v_room, greatest(50, 5000 - (
            select count(*) from (
                select from jobs as j where j.state = 0 and j.run_at <= now() limit 5000) as due)));
        v_released := v_released + release_held(
            array(
                select j.job_id from jobs as j where j.state = 3 and j.hold_reason = v_hold
                order by j.job_id limit v_room - v_released for update skip locked),
            false);
        exit when v_released >= v_room;
    end loop;
    return v_released;
end
$$;
comment on function release_paused is 'Releases jobs whose pause is over.';
