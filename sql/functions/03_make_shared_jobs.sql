-- Makes the jobs that stand for many events: of each key one is ready at a time. One that waits for the end of a window
-- takes further events in as it is; one that is a timer begins anew with each, and is about the newest. Written in the
-- order of the keys, so that two batches can not wait for each other in a circle; after all other locks of record().
create or replace function make_shared_jobs(p_event_id bigint[], p_received_at timestamptz[], p_jobs jsonb[])
returns void language plpgsql volatile as $$
declare
    m record;
begin
    for m in
        select distinct on (j ->> 'unique_key') j, i.id, i.received_at
        from unnest(p_event_id, p_received_at, p_jobs) with ordinality as i (id, received_at, jobs, ord)
        cross join lateral jsonb_array_elements(i.jobs) as made (j)
        where i.id is not null and j -> 'unique_key' is not null
        order by j ->> 'unique_key', i.ord desc
    loop
        if coalesce((m.j ->> 'restarts')::boolean, false) then
            insert into jobs as w (action, kind, rule, max_attempts, unique_key, run_at, event_id, event_received_at)
            values (m.j ->> 'action', m.j ->> 'kind', m.j ->> 'rule', (m.j ->> 'max_attempts')::smallint,
                convert_to(m.j ->> 'unique_key', 'UTF8'), now() + (m.j ->> 'delay_ms')::bigint * interval '1 ms',
                m.id, m.received_at)
            on conflict (unique_key) where unique_key is not null and state = 0 do update
                set run_at = excluded.run_at, rule = excluded.rule, event_id = excluded.event_id,
                    event_received_at = excluded.event_received_at;
        else
            -- Without a lock on the job that is there: thousands of events meet it.
            insert into jobs (action, kind, rule, max_attempts, unique_key, run_at, event_id, event_received_at)
            values (m.j ->> 'action', m.j ->> 'kind', m.j ->> 'rule', (m.j ->> 'max_attempts')::smallint,
                convert_to(m.j ->> 'unique_key', 'UTF8'), now() + (m.j ->> 'delay_ms')::bigint * interval '1 ms',
                m.id, m.received_at)
            on conflict (unique_key) where unique_key is not null and state = 0 do nothing;
        end if;
    end loop;
end
$$;
comment on function make_shared_jobs is 'Makes the jobs of a batch that stand for many events.';
