-- The move of slots from one cell to another (`hookledger cells move`). The rows go by COPY; these functions say which rows, and
-- keep everything else away from them.

-- The tables with rows of shops, in the order in which they are copied: the condition of a row ({slots} stands for the slots), and
-- the columns with their values: transaction numbers are those of one cluster, and are not taken along. What is not listed belongs to the cell itself, or
-- is found out again (the index of persons, the kept statistics).
create or replace function slot_tables() returns table (place int, name text, condition text, columns text, contents text)
language sql stable set search_path = hookledger, pg_temp as $$
    select t.place::int, t.name,
        -- What is of no known source belongs to no slot: each cell has such rows.
        format('%s = any (''{slots}'')',
            case t.slot when 'source' then 'source <> '''' and source_slot(source)' else t.slot || ' & 1023' end),
        c.columns, c.contents
    from rows from (unnest(array[
        'receipts', 'events', 'event_records', 'occurrences', 'repetitions', 'replays', 'spooled_duplicates', 'held_deletions',
        'orders', 'order_readings', 'products', 'inventory', 'inventory_movements', 'customers', 'comments',
        'conversations', 'messages', 'jobs', 'job_attempts', 'effects', 'refusals', 'refusal_budget', 'handshakes',
        'quarantine', 'release_requests', 'known_peers', 'source_shops', 'acceptances', 'order_rebuilds', 'credentials',
        'credential_shops', 'reconcile_marks', 'reconciliations', 'reconcile_findings', 'webhook_looks', 'webhook_states',
        'webhook_repairs', 'event_shapes', 'shape_members', 'shape_changes', 'activity_counts', 'job_life_counts'
    ], array[
        'event_id', 'id', 'event_id', 'event_id', 'id', 'event_id', 'event_id', 'event_id',
        'id', 'id', 'id', 'id', 'inventory_id', 'id', 'id',
        'id', 'id', 'event_id', 'event_id', 'event_id', 'id', 'source', 'id',
        'id', 'quarantine_id', 'source', 'source', 'id', 'source', 'source',
        'source', 'source', 'id', 'id', 'source', 'id',
        'id', 'id', 'shape_id', 'id', 'source', 'source'
    ])) with ordinality as t (name, slot, place)
    cross join lateral (
        select string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns,
            string_agg(
                case when a.attname <> 'written_by' then quote_ident(a.attname)
                    -- Where it cannot be null, 3 is the first number of every cluster.
                    when a.attnotnull then '''3''::xid8' else 'null::xid8' end, ', ' order by a.attnum) as contents
        from pg_attribute as a
        where a.attrelid = to_regclass(t.name) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    ) as c
$$;
comment on function slot_tables is 'The tables whose rows move with their slots.';

-- From now on no job of these slots begins: ready ones are held, and new ones are held when they are made. Deliveries are still
-- stored. Returns how many jobs still run.
create or replace function drain_slots(p_slots int[]) returns bigint language plpgsql volatile as $$
declare
    v_missing int[];
begin
    v_missing := array(select s from unnest(p_slots) as s where not exists (select from cell_slots as c where c.slot = s));
    if v_missing <> '{}' then
        raise exception 'this cell does not hold the slots %', v_missing using errcode = 'object_not_in_prerequisite_state';
    end if;
    update cell_slots as c set state = 'draining', changed_at = now() where c.slot = any (p_slots) and c.state = 'open';
    update jobs as j set state = 3, hold_reason = 'move', held_at = now()
    where j.state = 0 and (j.event_id & 1023) = any (p_slots);
    return (select count(*) from jobs as j where j.state = 1 and (j.event_id & 1023) = any (p_slots));
end
$$;
comment on function drain_slots is 'Holds the jobs of slots that are to move; returns how many still run.';

-- From now on nothing of these slots is stored. A delivery that is being recorded holds a lock on the table until it is committed;
-- the caller sets lock_timeout, and tries again.
create or replace function close_slots(p_slots int[]) returns void language plpgsql volatile as $$
begin
    lock table cell_slots in access exclusive mode;
    update cell_slots as c set state = 'closed', changed_at = now() where c.slot = any (p_slots);
end
$$;
comment on function close_slots is 'Closes slots to deliveries.';

-- The move was given up: all is as before.
create or replace function reopen_slots(p_slots int[]) returns void language plpgsql volatile as $$
begin
    update cell_slots as c set state = 'open', changed_at = now() where c.slot = any (p_slots);
    perform release_jobs(null, null, null, null, null, 'move', 2147483647, false, true);
end
$$;
comment on function reopen_slots is 'Opens slots whose move was given up.';

-- Makes room for the rows of slots: the weeks from one moment on, and the slots themselves, which are closed until all is there.
create or replace function expect_slots(p_slots int[], p_since timestamptz) returns void language plpgsql volatile as $$
begin
    perform from exclusive_work where work = 'partitions' for update;
    -- receive_slots() lets the counts of activity begin again: what arrives here is not noted as late.
    perform set_config('hookledger.counts_again', 'on', true);
    if p_since is not null then
        perform fill_weeks('events', p_since, now()), fill_weeks('job_attempts', p_since, now());
    end if;
    insert into cell_slots (slot, state) select s, 'closed' from unnest(p_slots) as s;
end
$$;
comment on function expect_slots is 'Makes room for the rows of slots that are about to come.';

-- All rows are there. They have no transaction numbers of this cluster, so that live views do not show them as new, and the index
-- of persons and the counts of activity start again.
create or replace function receive_slots(p_slots int[]) returns void language plpgsql volatile as $$
begin
    -- In the order in which the batch processor locks them.
    delete from person_index;
    truncate person_keys;
    delete from activity_progress;
    update cell_slots as c set state = 'open', changed_at = now() where c.slot = any (p_slots);
    perform release_jobs(null, null, null, null, null, 'move', 2147483647, false, true);
end
$$;
comment on function receive_slots is 'Opens slots whose rows have come.';

-- No id of this cell may be one that the previous cell has drawn. The change of the sequence keeps others from drawing until the
-- end of the transaction, so it never goes back.
create or replace function raise_sequence(p_name text, p_least bigint) returns void language plpgsql volatile as $$
declare
    v_last bigint;
begin
    execute format('alter sequence %I increment by 1024', p_name);
    execute format('select last_value from %I', p_name) into v_last;
    if v_last < p_least then
        perform setval(format('hookledger.%I', p_name)::regclass, p_least);
    end if;
end
$$;
comment on function raise_sequence is 'Sets a sequence above the one of another cell.';

-- Of each sequence that gives ids, the last id.
create or replace function drawn_ids() returns table (name text, last bigint) language sql stable as $$
    select s.sequencename::text, s.last_value from pg_sequences as s
    where s.schemaname = 'hookledger' and s.increment_by = 1024 and s.last_value is not null
$$;
comment on function drawn_ids is 'The last id of each sequence that gives ids with slots.';

-- Slots of which this cell has rows, though it does not hold them, with an example.
create or replace function stray_rows() returns table (slot int, name text, rows bigint) language plpgsql stable as $$
declare
    v record;
begin
    for v in select * from slot_tables() as t where t.name in ('receipts', 'events', 'orders', 'jobs', 'products', 'customers') loop
        return query execute format(
            'select (%1$s & 1023)::int, %2$L::text, count(*) from %2$I as t
            where not exists (select from cell_slots as s where s.slot = %1$s & 1023) group by 1',
            case v.name when 'receipts' then 't.event_id' when 'jobs' then 't.event_id' else 't.id' end, v.name);
    end loop;
end
$$;
comment on function stray_rows is 'Rows of slots that this cell does not hold.';

-- The pauses that go with slots: those of their sources, and those of actions and destinations into a cell that holds no slots yet.
create or replace function pauses_of(p_slots int[], p_is_new boolean) returns jsonb language sql stable as $$
    select coalesce(jsonb_agg(to_jsonb(p)), '[]') from pauses as p
    where (p.until is null or p.until > now())
        and case p.kind when 'source' then source_slot(p.name) = any (p_slots) else p_is_new end
$$;
comment on function pauses_of is 'The pauses that go with slots.';

create or replace function take_pauses(p_pauses jsonb) returns void language sql volatile as $$
    insert into pauses as p select r.* from jsonb_populate_recordset(null::pauses, p_pauses) as r
    on conflict (kind, name) do update set paused_at = excluded.paused_at, until = excluded.until,
        paused_by = excluded.paused_by, reason = excluded.reason
$$;
comment on function take_pauses is 'Takes over the pauses of another cell.';

-- The other cell has them.
create or replace function leave_pauses(p_slots int[]) returns void language sql volatile as $$
    delete from pauses as p where p.kind = 'source' and source_slot(p.name) = any (p_slots)
$$;
comment on function leave_pauses is 'Ends the pauses of sources that have moved.';
