-- Reports of the programs, and the canary of the responder.

-- The batch processor reports that it runs, with its own clock.
create or replace function beat(p_clock timestamptz default null) returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    insert into heartbeats as h (is_batch, beat_at, clock) values (true, now(), p_clock)
    on conflict (is_batch) do update set beat_at = excluded.beat_at, clock = excluded.clock
    where h.beat_at < now() - interval '1 second' or h.beat_at > now()
$$;
comment on function beat is 'Records that a batch processor runs.';

-- The first report of all creates the row. Another transaction that does so now may take long, and is not waited for.
create or replace function first_beat_of_responder(p_clock timestamptz) returns void
language plpgsql volatile set lock_timeout = '10ms' as $$
begin
    insert into heartbeats (is_batch, beat_at, clock) values (false, now(), p_clock) on conflict do nothing;
exception when lock_not_available then
    null;
end
$$;
comment on function first_beat_of_responder is 'Records the first report of a responder, unless another transaction does.';

-- The responder's report; others that write it now are not waited for.
create or replace function beat_of_responder(p_clock timestamptz) returns void
language plpgsql volatile as $$
begin
    if exists (select from heartbeats where not is_batch) then
        update heartbeats as h set beat_at = now(), clock = p_clock
        where h.ctid = any (array(select b.ctid from heartbeats as b where not b.is_batch for update skip locked));
    else
        perform first_beat_of_responder(p_clock);
    end if;
end
$$;
comment on function beat_of_responder is 'Records that a responder runs, and its clock.';

-- The delivery of the reserved source, which stands in for others while none arrive: takes the locks that a delivery takes,
-- makes the week that it would need, and replaces one row. Returns an outcome of record_2(): 0, or 3 if there is no
-- partition for it and the clocks are too far apart to make one. (The row is replaced nevertheless: it tells the clocks.)
create or replace function keep_canary(p_clock timestamptz) returns int
language plpgsql volatile set lock_timeout = '500ms' as $$
begin
    perform beat_of_responder(p_clock);
    lock table receipts, events, event_records, orders, jobs in row exclusive mode;
    return case when has_week(p_clock) or has_partitions(array[p_clock]) or make_week(p_clock) then 0 else 3 end;
end
$$;
comment on function keep_canary is 'Tries what a delivery needs, and replaces the row of the responder in heartbeats.';
