-- Restored databases: how one is noticed, and how a person releases it.

-- Whether the jobs are held because the database was restored.
create or replace function is_held() returns boolean
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select exists (select from restores where released_at is null)
$$;
comment on function is_held is 'Whether no job runs, because the database was restored and nobody has released it.';

-- Holds all jobs. A hold that lasts keeps its reason and takes the higher generation.
create or replace function hold_restored(p_reason text, p_generation bigint, p_known_until timestamptz) returns void
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    insert into restores as r (reason, known_until, seen_generation, last_event_id)
    values (p_reason, coalesce(p_known_until, (select max(h.beat_at) from heartbeats as h where h.is_batch)),
        coalesce(p_generation, 0), coalesce((select max(e.id) from events as e), 0))
    on conflict ((released_at is null)) where released_at is null
    do update set seen_generation = greatest(r.seen_generation, excluded.seen_generation),
        known_until = coalesce(p_known_until, r.known_until);
end
$$;
comment on function hold_restored is 'Holds all jobs, because the database was restored.';

-- The report of a host's batch processor, with the generation of its file; null if it has none: then nothing changes.
-- Returns the new generation for the file; null if the jobs are held.
create or replace function advance_generation(p_known bigint) returns bigint
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_generation bigint;
    v_cluster bigint;
begin
    -- Hosts take their turns here.
    select i.generation, i.system_identifier into v_generation, v_cluster from cluster_identity as i for update;
    if v_cluster is distinct from (select s.system_identifier from pg_control_system() as s) then
        perform hold_restored('The database was restored into another cluster.', p_known, null);
    elsif p_known > v_generation then
        perform hold_restored(format('The database is older than a batch host knows it: generation %s, seen was %s.',
            v_generation, p_known), p_known, null);
    end if;
    if p_known is null or is_held() then
        return null;
    end if;
    update cluster_identity as i set generation = i.generation + 1 returning i.generation into v_generation;
    return v_generation;
end
$$;
comment on function advance_generation is 'Counts the generation up for a host of the batch processor; null if the jobs are held.';

-- What a release would let go, by action: jobs that may have run after the dump (in doubt), and those that cannot have, as
-- they were not due before the restore was noticed.
create or replace function restored_jobs(p_since timestamptz)
returns table (action text, kind text, in_doubt bigint, certain bigint, too_old bigint, dead bigint)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select j.action, j.kind, count(*) filter (where j.state <> 2 and not o.is_old and j.run_at <= r.noticed_at),
        count(*) filter (where j.state <> 2 and not o.is_old and j.run_at > r.noticed_at),
        count(*) filter (where j.state <> 2 and o.is_old), count(*) filter (where j.state = 2)
    from jobs as j
    cross join lateral (select coalesce(j.event_received_at < p_since, false) as is_old) as o
    cross join lateral (
        select coalesce((select h.noticed_at from restores as h where h.released_at is null), now()) as noticed_at) as r
    group by j.action, j.kind order by j.action
$$;
comment on function restored_jobs is 'What a release would do to the jobs, by action.';

-- Releases the jobs. Those that were due before the restore was noticed are in doubt. Jobs of events received before p_since,
-- and with p_bury all that are in doubt, become dead letters. The generation passes every number that a host may have kept.
create or replace function release_restored(
    p_since timestamptz, p_bury boolean, p_known bigint, p_actor text, p_reason text,
    out generation bigint, out released bigint, out buried bigint)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_restore restores;
begin
    select * into v_restore from restores as r where r.released_at is null for update;
    if v_restore.id is not null then
        update jobs as j set in_doubt = true where j.run_at <= v_restore.noticed_at and j.in_doubt is distinct from true;
        with chosen as materialized (
            select j.job_id from jobs as j
            where j.state <> 2 and (j.event_received_at < p_since or p_bury and j.run_at <= v_restore.noticed_at)
            for update
        ), moved as (
            update jobs as j set state = 2, hold_reason = null, held_at = null, lease_token = null, lease_until = null,
                last_error = 'not released after a restore', alerted_at = now()
            from chosen as c where j.job_id = c.job_id
            returning j as job
        ), logged as materialized (
            select write_attempts(array_agg(m.job order by (m.job).job_id), array_agg('dead'::text),
                array_agg('not released after a restore'::text)) as n
            from moved as m having count(*) > 0
        )
        select coalesce((select l.n from logged as l), 0) into buried;
        update restores as r set released_at = now(), released_by = p_actor where r.id = v_restore.id;
    end if;
    buried := coalesce(buried, 0);
    select count(*) into released from jobs as j where j.state <> 2;
    -- A whole step of 2^32: no host counts that far between two releases.
    update cluster_identity as i set generation = case when v_restore.id is null then i.generation
        else (greatest(i.generation, p_known, v_restore.seen_generation) >> 32 << 32) + 4294967296 end
    returning i.generation into generation;
    insert into operator_log (actor, action, subject, reason, details)
    values (p_actor, 'restore.release', 'restore', p_reason, jsonb_build_object('restore', v_restore.id,
        'noticed', v_restore.noticed_at, 'known_until', v_restore.known_until, 'since', p_since, 'released', released,
        'buried', buried));
end
$$;
comment on function release_restored is 'Lets the jobs of a restored database run again, those that may have run before only with a check.';

-- Whether the effect of a job may have happened before, without a trace: it was open in a restored dump, or its event was
-- received again after a restore (from the spool, by a comparison with the provider) and is older than that.
create or replace function is_in_doubt(p_job_id bigint) returns boolean
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select coalesce((
        select coalesce(j.in_doubt, exists (
            select from restores as r
            cross join lateral (
                select least(e.occurred_at, e.received_at) as happened_at from events as e
                where e.received_at = j.event_received_at and e.id = j.event_id offset 0
            ) as e
            where r.noticed_at > now() - interval '90 days' and j.event_id > r.last_event_id
                and e.happened_at <= r.noticed_at))
        from jobs as j where j.job_id = p_job_id and j.again is null), false)
$$;
comment on function is_in_doubt is 'Whether a job''s effect may have happened before the database was restored.';
