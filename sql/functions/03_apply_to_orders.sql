-- Applies the events of a batch to their orders in the simple cases: a new order, or an event newer than everything in
-- the order. That is most of the traffic, and is done for the whole batch at once.
--
-- p_at are the places of these events in the arrays, in the order of their orders' keys. The remaining events, for
-- apply_to_record(), are returned in `rest`; those whose order another transaction holds, and that are not applied, in
-- `busy`.
create or replace function apply_to_orders(
    p_at int[], p_source text[], p_shop_key text[], p_record_id text[], p_provider text[], p_patch jsonb[],
    p_extra jsonb[], p_clock jsonb[], p_event_id bigint[], p_received_at timestamptz[],
    p_slot int[], inout order_rows bigint[], inout dispositions text[], inout changes jsonb[], out rest int[],
    out busy int[]
) language plpgsql volatile as $$
declare
    v_known int[];
    v_known_rows bigint[];
    v_newest boolean[];
    v_changes jsonb[];
    v_missing int[];
    v_inserted int[];
    v_names_shops boolean;
    v_count int;
    i int;
begin
    with known as materialized (
        -- Unpacked once here: `#> '{}'` is the whole value. Each look at a stored value would unpack it again.
        select a.i, o.id, o.order_data #> '{}' as order_data, o.extra, o.clocks, o.shop_key,
            -- Neither to be adopted, nor one of several, nor late.
            (o.shop_key = p_shop_key[a.i] or p_shop_key[a.i] = '' and not exists (
                select from orders as s
                where s.order_id = p_record_id[a.i] and s.source = p_source[a.i] and s.shop_key <> o.shop_key))
                and not exists (
                    select from jsonb_each(o.clocks) as c where not clock_is_newer(p_clock[a.i], c.value)) as is_newest
        from unnest(p_at) as a (i)
        cross join lateral (
            select * from orders as o
            where o.order_id = p_record_id[a.i] and o.source = p_source[a.i]
                and (p_shop_key[a.i] = '' or o.shop_key in (p_shop_key[a.i], ''))
            order by o.shop_key desc limit 1 for update skip locked
        ) as o
    ), merged as materialized (
        -- A long value that is the same to the byte, as the lines of an order mostly are, is not written again: Postgres
        -- takes a jsonb apart down to each value in it to put another one together, which costs as much as to read it.
        select k.i, k.id, k.shop_key, k.is_newest,
            case when k.is_newest then k.order_data || case when c.same is null then p_patch[k.i]
                else p_patch[k.i] - c.same end end as order_data,
            k.extra || coalesce(p_extra[k.i], '{}') as extra, k.clocks || coalesce(c.clocks, '{}') as clocks,
            coalesce(c.changes, '{}') as changes
        from known as k
        left join lateral (
            select array_agg(f.key) filter (where f.is_same) as same,
                jsonb_object_agg(f.name, p_clock[k.i]) as clocks,
                jsonb_object_agg(f.name, jsonb_build_array(f.old, f.new)) filter (
                    where not f.is_same and coalesce(f.old, 'null') is distinct from f.new) as changes
            from (
                select p.key, p.key as name, p.old, p.new, pg_column_size(p.new) > 200
                        and row(p.old)::record operator(pg_catalog.*=) row(p.new)::record as is_same
                from (
                    select p.key, k.order_data -> p.key as old, p.value as new
                    from jsonb_each(p_patch[k.i]) as p offset 0
                ) as p
                union all
                select x.key, 'extra.' || x.key, k.extra -> x.key, x.value, false
                from jsonb_each(p_extra[k.i]) as x
            ) as f
        ) as c on k.is_newest
    ), updated as (
        -- These rows exist and are held locked: the upsert is an update that finds its rows by key, whatever the
        -- planner knows of the table's size.
        insert into orders as o (id, source, order_id, shop_key, provider, order_data, extra, clocks, last_event_id,
            last_event_received_at)
        overriding system value
        select m.id, p_source[m.i], p_record_id[m.i], m.shop_key, p_provider[m.i], m.order_data, m.extra, m.clocks,
            p_event_id[m.i], p_received_at[m.i]
        from merged as m where m.is_newest
        on conflict (order_id, source, shop_key) do update
            set order_data = excluded.order_data, extra = excluded.extra, clocks = excluded.clocks, updated_at = now(),
                last_event_id = excluded.last_event_id, last_event_received_at = excluded.last_event_received_at
    )
    select array_agg(m.i), array_agg(m.id), array_agg(m.is_newest), array_agg(m.changes)
    into v_known, v_known_rows, v_newest, v_changes
    from merged as m;

    for p in 1..coalesce(cardinality(v_known), 0) loop
        i := v_known[p];
        if v_newest[p] then
            order_rows[i] := v_known_rows[p];
            dispositions[i] := 'applied';
            changes[i] := v_changes[p];
        else
            rest := rest || i;
        end if;
    end loop;

    if v_known is null then
        v_missing := p_at;
    elsif cardinality(v_known) < cardinality(p_at) then
        v_missing := array(select a.i from unnest(p_at) as a (i) except select k.i from unnest(v_known) as k (i));
    end if;
    if v_missing is null then
        return;
    end if;
    -- New orders have their event's values; there is nothing to merge with. All rows start without a shop, so that two
    -- batches that create one at once collide in the key, whether or not both know its shop.
    foreach i in array v_missing loop
        order_rows[i] := nextval('orders_id_seq') + p_slot[i];
        dispositions[i] := 'created';
        changes[i] := case when p_extra[i] is null then p_patch[i]
            else p_patch[i] || prefix_keys(p_extra[i], 'extra.') end;
    end loop;
    v_inserted := v_missing;
    v_names_shops := exists (select from unnest(v_missing) as m (i) where p_shop_key[m.i] <> '');
    if v_names_shops then
        -- The row of its shop may exist: one that another transaction holds was skipped above.
        v_inserted := array(
            select m.i from unnest(v_missing) as m (i)
            where p_shop_key[m.i] = '' or not exists (
                select from orders as s
                where s.order_id = p_record_id[m.i] and s.source = p_source[m.i] and s.shop_key in (p_shop_key[m.i], '')
                limit 1));
    end if;
    insert into orders (id, source, order_id, shop_key, provider, order_data, extra, clocks, last_event_id,
        last_event_received_at)
    overriding system value
    select order_rows[m.i], p_source[m.i], p_record_id[m.i], '', p_provider[m.i], p_patch[m.i],
        coalesce(p_extra[m.i], '{}'), jsonb_build_object('*', p_clock[m.i]), p_event_id[m.i], p_received_at[m.i]
    from (
        -- Sorted before the rows are made, so that no fields are copied to be sorted.
        select v.i from unnest(v_inserted) as v (i) order by p_source[v.i], p_record_id[v.i]
    ) as m
    on conflict (order_id, source, shop_key) do nothing;
    get diagnostics v_count = row_count;
    if v_names_shops then
        update orders as o set shop_key = p_shop_key[m.i]
        from unnest(v_missing) as m (i)
        where o.id = order_rows[m.i] and p_shop_key[m.i] <> '';
    end if;
    -- Or a shop has created it meanwhile, and an event without a shop belongs to that row.
    if v_count < cardinality(v_missing) or exists (
        select from unnest(v_missing) as m (i)
        cross join lateral (
            select from orders as s
            where s.order_id = p_record_id[m.i] and s.source = p_source[m.i] and s.id <> order_rows[m.i] limit 1) as s
        where p_shop_key[m.i] = '')
    then
        -- The existing row is held by another transaction, or was created at this moment.
        busy := array(
            select m.i from unnest(v_missing) as m (i)
            where not exists (select from orders as o where o.id = order_rows[m.i])
                or p_shop_key[m.i] = '' and exists (
                    select from orders as s
                    where s.order_id = p_record_id[m.i] and s.source = p_source[m.i] and s.id <> order_rows[m.i]));
        foreach i in array busy loop
            delete from orders as o where o.id = order_rows[i];
            order_rows[i] := null;
            dispositions[i] := null;
            changes[i] := null;
        end loop;
    end if;
end
$$;
comment on function apply_to_orders is 'Applies the events of a batch to their orders, in the simple cases.';
