-- Applies what the events of one batch say to their orders: one event per order, orders locked in key order.
-- Returns, per place in the arrays, the order's row id, what became of the event, and what it visibly changed.
create or replace function apply_to_orders(
    p_source text[], p_order_id text[], p_provider text[], p_patch jsonb[], p_extra jsonb[], p_clock jsonb[],
    p_event_id bigint[], p_received_at timestamptz[],
    out order_rows bigint[], out dispositions text[], out changes jsonb[]
) language plpgsql volatile as $$
declare
    v_known bigint[];
    v_data jsonb[];
    v_extra jsonb[];
    v_clocks jsonb[];
    v_missing int;
    v_inserted int;
begin
    select array_agg(k.id order by i.ord), array_agg(k.order_data order by i.ord), array_agg(k.extra order by i.ord),
        array_agg(k.clocks order by i.ord), count(*) filter (where k.id is null)
    into v_known, v_data, v_extra, v_clocks, v_missing
    from unnest(p_source, p_order_id) with ordinality as i (source, order_id, ord)
    left join lock_orders(p_source, p_order_id) as k on k.source = i.source and k.order_id = i.order_id;
    order_rows := v_known;

    -- New orders are what their event says; nothing is there to merge with.
    if v_missing > 0 then
        with inserted as (
            insert into orders (source, order_id, provider, order_data, extra, clocks, last_event_id,
                last_event_received_at)
            select n.source, n.order_id, n.provider, n.patch, coalesce(n.extra, '{}'), jsonb_build_object('*', n.clock),
                n.event_id, n.received_at
            from unnest(v_known, p_source, p_order_id, p_provider, p_patch, p_extra, p_clock, p_event_id, p_received_at)
                as n (id, source, order_id, provider, patch, extra, clock, event_id, received_at)
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

    if v_missing = cardinality(p_source) then
        dispositions := array_fill('created'::text, array[v_missing]);
        select array_agg(case when n.extra is null then n.patch else n.patch || prefix_keys(n.extra, 'extra.') end
            order by n.ord)
        into changes
        from unnest(p_patch, p_extra) with ordinality as n (patch, extra, ord);
        return;
    end if;

    with merged as materialized (
        select n.ord, m.new_fields, coalesce(e.new_fields, n.extra_fields) as new_extra,
            coalesce(e.new_clocks, m.new_clocks) as new_clocks,
            coalesce(e.new_clocks, m.new_clocks) is distinct from n.clocks as is_newer,
            m.changes || coalesce(e.changes, '{}') as changes
        from unnest(v_known, v_data, v_extra, v_clocks, p_patch, p_extra, p_clock) with ordinality
            as n (id, fields, extra_fields, clocks, patch, extra, clock, ord)
        cross join lateral merge_fields(n.fields, n.clocks, n.patch, n.clock, '') as m
        cross join lateral merge_fields(n.extra_fields, m.new_clocks, n.extra, n.clock, 'extra.') as e
        where n.id is not null
    ), updated as (
        -- These rows exist and are held locked: the upsert is an update that finds its rows by their key.
        insert into orders as o (id, source, order_id, provider, order_data, extra, clocks, last_event_id,
            last_event_received_at)
        overriding system value
        select v_known[m.ord], p_source[m.ord], p_order_id[m.ord], p_provider[m.ord], m.new_fields, m.new_extra,
            m.new_clocks, p_event_id[m.ord], p_received_at[m.ord]
        from merged as m where m.is_newer
        on conflict (source, order_id) do update
            set order_data = excluded.order_data, extra = excluded.extra, clocks = excluded.clocks, updated_at = now(),
                last_event_id = excluded.last_event_id, last_event_received_at = excluded.last_event_received_at
    )
    select
        array_agg(case when n.id is null then 'created' when m.is_newer then 'applied' else 'stale' end order by n.ord),
        array_agg(coalesce(m.changes, n.patch || prefix_keys(coalesce(n.extra, '{}'), 'extra.')) order by n.ord)
    into dispositions, changes
    from unnest(v_known, p_patch, p_extra) with ordinality as n (id, patch, extra, ord)
    left join merged as m using (ord);
end
$$;
comment on function apply_to_orders is 'Applies what the events of one batch say to their orders.';
