-- Records rebuilt from their events. The state is a fold of the events and nothing else, so a rebuilt row that
-- differs from the stored one is a mistake in one of them.

-- The clocks of every field, the one under * spelled out: the event that created the row depends on the order of
-- arrival, these do not.
create or replace function field_clocks(p_fields jsonb, p_extra jsonb, p_clocks jsonb) returns jsonb
language sql immutable parallel safe as $$
    select coalesce(jsonb_object_agg(k.name, coalesce(p_clocks -> k.name, p_clocks -> '*')), '{}')
    from (
        select jsonb_object_keys(p_fields) as name
        union all select 'extra.' || jsonb_object_keys(p_extra)
    ) as k
$$;
comment on function field_clocks is 'The clock of every field of a row.';

-- The next orders of a source (null: of all), in the order of their row ids. Orders from before the oldest event are
-- skipped: some of their events are gone. With p_lock they are locked in key order.
create or replace function next_orders(p_source text, p_after bigint, p_limit int, p_lock boolean)
returns table (id bigint, is_whole boolean)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_column
declare
    -- A spooled event is stored later than it was received, but less than a week later.
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

-- Folds these events of these records of one kind, given in the order of their ids, and compares the result with the
-- stored rows. With p_write differences are written. Returns a row per record and field that differs; a record without
-- any event is left alone.
--
-- p_given is the event's assigned clock, p_trusted its own trust. Events from before assigned clocks get theirs here,
-- in the order of their ids. An accepted event counts as verified.
--
-- p_shop_key is the shop that the event names. A row of the time before shops were known gets the first one, and that
-- is kept with its events (p_reads_anew); what another shop said of the same id is no part of it.
create or replace function rebuild_records(
    p_kind text, p_rows bigint[], p_record_row bigint[], p_event_id bigint[], p_received_at timestamptz[],
    p_occurred_at timestamptz[], p_sequence bigint[], p_status_rank int[], p_dedupe_key bytea[], p_patch jsonb[],
    p_extra jsonb[], p_timing int[], p_given jsonb[], p_trusted boolean[], p_shop_key text[], p_reads_anew boolean,
    p_write boolean
) returns table (record_row bigint, source text, record_id text, field text, stored text, rebuilt text)
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
    v_taken boolean;
begin
    if p_kind not in ('order', 'product', 'customer', 'comment') then
        raise exception 'there are no records of the kind %', p_kind using errcode = 'invalid_parameter_value';
    end if;
    for o in execute format(
        'select t.id, t.source, t.%I as record_id, t.shop_key, t.%I as data, t.extra, t.clocks from %I as t'
        ' where t.id = any ($1) order by t.source, t.%1$I, t.shop_key', p_kind || '_id', p_kind || '_data', p_kind || 's')
        using p_rows
    loop
        v_fields := '{}';
        v_extra := '{}';
        v_clocks := '{}';
        v_deleted := null;
        v_found := false;
        -- An older row gets the shop in its events, unless the shop has a row with this id by now.
        v_shop := coalesce(nullif(o.shop_key, ''), (
            select i.shop_key from unnest(p_record_row, p_event_id, p_shop_key) as i (record_row, event_id, shop_key)
            where i.record_row = o.id and i.shop_key <> '' order by i.event_id limit 1), '');
        if v_shop <> o.shop_key then
            execute format(
                'select exists (select from %I as s where s.source = $1 and s.%I = $2 and s.shop_key = $3)',
                p_kind || 's', p_kind || '_id')
            into v_taken using o.source, o.record_id, v_shop;
            if v_taken then
                v_shop := '';
            end if;
        end if;
        for n in
            select i.*, coalesce(i.extra, '{}') as extra_fields, encode(substr(i.dedupe_key, 1, 8), 'hex') as hash,
                i.trusted or exists (
                    select from acceptances as a where a.source = o.source and i.received_at < a.before) as counts
            from unnest(p_record_row, p_event_id, p_received_at, p_occurred_at, p_sequence, p_status_rank, p_dedupe_key,
                p_patch, p_extra, p_timing, p_given, p_trusted, p_shop_key)
                as i (record_row, event_id, received_at, occurred_at, sequence, status_rank, dedupe_key, patch, extra,
                    timing, given, trusted, shop_key)
            where i.record_row = o.id and (v_shop = '' or coalesce(i.shop_key, '') in ('', v_shop))
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
            v_found := true;
        end loop;
        if p_write and v_shop <> o.shop_key then
            perform adopt_row(p_kind, o.id, v_shop);
            insert into source_shops (source, shop_key, state, changed_by)
            values (o.source, v_shop, 'listed', 'rebuild')
            on conflict do nothing;
        end if;
        if p_write and p_reads_anew then
            update events as t set shop_key = i.shop_key
            from unnest(p_record_row, p_event_id, p_received_at, p_shop_key)
                as i (record_row, event_id, received_at, shop_key)
            where i.record_row = o.id and i.shop_key <> '' and t.received_at = i.received_at and t.id = i.event_id
                and t.shop_key is null;
        end if;
        continue when v_found and v_fields = o.data and v_extra = o.extra
            and v_clocks = field_clocks(o.data, o.extra, o.clocks);
        return query
            select o.id, o.source, o.record_id, d.field, d.stored, d.rebuilt from (
                select coalesce(a.key, b.key) as field, a.value::text as stored, b.value::text as rebuilt
                from jsonb_each(o.data || prefix_keys(o.extra, 'extra.')) as a
                full join jsonb_each(v_fields || prefix_keys(v_extra, 'extra.')) as b using (key)
                where a.value is distinct from b.value
                union all
                select 'clock of ' || coalesce(a.key, b.key), a.value::text, b.value::text
                from jsonb_each(field_clocks(o.data, o.extra, o.clocks)) as a
                full join jsonb_each(v_clocks) as b using (key)
                where a.value is distinct from b.value
            ) as d
            order by d.field;
        continue when not p_write or not v_found;
        execute format(
            'update %I set %I = $2, extra = $3, clocks = $4, updated_at = now() where id = $1',
            p_kind || 's', p_kind || '_data')
        using o.id, v_fields, v_extra, v_clocks;
        if p_kind = 'product' then
            perform count_inventory(o.id);
        end if;
        if p_kind = 'order' and p_reads_anew then
            insert into order_readings (order_row, fields)
            select o.id, array_agg(coalesce(a.key, b.key) order by coalesce(a.key, b.key))
            from jsonb_each(o.data || prefix_keys(o.extra, 'extra.')) as a
            full join jsonb_each(v_fields || prefix_keys(v_extra, 'extra.')) as b using (key)
            where a.value is distinct from b.value
            having count(*) > 0;
        end if;
    end loop;
end
$$;
comment on function rebuild_records is 'Rebuilds records from their events and returns, or writes, the differences.';

-- Where a rebuild of these orders continues (p_after null): after the last finished one, if it was interrupted within a
-- day; else at the first. Each page stores its position, and the last one the end (p_after -1).
create or replace function rebuild_position(p_source text, p_after bigint, p_done bigint, out after_row bigint, out done bigint)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_variable
begin
    if p_after is null then
        select r.after_row, r.done into after_row, done from order_rebuilds as r
        where r.source = coalesce(p_source, '') and r.updated_at > now() - interval '1 day';
        after_row := coalesce(after_row, 0);
        done := coalesce(done, 0);
    elsif p_after < 0 then
        delete from order_rebuilds as r where r.source = coalesce(p_source, '');
    else
        insert into order_rebuilds as r (source, after_row, done) values (coalesce(p_source, ''), p_after, p_done)
        on conflict on constraint order_rebuilds_pkey do update
            set after_row = excluded.after_row, done = excluded.done, updated_at = now();
    end if;
end
$$;
comment on function rebuild_position is 'The position of an unfinished rebuild of orders.';

-- Trusts the unverified events of a source that were received before a moment. Rows without later events are raised
-- here, because their events may be gone; the caller rebuilds the others.
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
comment on function accept_source is 'Trusts a source''s unverified events from before a time; returns how many rows were raised.';

-- The next rows of a source, in the order of their ids, with an unverified event that is now accepted: the rows left to
-- rebuild. Locked in key order.
create or replace function next_unverified_records(p_kind text, p_source text, p_after bigint, p_limit int)
returns bigint[] language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_ids bigint[];
begin
    execute format($sql$
        select array_agg(n.id order by n.id) from (
            select t.id from %I as t
            where t.source = $1 and t.id > $2 and exists (
                select from (
                    select e.verification, e.origin, e.trusted, e.received_at from events as e
                    where $4 = 'order' and e.order_row = t.id
                        or $4 <> 'order' and e.record_row = t.id and e.record_kind = $4
                    union all
                    select e.verification, e.origin, e.trusted, e.received_at from event_records as r
                    join events as e on e.received_at = r.event_received_at and e.id = r.event_id
                    where r.record_row = t.id and r.record_kind = $4
                ) as e
                join acceptances as a on a.source = $1 and e.received_at < a.before
                where not is_trusted(e.verification, e.origin, e.trusted))
            order by t.id limit $3
        ) as n
        $sql$, p_kind || 's')
    into v_ids using p_source, p_after, p_limit, p_kind;
    execute format(
        'select from %I as t where t.id = any ($1) order by t.source, t.%I, t.shop_key for update',
        p_kind || 's', p_kind || '_id') using v_ids;
    return v_ids;
end
$$;
comment on function next_unverified_records is 'The next rows that an accepted unverified event is about.';
