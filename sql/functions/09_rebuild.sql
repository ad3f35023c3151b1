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
--
-- p_given is the clock that was given to the event, p_trusted what the event itself says. Events of the time before clocks
-- were given get theirs here, in the order of their ids. An event that was accepted counts as verified.
create or replace function rebuild_orders(
    p_orders bigint[], p_order_row bigint[], p_event_id bigint[], p_received_at timestamptz[],
    p_occurred_at timestamptz[], p_sequence bigint[], p_status_rank int[], p_dedupe_key bytea[], p_patch jsonb[],
    p_extra jsonb[], p_timing int[], p_given jsonb[], p_trusted boolean[], p_shop_key text[], p_write boolean
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
    v_clock jsonb;
    v_deleted jsonb;
    v_above jsonb;
    v_shop text;
    v_found boolean;
begin
    for o in select * from orders where id = any (p_orders) order by orders.source, orders.order_id loop
        v_fields := '{}';
        v_extra := '{}';
        v_clocks := '{}';
        v_deleted := null;
        v_shop := o.shop_key;
        v_found := false;
        for n in
            select i.*, coalesce(i.extra, '{}') as extra_fields, encode(substr(i.dedupe_key, 1, 8), 'hex') as hash,
                i.trusted or exists (
                    select from acceptances as a where a.source = o.source and i.received_at < a.before) as counts
            from unnest(p_order_row, p_event_id, p_received_at, p_occurred_at, p_sequence, p_status_rank, p_dedupe_key,
                p_patch, p_extra, p_timing, p_given, p_trusted, p_shop_key)
                as i (order_row, event_id, received_at, occurred_at, sequence, status_rank, dedupe_key, patch, extra,
                    timing, given, trusted, shop_key)
            where i.order_row = o.id
            order by i.event_id
        loop
            v_clock := coalesce(
                jsonb_set(n.given, '{0}', to_jsonb(n.counts::int)),
                case when n.timing = 2 or n.timing = 3 and n.occurred_at is null
                    then clock_above(v_clocks, n.counts, n.hash) end,
                event_clock(n.counts, case when n.timing <> 1 then n.occurred_at end, n.received_at, n.sequence,
                    n.event_id, n.status_rank, n.dedupe_key));
            if n.given is null and n.timing = 3 and v_deleted is not null then
                v_above := clock_above(jsonb_build_object('*', v_deleted), n.counts, n.hash);
                v_clock := case when clock_is_newer(v_clock, v_above) then v_clock else v_above end;
            end if;
            if n.timing = 2 then
                v_deleted := v_clock;
            end if;
            m := merge_fields(v_fields, v_clocks, n.patch, v_clock, '');
            e := merge_fields(v_extra, m.new_clocks, n.extra_fields, v_clock, 'extra.');
            v_fields := m.new_fields;
            v_extra := e.new_fields;
            v_clocks := e.new_clocks;
            v_shop := coalesce(nullif(v_shop, ''), n.shop_key, '');
            v_found := true;
        end loop;
        -- A row of before gets the shop that its events tell, unless the shop has a row of this id by now.
        if p_write and v_shop <> o.shop_key and not exists (
            select from orders as s where s.source = o.source and s.order_id = o.order_id and s.shop_key = v_shop)
        then
            perform adopt_row('order', o.id, v_shop);
            insert into source_shops (source, shop_key, state, changed_by)
            values (o.source, v_shop, 'listed', 'rebuild')
            on conflict do nothing;
        end if;
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

-- Trusts the unverified events of a source that were received before a moment. Records other than orders, and orders
-- whose events are gone, are raised here; the caller folds the other orders anew.
create or replace function accept_source(p_source text, p_before timestamptz, p_actor text, p_reason text)
returns bigint language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_kind text;
    v_count bigint;
    v_raised bigint := 0;
begin
    insert into acceptances (source, before, accepted_by) values (p_source, p_before, p_actor);
    foreach v_kind in array array['order', 'product', 'customer', 'comment'] loop
        execute format($sql$
            update %I as t
            set clocks = (
                select jsonb_object_agg(c.key, jsonb_set(c.value, '{0}', '1')) from jsonb_each(t.clocks) as c)
            where t.id = any (array(
                    select s.id from %1$I as s
                    where s.source = $1 and s.last_event_received_at < $2 and s.clocks @? '$.*[0] ? (@ == 0)'
                    order by s.source, s.%2$I for update))
            $sql$, v_kind || 's', v_kind || '_id')
        using p_source, p_before;
        get diagnostics v_count = row_count;
        v_raised := v_raised + v_count;
    end loop;
    insert into operator_log (actor, action, subject, reason, details)
    values (p_actor, 'orders.accept', 'source:' || p_source, p_reason,
        jsonb_build_object('before', p_before, 'rows', v_raised));
    return v_raised;
end
$$;
comment on function accept_source is 'Trusts what came unverified from a source before a moment; returns how many rows were raised.';

-- The next orders of a source, in the order of their row ids, of which an unverified event that is accepted by now wrote a
-- field: what is left to fold anew.
create or replace function next_unverified_orders(p_source text, p_after bigint, p_limit int) returns bigint[]
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select array_agg(n.id order by n.id) from (
        select o.id from orders as o
        where o.source = p_source and o.id > p_after and exists (
            select from events as e
            join acceptances as a on a.source = e.source and e.received_at < a.before
            where e.order_row = o.id and not is_trusted(e.verification, e.origin, e.trusted))
        order by o.id limit p_limit
    ) as n
$$;
comment on function next_unverified_orders is 'The next orders that an accepted unverified event is about.';
