-- Weekly partitions, made far ahead. There is no default partition: it would prevent detaching others. Weeks begin on Monday
-- in UTC, whatever the session's time zone, and what is covered is read from the bounds, not from the names.
create or replace function partition_bounds(p_table text) returns table (name text, starts timestamptz, ends timestamptz)
language sql stable security definer set search_path = hookledger, pg_temp set timezone = 'UTC' as $$
    select c.relname::text, substring(b.bound from 'FROM \(''([^'']+)')::timestamptz,
        substring(b.bound from 'TO \(''([^'']+)')::timestamptz
    from pg_inherits as i
    join pg_class as c on c.oid = i.inhrelid
    cross join lateral pg_get_expr(c.relpartbound, c.oid) as b (bound)
    where i.inhparent = format('hookledger.%I', p_table)::regclass
$$;
comment on function partition_bounds is 'The partitions of a table, each with its bounds.';

-- Makes what is missing of the weeks from one moment to another, both included; returns how many partitions it made. Where
-- a partition has other bounds than a week, only the gaps beside it are filled.
create or replace function fill_weeks(p_table text, p_from timestamptz, p_to timestamptz) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp set timezone = 'UTC' as $$
declare
    v_week timestamptz;
    v_gap record;
    v_base text;
    v_name text;
    v_suffix int;
    v_made int := 0;
begin
    for v_week in
        select generate_series(date_trunc('week', p_from), date_trunc('week', p_to), interval '1 week')
    loop
        for v_gap in
            -- The end of each partition up to the start of the next one; the week itself bounds the first and the last gap.
            select * from (
                select greatest(v_week, max(e.ends) over (order by e.starts, e.ends)) as starts,
                    least(v_week + interval '7 days', lead(e.starts) over (order by e.starts, e.ends)) as ends
                from (
                    select b.starts, b.ends from partition_bounds(p_table) as b
                    where b.ends > v_week and b.starts < v_week + interval '7 days'
                    union all select '-infinity', v_week
                ) as e
            ) as g
            where g.starts < g.ends
        loop
            v_base := p_table || to_char(v_week, '"_"IYYY"w"IW');
            v_name := v_base;
            v_suffix := 2;
            while to_regclass(format('hookledger.%I', v_name)) is not null loop
                v_name := v_base || '_' || v_suffix;
                v_suffix := v_suffix + 1;
            end loop;
            -- Attached, not created as a partition: that would need an exclusive lock on the parent, so a reader's open
            -- transaction would block this one, and this one all deliveries behind it.
            execute format('create table %I (like %I including all)', v_name, p_table);
            execute format('alter table %I attach partition %I for values from (%L) to (%L)',
                p_table, v_name, v_gap.starts, v_gap.ends);
            execute format('comment on table %I is %L', v_name, 'The week of ' || v_week::date || ' of ' || p_table || '.');
            v_made := v_made + 1;
        end loop;
    end loop;
    return v_made;
end
$$;
comment on function fill_weeks is 'Makes the partitions that are missing in some weeks of a table; returns how many it made.';

create or replace function ensure_partitions(p_weeks int default 8) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_made int := 0;
    v_table text;
begin
    perform from exclusive_work where work = 'partitions' for update;
    foreach v_table in array array['events', 'job_attempts'] loop
        v_made := v_made + fill_weeks(v_table, now() - interval '1 week', now() + make_interval(weeks => p_weeks));
    end loop;
    return v_made;
end
$$;
comment on function ensure_partitions is 'Makes the weekly partitions of this week, the last and the next p_weeks that are missing; returns how many it made.';

-- Whether the partition of that moment's week is attached: one probe by name.
create or replace function has_week(p_at timestamptz) returns boolean
language sql stable as $$
    select exists (
        select from pg_inherits as i
        where i.inhrelid = to_regclass('hookledger.events' || to_char(p_at at time zone 'UTC', '"_"IYYY"w"IW'))
            and i.inhparent = 'hookledger.events'::regclass)
$$;
comment on function has_week is 'Whether events has the partition of that moment''s week.';

-- Whether partitions of events have all of these moments, whatever their bounds and names.
create or replace function has_partitions(p_at timestamptz[]) returns boolean
language sql stable as $$
    with bounds as materialized (select b.starts, b.ends from partition_bounds('events') as b)
    select not exists (
        select from unnest(p_at) as t where not exists (select from bounds as b where t >= b.starts and t < b.ends))
$$;
comment on function has_partitions is 'Whether events has partitions for all of these moments.';

-- Makes the week of a delivery, if it lies within 14 days of Postgres' clock: further away one of the two clocks is wrong,
-- and it is unknown which. Waits a tenth of a second for other makers and otherwise fails with lock_not_available.
create or replace function make_week(p_received_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = hookledger, pg_temp set lock_timeout = '100ms' as $$
begin
    if p_received_at not between now() - interval '14 days' and now() + interval '14 days' then
        return false;
    end if;
    perform from exclusive_work where work = 'partitions' for update;
    perform fill_weeks('events', p_received_at, p_received_at), fill_weeks('job_attempts', p_received_at, p_received_at);
    return true;
end
$$;
comment on function make_week is 'Makes the partitions of the week of a delivery; false if it lies too far from Postgres'' clock.';

-- Makes the weeks of a batch of deliveries that are missing.
create or replace function make_weeks(p_received_at timestamptz[]) returns void
language plpgsql volatile as $$
declare
    v_week timestamptz := date_trunc('week', p_received_at[1], 'UTC');
begin
    -- Almost always all of them are of one week that is there.
    if v_week <= all (p_received_at) and v_week + interval '168 hours' > all (p_received_at) then
        if has_week(v_week) then
            return;
        end if;
    end if;
    for v_week in select distinct date_trunc('week', t, 'UTC') from unnest(p_received_at) as t order by 1 loop
        continue when has_week(v_week) or has_partitions(array(
            select t from unnest(p_received_at) as t where date_trunc('week', t, 'UTC') = v_week));
        -- A moment of the batch, not the week's begin, is compared with the clock.
        if not (select bool_and(make_week(t)) from unnest(p_received_at) as t where date_trunc('week', t, 'UTC') = v_week) then
            raise exception 'no partition for deliveries received at % (the receiver''s clock); Postgres'' clock says %',
                (select min(t) from unnest(p_received_at) as t where date_trunc('week', t, 'UTC') = v_week), clock_timestamp()
                using errcode = 'object_not_in_prerequisite_state',
                    hint = 'Set the clock that is wrong. If both are right, hookledger migrate makes the partitions.';
        end if;
    end loop;
end
$$;
comment on function make_weeks is 'Makes the missing partitions of a batch of deliveries, or fails and names both clocks.';

create or replace function partition_days_ahead() returns int
language sql stable security definer set search_path = hookledger, pg_temp as $$
    with recursive bounds as materialized (
        select t.name as of_table, b.starts, b.ends
        from unnest(array['events', 'job_attempts']) as t (name) cross join lateral partition_bounds(t.name) as b
    ), covered (of_table, until) as (
        select name, now() from unnest(array['events', 'job_attempts']) as t (name)
        union all
        select c.of_table, n.ends from covered as c
        cross join lateral (
            select max(b.ends) as ends from bounds as b
            where b.of_table = c.of_table and b.starts <= c.until and b.ends > c.until) as n
        where n.ends is not null
    )
    select floor(extract(epoch from min(l.until) - now()) / 86400)::int
    from (select max(until) as until from covered group by of_table) as l
$$;
comment on function partition_days_ahead is 'The number of days from now without a gap for which every partitioned table has partitions.';
