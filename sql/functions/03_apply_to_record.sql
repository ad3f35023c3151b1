-- Applies one event to one record of any kind, in all cases: late events, further records of an event, rows that their
-- shop adopts, and events without a time (docs/database.md).

-- Merges a patch into a row that the caller holds locked.
create or replace function merge_into_row(
    p_kind text, p_row bigint, p_patch jsonb, p_extra jsonb, p_clock jsonb, p_event_id bigint, p_received_at timestamptz,
    out is_newer boolean, out changes jsonb
) language plpgsql volatile as $$
declare
    v_fields jsonb;
    v_extra jsonb;
    v_clocks jsonb;
    m record;
    e record;
begin
    execute format('select %I, extra, clocks from %I where id = $1', p_kind || '_data', p_kind || 's')
    into v_fields, v_extra, v_clocks using p_row;
    m := merge_fields(v_fields, v_clocks, p_patch, p_clock, '');
    e := merge_fields(v_extra, m.new_clocks, coalesce(p_extra, '{}'), p_clock, 'extra.');
    is_newer := e.new_clocks is distinct from v_clocks;
    changes := m.changes || e.changes;
    if not is_newer then
        return;
    end if;
    execute format(
        'update %I set %I = $2, extra = $3, clocks = $4, updated_at = now(), last_event_id = $5,'
        ' last_event_received_at = $6 where id = $1', p_kind || 's', p_kind || '_data')
    using p_row, m.new_fields, e.new_fields, e.new_clocks, p_event_id, p_received_at;
    if p_kind = 'product' then
        perform count_inventory(p_row);
    end if;
end
$$;
comment on function merge_into_row is 'Merges one event''s values into one row, and updates the data derived from it.';

-- Gives a row the shop of an event, and its inventory, too.
create or replace function adopt_row(p_kind text, p_row bigint, p_shop_key text) returns void
language plpgsql volatile as $$
begin
    if p_kind = 'product' then
        update inventory as i set shop_key = p_shop_key
        from products as p
        where p.id = p_row and i.source = p.source and i.product_id = p.product_id and i.shop_key = ''
            and not exists (
                select from inventory as o
                where o.source = i.source and o.product_id = i.product_id and o.variant_id = i.variant_id
                    and o.shop_key = p_shop_key);
    end if;
    execute format('update %I set shop_key = $2 where id = $1', p_kind || 's') using p_row, p_shop_key;
end
$$;
comment on function adopt_row is 'Gives a row without a known shop the shop of a signed event.';

-- The clock of a restore: its own, but at least just above the deletion that it reverts; null if its own is enough.
create or replace function restore_clock(
    p_kind text, p_row bigint, p_clocks jsonb, p_clock jsonb, p_trusted boolean, p_hash text
) returns jsonb language plpgsql stable as $$
declare
    v_deleted jsonb;
    v_above jsonb;
begin
    if p_clock is null then
        return clock_above(p_clocks, p_trusted, p_hash);
    end if;
    select g.clock into v_deleted
    from (
        select e.clock from events as e where p_kind = 'order' and e.order_row = p_row and e.clock is not null
        union all
        select e.clock from events as e
        where p_kind <> 'order' and e.record_kind = p_kind and e.record_row = p_row and e.clock is not null
        union all
        select r.clock from event_records as r
        where r.record_row = p_row and r.record_kind = p_kind and r.clock is not null
    ) as g
    order by g.clock desc limit 1;
    if v_deleted is null then
        return null;
    end if;
    v_above := clock_above(jsonb_build_object('*', v_deleted), p_trusted, p_hash);
    return case when clock_is_newer(p_clock, v_above) then p_clock else v_above end;
end
$$;
comment on function restore_clock is 'The clock of a restore: its own, but at least just above the deletion that it reverts.';

-- Releases the deletion that was held for this row, or applies it again above the row's new state.
create or replace function apply_held_deletion(
    p_kind text, p_source text, p_shop_key text, p_record_id text, p_row bigint, p_timing int, p_trusted boolean,
    p_said_at timestamptz
) returns void language plpgsql volatile as $$
declare
    h held_deletions;
    v_clocks jsonb;
    v_clock jsonb;
    v_merged record;
begin
    select * into h from held_deletions as d
    where d.source = p_source and d.record_id = p_record_id and d.kind = p_kind
        and (p_shop_key = '' or d.shop_key in (p_shop_key, ''))
        -- One that names no shop belongs to the row that came first, and to no other shop's.
        and (d.record_row is null or d.record_row = p_row)
    order by d.shop_key desc limit 1 for update;
    if h.source is null then
        return;
    end if;
    if (p_timing in (2, 3) or p_said_at > coalesce(h.first_received_at, h.event_received_at)) and p_trusted >= h.trusted then
        delete from held_deletions as d
        where d.source = h.source and d.record_id = h.record_id and d.kind = h.kind and d.shop_key = h.shop_key;
        return;
    end if;
    execute format('select clocks from %I where id = $1', p_kind || 's') into v_clocks using p_row;
    v_clock := clock_above(v_clocks, h.trusted, h.hash);
    v_merged := merge_into_row(p_kind, p_row, h.patch, h.extra, v_clock, h.event_id, h.event_received_at);
    update held_deletions as d set record_row = p_row
    where d.source = h.source and d.record_id = h.record_id and d.kind = h.kind and d.shop_key = h.shop_key;
    -- Its changes are the first ones; its clock is the last one.
    update events as e
    set clock = v_clock, order_row = case when p_kind = 'order' then p_row end,
        record_kind = case when p_kind <> 'order' then p_kind end,
        record_row = case when p_kind <> 'order' then p_row end,
        disposition = case when v_merged.is_newer then 'applied' else 'stale' end,
        changes = coalesce(e.changes, nullif(v_merged.changes, '{}'))
    where e.received_at = h.event_received_at and e.id = h.event_id;
end
$$;
comment on function apply_held_deletion is 'Releases a held deletion, or applies it above its row''s new state.';

create or replace function ambiguous_shop_reason() returns text language sql immutable as $$
    select 'several shops have this id, and it names none'
$$;
comment on function ambiguous_shop_reason is
    'The reason of an event that names no shop and whose id several shops have: it changed nothing.';

-- p_clock is the event's own clock, null without a time; p_timing as in record_2(). p_said_at is the sender's own time
-- of the event, or its receipt if the sender never gives one.
create or replace function apply_to_record(
    p_kind text, p_source text, p_shop_key text, p_record_id text, p_provider text, p_patch jsonb, p_extra jsonb,
    p_timing int, p_clock jsonb, p_trusted boolean, p_hash text, p_said_at timestamptz, p_event_id bigint,
    p_received_at timestamptz, p_may_be_held boolean,
    out row_id bigint, out disposition text, out changes jsonb, out given jsonb, out reason text
) language plpgsql volatile as $$
#variable_conflict use_variable
declare
    v_found record;
    v_shop text;
    v_clocks jsonb;
    v_merged record;
    v_is_taken boolean;
begin
    perform lock_records(array[p_kind], array[p_source], array[p_record_id]);
    v_found := record_row(p_kind, p_source, p_shop_key, p_record_id);
    disposition := 'stored';
    if v_found.is_one_of_several then
        reason := ambiguous_shop_reason();
        return;
    end if;
    row_id := v_found.id;
    if row_id is null and p_timing = 2 then
        insert into held_deletions as d (source, kind, record_id, shop_key, event_id, event_received_at, trusted, hash,
            patch, extra, first_received_at)
        values (p_source, p_kind, p_record_id, p_shop_key, p_event_id, p_received_at, p_trusted, p_hash, p_patch, p_extra,
            nullif(p_said_at, p_received_at))
        on conflict (source, record_id, kind, shop_key) do update
            set event_id = excluded.event_id, event_received_at = excluded.event_received_at, trusted = excluded.trusted,
                hash = excluded.hash, patch = excluded.patch, extra = excluded.extra,
                first_received_at = excluded.first_received_at
            where coalesce(d.first_received_at, d.event_received_at)
                    <= coalesce(excluded.first_received_at, excluded.event_received_at)
                and d.trusted <= excluded.trusted;
        return;
    end if;
    if row_id is null then
        -- It starts without a shop, as in apply_to_orders().
        given := case when p_timing = 3 and p_clock is null then clock_above('{}', p_trusted, p_hash) end;
        execute format(
            'insert into %I (source, %I, shop_key, provider, %I, extra, clocks, last_event_id, last_event_received_at)'
            ' values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id',
            p_kind || 's', p_kind || '_id', p_kind || '_data')
        into row_id using p_source, p_record_id, ''::text, p_provider, p_patch, coalesce(p_extra, '{}'),
            jsonb_build_object('*', coalesce(p_clock, given)), p_event_id, p_received_at;
        if row_id is not null and p_shop_key <> '' then
            execute format('update %I set shop_key = $2 where id = $1', p_kind || 's') using row_id, p_shop_key;
        elsif row_id is not null then
            execute format(
                'select exists (select from %I as s where s.source = $1 and s.%I = $2 and s.id <> $3)', p_kind || 's',
                p_kind || '_id')
            into v_is_taken using p_source, p_record_id, row_id;
        end if;
        if row_id is null or v_is_taken then
            raise exception 'another batch created this % at the same moment', p_kind
                using errcode = 'serialization_failure', hint = 'The caller records the batch again.';
        end if;
        disposition := 'created';
        changes := p_patch || prefix_keys(coalesce(p_extra, '{}'), 'extra.');
        if p_kind = 'product' then
            perform count_inventory(row_id);
        end if;
    else
        execute format('select shop_key, clocks from %I where id = $1', p_kind || 's')
        into v_shop, v_clocks using row_id;
        if v_shop = '' and p_shop_key <> '' then
            perform adopt_row(p_kind, row_id, p_shop_key);
        end if;
        if p_timing = 2 then
            given := clock_above(v_clocks, p_trusted, p_hash);
        elsif p_timing = 3 then
            given := restore_clock(p_kind, row_id, v_clocks, p_clock, p_trusted, p_hash);
        end if;
        v_merged := merge_into_row(
            p_kind, row_id, p_patch, p_extra, coalesce(given, p_clock), p_event_id, p_received_at);
        disposition := case when v_merged.is_newer then 'applied' else 'stale' end;
        changes := v_merged.changes;
    end if;
    if p_may_be_held then
        perform apply_held_deletion(
            p_kind, p_source, p_shop_key, p_record_id, row_id, p_timing, p_trusted, p_said_at);
    end if;
end
$$;
comment on function apply_to_record is 'Applies one event to one record, in all cases.';
