-- Statistics read every row of their tables. While these are small, a view reads them at each request; when they are not,
-- it shows the result that the batch processor kept last, with its time (sql/views/20_kept.sql).

-- The views that are kept, each with the tables that it reads, and what it is to people.
create or replace function kept_views() returns table (name text, tables text[])
language sql immutable as $$
    values
        ('webhook_statistics', array['events', 'jobs']), ('webhook_statistics_of_shops', array['events', 'jobs']),
        ('order_statistics', array['orders', 'jobs']), ('queue_depth', array['jobs']),
        ('queue_depth_of_sources', array['jobs', 'orders']), ('source_activity', array['events', 'refusals']),
        ('action_statistics', array['job_attempts']), ('slow_destinations', array['job_attempts']),
        ('service_levels', array['job_attempts', 'receipts', 'jobs']), ('provider_silence', array['events']),
        ('refusals_by_reason', array['refusals']), ('event_latency', array['events', 'job_attempts']),
        ('open_jobs_by_age', array['jobs', 'orders'])
$$;
comment on function kept_views is 'The statistics views whose results are kept, and the tables that each reads.';

-- Whether these tables, with their partitions, have fewer than 1,000 pages together.
create or replace function is_small(p_tables text[]) returns boolean
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select sum(pg_relation_size(p.oid)) < 1000 * current_setting('block_size')::bigint
    from unnest(p_tables) as t (name)
    cross join lateral (
        select to_regclass(format('hookledger.%I', t.name)) as oid
        union all
        select i.inhrelid from pg_inherits as i where i.inhparent = to_regclass(format('hookledger.%I', t.name))
    ) as p
$$;
comment on function is_small is 'Whether these tables have fewer than 1,000 pages together.';

-- Whether a view reads its tables now: they are small, or nothing is kept of it yet.
create or replace function reads_now(p_view text) returns boolean
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select not exists (select from kept_statistics as k where k.name = p_view)
        or is_small((select v.tables from kept_views() as v where v.name = p_view))
$$;
comment on function reads_now is 'Whether a statistics view reads its tables at the request, rather than the kept result.';

-- Keeps the result of one view if its tables are not small and the last result is due: after a minute, and after twenty
-- times as long as it took. Returns whether it was kept. One run does it, others skip it.
create or replace function keep_statistics(p_view text) returns boolean
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_view record;
    v_begun timestamptz := clock_timestamp();
    v_rows jsonb;
begin
    select v.* into strict v_view from kept_views() as v where v.name = p_view;
    if is_small(v_view.tables) then
        delete from kept_statistics as k where k.name = p_view;
        return false;
    end if;
    if not begin_upkeep('statistics ' || p_view, greatest(interval '1 minute', 20 * coalesce(
        (select k.took from kept_statistics as k where k.name = p_view), interval '0')))
    then
        return false;
    end if;
    execute format('select coalesce(jsonb_agg(to_jsonb(v)), ''[]'') from %I as v', p_view || '_now') into v_rows;
    insert into kept_statistics as k (name, kept_at, took, rows)
    values (p_view, v_begun, clock_timestamp() - v_begun, v_rows)
    on conflict (name) do update set kept_at = excluded.kept_at, took = excluded.took, rows = excluded.rows;
    return true;
end
$$;
comment on function keep_statistics is 'Keeps the result of a statistics view when it is due.';
