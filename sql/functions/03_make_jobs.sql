-- Jobs of a replay that live jobs of the same order and action are to wait for become as urgent as these. An order's jobs are
-- made under its lock, so a replay that comes later has its jobs behind them.
create or replace function lift_replayed(p_order_row bigint[], p_action text[], p_priority int[]) returns void
language plpgsql volatile as $$
begin
    -- One probe when no replay waits.
    if not exists (select from jobs as w where w.state = 0 and w.priority > 0 limit 1) then
        return;
    end if;
    update jobs as e set priority = n.priority,
        run_at = case when e.attempt + e.uncounted = 0 then least(e.run_at, now()) else e.run_at end
    from (
        select distinct on (p_order_row[i], p_action[i]) p_order_row[i] as order_row, p_action[i] as action,
            coalesce(p_priority[i], 0) as priority
        from generate_series(1, cardinality(p_action)) as i
        where p_order_row[i] is not null
        order by 1, 2, 3
    ) as n
    where e.order_row = n.order_row and e.action = n.action and e.state = 0 and e.priority > n.priority;
end
$$;
comment on function lift_replayed is 'Makes the jobs of replays as urgent as live ones that are to wait for them.';

-- The jobs of a batch. Shared jobs (p_unique_key) are created last: each key has at most one ready job. One that waits
-- for the end of a window takes further events in as it is; one that is a timer starts over with each, and is about the
-- newest. Written in the order of the keys, so that two batches cannot deadlock.
--
-- p_shop decides by the shop: null creates them, 'unlisted' holds them, 'refused' ends them at once with an attempt
-- that says so.
--
-- p_revision is the configuration whose rules planned each.
--
-- A job that is to wait for one that is paused is held with it, so that no claim walks over it. Other jobs of what is paused
-- are held by the run that claims them (hold_jobs).
--
-- In a cell, the ids of jobs that are not shared carry the slot of their event from the start.
--
-- Wakes the runs of the batch processor that wait, once in a batch.
create or replace function make_jobs(
    p_event_id bigint[], p_received_at timestamptz[], p_order_row bigint[], p_shop text[], p_action text[],
    p_kind text[], p_rule text[], p_priority int[], p_max_attempts int[], p_unique_key text[], p_delay_ms bigint[],
    p_restarts boolean[], p_revision int[] default null
) returns void language plpgsql volatile as $$
declare
    j int;
    v_may_be_paused constant boolean := exists (select from pauses);
    v_is_cell constant boolean := exists (select from cell_identity);
begin
    if exists (select from run_slots as s where s.is_waiting and s.expires_at > now()) then
        notify hookledger_jobs;
    end if;
    perform lift_replayed(p_order_row, p_action, p_priority);
    if 'refused' = any (p_shop) then
        perform write_attempts(
            array_agg(jsonb_populate_record(null::jobs, jsonb_build_object(
                'job_id', with_slot(nextval(pg_get_serial_sequence('jobs', 'job_id')), p_event_id[i]),
                'attempt', 0, 'uncounted', 0,
                'action', p_action[i], 'kind', p_kind[i], 'rule', p_rule[i], 'event_id', p_event_id[i],
                'event_received_at', p_received_at[i], 'order_row', p_order_row[i], 'created_at', now()))),
            array_agg('discarded'::text), array_agg('its shop was refused'::text))
        from generate_series(1, cardinality(p_action)) as i
        where p_event_id[i] is not null and p_shop[i] = 'refused';
    end if;
    insert into jobs (job_id, action, kind, rule, priority, max_attempts, order_row, event_id, event_received_at, revision,
        state, hold_reason, held_at)
    overriding system value
    select case when v_is_cell then (nextval('jobs_job_id_seq') & -1024) | (p_event_id[i] & 1023)
            else nextval('jobs_job_id_seq') end,
        p_action[i], p_kind[i], p_rule[i], p_priority[i], p_max_attempts[i], p_order_row[i], p_event_id[i],
        p_received_at[i], p_revision[i], case when h.reason is null then 0 else 3 end, h.reason,
        case when h.reason is not null then now() end
    from generate_series(1, cardinality(p_action)) as i
    cross join lateral (
        select case when p_shop[i] is not null then 'shop' when v_may_be_paused then (
            select e.hold_reason from jobs as e
            where e.order_row = p_order_row[i] and e.action = p_action[i] and e.state = 3
                and starts_with(e.hold_reason, 'paused:')
            limit 1) end as reason
    ) as h
    where p_event_id[i] is not null and p_unique_key[i] is null and p_shop[i] is distinct from 'refused'
    order by i;

    if array_length(array_remove(p_unique_key, null), 1) is null then
        return;
    end if;
    for j in
        -- One shop's jobs do not wait for another shop to be accepted.
        select distinct on (p_unique_key[i], p_shop[i]) i from generate_series(1, cardinality(p_action)) as i
        where p_event_id[i] is not null and p_unique_key[i] is not null and p_shop[i] is distinct from 'refused'
        order by p_unique_key[i], p_shop[i], i desc
    loop
        if p_shop[j] is not null then
            insert into jobs (action, kind, rule, priority, max_attempts, unique_key, run_at, event_id,
                event_received_at, revision, state, hold_reason, held_at)
            values (p_action[j], p_kind[j], p_rule[j], p_priority[j], p_max_attempts[j],
                convert_to(p_unique_key[j], 'UTF8'), now() + p_delay_ms[j] * interval '1 ms', p_event_id[j],
                p_received_at[j], p_revision[j], 3, 'shop', now());
        elsif p_restarts[j] then
            insert into jobs as w (action, kind, rule, priority, max_attempts, unique_key, run_at, event_id,
                event_received_at, revision)
            values (p_action[j], p_kind[j], p_rule[j], p_priority[j], p_max_attempts[j],
                convert_to(p_unique_key[j], 'UTF8'), now() + p_delay_ms[j] * interval '1 ms', p_event_id[j],
                p_received_at[j], p_revision[j])
            on conflict (unique_key) where unique_key is not null and state = 0 do update
                set run_at = excluded.run_at, rule = excluded.rule, event_id = excluded.event_id,
                    event_received_at = excluded.event_received_at, revision = excluded.revision;
        else
            -- Without a lock on the existing job: thousands of events share it.
            insert into jobs (action, kind, rule, priority, max_attempts, unique_key, run_at, event_id,
                event_received_at, revision)
            values (p_action[j], p_kind[j], p_rule[j], p_priority[j], p_max_attempts[j],
                convert_to(p_unique_key[j], 'UTF8'), now() + p_delay_ms[j] * interval '1 ms', p_event_id[j],
                p_received_at[j], p_revision[j])
            on conflict (unique_key) where unique_key is not null and state = 0 do nothing;
        end if;
    end loop;
end
$$;
comment on function make_jobs is 'Makes the jobs of a batch.';
