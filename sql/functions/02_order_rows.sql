-- Look-ups and writes by key for record(). record() runs without nested loops (its own arrays would be joined in quadratic
-- time) and without sequential scans; under these settings a join of an array with a table reads all of the table. So
-- what probes a table by many keys is a function of its own with the opposite settings, and what writes by key is an
-- upsert. All are in plpgsql, which keeps their plans: a function in SQL is planned again at every call. Measured: `= any`
-- instead of the join is faster until the plan was made while the table was small; then it reads all of it, too.

-- Locks the orders that exist, in the order of their keys (two batches can not wait for each other in a circle), and
-- returns them as they are now.
create or replace function lock_orders(p_source text[], p_order_id text[])
returns table (source text, order_id text, id bigint, order_data jsonb, extra jsonb, clocks jsonb)
language plpgsql volatile
set enable_nestloop = on set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
begin
    return query
        select o.source, o.order_id, o.id, o.order_data, o.extra, o.clocks
        from (
            select k.source, k.order_id from unnest(p_source, p_order_id) as k (source, order_id) order by 1, 2
        ) as k
        cross join lateral (
            select * from orders as o where o.source = k.source and o.order_id = k.order_id for update
        ) as o;
end
$$;
comment on function lock_orders is 'Locks the named orders that exist, in key order, and returns them.';

-- Makes the lines of these orders what their items say. A line keeps its id; one without gets # and its place.
-- New orders have no lines yet; p_existing are the others.
create or replace function replace_order_items(p_order_row bigint[], p_items jsonb[], p_existing bigint[])
returns void language plpgsql volatile as $$
begin
    if p_existing is not null then
        delete from order_items where order_row = any (p_existing);
    end if;
    insert into order_items (order_row, line_no, line_id, product_id, product_name, variant_id, variant_name, sku,
        quantity, unit_price, list_price, image_url)
    select distinct on (o.id, line_id)
        o.id, line.no, coalesce(nullif(line.item ->> 'line_id', ''), '#' || line.no) as line_id,
        line.item ->> 'product_id', line.item ->> 'product_name', line.item ->> 'variant_id',
        line.item ->> 'variant_name', line.item ->> 'sku', (line.item ->> 'quantity')::numeric,
        (line.item ->> 'unit_price')::numeric, (line.item ->> 'list_price')::numeric, line.item ->> 'image_url'
    from unnest(p_order_row, p_items) as o (id, items)
    cross join lateral jsonb_array_elements(
        case when jsonb_typeof(o.items) = 'array' then o.items else '[]' end) with ordinality as line (item, no)
    where jsonb_typeof(line.item) = 'object'
    order by o.id, line_id, line.no;
end
$$;
comment on function replace_order_items is 'Makes the lines of these orders what their items say.';

-- What the first delivery of each key made. Duplicates are the smaller part of the traffic, so this one may pay for
-- settings of its own.
create or replace function find_receipts(p_source text[], p_dedupe_key bytea[])
returns table (ord bigint, event_id bigint, order_row bigint)
language plpgsql stable
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set enable_nestloop = on as $$
#variable_conflict use_column
begin
    return query
        select k.ord, r.event_id, e.order_row
        from unnest(p_source, p_dedupe_key) with ordinality as k (source, dedupe_key, ord)
        cross join lateral (
            select * from receipts as r where r.source = k.source and r.dedupe_key = k.dedupe_key
        ) as r
        left join lateral (
            select e.order_row from events as e where e.received_at = r.received_at and e.id = r.event_id
        ) as e on true;
end
$$;
comment on function find_receipts is 'What the first delivery of each of these keys made.';
