-- Deletes data past its retention: events and attempts by whole partitions, receipts and refusals in batches.

-- Whether this task has not been started within p_every; then it is started now, and other runs skip it. A start in the
-- future is of a clock that was ahead.
create or replace function begin_upkeep(p_task text, p_every interval) returns boolean
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    insert into upkeep as u (task, begun_at) values (p_task, now())
    on conflict (task) do update set begun_at = now()
    where u.begun_at <= now() - p_every or u.begun_at > now() + p_every;
    return found;
end
$$;
comment on function begin_upkeep is 'Starts a recurring task, unless another run did so lately; returns whether to do it.';

-- Keeps the reason why a task waits for a person, null for none; returns whether it has begun to wait.
create or replace function hold_upkeep(p_task text, p_reason text) returns boolean
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_before text := (select u.held from upkeep as u where u.task = p_task);
begin
    if p_reason is null then
        update upkeep as u set held = null, held_since = null where u.task = p_task and u.held is not null;
    else
        insert into upkeep as u (task, begun_at, held, held_since) values (p_task, '-infinity', p_reason, now())
        on conflict (task) do update set held = excluded.held, held_since = coalesce(u.held_since, excluded.held_since);
    end if;
    return p_reason is not null and v_before is null;
end
$$;
comment on function hold_upkeep is 'Keeps the reason why a task waits for a person; returns whether it has begun to wait.';

-- The clocks of the database and of the responder's last report, and the time of the last retention: retention compares them
-- with its own clock.
create or replace function known_clocks(
    out database_clock timestamptz, out responder_clock timestamptz, out last_retention timestamptz
) language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select clock_timestamp(), (select h.clock from heartbeats as h where not h.is_batch),
        (select u.begun_at from upkeep as u where u.task = 'retention' and u.begun_at > '-infinity')
$$;
comment on function known_clocks is 'Postgres'' clock, that of the responder''s last report, and the time of the last retention; null for none.';

-- The partitions of a table that end before p_before, the oldest first, and whether each has rows.
create or replace function old_partitions(p_table text, p_before timestamptz)
returns table (name text, ends timestamptz, has_rows boolean)
language plpgsql stable security definer set search_path = hookledger, pg_temp as $$
declare
    v_starts timestamptz;
begin
    if p_table not in ('events', 'job_attempts') then
        raise exception '% is not kept in partitions', p_table using errcode = 'invalid_parameter_value';
    end if;
    -- Asked of the parent: a partition that somebody made by hand may belong to another role.
    for name, v_starts, ends in
        select b.name, b.starts, b.ends from partition_bounds(p_table) as b
        where b.ends <= least(p_before, now(), (select h.clock from heartbeats as h where not h.is_batch))
        order by b.ends
    loop
        execute format('select exists (select from %I where %3$I >= %2$L and %3$I < %4$L)', p_table, v_starts,
            case p_table when 'events' then 'received_at' else 'finished_at' end, ends) into has_rows;
        return next;
    end loop;
end
$$;
comment on function old_partitions is 'The partitions of events or job_attempts that are older, the oldest first.';

-- Drops the oldest partition of a table when all of it is older than p_before, whatever the caller says never one that is
-- not over by Postgres' clock and the responder's. That needs an exclusive lock for a
-- moment. Waiting for it blocks all others behind it, so it waits at most a tenth of a second and otherwise fails with
-- lock_not_available: the caller retries later.
create or replace function drop_oldest_partition(p_table text, p_before timestamptz) returns text
language plpgsql volatile security definer set search_path = hookledger, pg_temp set lock_timeout = '100ms' as $$
declare
    v_name text;
    v_end timestamptz;
begin
    select o.name, o.ends into v_name, v_end from old_partitions(p_table, p_before) as o limit 1;
    if v_name is null then
        return null;
    end if;
    -- The table before its partition, as those do who use them.
    execute format('lock table %I in access exclusive mode', p_table);
    execute format('drop table %I', v_name);
    if p_table = 'events' then
        delete from event_records where event_received_at < v_end;
        insert into upkeep as u (task, begun_at, dropped_before) values ('retention', now(), v_end)
        on conflict (task) do update set dropped_before = greatest(u.dropped_before, excluded.dropped_before);
    else
        delete from late_attempts where last_at < v_end;
    end if;
    -- Its counts go with the next turn of advance_activity(), so that nobody waits for them here.
    insert into activity_late (since, until) values ('-infinity', v_end);
    return v_name;
end
$$;
comment on function drop_oldest_partition is 'Drops the oldest partition of events or job_attempts when all of it is older; returns its name.';

-- Rows locked by others are skipped, so that this waits for nobody.
create or replace function delete_old_receipts(p_before timestamptz, p_limit int) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_count int;
begin
    delete from receipts where ctid = any (array(
        select ctid from receipts where received_at < p_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    -- Rows that depend on receipts are deleted with them.
    delete from occurrences where ctid = any (array(
        select ctid from occurrences where received_at < p_before limit p_limit for update skip locked));
    delete from held_deletions where ctid = any (array(
        select ctid from held_deletions where event_received_at < p_before limit p_limit for update skip locked));
    return v_count;
end
$$;
comment on function delete_old_receipts is 'Deletes some of the receipts that are older; returns how many.';

create or replace function delete_old_repetitions(p_before timestamptz, p_limit int) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_count int;
begin
    delete from repetitions where ctid = any (array(
        select ctid from repetitions where received_at < p_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
comment on function delete_old_repetitions is 'Deletes some of the traces of repetitions that are older; returns how many.';

create or replace function delete_old_refusals(p_before timestamptz, p_limit int) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_count int;
begin
    with deleted as (
        delete from refusals where ctid = any (array(
            select ctid from refusals where refused_at < p_before limit p_limit for update skip locked))
        returning refused_at
    ), noted as (
        insert into activity_late (since, until)
        select step_start(3600, refused_at) as hour, step_start(3600, refused_at) + interval '1 hour'
        from deleted group by hour order by hour
    )
    select count(*) into v_count from deleted;
    return v_count;
end
$$;
comment on function delete_old_refusals is 'Deletes some of the refusals that are older; returns how many.';
