-- Deletes data past its retention: events and attempts by whole partitions, receipts and refusals in batches.

-- Whether this task has not been started within p_every; then it is started now, and other runs skip it.
create or replace function begin_upkeep(p_task text, p_every interval) returns boolean
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    insert into upkeep as u (task, begun_at) values (p_task, now())
    on conflict (task) do update set begun_at = now() where u.begun_at <= now() - p_every;
    return found;
end
$$;
comment on function begin_upkeep is 'Starts a recurring task, unless another run did so lately; returns whether to do it.';

-- Drops the oldest partition of a table when all of it is older than p_before. That needs an exclusive lock for a
-- moment. Waiting for it blocks all others behind it, so it waits at most a tenth of a second and otherwise fails with
-- lock_not_available: the caller retries later.
create or replace function drop_oldest_partition(p_table text, p_before timestamptz) returns text
language plpgsql volatile security definer
set search_path = hookledger, pg_temp set lock_timeout = '100ms' set timezone = 'UTC' as $$
declare
    v_name text;
    v_end timestamptz;
begin
    if p_table not in ('events', 'job_attempts') then
        raise exception '% is not kept in partitions', p_table using errcode = 'invalid_parameter_value';
    end if;
    select c.relname, substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']+)')::timestamptz as ending
    into v_name, v_end
    from pg_inherits as i join pg_class as c on c.oid = i.inhrelid
    where i.inhparent = format('hookledger.%I', p_table)::regclass
    order by ending
    limit 1;
    if v_end is null or v_end > least(p_before, now()) then
        return null;
    end if;
    -- The table before its partition, as those do who use them.
    execute format('lock table %I in access exclusive mode', p_table);
    execute format('drop table %I', v_name);
    if p_table = 'events' then
        delete from event_records where event_received_at < v_end;
        insert into upkeep as u (task, begun_at, dropped_before) values ('retention', now(), v_end)
        on conflict (task) do update set dropped_before = greatest(u.dropped_before, excluded.dropped_before);
    end if;
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
    delete from refusals where ctid = any (array(
        select ctid from refusals where refused_at < p_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
comment on function delete_old_refusals is 'Deletes some of the refusals that are older; returns how many.';
