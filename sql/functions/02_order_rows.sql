-- Look-ups and writes by key for record_2(). They must stay index probes, whatever the planner knew of the tables when
-- it made the plans: so each look-up is a lateral probe with a limit, which is never worth a scan, and each write by
-- key is an upsert. All are in plpgsql, which keeps its plans.

-- Locks the rows that these records have, in the order of their keys, so that two batches cannot deadlock. Rows of all
-- shops: the right one is chosen once they are locked.
create or replace function lock_records(p_kind text[], p_source text[], p_record_id text[]) returns void
language plpgsql volatile as $$
declare
    v_kind text;
begin
    foreach v_kind in array array['order', 'product', 'customer', 'comment'] loop
        continue when not v_kind = any (p_kind);
        execute format($sql$
            select from (
                select distinct k.source, k.record_id
                from unnest($1, $2, $3) as k (kind, source, record_id)
                where k.kind = $4 and k.record_id is not null
                order by 1, 2
            ) as k
            cross join lateral (
                select from %I as t where t.source = k.source and t.%I = k.record_id
                order by t.shop_key limit 1000 for update
            ) as t
            $sql$, v_kind || 's', v_kind || '_id') using p_kind, p_source, p_record_id, v_kind;
    end loop;
end
$$;
comment on function lock_records is 'Locks the rows of these records, in key order.';

-- The row of a record: that of its shop, else the one without a known shop. A record without a shop belongs to the only
-- row with its id.
create or replace function record_row(
    p_kind text, p_source text, p_shop_key text, p_record_id text, out id bigint, out is_one_of_several boolean
) language plpgsql stable as $$
begin
    is_one_of_several := false;
    execute format($sql$
        select t.id, t.shop_key <> '' and $3 = '' and exists (
            select from %1$I as s where s.source = $1 and s.%2$I = $2 and s.shop_key <> t.shop_key)
        from %1$I as t
        where t.source = $1 and t.%2$I = $2 and ($3 = '' or t.shop_key in ($3, ''))
        order by t.shop_key desc limit 1
        $sql$, p_kind || 's', p_kind || '_id')
    into id, is_one_of_several using p_source, p_record_id, p_shop_key;
    if is_one_of_several then
        id := null;
    end if;
end
$$;
comment on function record_row is 'The row of a record; none if it names no shop and several rows have its id.';

-- Updates the lines of these orders from their items. A line keeps its id; one without an id gets # and its place. New
-- orders have no lines yet; p_existing are the others.
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
comment on function replace_order_items is 'Updates the lines of these orders from their items.';
