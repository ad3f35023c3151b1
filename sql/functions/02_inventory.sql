-- The inventory follows from two things that may arrive in any order: the counts that product events carry, and the
-- movements of sales and returns. A count is valid for its moment by the event's clock; later movements are added.

-- The stock in a row of products: the product as a whole, and every variant with a quantity.
create or replace function counts_of(p_product bigint)
returns table (
    source text, product_id text, shop_key text, variant_id text, sku text, counted numeric, counted_at timestamptz)
language sql stable as $$
    select c.source, c.product_id, c.shop_key, c.variant_id, c.sku, (c.quantity #>> '{}')::numeric,
        to_timestamp(0) + (coalesce(c.clocks -> c.field, c.clocks -> '*') ->> 1)::bigint * interval '1 microsecond'
    from (
        select p.source, p.product_id, p.shop_key, p.clocks, 'quantity' as field, '' as variant_id, p.sku,
            p.product_data -> 'quantity' as quantity
        from products as p where p.id = p_product
        union all
        select distinct on (v.item ->> 'variant_id') p.source, p.product_id, p.shop_key, p.clocks, 'variants',
            v.item ->> 'variant_id', v.item ->> 'sku', v.item -> 'quantity'
        from products as p
        cross join lateral jsonb_array_elements(case jsonb_typeof(p.product_data -> 'variants')
            when 'array' then p.product_data -> 'variants' else '[]' end) as v (item)
        where p.id = p_product and jsonb_typeof(v.item) = 'object' and v.item ->> 'variant_id' <> ''
    ) as c
    where jsonb_typeof(c.quantity) = 'number'
$$;
comment on function counts_of is 'What a row of products says is in stock, and since when.';

-- The remaining quantity of a row of the inventory, from a count and its time.
create or replace function quantity_left(p_inventory bigint, p_counted numeric, p_counted_at timestamptz)
returns numeric language sql stable as $$
    select coalesce(p_counted, 0) + coalesce(sum(delta), 0)
    from inventory_movements
    where inventory_id = p_inventory and occurred_at > coalesce(p_counted_at, '-infinity')
$$;
comment on function quantity_left is 'A count and all movements after it.';

-- Updates the inventory of a product from the product's row. That row is the same in every order of arrival, and so is
-- the inventory. The caller holds the product locked.
create or replace function count_inventory(p_product bigint) returns void language sql volatile as $$
    with now_counted as (
        select * from counts_of(p_product)
    ), uncounted as (
        update inventory as i set counted = null, counted_at = null, quantity = quantity_left(i.id, null, null),
            updated_at = now()
        from products as p
        where p.id = p_product and i.source = p.source and i.product_id = p.product_id and i.shop_key = p.shop_key
            and i.counted is not null
            and not exists (select from now_counted as c where c.variant_id = i.variant_id)
    )
    insert into inventory as i (source, product_id, shop_key, variant_id, sku, counted, counted_at, quantity)
    select c.source, c.product_id, c.shop_key, c.variant_id, c.sku, c.counted, c.counted_at, c.counted
    from now_counted as c
    order by c.variant_id
    on conflict (source, product_id, variant_id, shop_key) do update
        set sku = coalesce(excluded.sku, i.sku), counted = excluded.counted, counted_at = excluded.counted_at,
            quantity = quantity_left(i.id, excluded.counted, excluded.counted_at), updated_at = now()
        where (i.counted, i.counted_at, i.sku)
            is distinct from (excluded.counted, excluded.counted_at, coalesce(excluded.sku, i.sku))
$$;
comment on function count_inventory is 'Updates the inventory of a product from the product''s row.';

-- Moves quantities, each movement key once. A line is found by product and variant in the shop of its order, else by
-- its sku in its own source and shop, else by its sku anywhere when only one row has it; an unknown line gets a new
-- row.
create or replace function move_inventory(
    p_movement_key text[], p_source text[], p_product_id text[], p_variant_id text[], p_sku text[], p_delta numeric[],
    p_reason text[], p_occurred_at timestamptz[], p_order_row bigint[], p_job_id bigint[]
) returns table (movement_key text, inventory_id bigint, quantity numeric, is_new boolean)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_column
declare
    m record;
begin
    for m in
        select k.*, f.id as row_id
        from (
            select u.*, coalesce((select o.shop_key from orders as o where o.id = u.order_row), '') as shop_key
            from unnest(p_movement_key, p_source, p_product_id, p_variant_id, p_sku, p_delta, p_reason, p_occurred_at,
                p_order_row, p_job_id)
                as u (key, source, product_id, variant_id, sku, delta, reason, occurred_at, order_row, job_id)
        ) as k
        left join inventory as f on f.id = coalesce(
            -- A product without a known shop belongs to the shop that sells it.
            (select i.id from inventory as i where i.source = k.source and i.product_id = k.product_id
                and i.variant_id = coalesce(k.variant_id, '') and i.shop_key in (k.shop_key, '')
                order by i.shop_key desc limit 1),
            (select min(i.id) from inventory as i where i.sku = k.sku and i.source = k.source
                and i.shop_key in (k.shop_key, '') having count(*) = 1),
            (select min(i.id) from inventory as i where i.sku = k.sku having count(*) = 1))
        -- In the order of the rows' keys, which is that of counts, too.
        order by coalesce(f.source, k.source), coalesce(f.product_id, k.product_id), coalesce(f.variant_id, k.variant_id),
            k.key
    loop
        movement_key := m.key;
        inventory_id := m.row_id;
        if inventory_id is null then
            insert into inventory as i (source, product_id, shop_key, variant_id, sku)
            values (m.source, coalesce(m.product_id, 'sku:' || coalesce(m.sku, '')), m.shop_key,
                coalesce(m.variant_id, ''), m.sku)
            on conflict (source, product_id, variant_id, shop_key) do update set sku = coalesce(i.sku, excluded.sku)
            returning i.id into inventory_id;
        end if;
        perform from inventory as i where i.id = inventory_id for update;
        insert into inventory_movements (movement_key, inventory_id, delta, reason, occurred_at, order_row, job_id)
        values (m.key, inventory_id, m.delta, m.reason, m.occurred_at, m.order_row, m.job_id)
        on conflict do nothing;
        is_new := found;
        update inventory as i set quantity = quantity_left(i.id, i.counted, i.counted_at), updated_at = now()
        where i.id = inventory_id and is_new;
        select i.quantity into quantity from inventory as i where i.id = inventory_id;
        return next;
    end loop;
end
$$;
comment on function move_inventory is 'Moves quantities in the inventory, each movement key once; returns the remaining quantities.';

-- Returns all sold quantities of an order, each movement to its row. The order's current lines are ignored, because
-- they may have been edited. Each movement is returned once.
create or replace function return_inventory(p_order_row bigint, p_occurred_at timestamptz, p_job_id bigint)
returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    m record;
    v_returned int := 0;
begin
    for m in
        select s.movement_key, s.inventory_id, s.delta
        from inventory_movements as s
        join inventory as i on i.id = s.inventory_id
        where s.order_row = p_order_row and s.reason = 'sold'
        -- In the order of the rows' keys, as above.
        order by i.source, i.product_id, i.variant_id, s.movement_key
    loop
        perform from inventory as i where i.id = m.inventory_id for update;
        insert into inventory_movements (movement_key, inventory_id, delta, reason, occurred_at, order_row, job_id)
        values (regexp_replace(m.movement_key, ':sold$', ':returned'), m.inventory_id, -m.delta, 'returned',
            p_occurred_at, p_order_row, p_job_id)
        on conflict do nothing;
        continue when not found;
        v_returned := v_returned + 1;
        update inventory as i set quantity = quantity_left(i.id, i.counted, i.counted_at), updated_at = now()
        where i.id = m.inventory_id;
    end loop;
    return v_returned;
end
$$;
comment on function return_inventory is 'Returns all sold quantities of an order, once; returns how many movements that were.';
