-- Applies what the events of one batch say to their orders: one event per order, orders locked in key order.
-- Returns, per place in the arrays, the order's row id, what visibly changed, and whether anything was newer.
create or replace function apply_to_orders(
    p_source text[], p_order_id text[], p_provider text[], p_patch jsonb[], p_extra jsonb[], p_clock jsonb[],
    p_event_id bigint[], p_received_at timestamptz[],
    out order_rows bigint[], out changes jsonb[], out moved boolean[]
) language plpgsql volatile set enable_nestloop = off set jit = off as $$
declare
    v_known bigint[];
    v_data jsonb[];
    v_extra jsonb[];
    v_clocks jsonb[];
    v_missing int;
    v_inserted int;
begin
    with input as materialized (
        select i.*
        from unnest(p_source, p_order_id, p_patch, p_extra, p_clock)
            with ordinality as i (source, order_id, patch, extra, clock, ord)
    ), known as materialized (
        select * from lock_orders(p_source, p_order_id)
    ), merged as (
        select i.ord, k.id, k.clocks as old_clocks, m.new_fields, m.changes,
            coalesce(e.new_clocks, m.new_clocks) as new_clocks,
            coalesce(e.new_fields, k.extra, '{}') as new_extra,
            e.changes as extra_changes
        from input as i
        left join known as k on k.source = i.source and k.order_id = i.order_id
        cross join lateral merge_fields(
            coalesce(k.order_data, '{}'), coalesce(k.clocks, '{}'), i.patch, i.clock, '') as m
        left join lateral merge_fields(
            coalesce(k.extra, '{}'), m.new_clocks, i.extra, i.clock, 'extra.') as e on i.extra is not null
    )
    select
        array_agg(m.id order by m.ord),
        array_agg(m.new_fields order by m.ord),
        array_agg(m.new_extra order by m.ord),
        array_agg(m.new_clocks order by m.ord),
        array_agg(m.changes || coalesce(m.extra_changes, '{}') order by m.ord),
        array_agg(m.id is null or m.new_clocks is distinct from m.old_clocks order by m.ord),
        count(*) filter (where m.id is null)
    into v_known, v_data, v_extra, v_clocks, changes, moved, v_missing
    from merged as m;
    order_rows := v_known;

    if v_missing > 0 then
        with inserted as (
            insert into orders (source, order_id, provider, order_data, extra, clocks, last_event_id,
                last_event_received_at)
            select n.source, n.order_id, n.provider, n.order_data, n.extra, n.clocks, n.event_id, n.received_at
            from unnest(v_known, p_source, p_order_id, p_provider, v_data, v_extra, v_clocks, p_event_id, p_received_at)
                as n (id, source, order_id, provider, order_data, extra, clocks, event_id, received_at)
            where n.id is null
            order by n.source, n.order_id
            on conflict (source, order_id) do nothing
            returning source, order_id, id
        )
        select array_agg(coalesce(n.id, i.id) order by n.ord), count(i.id)
        into order_rows, v_inserted
        from unnest(v_known, p_source, p_order_id) with ordinality as n (id, source, order_id, ord)
        left join inserted as i on i.source = n.source and i.order_id = n.order_id;
        if v_inserted < v_missing then
            raise exception 'another batch created one of these orders at the same moment'
                using errcode = 'serialization_failure', hint = 'The caller records the batch again.';
        end if;
    end if;

    if v_missing < cardinality(p_source) then
        perform update_orders(
            array_agg(n.id), array_agg(n.order_data), array_agg(n.extra), array_agg(n.clocks), array_agg(n.event_id),
            array_agg(n.received_at))
        from unnest(v_known, v_data, v_extra, v_clocks, p_event_id, p_received_at, moved)
            as n (id, order_data, extra, clocks, event_id, received_at, moved)
        where n.id is not null and n.moved;
    end if;
end
$$;
comment on function apply_to_orders is 'Applies what the events of one batch say to their orders.';
