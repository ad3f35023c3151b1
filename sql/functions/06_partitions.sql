-- Weekly partitions, made far ahead. There is no default partition: it would prevent detaching others.
create or replace function ensure_partitions(p_weeks int default 8) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_table text;
    v_week timestamptz;
    v_name text;
    v_made int := 0;
begin
    perform from exclusive_work where work = 'partitions' for update;
    foreach v_table in array array['events', 'job_attempts'] loop
        for v_week in
            select generate_series(
                date_trunc('week', now() at time zone 'UTC') - interval '1 week',
                date_trunc('week', now() at time zone 'UTC') + make_interval(weeks => p_weeks),
                interval '1 week') at time zone 'UTC'
        loop
            v_name := v_table || to_char(v_week at time zone 'UTC', '"_"IYYY"w"IW');
            continue when to_regclass(format('hookledger.%I', v_name)) is not null;
            -- Attached, not created as a partition: that would need an exclusive lock on the parent, so a reader's open
            -- transaction would block this one, and this one all deliveries behind it.
            execute format('create table %I (like %I including all)', v_name, v_table);
            execute format('alter table %I attach partition %I for values from (%L) to (%L)',
                v_table, v_name, v_week, v_week + interval '7 days');
            execute format('comment on table %I is %L', v_name, 'The week of ' || v_week::date || ' of ' || v_table || '.');
            v_made := v_made + 1;
        end loop;
    end loop;
    return v_made;
end
$$;
comment on function ensure_partitions is 'Makes the weekly partitions of this week, the last and the next p_weeks that are missing; returns how many it made.';

create or replace function partition_days_ahead() returns int
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select (min(last_end) - current_date)::int
    from (
        select max(substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''(\d{4}-\d\d-\d\d)')::date) as last_end
        from pg_inherits as i join pg_class as c on c.oid = i.inhrelid
        where i.inhparent in ('events'::regclass, 'job_attempts'::regclass)
        group by i.inhparent
    ) as ends
$$;
comment on function partition_days_ahead is 'The number of days from today for which every partitioned table has partitions.';

