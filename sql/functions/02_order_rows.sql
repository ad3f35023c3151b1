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

-- Locks the rows that these records have, as far as no other transaction holds them; nothing is waited for. A product's
-- inventory is a part of it. Returns the places of the records with a row that another transaction holds, in any order;
-- null for none.
create or replace function lock_free_records(p_kind text[], p_source text[], p_record_id text[]) returns int[]
language plpgsql volatile as $$
declare
    v_table record;
    v_held_here int[];
    v_held int[];
begin
    for v_table in
        select * from (values ('order', 'orders'), ('product', 'products'), ('product', 'inventory'),
            ('customer', 'customers'), ('comment', 'comments')) as t (kind, name)
    loop
        continue when not coalesce(v_table.kind = any (p_kind), false);
        -- Placed by key, not joined: the same record may stand at several places.
        execute format($sql$
            with wanted as materialized (
                select g, $2[g] as source, $3[g] as record_id from generate_series(1, cardinality($1)) as g
                where $1[g] = $4 and $3[g] is not null
            ), locked as materialized (
                select t.id from (select distinct w.source, w.record_id from wanted as w) as w
                cross join lateral (
                    select t.id from %1$I as t where t.source = w.source and t.%2$I = w.record_id
                    limit 1000 for update skip locked
                ) as t
            )
            select array_agg(w.g) from wanted as w
            where exists (
                select from %1$I as t where t.source = w.source and t.%2$I = w.record_id
                    and t.id <> all (array(select l.id from locked as l)))
            $sql$, v_table.name, v_table.kind || '_id')
        into v_held_here using p_kind, p_source, p_record_id, v_table.kind;
        v_held := v_held || v_held_here;
    end loop;
    return v_held;
end
$$;
comment on function lock_free_records is 'Locks the free rows of these records, and returns the places of those that another transaction holds.';

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

-- The rows that a delivery about a record may be about: its own, and all of that id where it names none of several shops.
-- Null for none.
create or replace function rows_about(p_kind text, p_source text, p_shop_key text, p_record_id text) returns bigint[]
language plpgsql stable as $$
declare
    v_found record := record_row(p_kind, p_source, p_shop_key, p_record_id);
    v_rows bigint[];
begin
    if v_found.is_one_of_several then
        execute format('select array_agg(t.id) from %I as t where t.source = $1 and t.%I = $2', p_kind || 's',
            p_kind || '_id')
        into v_rows using p_source, p_record_id;
    elsif v_found.id is not null then
        v_rows := array[v_found.id];
    end if;
    return v_rows;
end
$$;
comment on function rows_about is 'The rows that a delivery about a record may be about.';
