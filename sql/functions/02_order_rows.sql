-- Look-ups and updates by key. They are functions of their own because they want nested loops over an index, which
-- record() must not use for the joins of its own arrays (ARCHITECTURE.md, "The one statement that must stay fast").

-- Locks the orders that exist, in the order of their keys (two batches can not wait for each other in a circle), and
-- returns them as they are now.
create or replace function lock_orders(p_source text[], p_order_id text[])
returns table (source text, order_id text, id bigint, order_data jsonb, extra jsonb, clocks jsonb)
language sql volatile
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set enable_nestloop = on as $$
    select o.source, o.order_id, o.id, o.order_data, o.extra, o.clocks
    from (
        select k.source, k.order_id from unnest(p_source, p_order_id) as k (source, order_id)
        where k.order_id is not null
        order by 1, 2
    ) as k
    cross join lateral (
        select * from orders as o where o.source = k.source and o.order_id = k.order_id for update
    ) as o
$$;
comment on function lock_orders is 'Locks the named orders that exist, in key order, and returns them.';

-- Writes the merged fields of orders that the caller holds locked; null ids are passed over.
create or replace function update_orders(
    p_id bigint[], p_order_data jsonb[], p_extra jsonb[], p_clocks jsonb[], p_event_id bigint[],
    p_received_at timestamptz[]
) returns void language sql volatile
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set enable_nestloop = on as $$
    update orders as o
    set order_data = n.order_data, extra = n.extra, clocks = n.clocks, updated_at = now(),
        last_event_id = n.event_id, last_event_received_at = n.received_at
    from unnest(p_id, p_order_data, p_extra, p_clocks, p_event_id, p_received_at)
        as n (id, order_data, extra, clocks, event_id, received_at)
    where o.id = n.id
$$;
comment on function update_orders is 'Writes the merged fields of orders that are held locked.';

-- Makes the lines of these orders what their items say. A line keeps its id; one without gets # and its place.
create or replace function replace_order_items(p_order_row bigint[], p_items jsonb[])
returns void language plpgsql volatile
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set enable_nestloop = on as $$
begin
    delete from order_items as i using unnest(p_order_row) as o (id) where i.order_row = o.id;
    insert into order_items (order_row, line_no, line_id, product_id, product_name, variant_id, variant_name, sku,
        quantity, unit_price, list_price, image_url)
    select distinct on (o.id, line_id)
        o.id, line.no, coalesce(nullif(line.item ->> 'line_id', ''), '#' || line.no) as line_id,
        line.item ->> 'product_id', line.item ->> 'product_name', line.item ->> 'variant_id',
        line.item ->> 'variant_name', line.item ->> 'sku', (line.item ->> 'quantity')::int,
        (line.item ->> 'unit_price')::numeric, (line.item ->> 'list_price')::numeric, line.item ->> 'image_url'
    from unnest(p_order_row, p_items) as o (id, items)
    cross join lateral jsonb_array_elements(
        case when jsonb_typeof(o.items) = 'array' then o.items else '[]' end) with ordinality as line (item, no)
    where jsonb_typeof(line.item) = 'object'
    order by o.id, line_id, line.no;
end
$$;
comment on function replace_order_items is 'Makes the lines of these orders what their items say.';

-- What the first delivery of each key made.
create or replace function find_receipts(p_source text[], p_dedupe_key bytea[])
returns table (ord bigint, event_id bigint, order_row bigint)
language sql stable
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set enable_nestloop = on as $$
    select k.ord, r.event_id, e.order_row
    from unnest(p_source, p_dedupe_key) with ordinality as k (source, dedupe_key, ord)
    cross join lateral (
        select * from receipts as r where r.source = k.source and r.dedupe_key = k.dedupe_key
    ) as r
    left join lateral (
        select e.order_row from events as e where e.received_at = r.received_at and e.id = r.event_id
    ) as e on true
$$;
comment on function find_receipts is 'What the first delivery of each of these keys made.';
