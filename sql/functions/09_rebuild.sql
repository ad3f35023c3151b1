-- Orders folded anew from their events. The state is a fold of the events and nothing else, so a rebuilt order that
-- differs from the stored one is a mistake in one of them.

-- The clocks of every field, the one under * spelled out: which event made the row is a matter of arrival, these are not.
create or replace function field_clocks(p_fields jsonb, p_extra jsonb, p_clocks jsonb) returns jsonb
language sql immutable parallel safe as $$
    select coalesce(jsonb_object_agg(k.name, coalesce(p_clocks -> k.name, p_clocks -> '*')), '{}')
    from (
        select jsonb_object_keys(p_fields) as name
        union all select 'extra.' || jsonb_object_keys(p_extra)
    ) as k
$$;
comment on function field_clocks is 'The clock of every field of a row.';

-- The next orders of a source (null: of all), in the order of their row ids. Orders of the time before events were
-- dropped are passed over: not all of their events are there any more. With p_lock they are locked in key order.
create or replace function next_orders(p_source text, p_after bigint, p_limit int, p_lock boolean)
returns table (id bigint, is_whole boolean)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_column
declare
    -- A spooled event is stored later than it was received: a week is more than any spool waits.
    v_whole_since timestamptz := (select u.dropped_before + interval '1 week' from upkeep as u where task = 'retention');
    v_ids bigint[];
begin
    select array_agg(n.id) into v_ids from (
        select o.id from orders as o
        where o.id > p_after and (p_source is null or o.source = p_source)
        order by o.id limit p_limit
    ) as n;
    if p_lock then
        perform from orders as o where o.id = any (v_ids) order by o.source, o.order_id for update;
    end if;
    return query
        select o.id, v_whole_since is null or o.created_at >= v_whole_since
        from orders as o where o.id = any (v_ids) order by o.id;
end
$$;
comment on function next_orders is 'The next orders to rebuild.';

-- Folds these events of these orders, given in the order of their ids, and compares with what is stored. With p_write
-- what differs is written. Returns a row per order and field that differs; an order without any event is left alone.
create or replace function rebuild_orders(
    p_orders bigint[], p_order_row bigint[], p_event_id bigint[], p_received_at timestamptz[],
    p_occurred_at timestamptz[], p_sequence bigint[], p_status_rank int[], p_dedupe_key bytea[], p_patch jsonb[],
    p_extra jsonb[], p_write boolean
) returns table (order_row bigint, source text, order_id text, field text, stored text, rebuilt text)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_column
declare
    o record;
    n record;
    m record;
    e record;
    v_fields jsonb;
    v_extra jsonb;
    v_clocks jsonb;
    v_found boolean;
begin
    for o in select * from orders where id = any (p_orders) order by orders.source, orders.order_id loop
        v_fields := '{}';
        v_extra := '{}';
        v_clocks := '{}';
        v_found := false;
        for n in
            select i.patch, coalesce(i.extra, '{}') as extra,
                order_clock(i.occurred_at, i.received_at, i.sequence, i.event_id, i.status_rank, i.dedupe_key) as clock
            from unnest(p_order_row, p_event_id, p_received_at, p_occurred_at, p_sequence, p_status_rank, p_dedupe_key,
                p_patch, p_extra)
                as i (order_row, event_id, received_at, occurred_at, sequence, status_rank, dedupe_key, patch, extra)
            where i.order_row = o.id
            order by i.event_id
        loop
            m := merge_fields(v_fields, v_clocks, n.patch, n.clock, '');
            e := merge_fields(v_extra, m.new_clocks, n.extra, n.clock, 'extra.');
            v_fields := m.new_fields;
            v_extra := e.new_fields;
            v_clocks := e.new_clocks;
            v_found := true;
        end loop;
        continue when v_found and v_fields = o.order_data and v_extra = o.extra
            and v_clocks = field_clocks(o.order_data, o.extra, o.clocks);
        return query
            select o.id, o.source, o.order_id, d.field, d.stored, d.rebuilt from (
                select coalesce(a.key, b.key) as field, a.value::text as stored, b.value::text as rebuilt
                from jsonb_each(o.order_data || prefix_keys(o.extra, 'extra.')) as a
                full join jsonb_each(v_fields || prefix_keys(v_extra, 'extra.')) as b using (key)
                where a.value is distinct from b.value
                union all
                select 'clock of ' || coalesce(a.key, b.key), a.value::text, b.value::text
                from jsonb_each(field_clocks(o.order_data, o.extra, o.clocks)) as a
                full join jsonb_each(v_clocks) as b using (key)
                where a.value is distinct from b.value
            ) as d
            order by d.field;
        if p_write and v_found then
            update orders set order_data = v_fields, extra = v_extra, clocks = v_clocks, updated_at = now()
            where id = o.id;
            if v_fields -> 'items' is distinct from o.order_data -> 'items' then
                perform replace_order_items(array[o.id], array[v_fields -> 'items'], array[o.id]);
            end if;
        end if;
    end loop;
end
$$;
comment on function rebuild_orders is 'Folds orders anew from their events and returns, or writes, what differs.';
