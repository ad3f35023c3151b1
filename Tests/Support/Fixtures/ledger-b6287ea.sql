--
-- PostgreSQL database dump
--

\restrict 1QSo8LIXhPXtaGfazBYihf3Fukk4s2fw5ZeCEf8mU6y8RpddOVEE6vdHA8RYSU6

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: hookledger; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA hookledger;


--
-- Name: add_metrics(text, text[], jsonb[], double precision[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.add_metrics(p_program text, p_name text[], p_labels jsonb[], p_value double precision[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
    insert into metrics as m (program, name, labels, value)
    select left(p_program, 100), left(c.name, 100), c.labels, sum(c.value)
    from unnest(p_name, p_labels, p_value) as c (name, labels, value)
    where octet_length(c.labels::text) < 1000
    group by 1, 2, 3
    order by 1, 2, 3
    limit 5000
    on conflict (program, name, labels) do update set value = m.value + excluded.value, updated_at = now()
$$;


--
-- Name: apply_to_orders(text[], text[], text[], jsonb[], jsonb[], jsonb[], bigint[], timestamp with time zone[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.apply_to_orders(p_source text[], p_order_id text[], p_provider text[], p_patch jsonb[], p_extra jsonb[], p_clock jsonb[], p_event_id bigint[], p_received_at timestamp with time zone[], OUT order_rows bigint[], OUT dispositions text[], OUT changes jsonb[]) RETURNS record
    LANGUAGE plpgsql
    AS $$
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


--
-- Name: apply_to_records(text[], text[], text[], text[], jsonb[], jsonb[], jsonb[], bigint[], timestamp with time zone[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.apply_to_records(p_kind text[], p_source text[], p_record_id text[], p_provider text[], p_patch jsonb[], p_extra jsonb[], p_clock jsonb[], p_event_id bigint[], p_received_at timestamp with time zone[]) RETURNS TABLE(ord bigint, record_kind text, record_row bigint, disposition text, changes jsonb)
    LANGUAGE plpgsql
    AS $_$
declare
    n record;
    v_id bigint;
    v_fields jsonb;
    v_extra jsonb;
    v_clocks jsonb;
    m record;
    e record;
begin
    for n in
        select *, i.kind || 's' as table_name, i.kind || '_id' as id_name, i.kind || '_data' as data_name
        from unnest(p_kind, p_source, p_record_id, p_provider, p_patch, p_extra, p_clock, p_event_id, p_received_at)
            with ordinality as i (kind, source, id, provider, patch, extra, clock, event_id, received_at, ord)
        where i.event_id is not null and i.id is not null and i.kind in ('product', 'customer', 'comment')
        order by array_position(array['product', 'customer', 'comment'], i.kind), i.source, i.id
    loop
        ord := n.ord;
        record_kind := n.kind;
        execute format('select id, %I, extra, clocks from %I where source = $1 and %I = $2 for update',
                n.data_name, n.table_name, n.id_name)
            into v_id, v_fields, v_extra, v_clocks using n.source, n.id;
        if v_id is null then
            execute format(
                    'insert into %I (source, %I, provider, %I, extra, clocks, last_event_id, last_event_received_at)'
                    ' values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id',
                    n.table_name, n.id_name, n.data_name)
                into v_id using n.source, n.id, n.provider, n.patch, coalesce(n.extra, '{}'),
                    jsonb_build_object('*', n.clock), n.event_id, n.received_at;
            if v_id is null then
                raise exception 'another batch created this % at the same moment', n.kind
                    using errcode = 'serialization_failure', hint = 'The caller records the batch again.';
            end if;
            disposition := 'created';
            changes := n.patch || prefix_keys(coalesce(n.extra, '{}'), 'extra.');
        else
            m := merge_fields(v_fields, v_clocks, n.patch, n.clock, '');
            e := merge_fields(v_extra, m.new_clocks, coalesce(n.extra, '{}'), n.clock, 'extra.');
            disposition := case when e.new_clocks is distinct from v_clocks then 'applied' else 'stale' end;
            changes := m.changes || e.changes;
            if disposition = 'applied' then
                execute format('update %I set %I = $2, extra = $3, clocks = $4, updated_at = now(),'
                        ' last_event_id = $5, last_event_received_at = $6 where id = $1', n.table_name, n.data_name)
                    using v_id, m.new_fields, e.new_fields, e.new_clocks, n.event_id, n.received_at;
            end if;
        end if;
        if n.kind = 'product' and disposition <> 'stale' then
            perform count_inventory(v_id);
        end if;
        record_row := v_id;
        return next;
    end loop;
end
$_$;


--
-- Name: begin_upkeep(text, interval); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.begin_upkeep(p_task text, p_every interval) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
begin
    insert into upkeep as u (task, begun_at) values (p_task, now())
    on conflict (task) do update set begun_at = now() where u.begun_at <= now() - p_every;
    return found;
end
$$;


--
-- Name: body_text(bytea); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.body_text(body bytea) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
begin
    return convert_from(body, 'UTF8');
exception when others then
    return encode(body, 'escape');
end
$$;


--
-- Name: cart_customer(bytea); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.cart_customer(body bytea) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
    v_object jsonb;
begin
    v_object := body_text(body)::jsonb;
    v_object := coalesce(v_object -> 'data', v_object);
    return coalesce(v_object ->> 'customerId', v_object ->> 'customer_id', v_object -> 'customer' ->> 'id');
exception when data_exception or program_limit_exceeded then
    return null;
end
$$;


--
-- Name: choose_dead_letters(bigint[], text, text, text, text, text, bigint, text[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.choose_dead_letters(p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint, p_unaskable text[]) RETURNS TABLE(job_id bigint, uncertain boolean)
    LANGUAGE sql
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
    select j.job_id, exists (
        select from effects as e where e.job_id = j.job_id
            and (e.state = 'uncertain' or e.state = 'started' and j.kind = any (p_unaskable)))
    from jobs as j left join orders as o on o.id = j.order_row
    where j.state = 2
        and (coalesce(cardinality(p_ids), 0) = 0 or j.job_id = any (p_ids))
        and (p_action is null or j.action = p_action) and (p_kind is null or j.kind = p_kind)
        and (p_rule is null or j.rule = p_rule) and (p_order is null or o.order_id = p_order)
        and (p_error is null or strpos(lower(j.last_error), lower(p_error)) > 0)
    order by j.job_id limit p_limit for update of j
$$;


--
-- Name: count_inventory(bigint); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.count_inventory(p_product bigint) RETURNS void
    LANGUAGE sql
    AS $$
    with now_counted as (
        select * from counts_of(p_product)
    ), uncounted as (
        update inventory as i set counted = null, counted_at = null, quantity = quantity_left(i.id, null, null),
            updated_at = now()
        from products as p
        where p.id = p_product and i.source = p.source and i.product_id = p.product_id and i.counted is not null
            and not exists (select from now_counted as c where c.variant_id = i.variant_id)
    )
    insert into inventory as i (source, product_id, variant_id, sku, counted, counted_at, quantity)
    select c.source, c.product_id, c.variant_id, c.sku, c.counted, c.counted_at, c.counted
    from now_counted as c
    order by c.variant_id
    on conflict (source, product_id, variant_id) do update
        set sku = coalesce(excluded.sku, i.sku), counted = excluded.counted, counted_at = excluded.counted_at,
            quantity = quantity_left(i.id, excluded.counted, excluded.counted_at), updated_at = now()
        where (i.counted, i.counted_at, i.sku)
            is distinct from (excluded.counted, excluded.counted_at, coalesce(excluded.sku, i.sku))
$$;


--
-- Name: counts_of(bigint); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.counts_of(p_product bigint) RETURNS TABLE(source text, product_id text, variant_id text, sku text, counted numeric, counted_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
    select c.source, c.product_id, c.variant_id, c.sku, (c.quantity #>> '{}')::numeric,
        to_timestamp(0) + (coalesce(c.clocks -> c.field, c.clocks -> '*') ->> 0)::bigint * interval '1 microsecond'
    from (
        select p.source, p.product_id, p.clocks, 'quantity' as field, '' as variant_id, p.sku,
            p.product_data -> 'quantity' as quantity
        from products as p where p.id = p_product
        union all
        select distinct on (v.item ->> 'variant_id') p.source, p.product_id, p.clocks, 'variants',
            v.item ->> 'variant_id', v.item ->> 'sku', v.item -> 'quantity'
        from products as p
        cross join lateral jsonb_array_elements(case jsonb_typeof(p.product_data -> 'variants')
            when 'array' then p.product_data -> 'variants' else '[]' end) as v (item)
        where p.id = p_product and jsonb_typeof(v.item) = 'object' and v.item ->> 'variant_id' <> ''
    ) as c
    where jsonb_typeof(c.quantity) = 'number'
$$;


--
-- Name: decide_comment(text, text, text, text, text, text); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.decide_comment(p_source text, p_comment_id text, p_moderation text, p_reason text, p_by text, p_expected text DEFAULT NULL::text) RETURNS TABLE(comment_row bigint, previous text, is_decided boolean, needs_deletion boolean, event_id bigint, event_received_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    c record;
begin
    select * into c from comments as c where c.source = p_source and c.comment_id = p_comment_id for update;
    if not found then
        return;
    end if;
    comment_row := c.id;
    previous := c.moderation;
    event_id := c.last_event_id;
    event_received_at := c.last_event_received_at;
    -- A deletion that was ordered can not be taken back.
    is_decided := previous is distinct from 'delete' and (p_expected is null or previous is not distinct from p_expected)
        and (p_by <> 'rules' or coalesce(c.moderated_by, 'rules') = 'rules');
    needs_deletion := is_decided and p_moderation = 'delete' and not c.deleted;
    if is_decided and (c.moderation, c.moderation_reason, c.moderated_by)
        is distinct from (p_moderation, p_reason, p_by) then
        update comments set moderation = p_moderation, moderation_reason = p_reason, moderated_by = p_by,
            moderated_at = now()
        where id = c.id;
    end if;
    return next;
end
$$;


--
-- Name: delete_old_receipts(timestamp with time zone, integer); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.delete_old_receipts(p_before timestamp with time zone, p_limit integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
declare
    v_count int;
begin
    delete from receipts where ctid = any (array(
        select ctid from receipts where received_at < p_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;


--
-- Name: delete_old_refusals(timestamp with time zone, integer); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.delete_old_refusals(p_before timestamp with time zone, p_limit integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
declare
    v_count int;
begin
    delete from refusals where ctid = any (array(
        select ctid from refusals where refused_at < p_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;


--
-- Name: discard_dead_letters(bigint[], text, text, text, text, text, bigint, text[], text, boolean); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.discard_dead_letters(p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint, p_unaskable text[], p_reason text, p_write boolean) RETURNS TABLE(job_id bigint, moved boolean, uncertain boolean)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
    with chosen as materialized (
        select * from choose_dead_letters(p_ids, p_action, p_kind, p_rule, p_order, p_error, p_limit, p_unaskable)
    ), moved as (
        delete from jobs as j using chosen as c where p_write and j.job_id = c.job_id returning j.*
    ), logged as (
        insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row,
            job_created_at, started_at, finished_at, outcome, reason)
        select m.job_id, m.attempt + m.uncounted, m.action, m.kind, m.rule, m.event_id, m.event_received_at,
            m.order_row, m.created_at, now(), now(), 'discarded', p_reason
        from moved as m order by m.job_id
    ), settled as (
        update effects as e set state = 'done', finished_at = now(), answer = 'discarded by an operator'
        from chosen as c where p_write and e.job_id = c.job_id and e.state <> 'done'
    )
    select c.job_id, true, c.uncertain from chosen as c order by c.job_id
$$;


--
-- Name: drop_oldest_partition(text, timestamp with time zone); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.drop_oldest_partition(p_table text, p_before timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    SET lock_timeout TO '100ms'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
    v_name text;
    v_end timestamptz;
begin
    if p_table not in ('events', 'job_attempts') then
        raise exception '% is not kept in partitions', p_table using errcode = 'invalid_parameter_value';
    end if;
    select c.relname, substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']+)')::timestamptz as ending
    into v_name, v_end
    from pg_inherits as i join pg_class as c on c.oid = i.inhrelid
    where i.inhparent = format('hookledger.%I', p_table)::regclass
    order by ending
    limit 1;
    if v_end is null or v_end > least(p_before, now()) then
        return null;
    end if;
    -- The table before its partition, as those do who use them.
    execute format('lock table %I in access exclusive mode', p_table);
    execute format('drop table %I', v_name);
    if p_table = 'events' then
        insert into upkeep as u (task, begun_at, dropped_before) values ('retention', now(), v_end)
        on conflict (task) do update set dropped_before = greatest(u.dropped_before, excluded.dropped_before);
    end if;
    return v_name;
end
$$;


--
-- Name: ensure_partitions(integer); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.ensure_partitions(p_weeks integer DEFAULT 8) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
declare
    v_table text;
    v_week timestamptz;
    v_name text;
    v_made int := 0;
begin
    perform pg_advisory_xact_lock(hashtext('hookledger.ensure_partitions'));
    foreach v_table in array array['events', 'job_attempts'] loop
        for v_week in
            select generate_series(
                date_trunc('week', now() at time zone 'UTC') - interval '1 week',
                date_trunc('week', now() at time zone 'UTC') + make_interval(weeks => p_weeks),
                interval '1 week') at time zone 'UTC'
        loop
            v_name := v_table || to_char(v_week at time zone 'UTC', '"_"IYYY"w"IW');
            continue when to_regclass(format('hookledger.%I', v_name)) is not null;
            execute format('create table %I partition of %I for values from (%L) to (%L)',
                v_name, v_table, v_week, v_week + interval '7 days');
            execute format('comment on table %I is %L', v_name, 'The week of ' || v_week::date || ' of ' || v_table || '.');
            v_made := v_made + 1;
        end loop;
    end loop;
    return v_made;
end
$$;


--
-- Name: event_error(bigint, bigint); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.event_error(p_event_id bigint, p_order_row bigint) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
    select coalesce(
        (
            select k.last_error from jobs_of_event(p_event_id, p_order_row) as k
            where k.last_error is not null order by k.state desc, k.run_at desc limit 1
        ),
        (
            select t.reason from job_attempts as t
            where t.event_id = p_event_id and t.outcome in ('retry', 'dead', 'lost') order by t.finished_at desc limit 1
        ))
$$;


--
-- Name: event_outcome(bigint, bigint); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.event_outcome(p_event_id bigint, p_order_row bigint) RETURNS TABLE(status text, attempts bigint, last_error text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
    select event_status(p_event_id, p_order_row),
        (
            select count(*) from job_attempts as t
            where t.event_id = p_event_id and t.outcome not in ('released', 'discarded')
        ),
        event_error(p_event_id, p_order_row)
$$;


--
-- Name: event_status(bigint, bigint); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.event_status(p_event_id bigint, p_order_row bigint) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    select case
        when count(*) filter (where state = 2) > 0 then 'failed'
        when count(*) filter (where state = 1) > 0 then 'processing'
        when count(*) > 0 then 'pending'
        else 'completed'
    end
    from jobs_of_event(p_event_id, p_order_row)
$$;


--
-- Name: field_clocks(jsonb, jsonb, jsonb); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.field_clocks(p_fields jsonb, p_extra jsonb, p_clocks jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select coalesce(jsonb_object_agg(k.name, coalesce(p_clocks -> k.name, p_clocks -> '*')), '{}')
    from (
        select jsonb_object_keys(p_fields) as name
        union all select 'extra.' || jsonb_object_keys(p_extra)
    ) as k
$$;


--
-- Name: find_receipts(text[], bytea[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.find_receipts(p_source text[], p_dedupe_key bytea[]) RETURNS TABLE(ord bigint, event_id bigint, order_row bigint)
    LANGUAGE plpgsql STABLE
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_nestloop TO 'on'
    AS $$
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


--
-- Name: find_token(bytea); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.find_token(p_hash bytea) RETURNS TABLE(name text, scopes text[], expires_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
begin
    update api_tokens as t set last_used_at = now()
    where t.hash = p_hash and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
        and (t.last_used_at is null or t.last_used_at < now() - interval '1 minute');
    return query
        select t.name, t.scopes, t.expires_at from api_tokens as t
        where t.hash = p_hash and t.revoked_at is null and (t.expires_at is null or t.expires_at > now());
end
$$;


--
-- Name: impersonal_fields(); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.impersonal_fields() RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select array['status', 'total_amount', 'shipping_fee', 'currency', 'shop_id', 'order_number', 'placed_at',
        'changed_at', 'product', 'price', 'quantity', 'commission', 'needs_detail', 'deleted', 'video_id',
        'parent_comment_id', 'written_at']
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: jobs; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.jobs (
    job_id bigint NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    state smallint DEFAULT 0 NOT NULL,
    priority smallint DEFAULT 0 NOT NULL,
    attempt smallint DEFAULT 0 NOT NULL,
    max_attempts smallint DEFAULT 4 NOT NULL,
    uncounted integer DEFAULT 0 NOT NULL,
    run_at timestamp with time zone DEFAULT now() NOT NULL,
    first_failed_at timestamp with time zone,
    order_row bigint,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    lease_token bigint,
    lease_until timestamp with time zone,
    unique_key bytea,
    last_error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    note text,
    alerted_at timestamp with time zone,
    again text,
    CONSTRAINT state_known CHECK ((state = ANY (ARRAY[0, 1, 2])))
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.01', autovacuum_vacuum_threshold='500', autovacuum_vacuum_cost_delay='0', autovacuum_analyze_scale_factor='0.05', autovacuum_vacuum_insert_scale_factor='0.2');


--
-- Name: jobs_of_event(bigint, bigint); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.jobs_of_event(p_event_id bigint, p_order_row bigint) RETURNS SETOF hookledger.jobs
    LANGUAGE sql STABLE
    AS $$
    select * from jobs where p_order_row is not null and order_row = p_order_row and event_id = p_event_id
    union all
    select * from jobs where p_order_row is null and order_row is null and event_id = p_event_id
$$;


--
-- Name: lock_orders(text[], text[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.lock_orders(p_source text[], p_order_id text[]) RETURNS TABLE(source text, order_id text, id bigint, order_data jsonb, extra jsonb, clocks jsonb)
    LANGUAGE plpgsql
    SET enable_nestloop TO 'on'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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


--
-- Name: log_replay(text, text, text, text, jsonb); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.log_replay(p_run text, p_actor text, p_subject text, p_reason text, p_details jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
    perform replay_begun(p_run, p_details);
    insert into operator_log (actor, action, subject, reason, details)
    select p_actor, 'replay', p_subject, p_reason, p_details || jsonb_build_object('run', p_run)
    where not exists (
        select from operator_log
        where subject = p_subject and action = 'replay' and details ->> 'run' = p_run);
end
$$;


--
-- Name: make_follow_up(text, text, integer, bigint, bigint, timestamp with time zone, text); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.make_follow_up(p_action text, p_kind text, p_attempts integer, p_order_row bigint, p_event_id bigint, p_event_received_at timestamp with time zone, p_note text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
    insert into jobs (action, kind, rule, max_attempts, order_row, event_id, event_received_at, note)
    values (p_action, p_kind, '(follow-up)', p_attempts::smallint, p_order_row, p_event_id, p_event_received_at, p_note)
$$;


--
-- Name: make_shared_jobs(bigint[], timestamp with time zone[], jsonb[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.make_shared_jobs(p_event_id bigint[], p_received_at timestamp with time zone[], p_jobs jsonb[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
    m record;
begin
    for m in
        select distinct on (j ->> 'unique_key') j, i.id, i.received_at
        from unnest(p_event_id, p_received_at, p_jobs) with ordinality as i (id, received_at, jobs, ord)
        cross join lateral jsonb_array_elements(i.jobs) as made (j)
        where i.id is not null and j -> 'unique_key' is not null
        order by j ->> 'unique_key', i.ord desc
    loop
        if coalesce((m.j ->> 'restarts')::boolean, false) then
            insert into jobs as w (action, kind, rule, max_attempts, unique_key, run_at, event_id, event_received_at)
            values (m.j ->> 'action', m.j ->> 'kind', m.j ->> 'rule', (m.j ->> 'max_attempts')::smallint,
                convert_to(m.j ->> 'unique_key', 'UTF8'), now() + (m.j ->> 'delay_ms')::bigint * interval '1 ms',
                m.id, m.received_at)
            on conflict (unique_key) where unique_key is not null and state = 0 do update
                set run_at = excluded.run_at, rule = excluded.rule, event_id = excluded.event_id,
                    event_received_at = excluded.event_received_at;
        else
            -- Without a lock on the job that is there: thousands of events meet it.
            insert into jobs (action, kind, rule, max_attempts, unique_key, run_at, event_id, event_received_at)
            values (m.j ->> 'action', m.j ->> 'kind', m.j ->> 'rule', (m.j ->> 'max_attempts')::smallint,
                convert_to(m.j ->> 'unique_key', 'UTF8'), now() + (m.j ->> 'delay_ms')::bigint * interval '1 ms',
                m.id, m.received_at)
            on conflict (unique_key) where unique_key is not null and state = 0 do nothing;
        end if;
    end loop;
end
$$;


--
-- Name: members_of(jsonb, text[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.members_of(object jsonb, names text[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(object) where key = any (names)
$$;


--
-- Name: merge_fields(jsonb, jsonb, jsonb, jsonb, text); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.merge_fields(fields jsonb, clocks jsonb, patch jsonb, clock jsonb, prefix text, OUT new_fields jsonb, OUT new_clocks jsonb, OUT changes jsonb) RETURNS record
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
begin
    select
        fields || coalesce(jsonb_object_agg(p.key, p.value), '{}'),
        clocks || coalesce(jsonb_object_agg(prefix || p.key, clock), '{}'),
        coalesce(
            jsonb_object_agg(prefix || p.key, jsonb_build_array(fields -> p.key, p.value))
                filter (where coalesce(fields -> p.key, 'null') is distinct from p.value),
            '{}')
    into new_fields, new_clocks, changes
    from jsonb_each(patch) as p
    where coalesce(
        coalesce(clocks -> (prefix || p.key), case when fields ? p.key then clocks -> '*' end) < clock, true);
end
$$;


--
-- Name: move_inventory(text[], text[], text[], text[], text[], numeric[], text[], timestamp with time zone[], bigint[], bigint[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.move_inventory(p_movement_key text[], p_source text[], p_product_id text[], p_variant_id text[], p_sku text[], p_delta numeric[], p_reason text[], p_occurred_at timestamp with time zone[], p_order_row bigint[], p_job_id bigint[]) RETURNS TABLE(movement_key text, inventory_id bigint, quantity numeric, is_new boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    m record;
begin
    for m in
        select k.*, f.id as row_id
        from unnest(p_movement_key, p_source, p_product_id, p_variant_id, p_sku, p_delta, p_reason, p_occurred_at,
            p_order_row, p_job_id)
            as k (key, source, product_id, variant_id, sku, delta, reason, occurred_at, order_row, job_id)
        left join inventory as f on f.id = coalesce(
            (select i.id from inventory as i where i.source = k.source and i.product_id = k.product_id
                and i.variant_id = coalesce(k.variant_id, '')),
            (select min(i.id) from inventory as i where i.sku = k.sku and i.source = k.source having count(*) = 1),
            (select min(i.id) from inventory as i where i.sku = k.sku having count(*) = 1))
        -- In the order of the rows' keys, which is that of counts, too.
        order by coalesce(f.source, k.source), coalesce(f.product_id, k.product_id), coalesce(f.variant_id, k.variant_id),
            k.key
    loop
        movement_key := m.key;
        inventory_id := m.row_id;
        if inventory_id is null then
            insert into inventory as i (source, product_id, variant_id, sku)
            values (m.source, coalesce(m.product_id, 'sku:' || coalesce(m.sku, '')), coalesce(m.variant_id, ''), m.sku)
            on conflict (source, product_id, variant_id) do update set sku = coalesce(i.sku, excluded.sku)
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


--
-- Name: next_orders(text, bigint, integer, boolean); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.next_orders(p_source text, p_after bigint, p_limit integer, p_lock boolean) RETURNS TABLE(id bigint, is_whole boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
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


--
-- Name: order_clock(timestamp with time zone, timestamp with time zone, bigint, bigint, integer, bytea); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.order_clock(occurred_at timestamp with time zone, received_at timestamp with time zone, sequence bigint, event_id bigint, status_rank integer, dedupe_key bytea) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    select jsonb_build_array(
        (extract(epoch from least(coalesce(occurred_at, received_at), received_at + interval '300 seconds'))
            * 1000000)::bigint,
        case when occurred_at is null then event_id else sequence end,
        status_rank,
        encode(substr(dedupe_key, 1, 8), 'hex'))
$$;


--
-- Name: partition_days_ahead(); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.partition_days_ahead() RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
    select (min(last_end) - current_date)::int
    from (
        select max(substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''(\d{4}-\d\d-\d\d)')::date) as last_end
        from pg_inherits as i join pg_class as c on c.oid = i.inhrelid
        where i.inhparent in ('events'::regclass, 'job_attempts'::regclass)
        group by i.inhparent
    ) as ends
$$;


--
-- Name: prefix_keys(jsonb, text); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.prefix_keys(object jsonb, prefix text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select coalesce(jsonb_object_agg(prefix || key, value), '{}') from jsonb_each(object)
$$;


--
-- Name: quantity_left(bigint, numeric, timestamp with time zone); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.quantity_left(p_inventory bigint, p_counted numeric, p_counted_at timestamp with time zone) RETURNS numeric
    LANGUAGE sql STABLE
    AS $$
    select coalesce(p_counted, 0) + coalesce(sum(delta), 0)
    from inventory_movements
    where inventory_id = p_inventory and occurred_at > coalesce(p_counted_at, '-infinity')
$$;


--
-- Name: rebuild_orders(bigint[], bigint[], bigint[], timestamp with time zone[], timestamp with time zone[], bigint[], integer[], bytea[], jsonb[], jsonb[], boolean); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.rebuild_orders(p_orders bigint[], p_order_row bigint[], p_event_id bigint[], p_received_at timestamp with time zone[], p_occurred_at timestamp with time zone[], p_sequence bigint[], p_status_rank integer[], p_dedupe_key bytea[], p_patch jsonb[], p_extra jsonb[], p_write boolean) RETURNS TABLE(order_row bigint, source text, order_id text, field text, stored text, rebuilt text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    o record;
    n record;
    m record;
    e record;
    v_fields jsonb;
    v_extra jsonb;
    v_clocks jsonb;
    v_found boolean;
begin
    for o in select * from orders where id = any (p_orders) order by orders.source, orders.order_id loop
        v_fields := '{}';
        v_extra := '{}';
        v_clocks := '{}';
        v_found := false;
        for n in
            select i.patch, coalesce(i.extra, '{}') as extra,
                order_clock(i.occurred_at, i.received_at, i.sequence, i.event_id, i.status_rank, i.dedupe_key) as clock
            from unnest(p_order_row, p_event_id, p_received_at, p_occurred_at, p_sequence, p_status_rank, p_dedupe_key,
                p_patch, p_extra)
                as i (order_row, event_id, received_at, occurred_at, sequence, status_rank, dedupe_key, patch, extra)
            where i.order_row = o.id
            order by i.event_id
        loop
            m := merge_fields(v_fields, v_clocks, n.patch, n.clock, '');
            e := merge_fields(v_extra, m.new_clocks, n.extra, n.clock, 'extra.');
            v_fields := m.new_fields;
            v_extra := e.new_fields;
            v_clocks := e.new_clocks;
            v_found := true;
        end loop;
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


--
-- Name: record(text[], bytea[], bigint[], text[], text[], text[], text[], text[], text[], timestamp with time zone[], bigint[], timestamp with time zone[], text[], text[], text[], text[], text[], text[], text[], text[], jsonb[], bytea[], text[], jsonb[], jsonb[], integer[], jsonb[], text[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.record(p_source text[], p_dedupe_key bytea[], p_window_seconds bigint[], p_origin text[], p_provider text[], p_provider_type text[], p_type text[], p_subject text[], p_shop_id text[], p_occurred_at timestamp with time zone[], p_sequence bigint[], p_received_at timestamp with time zone[], p_verification text[], p_scheme text[], p_key_id text[], p_request_id text[], p_remote_addr text[], p_method text[], p_path text[], p_query text[], p_headers jsonb[], p_body bytea[], p_record_id text[], p_patch jsonb[], p_extra jsonb[], p_status_rank integer[], p_jobs jsonb[], p_kind text[] DEFAULT NULL::text[]) RETURNS TABLE(ord bigint, event_id bigint, order_row bigint, is_duplicate boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    SET enable_nestloop TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $_$
#variable_conflict use_column
declare
    v_ids bigint[];
    v_touched bigint[];
    v_dispositions text[];
    v_changes jsonb[];
    v_ords bigint[];
    v_order_rows bigint[];
    v_record_kinds text[];
    v_record_rows bigint[];
begin
    -- Receipts: what is new gets an event id. A key whose window is over counts as new again.
    with fresh as (
        insert into receipts as r (source, dedupe_key, event_id, received_at)
        select i.source, i.dedupe_key, nextval('event_ids'), i.received_at
        from unnest(p_source, p_dedupe_key, p_received_at) as i (source, dedupe_key, received_at)
        order by i.source, i.dedupe_key
        on conflict (source, dedupe_key) do update
            set event_id = excluded.event_id, received_at = excluded.received_at
            where r.received_at < excluded.received_at - make_interval(secs => (
                select w.seconds from unnest(p_source, p_dedupe_key, p_window_seconds) as w (source, key, seconds)
                where w.source = excluded.source and w.key = excluded.dedupe_key))
        returning source, dedupe_key, event_id
    )
    select array_agg(f.event_id order by i.ord) into v_ids
    from unnest(p_source, p_dedupe_key) with ordinality as i (source, dedupe_key, ord)
    left join fresh as f on f.source = i.source and f.dedupe_key = i.dedupe_key;

    -- Orders, of the new events only.
    select i.ords, a.order_rows, a.dispositions, a.changes into v_ords, v_touched, v_dispositions, v_changes
    from (
        select array_agg(i.ord) as ords, array_agg(i.source) as source, array_agg(i.record_id) as order_id,
            array_agg(i.provider) as provider, array_agg(i.patch) as patch, array_agg(i.extra) as extra,
            array_agg(i.id) as id, array_agg(i.received_at) as received_at,
            array_agg(order_clock(i.occurred_at, i.received_at, i.sequence, i.id, i.status_rank, i.dedupe_key)) as clock
        from unnest(p_source, p_record_id, p_provider, p_patch, p_extra, v_ids, p_received_at, p_occurred_at, p_sequence,
            p_status_rank, p_dedupe_key, p_kind) with ordinality
            as i (source, record_id, provider, patch, extra, id, received_at, occurred_at, sequence, status_rank,
                dedupe_key, kind, ord)
        where i.id is not null and i.record_id is not null and coalesce(i.kind, 'order') = 'order'
    ) as i
    cross join lateral apply_to_orders(
        i.source, i.order_id, i.provider, i.patch, i.extra, i.clock, i.id, i.received_at) as a
    where i.ords is not null;
    perform replace_order_items(
        array_agg(c.order_row), array_agg(case when c.disposition = 'created' then c.changes -> 'items'
            else c.changes -> 'items' -> 1 end), 
        array_agg(c.order_row) filter (where c.disposition <> 'created'))
    from unnest(v_touched, v_dispositions, v_changes) as c (order_row, disposition, changes)
    where c.changes ? 'items'
    having count(*) > 0;

    -- Other records, of the new events only; orders have none of these two.
    if p_kind && array['product', 'customer', 'comment'] then
        v_record_kinds := array_fill(null::text, array[coalesce(cardinality(v_ords), 0)]);
        v_record_rows := array_fill(null::bigint, array[coalesce(cardinality(v_ords), 0)]);
        select v_ords || array_agg(a.ord), v_touched || array_agg(null::bigint), v_record_kinds || array_agg(a.record_kind),
            v_record_rows || array_agg(a.record_row), v_dispositions || array_agg(a.disposition),
            v_changes || array_agg(a.changes)
        into v_ords, v_touched, v_record_kinds, v_record_rows, v_dispositions, v_changes
        from apply_to_records(p_kind, p_source, p_record_id, p_provider, p_patch, p_extra,
            (select array_agg(order_clock(i.occurred_at, i.received_at, i.sequence, i.id, i.status_rank, i.dedupe_key)
                order by i.ord)
            from unnest(p_occurred_at, p_received_at, p_sequence, v_ids, p_status_rank, p_dedupe_key) with ordinality
                as i (occurred_at, received_at, sequence, id, status_rank, dedupe_key, ord)),
            v_ids, p_received_at) as a;
    end if;

    with inserted as (
        insert into events (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at,
            sequence, order_row, record_kind, record_row, disposition, changes, origin, verification, scheme, key_id, request_id,
            remote_addr, method, path, query, headers, body)
        select i.id, i.received_at, i.source, i.provider, i.provider_type, i.type, i.subject, i.shop_id, i.occurred_at,
            i.sequence, o.order_row, o.record_kind, o.record_row, coalesce(o.disposition, 'stored'),
            nullif(o.changes, '{}'), i.origin, i.verification, i.scheme, i.key_id, i.request_id, i.remote_addr, i.method,
            i.path, i.query, i.headers, i.body
        from unnest(v_ids, p_received_at, p_source, p_provider, p_provider_type, p_type, p_subject, p_shop_id,
            p_occurred_at, p_sequence, p_origin, p_verification, p_scheme, p_key_id, p_request_id, p_remote_addr,
            p_method, p_path, p_query, p_headers, p_body) with ordinality
            as i (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, origin,
                verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, ord)
        left join unnest(v_ords, v_touched, v_record_kinds, v_record_rows, v_dispositions, v_changes)
            as o (ord, order_row, record_kind, record_row, disposition, changes) using (ord)
        where i.id is not null
        returning id, order_row
    )
    select array_agg(e.order_row order by i.ord) into v_order_rows
    from unnest(v_ids) with ordinality as i (id, ord) left join inserted as e on e.id = i.id;

    insert into jobs (action, kind, rule, priority, max_attempts, order_row, event_id, event_received_at)
    select j ->> 'action', j ->> 'kind', j ->> 'rule', coalesce((j ->> 'priority')::smallint, 0),
        coalesce((j ->> 'max_attempts')::smallint, 4), i.order_row, i.id, i.received_at
    from unnest(v_ids, v_order_rows, p_received_at, p_jobs) with ordinality as i (id, order_row, received_at, jobs, ord)
    cross join lateral jsonb_array_elements(i.jobs) with ordinality as made (j, place)
    where i.id is not null and j -> 'unique_key' is null
    order by i.ord, made.place;
    if exists (select from unnest(p_jobs) as i (jobs) where i.jobs @? '$[*].unique_key') then
        perform make_shared_jobs(v_ids, p_received_at, p_jobs);
    end if;

    return query
        select n.ord, n.id, n.order_row, false
        from unnest(v_ids, v_order_rows) with ordinality as n (id, order_row, ord)
        where n.id is not null;
    if array_position(v_ids, null) is not null then
        return query
            select f.ord, f.event_id, f.order_row, true
            from find_receipts(p_source, p_dedupe_key) as f
            where v_ids[f.ord] is null;
    end if;
end
$_$;


--
-- Name: redact_events(bigint[], timestamp with time zone[], bytea[], bytea[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.redact_events(p_event_id bigint[], p_received_at timestamp with time zone[], p_body bytea[], p_dedupe_key bytea[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
    update events as e
    set body_hash = coalesce(e.body_hash, sha256(e.body)), dedupe_key = coalesce(e.dedupe_key, k.dedupe_key),
        body = k.body, query = '', changes = nullif(members_of(e.changes, impersonal_fields()), '{}'),
        redacted_at = coalesce(e.redacted_at, now())
    from unnest(p_event_id, p_received_at, p_body, p_dedupe_key) as k (id, received_at, body, dedupe_key)
    where e.received_at = k.received_at and e.id = k.id
$$;


--
-- Name: redact_rows(text, bigint[], bigint[], bigint[], bigint[], text[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.redact_rows(p_source text, p_customers bigint[], p_comments bigint[], p_orders bigint[], p_events bigint[], p_needles text[]) RETURNS TABLE(kind text, count bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
    perform from customers where id = any (p_customers) order by source, customer_id for update;
    -- One that was known by the address only had it for an id.
    update customers
    set customer_data = '{"deleted": true}', extra = '{}', updated_at = now(),
        customer_id = case when customer_id like 'email:%' then 'redacted:' || id else customer_id end
    where id = any (p_customers);
    get diagnostics count = row_count;
    kind := 'customers';
    return next;

    perform from comments where id = any (p_comments) order by source, comment_id for update;
    update comments
    set comment_data = members_of(comment_data, impersonal_fields()), extra = '{}', moderation_reason = null,
        updated_at = now()
    where id = any (p_comments);
    get diagnostics count = row_count;
    kind := 'comments';
    return next;

    update messages set content = '[redacted]'
    where (customer_row = any (p_customers) or order_row = any (p_orders)) and content <> '[redacted]';
    get diagnostics count = row_count;
    kind := 'messages';
    return next;

    update job_attempts set reason = '[redacted]'
    where event_id = any (p_events) and reason is not null
        and exists (select from unnest(p_needles) as n (needle) where strpos(lower(reason), n.needle) > 0);
    -- What waits to be said to the person is said no more: the delivery of a message ends by itself when its note is gone.
    update jobs set last_error = case when last_error is not null then '[redacted]' end,
        note = case when note is not null then '[redacted]' end
    where event_id = any (p_events) and (action like '%:delivery' or exists (
        select from unnest(p_needles) as n (needle) where strpos(lower(concat(last_error, ' ', note)), n.needle) > 0));
    update effects set answer = null where event_id = any (p_events) and answer is not null;

    update refusals set body = ''
    where source = p_source and exists (
        select from unnest(p_needles) as n (needle) where strpos(lower(body_text(body)), n.needle) > 0);
    get diagnostics count = row_count;
    kind := 'refusals';
    return next;
end
$$;


--
-- Name: refuse(timestamp with time zone[], text[], text[], text[], integer[], text[], text[], text[], text[], bytea[], bigint[], integer[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.refuse(p_refused_at timestamp with time zone[], p_source text[], p_kind text[], p_reason text[], p_status integer[], p_request_id text[], p_remote_addr text[], p_method text[], p_path text[], p_body bytea[], p_body_length bigint[], p_unrecorded integer[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
    insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
        body_length, unrecorded)
    select r.refused_at, r.source, r.kind, left(r.reason, 500), r.status, left(r.request_id, 100),
        left(r.remote_addr, 100), left(r.method, 20), left(r.path, 500), substr(r.body, 1, 4096), r.body_length,
        r.unrecorded
    from unnest(p_refused_at, p_source, p_kind, p_reason, p_status, p_request_id, p_remote_addr, p_method, p_path,
        p_body, p_body_length, p_unrecorded)
        as r (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body, body_length,
            unrecorded)
$$;


--
-- Name: replace_order_items(bigint[], jsonb[], bigint[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.replace_order_items(p_order_row bigint[], p_items jsonb[], p_existing bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
    if p_existing is not null then
        delete from order_items where order_row = any (p_existing);
    end if;
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


--
-- Name: replay_begun(text, jsonb); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.replay_begun(p_run text, p_details jsonb) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
declare
    v_details jsonb;
begin
    select details into v_details from operator_log
    where action = 'replay' and details ->> 'run' = p_run
    order by id limit 1;
    if v_details ? 'filter' and v_details - '{run,now}'::text[] <> p_details - '{run,now}'::text[] then
        raise exception 'the replay % was begun with another request: %', p_run, v_details - '{run,now}'::text[]
            using errcode = 'HL001';
    end if;
    return v_details ->> 'now';
end
$$;


--
-- Name: replay_changed(text, text, text, text, jsonb, boolean, bigint, bigint, bigint, interval); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.replay_changed(p_run text, p_actor text, p_subject text, p_reason text, p_details jsonb, p_again boolean, p_event_id bigint, p_new_event_id bigint, p_new_order_row bigint, p_after interval) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
declare
    v_jobs int;
begin
    perform log_replay(p_run, p_actor, p_subject, p_reason, p_details);
    update jobs as k set again = case when p_again then p_run end, run_at = now() + p_after
    where k.job_id in (select j.job_id from jobs_of_event(p_new_event_id, p_new_order_row) as j) and k.state = 0;
    get diagnostics v_jobs = row_count;
    insert into replays (run, event_id, new_event_id, jobs) values (p_run, p_event_id, p_new_event_id, v_jobs)
    on conflict do nothing;
end
$$;


--
-- Name: replay_events(text, text, text, text, jsonb, boolean, boolean, bigint[], timestamp with time zone[], bigint[], jsonb[], interval[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.replay_events(p_run text, p_actor text, p_subject text, p_reason text, p_details jsonb, p_again boolean, p_write boolean, p_event_id bigint[], p_received_at timestamp with time zone[], p_order_row bigint[], p_jobs jsonb[], p_after interval[]) RETURNS TABLE(event_id bigint, rule text, action text, fate text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
    if p_write then
        perform pg_advisory_xact_lock(hashtext('hookledger.replay'));
        perform from orders as o where o.id = any (p_order_row) order by o.source, o.order_id for update;
        perform log_replay(p_run, p_actor, p_subject, p_reason, p_details);
    end if;
    return query
        with events as materialized (
            select i.*, exists (select from replays as r where r.event_id = i.id and r.run = p_run) as is_replayed
            from unnest(p_event_id, p_received_at, p_order_row, p_jobs, p_after) with ordinality
                as i (id, received_at, order_row, jobs, after, ord)
        ), planned as materialized (
            select e.id, e.received_at, e.order_row, e.after, e.ord, m.place, m.j, m.j ->> 'rule' as rule,
                m.j ->> 'action' as action
            from events as e
            cross join lateral jsonb_array_elements(e.jobs) with ordinality as m (j, place)
            where not e.is_replayed
        ), judged as materialized (
            select p.*, o.job_id, case
                when o.state = 2 then 'revived'
                when o.state is not null then 'open'
                when exists (
                    select from job_attempts as t
                    where t.event_id = p.id and t.action = p.action and t.rule = p.rule and t.outcome = 'done')
                    then 'repeated'
                else 'new'
            end as fate
            from planned as p
            left join lateral (
                select k.job_id, k.state from jobs_of_event(p.id, p.order_row) as k
                where k.action = p.action and k.rule = p.rule
                order by k.state, k.job_id limit 1
            ) as o on true
        ), made as (
            insert into jobs (action, kind, rule, priority, max_attempts, unique_key, again, run_at, order_row, event_id,
                event_received_at)
            select n.action, n.j ->> 'kind', n.rule, coalesce((n.j ->> 'priority')::smallint, 0),
                coalesce((n.j ->> 'max_attempts')::smallint, 4), convert_to(n.j ->> 'unique_key', 'UTF8'),
                case when p_again then p_run end, now() + n.after, n.order_row, n.id, n.received_at
            from judged as n
            where p_write and n.fate in ('new', 'repeated')
            order by n.ord, n.place
            on conflict (unique_key) where unique_key is not null and state = 0 do nothing
        ), revived as (
            update jobs as k set state = 0, attempt = 0, uncounted = 0, first_failed_at = null, last_error = null,
                alerted_at = null, unique_key = null, again = case when p_again then p_run else k.again end, run_at = now() + n.after
            from judged as n
            where p_write and n.fate = 'revived' and k.job_id = n.job_id and k.state = 2
        ), kept as (
            insert into replays (run, event_id, jobs)
            select p_run, e.id,
                (select count(*) from judged as n where n.ord = e.ord and n.fate in ('new', 'repeated', 'revived'))
            from events as e
            where p_write and not e.is_replayed
            order by e.id
        )
        select e.id, n.rule, n.action, case when e.is_replayed then 'replayed' else coalesce(n.fate, 'none') end
        from events as e left join judged as n on n.ord = e.ord
        order by e.ord, n.place;
end
$$;


--
-- Name: retry_dead_letters(bigint[], text, text, text, text, text, bigint, text[], boolean, interval, boolean); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.retry_dead_letters(p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint, p_unaskable text[], p_uncertain boolean, p_spread interval, p_write boolean) RETURNS TABLE(job_id bigint, moved boolean, uncertain boolean)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
    with chosen as materialized (
        select * from choose_dead_letters(p_ids, p_action, p_kind, p_rule, p_order, p_error, p_limit, p_unaskable)
    ), moving as materialized (
        select c.*, row_number() over (order by c.job_id) as place, count(*) over () as total,
            j.unique_key is not null and (
                row_number() over (partition by j.unique_key order by c.job_id) > 1
                or exists (select from jobs as w where w.unique_key = j.unique_key and w.state = 0)) as is_done_by_another
        from chosen as c join jobs as j using (job_id)
        where p_uncertain or not c.uncertain
    ), ended as (
        delete from jobs as j using moving as m where p_write and m.is_done_by_another and j.job_id = m.job_id returning j.*
    ), logged as (
        insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row,
            job_created_at, started_at, finished_at, outcome, reason)
        select e.job_id, e.attempt + e.uncounted, e.action, e.kind, e.rule, e.event_id, e.event_received_at,
            e.order_row, e.created_at, now(), now(), 'skipped', 'another job that waits does its work'
        from ended as e order by e.job_id
    ), moved as (
        update jobs as j set state = 0, attempt = 0, uncounted = 0, first_failed_at = null, last_error = null,
            alerted_at = null, run_at = now() + (m.place - 1) * p_spread / greatest(m.total, 1)
        from moving as m where p_write and not m.is_done_by_another and j.job_id = m.job_id
    ), forgotten as (
        delete from effects as e using moving as m
        where p_write and m.uncertain and e.job_id = m.job_id and e.state <> 'done'
    )
    select c.job_id, m.job_id is not null, c.uncertain
    from chosen as c left join moving as m using (job_id) order by c.job_id
$$;


--
-- Name: return_inventory(bigint, timestamp with time zone, bigint); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.return_inventory(p_order_row bigint, p_occurred_at timestamp with time zone, p_job_id bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $_$
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
$_$;


--
-- Name: strip_orders(bigint[]); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.strip_orders(p_orders bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
begin
    perform from orders where id = any (p_orders) order by source, order_id for update;
    update orders as o
    set order_data = members_of(o.order_data, impersonal_fields()) || coalesce((
            select jsonb_build_object('items', jsonb_agg(i.item - 'extra' order by i.place))
            from jsonb_array_elements(case jsonb_typeof(o.order_data -> 'items')
                when 'array' then o.order_data -> 'items' else '[]' end) with ordinality as i (item, place)
            where jsonb_typeof(i.item) = 'object'
            having count(*) > 0), '{}'),
        extra = '{}', clocks = members_of(o.clocks, impersonal_fields() || array['items', '*'])
    where o.id = any (p_orders);
end
$$;


--
-- Name: write_message(text, text, text, text, text, text, text, text, bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: hookledger; Owner: -
--

CREATE FUNCTION hookledger.write_message(p_effect_key text, p_source text, p_provider text, p_customer_id text, p_email text, p_name text, p_channel text, p_content text, p_order_row bigint, p_event_id bigint, p_event_received_at timestamp with time zone) RETURNS TABLE(message_id bigint, conversation_id bigint, customer_id text, is_new boolean, is_gone boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'hookledger', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_customer record;
    v_id text := coalesce(p_customer_id, 'email:' || lower(p_email));
begin
    select c.id, c.customer_id, c.deleted into v_customer from customers as c
    where c.source = p_source and c.customer_id = v_id;
    if not found and p_customer_id is null then
        select c.id, c.customer_id, c.deleted into v_customer from customers as c
        where c.source = p_source and lower(c.email) = lower(p_email)
        order by c.id limit 1;
    end if;
    if v_customer.id is null then
        insert into customers (source, customer_id, provider, customer_data, extra, clocks, last_event_id,
            last_event_received_at)
        values (p_source, v_id, p_provider, jsonb_strip_nulls(jsonb_build_object('email', p_email, 'name', p_name)),
            '{}', '{}', p_event_id, p_event_received_at)
        on conflict do nothing;
        -- A statement of its own, so that it sees what another transaction was quicker with.
        select c.id, c.customer_id, c.deleted into v_customer from customers as c
        where c.source = p_source and c.customer_id = v_id;
    end if;
    customer_id := v_customer.customer_id;
    is_new := false;
    is_gone := v_customer.deleted;
    if is_gone then
        return next;
        return;
    end if;

    insert into conversations (source, customer_row, channel) values (p_source, v_customer.id, p_channel)
    on conflict do nothing;
    -- Locked, so that the ids of its messages come into being in the order in which they can be seen: who polls by the last
    -- one seen misses none.
    select c.id into conversation_id from conversations as c
    where c.customer_row = v_customer.id and c.channel = p_channel for update;

    insert into messages (conversation_id, customer_row, role, content, effect_key, order_row, event_id,
        event_received_at)
    values (conversation_id, v_customer.id, 'assistant', p_content, p_effect_key, p_order_row, p_event_id,
        p_event_received_at)
    on conflict (effect_key) do nothing
    returning id into message_id;
    is_new := message_id is not null;
    if not is_new then
        select m.id into message_id from messages as m where m.effect_key = p_effect_key;
    end if;
    return next;
end
$$;


--
-- Name: action_states; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.action_states (
    action text NOT NULL,
    kind text NOT NULL,
    blocks boolean NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: job_attempts; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
)
PARTITION BY RANGE (finished_at);


--
-- Name: action_statistics; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.action_statistics AS
 SELECT job_attempts.action,
    job_attempts.kind,
    count(*) FILTER (WHERE (job_attempts.outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'dead'::text]))) AS ended,
    count(*) FILTER (WHERE (job_attempts.outcome = 'done'::text)) AS done,
    count(*) FILTER (WHERE (job_attempts.outcome = 'skipped'::text)) AS skipped,
    count(*) FILTER (WHERE (job_attempts.outcome = 'dead'::text)) AS dead,
    round((((count(*) FILTER (WHERE (job_attempts.outcome = 'done'::text)))::numeric * 100.0) / (NULLIF(count(*) FILTER (WHERE (job_attempts.outcome = ANY (ARRAY['done'::text, 'dead'::text]))), 0))::numeric), 2) AS success_rate,
    round((((count(*) FILTER (WHERE (job_attempts.outcome = ANY (ARRAY['retry'::text, 'lost'::text]))))::numeric * 100.0) / (NULLIF(count(*) FILTER (WHERE (job_attempts.outcome = ANY (ARRAY['done'::text, 'dead'::text, 'retry'::text, 'lost'::text]))), 0))::numeric), 2) AS retry_rate,
    percentile_disc((0.5)::double precision) WITHIN GROUP (ORDER BY (job_attempts.finished_at - job_attempts.job_created_at)) FILTER (WHERE (job_attempts.outcome = 'done'::text)) AS p50,
    percentile_disc((0.95)::double precision) WITHIN GROUP (ORDER BY (job_attempts.finished_at - job_attempts.job_created_at)) FILTER (WHERE (job_attempts.outcome = 'done'::text)) AS p95,
    percentile_disc((0.99)::double precision) WITHIN GROUP (ORDER BY (job_attempts.finished_at - job_attempts.job_created_at)) FILTER (WHERE (job_attempts.outcome = 'done'::text)) AS p99,
    percentile_disc((0.95)::double precision) WITHIN GROUP (ORDER BY (job_attempts.finished_at - job_attempts.started_at)) FILTER (WHERE (job_attempts.outcome = 'done'::text)) AS call_p95
   FROM hookledger.job_attempts
  WHERE ((job_attempts.finished_at > (now() - '7 days'::interval)) AND (job_attempts.outcome <> ALL (ARRAY['released'::text, 'discarded'::text])))
  GROUP BY job_attempts.action, job_attempts.kind;


--
-- Name: alerts; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.alerts (
    topic text NOT NULL,
    raised_at timestamp with time zone NOT NULL
);


--
-- Name: api_tokens; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.api_tokens (
    id bigint NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    CONSTRAINT hash_is_sha256 CHECK ((octet_length(hash) = 32)),
    CONSTRAINT scopes_known CHECK (((scopes <@ ARRAY['read'::text, 'replay'::text, 'admin'::text]) AND (cardinality(scopes) > 0)))
);


--
-- Name: api_tokens_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.api_tokens ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.api_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: blocked_orders; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.blocked_orders AS
SELECT
    NULL::bigint AS order_row,
    NULL::text AS source,
    NULL::text AS order_id,
    NULL::text AS action,
    NULL::text AS kind,
    NULL::bigint AS dead_job_id,
    NULL::text AS last_error,
    NULL::timestamp with time zone AS first_failed_at,
    NULL::bigint AS waiting,
    NULL::timestamp with time zone AS waiting_since;


--
-- Name: comments; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.comments (
    id bigint NOT NULL,
    source text NOT NULL,
    comment_id text NOT NULL,
    provider text NOT NULL,
    comment_data jsonb NOT NULL,
    extra jsonb NOT NULL,
    clocks jsonb NOT NULL,
    video_id text GENERATED ALWAYS AS ((comment_data ->> 'video_id'::text)) STORED,
    parent_comment_id text GENERATED ALWAYS AS ((comment_data ->> 'parent_comment_id'::text)) STORED,
    text text GENERATED ALWAYS AS ((comment_data ->> 'text'::text)) STORED,
    user_id text GENERATED ALWAYS AS ((comment_data ->> 'user_id'::text)) STORED,
    username text GENERATED ALWAYS AS ((comment_data ->> 'username'::text)) STORED,
    status text GENERATED ALWAYS AS ((comment_data ->> 'status'::text)) STORED,
    written_at text GENERATED ALWAYS AS ((comment_data ->> 'written_at'::text)) STORED,
    deleted boolean GENERATED ALWAYS AS (COALESCE(((comment_data -> 'deleted'::text) = 'true'::jsonb), false)) STORED,
    moderation text,
    moderation_reason text,
    moderated_at timestamp with time zone,
    moderated_by text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    last_event_id bigint NOT NULL,
    last_event_received_at timestamp with time zone NOT NULL,
    CONSTRAINT moderation_known CHECK ((moderation = ANY (ARRAY['allow'::text, 'review'::text, 'delete'::text])))
)
WITH (fillfactor='80');


--
-- Name: comment_list; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.comment_list AS
 SELECT comments.id,
    comments.source,
    comments.comment_id,
    comments.video_id,
    comments.parent_comment_id,
    comments.text,
    comments.user_id,
    comments.username,
    comments.status,
    comments.deleted,
    comments.moderation,
    comments.moderation_reason,
    comments.moderated_at,
    comments.moderated_by,
    comments.written_at,
    comments.created_at,
    comments.updated_at
   FROM hookledger.comments;


--
-- Name: events; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
)
PARTITION BY RANGE (received_at);


--
-- Name: comment_log; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.comment_log AS
 SELECT e.received_at AS "timestamp",
    e.source,
    e.provider_type AS event_type,
    c.comment_id,
    c.video_id,
        CASE e.type
            WHEN 'comment.deleted'::text THEN 'deleted'::text
            WHEN 'comment.created'::text THEN COALESCE(c.moderation, 'pending'::text)
            ELSE 'none'::text
        END AS action,
    e.id AS event_id
   FROM (hookledger.events e
     JOIN hookledger.comments c ON ((c.id = e.record_row)))
  WHERE ((e.record_kind = 'comment'::text) AND (e.record_row IS NOT NULL));


--
-- Name: comment_review_queue; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.comment_review_queue AS
 SELECT comments.id,
    comments.source,
    comments.comment_id,
    comments.video_id,
    comments.text,
    comments.username,
    comments.moderation_reason AS reason,
    comments.moderated_at AS waiting_since
   FROM hookledger.comments
  WHERE ((comments.moderation = 'review'::text) AND (NOT comments.deleted))
  ORDER BY comments.moderated_at;


--
-- Name: comments_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.comments ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.comments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: conversations; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.conversations (
    id bigint NOT NULL,
    source text NOT NULL,
    customer_row bigint NOT NULL,
    channel text DEFAULT 'default'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: customers; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.customers (
    id bigint NOT NULL,
    source text NOT NULL,
    customer_id text NOT NULL,
    provider text NOT NULL,
    customer_data jsonb NOT NULL,
    extra jsonb NOT NULL,
    clocks jsonb NOT NULL,
    email text GENERATED ALWAYS AS ((customer_data ->> 'email'::text)) STORED,
    name text GENERATED ALWAYS AS (COALESCE((customer_data ->> 'name'::text), NULLIF(TRIM(BOTH FROM ((COALESCE((customer_data ->> 'first_name'::text), ''::text) || ' '::text) || COALESCE((customer_data ->> 'last_name'::text), ''::text))), ''::text))) STORED,
    phone text GENERATED ALWAYS AS ((customer_data ->> 'phone'::text)) STORED,
    status text GENERATED ALWAYS AS ((customer_data ->> 'status'::text)) STORED,
    deleted boolean GENERATED ALWAYS AS (COALESCE(((customer_data -> 'deleted'::text) = 'true'::jsonb), false)) STORED,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    last_event_id bigint NOT NULL,
    last_event_received_at timestamp with time zone NOT NULL
)
WITH (fillfactor='80');


--
-- Name: messages; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.messages (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    customer_row bigint NOT NULL,
    role text NOT NULL,
    message_type text DEFAULT 'text'::text NOT NULL,
    content text NOT NULL,
    effect_key text,
    order_row bigint,
    event_id bigint,
    event_received_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    delivered_at timestamp with time zone,
    CONSTRAINT role_known CHECK ((role = ANY (ARRAY['assistant'::text, 'user'::text, 'system'::text])))
);


--
-- Name: conversation_list; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.conversation_list AS
 SELECT c.id,
    c.source,
    k.customer_id,
    c.channel,
    c.created_at,
    m.messages,
    m.last_message_at
   FROM ((hookledger.conversations c
     LEFT JOIN hookledger.customers k ON ((k.id = c.customer_row)))
     CROSS JOIN LATERAL ( SELECT count(*) AS messages,
            max(m_1.created_at) AS last_message_at
           FROM hookledger.messages m_1
          WHERE (m_1.conversation_id = c.id)) m);


--
-- Name: orders; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.orders (
    id bigint NOT NULL,
    source text NOT NULL,
    order_id text NOT NULL,
    provider text NOT NULL,
    order_data jsonb NOT NULL,
    extra jsonb NOT NULL,
    clocks jsonb NOT NULL,
    status text GENERATED ALWAYS AS ((order_data ->> 'status'::text)) STORED,
    shop_id text GENERATED ALWAYS AS ((order_data ->> 'shop_id'::text)) STORED,
    order_number text GENERATED ALWAYS AS ((order_data ->> 'order_number'::text)) STORED,
    total_amount numeric GENERATED ALWAYS AS (((order_data ->> 'total_amount'::text))::numeric) STORED,
    shipping_fee numeric GENERATED ALWAYS AS (((order_data ->> 'shipping_fee'::text))::numeric) STORED,
    currency text GENERATED ALWAYS AS ((order_data ->> 'currency'::text)) STORED,
    email text GENERATED ALWAYS AS ((order_data ->> 'email'::text)) STORED,
    customer_name text GENERATED ALWAYS AS ((order_data ->> 'customer_name'::text)) STORED,
    tracking_number text GENERATED ALWAYS AS ((order_data ->> 'tracking_number'::text)) STORED,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    last_event_id bigint NOT NULL,
    last_event_received_at timestamp with time zone NOT NULL,
    product text GENERATED ALWAYS AS (COALESCE((order_data ->> 'product'::text), (order_data #>> '{items,0,product_name}'::text[]))) STORED,
    price numeric GENERATED ALWAYS AS ((COALESCE((order_data ->> 'price'::text), (order_data #>> '{items,0,unit_price}'::text[])))::numeric) STORED,
    total numeric GENERATED ALWAYS AS (((order_data ->> 'total_amount'::text))::numeric) STORED,
    commission numeric GENERATED ALWAYS AS (((order_data ->> 'commission'::text))::numeric) STORED,
    quantity numeric GENERATED ALWAYS AS ((COALESCE((order_data ->> 'quantity'::text), (order_data #>> '{items,0,quantity}'::text[])))::numeric) STORED,
    profile text GENERATED ALWAYS AS ((order_data ->> 'profile'::text)) STORED,
    proxy_list text GENERATED ALWAYS AS ((order_data ->> 'proxy_list'::text)) STORED,
    reference_number text GENERATED ALWAYS AS ((order_data ->> 'reference_number'::text)) STORED,
    order_date text GENERATED ALWAYS AS ((order_data ->> 'placed_at'::text)) STORED,
    cart_id text GENERATED ALWAYS AS (COALESCE((extra ->> 'cart_token'::text), (extra ->> 'cart_id'::text), (extra ->> 'cartId'::text))) STORED,
    customer_id text GENERATED ALWAYS AS ("left"(COALESCE(NULLIF((extra ->> 'customerId'::text), '0'::text), NULLIF((extra ->> 'customer_id'::text), '0'::text), ((extra -> 'customer'::text) ->> 'id'::text)), 200)) STORED,
    checkout_token text GENERATED ALWAYS AS ("left"((extra ->> 'checkout_token'::text), 200)) STORED
)
WITH (fillfactor='80');


--
-- Name: conversation_messages; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.conversation_messages AS
 SELECT m.id,
    m.conversation_id,
    c.source,
    k.customer_id,
    c.channel,
    m.role,
    m.message_type,
    m.content,
    o.order_id,
    m.created_at,
    m.delivered_at
   FROM (((hookledger.messages m
     JOIN hookledger.conversations c ON ((c.id = m.conversation_id)))
     LEFT JOIN hookledger.customers k ON ((k.id = m.customer_row)))
     LEFT JOIN hookledger.orders o ON ((o.id = m.order_row)));


--
-- Name: conversations_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.conversations ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.conversations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: customer_list; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.customer_list AS
 SELECT customers.id,
    customers.source,
    customers.customer_id,
    customers.status,
    customers.deleted,
    customers.created_at,
    customers.updated_at
   FROM hookledger.customers;


--
-- Name: customers_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.customers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.customers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: dead_letters; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.dead_letters AS
 SELECT j.job_id,
    j.action,
    j.kind,
    j.rule,
    j.last_error,
    j.attempt AS attempts,
    j.uncounted,
    j.created_at,
    j.first_failed_at,
    j.event_id,
    j.event_received_at,
    j.order_row,
    o.source,
    o.order_id,
    j.alerted_at
   FROM (hookledger.jobs j
     LEFT JOIN hookledger.orders o ON ((o.id = j.order_row)))
  WHERE (j.state = 2);


--
-- Name: destinations; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.destinations (
    destination text NOT NULL,
    open_until timestamp with time zone NOT NULL,
    openings integer DEFAULT 1 NOT NULL,
    reason text NOT NULL,
    opened_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: metrics; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.metrics (
    program text NOT NULL,
    name text NOT NULL,
    labels jsonb NOT NULL,
    value double precision NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
)
WITH (fillfactor='50');


--
-- Name: duplicate_deliveries; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.duplicate_deliveries AS
 SELECT a.source,
    a.deliveries,
    COALESCE(d.duplicates, (0)::bigint) AS duplicates,
    round((((COALESCE(d.duplicates, (0)::bigint))::numeric * 100.0) / (NULLIF(a.deliveries, 0))::numeric), 2) AS share,
    d.last_counted_at
   FROM (( SELECT (metrics.labels ->> 'source'::text) AS source,
            (sum(metrics.value))::bigint AS deliveries
           FROM hookledger.metrics
          WHERE ((metrics.name = 'hookledger_deliveries_total'::text) AND ((metrics.labels ->> 'verdict'::text) <> 'refused'::text))
          GROUP BY (metrics.labels ->> 'source'::text)) a
     LEFT JOIN ( SELECT (metrics.labels ->> 'source'::text) AS source,
            (sum(metrics.value))::bigint AS duplicates,
            max(metrics.updated_at) AS last_counted_at
           FROM hookledger.metrics
          WHERE (metrics.name = 'hookledger_duplicates_total'::text)
          GROUP BY (metrics.labels ->> 'source'::text)) d ON ((d.source = a.source)));


--
-- Name: effects; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.effects (
    effect_key text NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    job_id bigint NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    request_hash bytea,
    external_id text,
    answer text,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT state_known CHECK ((state = ANY (ARRAY['started'::text, 'done'::text, 'uncertain'::text])))
);


--
-- Name: effect_list; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.effect_list AS
 SELECT effects.effect_key,
    effects.action,
    effects.kind,
    effects.state,
    effects.job_id,
    effects.event_id,
    effects.event_received_at,
    effects.order_row,
    effects.external_id,
    effects.answer,
    effects.started_at,
    effects.finished_at
   FROM hookledger.effects;


--
-- Name: event_ids; Type: SEQUENCE; Schema: hookledger; Owner: -
--

CREATE SEQUENCE hookledger.event_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: event_latency; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.event_latency AS
 SELECT e.source,
    count(*) AS events,
    percentile_disc((0.5)::double precision) WITHIN GROUP (ORDER BY (e.received_at - e.occurred_at)) AS sent_p50,
    percentile_disc((0.99)::double precision) WITHIN GROUP (ORDER BY (e.received_at - e.occurred_at)) AS sent_p99,
    percentile_disc((0.5)::double precision) WITHIN GROUP (ORDER BY (t.first_byte_at - e.received_at)) AS action_p50,
    percentile_disc((0.95)::double precision) WITHIN GROUP (ORDER BY (t.first_byte_at - e.received_at)) AS action_p95,
    percentile_disc((0.99)::double precision) WITHIN GROUP (ORDER BY (t.first_byte_at - e.received_at)) AS action_p99,
    percentile_disc((0.5)::double precision) WITHIN GROUP (ORDER BY (t.done_at - e.received_at)) AS done_p50,
    percentile_disc((0.95)::double precision) WITHIN GROUP (ORDER BY (t.done_at - e.received_at)) AS done_p95,
    percentile_disc((0.99)::double precision) WITHIN GROUP (ORDER BY (t.done_at - e.received_at)) AS done_p99
   FROM (hookledger.events e
     LEFT JOIN ( SELECT job_attempts.event_id,
            min(job_attempts.first_byte_at) AS first_byte_at,
            max(job_attempts.finished_at) FILTER (WHERE (job_attempts.outcome = 'done'::text)) AS done_at
           FROM hookledger.job_attempts
          WHERE (job_attempts.finished_at > (now() - '24:00:00'::interval))
          GROUP BY job_attempts.event_id) t ON ((t.event_id = e.id)))
  WHERE ((e.received_at > (now() - '24:00:00'::interval)) AND (e.origin = ANY (ARRAY['delivery'::text, 'spool'::text])))
  GROUP BY e.source;


--
-- Name: event_list; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.event_list AS
 SELECT events.id,
    events.received_at,
    events.source,
    events.provider,
    events.provider_type,
    events.type,
    events.subject,
    events.shop_id,
    events.occurred_at,
    events.sequence,
    events.order_row,
    events.record_kind,
    events.record_row,
    events.disposition,
        CASE
            WHEN (events.record_kind IS DISTINCT FROM 'customer'::text) THEN events.changes
            ELSE NULL::jsonb
        END AS changes,
    events.origin,
    events.verification,
    events.scheme,
    events.key_id,
    events.request_id,
    events.remote_addr,
    events.method,
    events.path,
    events.query,
    events.headers,
    events.body,
    events.written_by
   FROM hookledger.events;


--
-- Name: event_states; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.event_states AS
 SELECT e.id,
    e.received_at,
    e.source,
    e.provider,
    e.provider_type,
    e.type,
    e.subject,
    e.shop_id,
    e.occurred_at,
    e.order_row,
    e.disposition,
    e.origin,
    e.verification,
    e.scheme,
    e.key_id,
    e.request_id,
    e.remote_addr,
    e.method,
    e.path,
    e.headers,
    e.body,
        CASE GREATEST(( SELECT max(j.state) AS max
               FROM hookledger.jobs j
              WHERE ((j.order_row = e.order_row) AND (j.event_id = e.id))), ( SELECT max(j.state) AS max
               FROM hookledger.jobs j
              WHERE ((e.order_row IS NULL) AND (j.order_row IS NULL) AND (j.event_id = e.id))))
            WHEN 2 THEN 'failed'::text
            WHEN 1 THEN 'processing'::text
            WHEN 0 THEN 'pending'::text
            ELSE 'completed'::text
        END AS status,
    ( SELECT count(*) AS count
           FROM hookledger.job_attempts t
          WHERE ((t.event_id = e.id) AND (t.outcome <> ALL (ARRAY['released'::text, 'discarded'::text])))) AS attempts,
    hookledger.event_error(e.id, e.order_row) AS last_error,
        CASE
            WHEN (GREATEST(( SELECT max(j.state) AS max
               FROM hookledger.jobs j
              WHERE ((j.order_row = e.order_row) AND (j.event_id = e.id))), ( SELECT max(j.state) AS max
               FROM hookledger.jobs j
              WHERE ((e.order_row IS NULL) AND (j.order_row IS NULL) AND (j.event_id = e.id)))) IS NULL) THEN COALESCE(( SELECT max(t.finished_at) AS max
               FROM hookledger.job_attempts t
              WHERE (t.event_id = e.id)), e.received_at)
            ELSE NULL::timestamp with time zone
        END AS processed_at
   FROM hookledger.events e;


--
-- Name: events_2026w47; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events_2026w47 (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
);


--
-- Name: events_2026w48; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events_2026w48 (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
);


--
-- Name: events_2026w49; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events_2026w49 (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
);


--
-- Name: events_2026w50; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events_2026w50 (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
);


--
-- Name: events_2026w51; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events_2026w51 (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
);


--
-- Name: events_2026w52; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events_2026w52 (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
);


--
-- Name: events_2026w53; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events_2026w53 (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
);


--
-- Name: events_2027w01; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events_2027w01 (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
);


--
-- Name: events_2027w02; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events_2027w02 (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
);


--
-- Name: events_2027w03; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.events_2027w03 (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    provider text NOT NULL,
    provider_type text NOT NULL,
    type text NOT NULL,
    subject text,
    shop_id text,
    occurred_at timestamp with time zone,
    sequence bigint DEFAULT 0 NOT NULL,
    order_row bigint,
    disposition text NOT NULL,
    changes jsonb,
    origin text DEFAULT 'delivery'::text NOT NULL,
    verification text NOT NULL,
    scheme text NOT NULL,
    key_id text,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    query text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    record_kind text,
    record_row bigint,
    written_by xid8 DEFAULT pg_current_xact_id(),
    redacted_at timestamp with time zone,
    body_hash bytea,
    dedupe_key bytea,
    CONSTRAINT disposition_known CHECK ((disposition = ANY (ARRAY['created'::text, 'applied'::text, 'stale'::text, 'stored'::text]))),
    CONSTRAINT origin_known CHECK ((origin = ANY (ARRAY['delivery'::text, 'spool'::text, 'replay'::text, 'fetched'::text]))),
    CONSTRAINT record_kind_known CHECK ((record_kind = ANY (ARRAY['product'::text, 'customer'::text, 'comment'::text]))),
    CONSTRAINT verification_known CHECK ((verification = ANY (ARRAY['signature'::text, 'credential'::text, 'unverified'::text])))
);


--
-- Name: inventory; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.inventory (
    id bigint NOT NULL,
    source text NOT NULL,
    product_id text NOT NULL,
    variant_id text DEFAULT ''::text NOT NULL,
    sku text,
    counted numeric,
    counted_at timestamp with time zone,
    quantity numeric DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
)
WITH (fillfactor='80');


--
-- Name: inventory_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.inventory ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.inventory_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: products; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.products (
    id bigint NOT NULL,
    source text NOT NULL,
    product_id text NOT NULL,
    provider text NOT NULL,
    product_data jsonb NOT NULL,
    extra jsonb NOT NULL,
    clocks jsonb NOT NULL,
    name text GENERATED ALWAYS AS ((product_data ->> 'name'::text)) STORED,
    sku text GENERATED ALWAYS AS ((product_data ->> 'sku'::text)) STORED,
    price numeric GENERATED ALWAYS AS (((product_data ->> 'price'::text))::numeric) STORED,
    currency text GENERATED ALWAYS AS ((product_data ->> 'currency'::text)) STORED,
    quantity numeric GENERATED ALWAYS AS (((product_data ->> 'quantity'::text))::numeric) STORED,
    status text GENERATED ALWAYS AS ((product_data ->> 'status'::text)) STORED,
    deleted boolean GENERATED ALWAYS AS (COALESCE(((product_data -> 'deleted'::text) = 'true'::jsonb), false)) STORED,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    last_event_id bigint NOT NULL,
    last_event_received_at timestamp with time zone NOT NULL
)
WITH (fillfactor='80');


--
-- Name: inventory_levels; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.inventory_levels AS
 SELECT i.id,
    i.source,
    i.product_id,
    i.variant_id,
    i.sku,
    p.name,
    i.counted,
    i.counted_at,
    (i.quantity - COALESCE(i.counted, (0)::numeric)) AS moved,
    i.quantity,
    COALESCE(p.deleted, false) AS deleted,
    i.updated_at
   FROM (hookledger.inventory i
     LEFT JOIN hookledger.products p ON (((p.source = i.source) AND (p.product_id = i.product_id))));


--
-- Name: inventory_movements; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.inventory_movements (
    movement_key text NOT NULL,
    inventory_id bigint NOT NULL,
    delta numeric NOT NULL,
    reason text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: job_attempts_2026w47; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts_2026w47 (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
);


--
-- Name: job_attempts_2026w48; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts_2026w48 (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
);


--
-- Name: job_attempts_2026w49; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts_2026w49 (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
);


--
-- Name: job_attempts_2026w50; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts_2026w50 (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
);


--
-- Name: job_attempts_2026w51; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts_2026w51 (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
);


--
-- Name: job_attempts_2026w52; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts_2026w52 (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
);


--
-- Name: job_attempts_2026w53; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts_2026w53 (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
);


--
-- Name: job_attempts_2027w01; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts_2027w01 (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
);


--
-- Name: job_attempts_2027w02; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts_2027w02 (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
);


--
-- Name: job_attempts_2027w03; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.job_attempts_2027w03 (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    event_id bigint NOT NULL,
    event_received_at timestamp with time zone NOT NULL,
    order_row bigint,
    job_created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    first_byte_at timestamp with time zone,
    finished_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text,
    destination text,
    status integer,
    CONSTRAINT outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'retry'::text, 'dead'::text, 'lost'::text, 'released'::text, 'discarded'::text])))
);


--
-- Name: job_list; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.job_list AS
 SELECT j.job_id,
    j.action,
    j.kind,
    j.rule,
        CASE j.state
            WHEN 0 THEN 'ready'::text
            WHEN 1 THEN 'running'::text
            ELSE 'dead'::text
        END AS state,
    j.priority,
    j.attempt,
    j.max_attempts,
    j.uncounted,
    j.run_at,
    j.first_failed_at,
    j.lease_until,
    j.order_row,
    o.source,
    o.order_id,
    j.event_id,
    j.event_received_at,
    j.last_error,
    j.note,
    j.created_at
   FROM (hookledger.jobs j
     LEFT JOIN hookledger.orders o ON ((o.id = j.order_row)));


--
-- Name: job_log; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.job_log AS
 SELECT t.job_id,
    t.attempt,
    t.action,
    t.kind,
    t.rule,
    t.outcome,
    t.reason,
    t.destination,
    t.status,
    t.event_id,
    t.event_received_at,
    t.order_row,
    o.order_id,
    t.job_created_at,
    t.started_at,
    t.first_byte_at,
    t.finished_at,
    (t.finished_at - t.started_at) AS duration
   FROM (hookledger.job_attempts t
     LEFT JOIN hookledger.orders o ON ((o.id = t.order_row)));


--
-- Name: jobs_job_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.jobs ALTER COLUMN job_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.jobs_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: lease_tokens; Type: SEQUENCE; Schema: hookledger; Owner: -
--

CREATE SEQUENCE hookledger.lease_tokens
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: messages_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.messages ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: metric_totals; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.metric_totals AS
 SELECT metrics.name,
    metrics.labels,
    sum(metrics.value) AS value,
    max(metrics.updated_at) AS updated_at
   FROM hookledger.metrics
  GROUP BY metrics.name, metrics.labels;


--
-- Name: operator_log; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.operator_log (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    reason text,
    details jsonb DEFAULT '{}'::jsonb NOT NULL
);


--
-- Name: operator_actions; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.operator_actions AS
 SELECT operator_log.id,
    operator_log.at,
    operator_log.actor,
    operator_log.action,
    operator_log.subject,
    operator_log.reason,
    operator_log.details
   FROM hookledger.operator_log;


--
-- Name: operator_log_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.operator_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.operator_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: order_events; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.order_events AS
 SELECT o.id AS order_row,
    o.source,
    o.order_id,
    e.id AS event_id,
    e.received_at,
    f.key AS field,
        CASE
            WHEN (e.disposition <> 'created'::text) THEN (f.value -> 0)
            ELSE NULL::jsonb
        END AS old,
        CASE
            WHEN (e.disposition = 'created'::text) THEN f.value
            ELSE (f.value -> 1)
        END AS new
   FROM ((hookledger.orders o
     CROSS JOIN LATERAL ( SELECT a.id,
            a.received_at,
            a.disposition,
            a.changes
           FROM hookledger.events a
          WHERE (a.order_row = o.id)
         OFFSET 0) e)
     CROSS JOIN LATERAL jsonb_each(e.changes) f(key, value));


--
-- Name: order_items; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.order_items (
    order_row bigint NOT NULL,
    line_no integer NOT NULL,
    line_id text NOT NULL,
    product_id text,
    product_name text,
    variant_id text,
    variant_name text,
    sku text,
    quantity integer,
    unit_price numeric,
    list_price numeric,
    image_url text
);


--
-- Name: order_list; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.order_list AS
 SELECT orders.id,
    orders.source,
    orders.order_id,
    orders.provider,
    orders.status,
    orders.shop_id,
    orders.order_number,
    orders.total_amount,
    orders.currency,
    orders.email,
    orders.customer_name,
    orders.tracking_number,
    orders.created_at,
    orders.updated_at
   FROM hookledger.orders;


--
-- Name: order_states; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.order_states AS
 SELECT o.id,
    o.source,
    o.order_id,
    o.provider,
    o.order_data,
    o.extra,
    o.clocks,
    o.status,
    o.shop_id,
    o.order_number,
    o.total_amount,
    o.shipping_fee,
    o.currency,
    o.email,
    o.customer_name,
    o.tracking_number,
    o.created_at,
    o.updated_at,
    o.last_event_id,
    o.last_event_received_at,
    o.product,
    o.price,
    o.total,
    o.commission,
    o.quantity,
    o.profile,
    o.proxy_list,
    o.reference_number,
    o.order_date,
    o.cart_id,
    o.customer_id,
    o.checkout_token,
    (( SELECT count(*) AS count
           FROM hookledger.jobs j
          WHERE (j.order_row = o.id)) = 0) AS processed,
        CASE
            WHEN (( SELECT count(*) AS count
               FROM hookledger.jobs j
              WHERE (j.order_row = o.id)) = 0) THEN COALESCE(( SELECT max(a.finished_at) AS max
               FROM (hookledger.events e
                 CROSS JOIN LATERAL ( SELECT max(t.finished_at) AS finished_at
                       FROM hookledger.job_attempts t
                      WHERE (t.event_id = e.id)) a)
              WHERE (e.order_row = o.id)), o.updated_at)
            ELSE NULL::timestamp with time zone
        END AS processed_at,
    ( SELECT count(*) FILTER (WHERE (j.state = 2)) AS count
           FROM hookledger.jobs j
          WHERE (j.order_row = o.id)) AS dead_jobs,
    ( SELECT count(*) FILTER (WHERE (j.state < 2)) AS count
           FROM hookledger.jobs j
          WHERE (j.order_row = o.id)) AS open_jobs,
    ( SELECT j.last_error
           FROM hookledger.jobs j
          WHERE ((j.order_row = o.id) AND (j.last_error IS NOT NULL))
          ORDER BY j.state DESC, j.run_at DESC
         LIMIT 1) AS error_message
   FROM hookledger.orders o;


--
-- Name: order_processing_queue; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.order_processing_queue AS
 WITH open AS MATERIALIZED (
         SELECT DISTINCT jobs.order_row
           FROM hookledger.jobs
          WHERE (jobs.order_row IS NOT NULL)
        )
 SELECT s.id,
    s.order_id,
    s.source,
    s.shop_id,
    s.status,
    s.total_amount,
    s.currency,
    s.email,
    s.open_jobs,
    s.dead_jobs,
    s.error_message,
    s.created_at,
    s.updated_at,
    (now() - s.created_at) AS age
   FROM (open
     JOIN hookledger.order_states s ON ((s.id = open.order_row)))
  ORDER BY s.created_at;


--
-- Name: order_statistics; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.order_statistics AS
 SELECT order_states.source,
    order_states.shop_id,
    order_states.status,
    order_states.currency,
    count(*) AS orders,
    sum(order_states.total_amount) AS total_amount,
    count(*) FILTER (WHERE (NOT order_states.processed)) AS unprocessed,
    min(order_states.created_at) AS first_created,
    max(order_states.updated_at) AS last_updated
   FROM hookledger.order_states
  GROUP BY order_states.source, order_states.shop_id, order_states.status, order_states.currency;


--
-- Name: replays; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.replays (
    run text NOT NULL,
    event_id bigint NOT NULL,
    new_event_id bigint,
    jobs integer NOT NULL,
    replayed_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: order_timeline; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.order_timeline AS
 SELECT o.source,
    o.order_id,
    t.at,
    t.what,
    t.event_id,
    t.job_id,
    t.description,
    o.id AS order_row
   FROM (hookledger.orders o
     CROSS JOIN LATERAL ( SELECT e.received_at AS at,
                CASE
                    WHEN (e.origin = 'delivery'::text) THEN 'event'::text
                    ELSE e.origin
                END AS what,
            e.id AS event_id,
            NULL::bigint AS job_id,
            concat_ws(' '::text, e.type, (('('::text || e.provider_type) || ','::text), (e.verification || '):'::text),
                CASE e.disposition
                    WHEN 'created'::text THEN 'made the order'::text
                    WHEN 'stale'::text THEN 'says nothing newer'::text
                    ELSE COALESCE(('changed '::text || ( SELECT string_agg((f.key ||
                            CASE
                                WHEN (f.key = ANY (ARRAY['items'::text, 'shipping_address'::text])) THEN ''::text
                                ELSE (((' from '::text || COALESCE((f.value ->> 0), '-'::text)) || ' to '::text) || COALESCE((f.value ->> 1), '-'::text))
                            END), ', '::text ORDER BY f.key) AS string_agg
                       FROM jsonb_each(e.changes) f(key, value)
                      WHERE (f.key <> 'changed_at'::text))), 'changed nothing'::text)
                END) AS description
           FROM hookledger.events e
          WHERE (e.order_row = o.id)
        UNION ALL
         SELECT t_1.finished_at,
            'attempt'::text,
            e.id,
            t_1.job_id,
            (concat_ws(' '::text, t_1.action, t_1.outcome, ('at attempt '::text || t_1.attempt), ('to '::text || t_1.destination), ('status '::text || t_1.status)) || COALESCE((': '::text || t_1.reason), ''::text))
           FROM (hookledger.events e
             CROSS JOIN LATERAL ( SELECT a.job_id,
                    a.attempt,
                    a.action,
                    a.kind,
                    a.rule,
                    a.event_id,
                    a.event_received_at,
                    a.order_row,
                    a.job_created_at,
                    a.started_at,
                    a.first_byte_at,
                    a.finished_at,
                    a.outcome,
                    a.reason,
                    a.destination,
                    a.status
                   FROM hookledger.job_attempts a
                  WHERE (a.event_id = e.id)
                 OFFSET 0) t_1)
          WHERE (e.order_row = o.id)
        UNION ALL
         SELECT j.run_at,
                CASE j.state
                    WHEN 0 THEN 'waiting'::text
                    WHEN 1 THEN 'running'::text
                    ELSE 'dead letter'::text
                END AS "case",
            j.event_id,
            j.job_id,
            (concat_ws(' '::text, j.action, ('after attempt '::text || NULLIF(j.attempt, 0))) || COALESCE((': '::text || j.last_error), ''::text))
           FROM hookledger.jobs j
          WHERE (j.order_row = o.id)
        UNION ALL
         SELECT r.replayed_at,
            'replayed'::text,
            r.event_id,
            NULL::bigint,
            concat_ws(' '::text, 'run', r.run, ('made event '::text || r.new_event_id), 'with', r.jobs, 'jobs') AS concat_ws
           FROM (hookledger.events e
             CROSS JOIN LATERAL ( SELECT a.run,
                    a.event_id,
                    a.new_event_id,
                    a.jobs,
                    a.replayed_at
                   FROM hookledger.replays a
                  WHERE (a.event_id = e.id)
                 OFFSET 0) r)
          WHERE (e.order_row = o.id)) t);


--
-- Name: orders_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: product_list; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.product_list AS
 SELECT p.id,
    p.source,
    p.product_id,
    p.name,
    p.sku,
    p.price,
    p.currency,
    p.quantity,
    i.quantity AS quantity_left,
    p.status,
    p.deleted,
    p.product_data,
    p.created_at,
    p.updated_at
   FROM (hookledger.products p
     LEFT JOIN ( SELECT inventory.source,
            inventory.product_id,
            sum(inventory.quantity) AS quantity
           FROM hookledger.inventory
          GROUP BY inventory.source, inventory.product_id) i ON (((i.source = p.source) AND (i.product_id = p.product_id))));


--
-- Name: products_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.products ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.products_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: provider_silence; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.provider_silence AS
 SELECT e.source,
    count(*) AS events,
    max(e.received_at) AS last_event_at,
    percentile_disc((0.95)::double precision) WITHIN GROUP (ORDER BY e.gap) AS expected_interval,
    (now() - max(e.received_at)) AS silent_for,
        CASE
            WHEN (count(e.gap) >= 10) THEN ((now() - max(e.received_at)) > GREATEST(((3)::double precision * percentile_disc((0.95)::double precision) WITHIN GROUP (ORDER BY e.gap)), '00:05:00'::interval))
            ELSE NULL::boolean
        END AS is_silent
   FROM ( SELECT events.source,
            events.received_at,
            (events.received_at - lag(events.received_at) OVER (PARTITION BY events.source ORDER BY events.received_at)) AS gap
           FROM hookledger.events
          WHERE ((events.received_at > (now() - '7 days'::interval)) AND (events.origin = ANY (ARRAY['delivery'::text, 'spool'::text])))) e
  GROUP BY e.source;


--
-- Name: queue_depth; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.queue_depth AS
 SELECT jobs.action,
    jobs.kind,
    count(*) FILTER (WHERE ((jobs.state = 0) AND (jobs.run_at <= now()))) AS due,
    count(*) FILTER (WHERE ((jobs.state = 0) AND (jobs.run_at > now()))) AS waiting,
    count(*) FILTER (WHERE (jobs.state = 1)) AS running,
    count(*) FILTER (WHERE (jobs.state = 2)) AS dead,
    (now() - min(jobs.created_at) FILTER (WHERE (jobs.state < 2))) AS oldest
   FROM hookledger.jobs
  GROUP BY jobs.action, jobs.kind;


--
-- Name: receipts; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.receipts (
    source text NOT NULL,
    dedupe_key bytea NOT NULL,
    event_id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL
)
WITH (autovacuum_vacuum_insert_scale_factor='0.05');


--
-- Name: record_events; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.record_events AS
 SELECT e.record_kind AS kind,
    e.record_row,
    e.source,
    COALESCE(p.product_id, m.comment_id, c.customer_id) AS record_id,
    e.id AS event_id,
    e.received_at,
    f.key AS field,
        CASE
            WHEN ((e.record_kind <> 'customer'::text) AND (e.disposition <> 'created'::text)) THEN (f.value -> 0)
            ELSE NULL::jsonb
        END AS old,
        CASE
            WHEN (e.record_kind = 'customer'::text) THEN NULL::jsonb
            WHEN (e.disposition = 'created'::text) THEN f.value
            ELSE (f.value -> 1)
        END AS new
   FROM ((((hookledger.events e
     LEFT JOIN hookledger.products p ON (((e.record_kind = 'product'::text) AND (p.id = e.record_row))))
     LEFT JOIN hookledger.customers c ON (((e.record_kind = 'customer'::text) AND (c.id = e.record_row))))
     LEFT JOIN hookledger.comments m ON (((e.record_kind = 'comment'::text) AND (m.id = e.record_row))))
     CROSS JOIN LATERAL jsonb_each(e.changes) f(key, value))
  WHERE (e.record_row IS NOT NULL);


--
-- Name: refusals; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.refusals (
    id bigint NOT NULL,
    refused_at timestamp with time zone NOT NULL,
    source text,
    kind text NOT NULL,
    reason text NOT NULL,
    status integer NOT NULL,
    request_id text NOT NULL,
    remote_addr text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    body bytea NOT NULL,
    body_length bigint NOT NULL,
    unrecorded integer DEFAULT 0 NOT NULL,
    written_by xid8 DEFAULT pg_current_xact_id()
);


--
-- Name: refusal_list; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.refusal_list AS
 SELECT refusals.id,
    refusals.refused_at,
    refusals.source,
    refusals.kind,
    refusals.reason,
    refusals.status,
    refusals.request_id,
    refusals.remote_addr,
    refusals.method,
    refusals.path,
    refusals.body,
    refusals.body_length,
    refusals.unrecorded,
    refusals.written_by
   FROM hookledger.refusals;


--
-- Name: refusals_by_reason; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.refusals_by_reason AS
 SELECT refusals.source,
    refusals.kind,
    count(*) AS recorded,
    sum((1 + refusals.unrecorded)) AS refused,
    count(DISTINCT refusals.remote_addr) AS peers,
    min(refusals.refused_at) AS first_refused_at,
    max(refusals.refused_at) AS last_refused_at,
    (array_agg(refusals.reason ORDER BY refusals.refused_at DESC))[1] AS last_reason,
    (array_agg(refusals.path ORDER BY refusals.refused_at DESC))[1] AS last_path
   FROM hookledger.refusals
  GROUP BY refusals.source, refusals.kind;


--
-- Name: refusals_id_seq; Type: SEQUENCE; Schema: hookledger; Owner: -
--

ALTER TABLE hookledger.refusals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hookledger.refusals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: registered_webhooks; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.registered_webhooks (
    provider text NOT NULL,
    address text NOT NULL,
    listed_at timestamp with time zone DEFAULT now() NOT NULL,
    webhooks jsonb NOT NULL
);


--
-- Name: replay_list; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.replay_list AS
 SELECT replays.run,
    replays.event_id,
    replays.new_event_id,
    replays.jobs,
    replays.replayed_at
   FROM hookledger.replays;


--
-- Name: schema_migrations; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.schema_migrations (
    version bigint NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: service_levels; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.service_levels AS
 SELECT v.metric,
    v.target,
    v.value,
    v.met
   FROM (((( SELECT count(*) FILTER (WHERE (job_attempts.outcome = 'done'::text)) AS done,
            count(*) FILTER (WHERE (job_attempts.outcome = 'dead'::text)) AS dead,
            EXTRACT(epoch FROM avg((job_attempts.finished_at - job_attempts.job_created_at)) FILTER (WHERE ((job_attempts.outcome = 'done'::text) AND (job_attempts.kind <> ALL (ARRAY['cart_abandoned'::text, 'knowledge_base'::text]))))) AS mean_seconds
           FROM hookledger.job_attempts
          WHERE (job_attempts.finished_at > (now() - '24:00:00'::interval))) t
     CROSS JOIN ( SELECT count(*) AS depth
           FROM hookledger.jobs
          WHERE ((jobs.state = ANY (ARRAY[0, 1])) AND (jobs.kind <> 'cart_abandoned'::text))) q)
     CROSS JOIN ( SELECT count(*) AS lost
           FROM hookledger.receipts r
          WHERE ((r.received_at > (now() - '24:00:00'::interval)) AND (NOT (EXISTS ( SELECT
                   FROM hookledger.events e
                  WHERE ((e.received_at = r.received_at) AND (e.id = r.event_id))))))) l)
     CROSS JOIN LATERAL ( VALUES (1,'delivery success'::text,'>= 99 %'::text,round((((t.done)::numeric * 100.0) / (NULLIF((t.done + t.dead), 0))::numeric), 2),((((t.done)::numeric * 100.0) / (NULLIF((t.done + t.dead), 0))::numeric) >= (99)::numeric)), (2,'mean processing time'::text,'< 5 s'::text,round(t.mean_seconds, 3),(t.mean_seconds < (5)::numeric)), (3,'events in queue'::text,'< 100'::text,(q.depth)::numeric,(q.depth < 100)), (4,'events lost'::text,'0'::text,(l.lost)::numeric,(l.lost = 0))) v(place, metric, target, value, met))
  ORDER BY v.place;


--
-- Name: slow_destinations; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.slow_destinations AS
 SELECT t.destination,
    count(*) AS attempts,
    count(*) FILTER (WHERE (t.outcome = ANY (ARRAY['retry'::text, 'dead'::text]))) AS failed,
    percentile_disc((0.5)::double precision) WITHIN GROUP (ORDER BY (t.finished_at - t.started_at)) AS p50,
    percentile_disc((0.95)::double precision) WITHIN GROUP (ORDER BY (t.finished_at - t.started_at)) AS p95,
    percentile_disc((0.99)::double precision) WITHIN GROUP (ORDER BY (t.finished_at - t.started_at)) AS p99,
    max((t.finished_at - t.started_at)) AS slowest,
    d.open_until,
    d.reason
   FROM (hookledger.job_attempts t
     LEFT JOIN hookledger.destinations d ON ((d.destination = t.destination)))
  WHERE ((t.finished_at > (now() - '24:00:00'::interval)) AND (t.destination IS NOT NULL))
  GROUP BY t.destination, d.open_until, d.reason
  ORDER BY (percentile_disc((0.95)::double precision) WITHIN GROUP (ORDER BY (t.finished_at - t.started_at))) DESC;


--
-- Name: tiktok_orders; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.tiktok_orders AS
 SELECT order_states.id,
    order_states.order_id,
    order_states.shop_id,
    order_states.status,
    order_states.status AS order_status,
    order_states.total_amount,
    order_states.shipping_fee,
    order_states.currency,
    order_states.email AS buyer_email,
    order_states.customer_name,
    order_states.tracking_number,
    order_states.order_data,
    order_states.processed,
    order_states.processed_at,
    order_states.error_message,
    order_states.created_at,
    order_states.updated_at,
    order_states.source
   FROM hookledger.order_states
  WHERE COALESCE((order_states.provider ~~ 'tiktok%'::text), false);


--
-- Name: uncertain_effects; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.uncertain_effects AS
 SELECT effects.effect_key,
    effects.action,
    effects.kind,
    effects.state,
    effects.job_id,
    effects.event_id,
    effects.event_received_at,
    effects.order_row,
    effects.external_id,
    effects.started_at
   FROM hookledger.effects
  WHERE ((effects.state = 'uncertain'::text) OR ((effects.state = 'started'::text) AND (effects.started_at < (now() - '00:05:00'::interval))));


--
-- Name: upkeep; Type: TABLE; Schema: hookledger; Owner: -
--

CREATE TABLE hookledger.upkeep (
    task text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    dropped_before timestamp with time zone
);


--
-- Name: webhook_events; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.webhook_events AS
 SELECT event_states.id,
    event_states.source,
    event_states.provider,
    event_states.shop_id,
    event_states.provider_type AS event_type,
    event_states.type AS normalized_type,
    hookledger.body_text(event_states.body) AS event_data,
    event_states.status,
    (event_states.status <> 'failed'::text) AS success,
    event_states.attempts,
    event_states.last_error,
    event_states.last_error AS error_message,
    event_states.occurred_at,
    event_states.received_at,
    event_states.received_at AS created_at,
    event_states.processed_at,
    event_states.request_id
   FROM hookledger.event_states;


--
-- Name: webhook_logs; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.webhook_logs AS
 SELECT d.created_at,
    d.source,
    d.endpoint,
    d.event_type,
    d.verdict,
    d.verification,
    d.success,
    d.status_code,
        CASE
            WHEN d.success THEN hookledger.event_error(d.event_id, d.order_row)
            ELSE d.reason
        END AS error_message,
    d.event_id,
    d.subject,
    d.body_length,
    d.request_id,
    d.remote_addr
   FROM ( SELECT events.received_at AS created_at,
            events.source,
            events.path AS endpoint,
            events.provider_type AS event_type,
            'accepted'::text AS verdict,
            events.verification,
            true AS success,
            200 AS status_code,
            NULL::text AS reason,
            events.id AS event_id,
            events.order_row,
            events.subject,
            (octet_length(events.body))::bigint AS body_length,
            events.request_id,
            events.remote_addr
           FROM hookledger.events
        UNION ALL
         SELECT refusals.refused_at,
            refusals.source,
            refusals.path,
            NULL::text,
            refusals.kind,
            NULL::text,
            false,
            refusals.status,
            refusals.reason,
            NULL::bigint,
            NULL::bigint,
            NULL::text,
            refusals.body_length,
            refusals.request_id,
            refusals.remote_addr
           FROM hookledger.refusals) d;


--
-- Name: webhook_registrations; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.webhook_registrations AS
 SELECT r.provider,
    r.address,
    r.listed_at,
    (w.webhook ->> 'id'::text) AS webhook_id,
    (w.webhook -> 'events'::text) AS events,
    (w.webhook ->> 'url'::text) AS url,
    (w.webhook ->> 'status'::text) AS status
   FROM hookledger.registered_webhooks r,
    LATERAL jsonb_array_elements(r.webhooks) WITH ORDINALITY w(webhook, place)
  ORDER BY r.provider, r.address, w.place;


--
-- Name: webhook_statistics; Type: VIEW; Schema: hookledger; Owner: -
--

CREATE VIEW hookledger.webhook_statistics AS
 SELECT e.provider_type AS event_type,
    count(*) AS total,
    count(*) FILTER (WHERE (d.event_id IS NULL)) AS successful,
    count(*) FILTER (WHERE (d.event_id IS NOT NULL)) AS failed,
    max(e.received_at) AS last_received
   FROM (hookledger.events e
     LEFT JOIN ( SELECT DISTINCT jobs.event_id
           FROM hookledger.jobs
          WHERE (jobs.state = 2)) d ON ((d.event_id = e.id)))
  WHERE (e.origin = ANY (ARRAY['delivery'::text, 'spool'::text]))
  GROUP BY e.provider_type;


--
-- Name: events_2026w47; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events ATTACH PARTITION hookledger.events_2026w47 FOR VALUES FROM ('2026-11-16 00:00:00+00') TO ('2026-11-23 00:00:00+00');


--
-- Name: events_2026w48; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events ATTACH PARTITION hookledger.events_2026w48 FOR VALUES FROM ('2026-11-23 00:00:00+00') TO ('2026-11-30 00:00:00+00');


--
-- Name: events_2026w49; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events ATTACH PARTITION hookledger.events_2026w49 FOR VALUES FROM ('2026-11-30 00:00:00+00') TO ('2026-12-07 00:00:00+00');


--
-- Name: events_2026w50; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events ATTACH PARTITION hookledger.events_2026w50 FOR VALUES FROM ('2026-12-07 00:00:00+00') TO ('2026-12-14 00:00:00+00');


--
-- Name: events_2026w51; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events ATTACH PARTITION hookledger.events_2026w51 FOR VALUES FROM ('2026-12-14 00:00:00+00') TO ('2026-12-21 00:00:00+00');


--
-- Name: events_2026w52; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events ATTACH PARTITION hookledger.events_2026w52 FOR VALUES FROM ('2026-12-21 00:00:00+00') TO ('2026-12-28 00:00:00+00');


--
-- Name: events_2026w53; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events ATTACH PARTITION hookledger.events_2026w53 FOR VALUES FROM ('2026-12-28 00:00:00+00') TO ('2027-01-04 00:00:00+00');


--
-- Name: events_2027w01; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events ATTACH PARTITION hookledger.events_2027w01 FOR VALUES FROM ('2027-01-04 00:00:00+00') TO ('2027-01-11 00:00:00+00');


--
-- Name: events_2027w02; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events ATTACH PARTITION hookledger.events_2027w02 FOR VALUES FROM ('2027-01-11 00:00:00+00') TO ('2027-01-18 00:00:00+00');


--
-- Name: events_2027w03; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events ATTACH PARTITION hookledger.events_2027w03 FOR VALUES FROM ('2027-01-18 00:00:00+00') TO ('2027-01-25 00:00:00+00');


--
-- Name: job_attempts_2026w47; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.job_attempts ATTACH PARTITION hookledger.job_attempts_2026w47 FOR VALUES FROM ('2026-11-16 00:00:00+00') TO ('2026-11-23 00:00:00+00');


--
-- Name: job_attempts_2026w48; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.job_attempts ATTACH PARTITION hookledger.job_attempts_2026w48 FOR VALUES FROM ('2026-11-23 00:00:00+00') TO ('2026-11-30 00:00:00+00');


--
-- Name: job_attempts_2026w49; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.job_attempts ATTACH PARTITION hookledger.job_attempts_2026w49 FOR VALUES FROM ('2026-11-30 00:00:00+00') TO ('2026-12-07 00:00:00+00');


--
-- Name: job_attempts_2026w50; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.job_attempts ATTACH PARTITION hookledger.job_attempts_2026w50 FOR VALUES FROM ('2026-12-07 00:00:00+00') TO ('2026-12-14 00:00:00+00');


--
-- Name: job_attempts_2026w51; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.job_attempts ATTACH PARTITION hookledger.job_attempts_2026w51 FOR VALUES FROM ('2026-12-14 00:00:00+00') TO ('2026-12-21 00:00:00+00');


--
-- Name: job_attempts_2026w52; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.job_attempts ATTACH PARTITION hookledger.job_attempts_2026w52 FOR VALUES FROM ('2026-12-21 00:00:00+00') TO ('2026-12-28 00:00:00+00');


--
-- Name: job_attempts_2026w53; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.job_attempts ATTACH PARTITION hookledger.job_attempts_2026w53 FOR VALUES FROM ('2026-12-28 00:00:00+00') TO ('2027-01-04 00:00:00+00');


--
-- Name: job_attempts_2027w01; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.job_attempts ATTACH PARTITION hookledger.job_attempts_2027w01 FOR VALUES FROM ('2027-01-04 00:00:00+00') TO ('2027-01-11 00:00:00+00');


--
-- Name: job_attempts_2027w02; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.job_attempts ATTACH PARTITION hookledger.job_attempts_2027w02 FOR VALUES FROM ('2027-01-11 00:00:00+00') TO ('2027-01-18 00:00:00+00');


--
-- Name: job_attempts_2027w03; Type: TABLE ATTACH; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.job_attempts ATTACH PARTITION hookledger.job_attempts_2027w03 FOR VALUES FROM ('2027-01-18 00:00:00+00') TO ('2027-01-25 00:00:00+00');


--
-- Data for Name: action_states; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.action_states (action, kind, blocks, updated_at) FROM stdin;
confirm_subscription	confirm_subscription	f	2026-11-29 12:27:38.259857+00
ops	slack	f	2026-11-29 12:27:38.259857+00
nowhere	http	f	2026-11-29 12:28:10.027913+00
say	message_customer	f	2026-11-29 12:28:10.027913+00
stock	inventory	f	2026-11-29 12:28:10.027913+00
\.


--
-- Data for Name: alerts; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.alerts (topic, raised_at) FROM stdin;
\.


--
-- Data for Name: api_tokens; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.api_tokens (id, name, hash, scopes, created_at, created_by, expires_at, revoked_at, last_used_at) FROM stdin;
\.


--
-- Data for Name: comments; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.comments (id, source, comment_id, provider, comment_data, extra, clocks, moderation, moderation_reason, moderated_at, moderated_by, created_at, updated_at, last_event_id, last_event_received_at) FROM stdin;
1	tiktok	1000001054682444	tiktok_business	{"text": "Where can I buy this?", "status": "insert", "deleted": false, "user_id": "someone", "video_id": "7300000000000000001", "written_at": "2026-11-29T12:28:14.365Z"}	{"timestamp": 1795955294365, "comment_type": "comment"}	{"*": [1795955294365000, 0, 0, "645d1a8015c19cdc"]}	\N	\N	\N	\N	2026-11-29 12:28:14.414937+00	2026-11-29 12:28:14.414937+00	38	2026-11-29 12:28:14.412355+00
2	tiktok	1000002347935989	tiktok_comments_guide	{"deleted": true, "video_id": "7300000000000000001"}	{"timestamp": 1795955294}	{"*": [1795955294537036, 39, 0, "df17ed1a50142c62"]}	\N	\N	\N	\N	2026-11-29 12:28:14.538795+00	2026-11-29 12:28:14.538795+00	39	2026-11-29 12:28:14.537036+00
3	tiktok	1000000030117735	tiktok_comments_guide	{"text": "Where can I buy this?", "deleted": false, "video_id": "7300000000000000001"}	{"timestamp": 1795955294}	{"*": [1795955294659735, 40, 0, "b131a188bd1256fc"]}	\N	\N	\N	\N	2026-11-29 12:28:14.661218+00	2026-11-29 12:28:14.661218+00	40	2026-11-29 12:28:14.659735+00
\.


--
-- Data for Name: conversations; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.conversations (id, source, customer_row, channel, created_at) FROM stdin;
\.


--
-- Data for Name: customers; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.customers (id, source, customer_id, provider, customer_data, extra, clocks, created_at, updated_at, last_event_id, last_event_received_at) FROM stdin;
1	evershop	1000000148873037	evershop	{"name": "Ada Example", "email": "customer@example.com", "deleted": false}	{}	{"*": [1795955291414000, 0, 0, "63fba1b576e8eb76"]}	2026-11-29 12:28:11.460865+00	2026-11-29 12:28:11.460865+00	12	2026-11-29 12:28:11.459056+00
2	shopify	191167	shopify	{"deleted": true}	{}	{"*": [1795955293191333, 28, 0, "fafca18870fab8be"]}	2026-11-29 12:28:13.19298+00	2026-11-29 12:28:13.19298+00	28	2026-11-29 12:28:13.191333+00
3	tiktok	act.example12345Example12345Example	tiktok_developers	{"status": "authorization.removed"}	{"reason": 1}	{"*": [1795955294000000, 0, 0, "573e305ad7e1c5e3"]}	2026-11-29 12:28:14.866533+00	2026-11-29 12:28:14.866533+00	42	2026-11-29 12:28:14.864955+00
4	woocommerce	1000007068270907	woocommerce	{"name": "Ada Example", "email": "customer@example.com", "deleted": false, "last_name": "Example", "first_name": "Ada"}	{"date_created_gmt": "2026-11-29T12:28:16"}	{"*": [1795955296713386, 57, 0, "2e0b6d28279f5e1e"]}	2026-11-29 12:28:16.715225+00	2026-11-29 12:28:16.715225+00	57	2026-11-29 12:28:16.713386+00
\.


--
-- Data for Name: destinations; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.destinations (destination, open_until, openings, reason, opened_at) FROM stdin;
\.


--
-- Data for Name: effects; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.effects (effect_key, action, kind, state, job_id, event_id, event_received_at, order_row, request_hash, external_id, answer, started_at, finished_at) FROM stdin;
confirm_subscription:confirm_subscription:2:confirm_subscription	confirm_subscription	confirm_subscription	done	1	2	2026-11-29 12:28:10.327544+00	\N	\\xf67097a682099d4b5be5ca2d0480ff748835ec2e28a431a128def84e242f968f	\N	confirmed	2026-11-29 12:28:10.469257+00	2026-11-29 12:28:10.476242+00
slack:ops:4:tell	ops	slack	done	3	4	2026-11-29 12:28:10.535038+00	1	\\x6b976344a30d7b1342b6977401242e145ab713b45a07727b17f17bd9a4594799	\N	ok	2026-11-29 12:28:11.670999+00	2026-11-29 12:28:11.677495+00
slack:ops:14:tell	ops	slack	done	7	14	2026-11-29 12:28:11.667542+00	4	\\xdda92cc68a58fcc3081f6d43abd5b7b48c1b4c3dc1bc0d39d104fcc12691ce59	\N	ok	2026-11-29 12:28:13.671283+00	2026-11-29 12:28:13.681405+00
slack:ops:20:tell	ops	slack	done	10	20	2026-11-29 12:28:12.346747+00	\N	\\x89fbd5d0b98647da03eafdcbda99f517f3c4339e353dc697ee92fa7958bb280b	\N	ok	2026-11-29 12:28:14.668802+00	2026-11-29 12:28:14.673059+00
slack:ops:24:tell	ops	slack	done	13	24	2026-11-29 12:28:12.77264+00	6	\\x12563555983a962c52124c63d650e3a00e6a3d36e62c636ec46fd9d10242c9c7	\N	ok	2026-11-29 12:28:15.670938+00	2026-11-29 12:28:15.676955+00
slack:ops:35:tell	ops	slack	done	17	35	2026-11-29 12:28:14.044533+00	9	\\x06965361ed396c692d38c09d7ee71ab37145435ee391cb7e35fc9bc5169cbe48	\N	ok	2026-11-29 12:28:16.672568+00	2026-11-29 12:28:16.677029+00
slack:ops:43:rule-429b91	ops	slack	done	24	43	2026-11-29 12:28:14.977621+00	10	\\x56159ff6134376b926cf3b2e035c77f2e6bbe1b2a439c9ae8009c0f9ff818908	\N	ok	2026-11-29 12:28:17.671387+00	2026-11-29 12:28:17.676359+00
slack:ops:59:tell	ops	slack	done	34	59	2026-11-29 12:28:16.891697+00	20	\\x2b8431327f0f2fb1fdb6c93528e44f6046ff2dc288382dbbe3a38b23b09e6f0c	\N	ok	2026-11-29 12:28:18.672966+00	2026-11-29 12:28:18.677442+00
slack:ops:36:tell	ops	slack	done	20	36	2026-11-29 12:28:14.154832+00	\N	\\x89fbd5d0b98647da03eafdcbda99f517f3c4339e353dc697ee92fa7958bb280b	\N	ok	2026-11-29 12:28:19.670137+00	2026-11-29 12:28:19.674878+00
slack:ops:46:rule-429b91	ops	slack	done	29	46	2026-11-29 12:28:15.322684+00	13	\\x843e0cc41e31eff4e821d4e49c0825bb829795a6758b54a1a05f830862cc602b	\N	ok	2026-11-29 12:28:20.672076+00	2026-11-29 12:28:20.676304+00
slack:ops:45:tell	ops	slack	done	26	45	2026-11-29 12:28:15.193006+00	12	\\x903b40c3f4de558319f48a631a40b481713124ad854f4700d375e32fabd4380c	\N	ok	2026-11-29 12:28:21.669503+00	2026-11-29 12:28:21.673865+00
slack:ops:46:tell	ops	slack	done	30	46	2026-11-29 12:28:15.322684+00	13	\\x843e0cc41e31eff4e821d4e49c0825bb829795a6758b54a1a05f830862cc602b	\N	ok	2026-11-29 12:28:22.669384+00	2026-11-29 12:28:22.677945+00
slack:ops:60:rule-429b91	ops	slack	done	37	60	2026-11-29 12:28:30.966441+00	21	\\x938c5a8e1d86cb07b913dbdf30e5d18d57f6b51ad0783b58d731b5db1f0e4f3b	\N	ok	2026-11-29 12:28:31.160726+00	2026-11-29 12:28:31.174783+00
slack:ops:61:rule-429b91	ops	slack	done	41	61	2026-11-29 12:28:31.065099+00	22	\\xb21cf2c4ad13544cca53aefc3649cb89d6bbda9e040d6339f3efd84512131145	\N	ok	2026-11-29 12:28:32.175167+00	2026-11-29 12:28:32.181247+00
slack:ops:60:tell	ops	slack	done	38	60	2026-11-29 12:28:30.966441+00	21	\\x938c5a8e1d86cb07b913dbdf30e5d18d57f6b51ad0783b58d731b5db1f0e4f3b	\N	ok	2026-11-29 12:28:33.176885+00	2026-11-29 12:28:33.183279+00
slack:ops:62:tell	ops	slack	done	42	62	2026-11-29 12:28:31.165341+00	23	\\x11bbb9c244bb0b3c41d4de74ed3f0dd22835abd3f6504af86a4e9beadd516b41	\N	ok	2026-11-29 12:28:34.159806+00	2026-11-29 12:28:34.164489+00
slack:ops:72:tell	ops	slack	done	60	72	2026-11-29 12:28:32.241267+00	30	\\x840d679097f325389d0cd4edec517ba2bfd7123b792ac727058b90a8f18940f4	\N	ok	2026-11-29 12:28:35.160238+00	2026-11-29 12:28:35.164594+00
slack:ops:91:tell	ops	slack	done	94	91	2026-11-29 12:28:34.208653+00	44	\\x3c2e616e650ec1f2c36a8734b811f8972d1aecc1297d19ab2a702ec0e9f115c9	\N	ok	2026-11-29 12:28:40.238906+00	2026-11-29 12:28:40.24515+00
slack:ops:99:tell	ops	slack	done	109	99	2026-11-29 12:28:35.069091+00	50	\\x0d6da4082e51aa71494c1bfcee9ece39368fa725712c534760503606ce2af45f	\N	ok	2026-11-29 12:28:41.163908+00	2026-11-29 12:28:41.1719+00
slack:ops:107:tell	ops	slack	done	124	107	2026-11-29 12:28:35.954953+00	56	\\x1aefa7bc4604d98a0337e0d0a92f4f23d52bf038fae6a3a41420ce928d8766d5	\N	ok	2026-11-29 12:28:42.163549+00	2026-11-29 12:28:42.169297+00
slack:ops:76:rule-429b91	ops	slack	done	67	76	2026-11-29 12:28:32.565381+00	33	\\x2574f08c81139300e89071ed595566e5f059ea988e5dd7996d4f8084bb53c4a0	\N	ok	2026-11-29 12:28:44.16005+00	2026-11-29 12:28:44.164555+00
slack:ops:96:tell	ops	slack	done	105	96	2026-11-29 12:28:34.762056+00	48	\\xe870c571f4f1e23ff28442a6555db366b53193615382d4e5ed1e756a8acb1f64	\N	ok	2026-11-29 12:28:45.162168+00	2026-11-29 12:28:45.233267+00
slack:ops:67:tell	ops	slack	done	49	67	2026-11-29 12:28:31.701615+00	26	\\x67cd4171ea598fe085a783c95e172af6ad79c57aa4481d031ec0d373d7db77c4	\N	ok	2026-11-29 12:28:46.163086+00	2026-11-29 12:28:46.168648+00
slack:ops:76:tell	ops	slack	done	68	76	2026-11-29 12:28:32.565381+00	33	\\x2574f08c81139300e89071ed595566e5f059ea988e5dd7996d4f8084bb53c4a0	\N	ok	2026-11-29 12:28:47.165536+00	2026-11-29 12:28:47.170278+00
slack:ops:109:rule-429b91	ops	slack	done	131	109	2026-11-29 12:28:36.176015+00	58	\\x02632b652dd4316351db02bdbf258805352709abd5eaeaadf5c4caae2913d6ed	\N	ok	2026-11-29 12:28:48.163945+00	2026-11-29 12:28:48.312557+00
slack:ops:92:rule-429b91	ops	slack	done	97	92	2026-11-29 12:28:34.321617+00	45	\\xaffa81e0632bc54bfb27e95da3614aa8a98681705f8d842070188104ae234a54	\N	ok	2026-11-29 12:28:49.163476+00	2026-11-29 12:28:49.1683+00
slack:ops:102:tell	ops	slack	done	117	102	2026-11-29 12:28:35.399486+00	53	\\xd257cc2424f8f83ed2721165ac305439a1411decc60c2d53bbddab7e7c096ab1	\N	ok	2026-11-29 12:28:50.167863+00	2026-11-29 12:28:50.172569+00
slack:ops:70:tell	ops	slack	done	57	70	2026-11-29 12:28:32.042056+00	29	\\x2dce826bba6d52fa2a66daf943fd226f53cb4e470b88d8632dc73480915c7a5e	\N	ok	2026-11-29 12:28:51.161748+00	2026-11-29 12:28:51.165975+00
slack:ops:101:rule-429b91	ops	slack	done	116	101	2026-11-29 12:28:35.28864+00	52	\\x4f33362fcbe15c908015d8173ffb968db218f6fe5732a875bc6e0210acad3280	\N	ok	2026-11-29 12:28:52.160067+00	2026-11-29 12:28:52.165034+00
slack:ops:88:tell	ops	slack	done	90	88	2026-11-29 12:28:33.895663+00	42	\\x1581e3e0647bc9456d7a5bacf0a238f616333da0524215edbdcf3ba4ee3d1803	\N	ok	2026-11-29 12:28:53.160478+00	2026-11-29 12:28:53.164537+00
slack:ops:104:tell	ops	slack	done	120	104	2026-11-29 12:28:35.628926+00	54	\\x16359271e40fde7f4537ef0a9e7b875f71fa9e812ca30e90de03ee934635a513	\N	ok	2026-11-29 12:28:54.163304+00	2026-11-29 12:28:54.167979+00
slack:ops:110:tell	ops	slack	done	132	110	2026-11-29 12:28:36.292724+00	59	\\x1ef6dccac880efee63bf83c1464e1d0671cfb325f3fc46e5bac28f38ffd9cf60	\N	ok	2026-11-29 12:28:55.160645+00	2026-11-29 12:28:55.165691+00
slack:ops:120:tell	ops	slack	done	150	120	2026-11-29 12:28:37.41009+00	66	\\x60ea56d64adfc5035859bd6ece3f3bf8a09e4db482b58b6734e662f81db6d074	\N	ok	2026-11-29 12:28:56.159864+00	2026-11-29 12:28:56.164354+00
slack:ops:80:tell	ops	slack	done	75	80	2026-11-29 12:28:33.003694+00	36	\\x56a17bb32b6201106dc3fd095b69e9772617220f3ee758c99062eefc97709414	\N	ok	2026-11-29 12:28:57.163146+00	2026-11-29 12:28:57.167955+00
slack:ops:100:rule-429b91	ops	slack	done	112	100	2026-11-29 12:28:35.176842+00	51	\\x916d34494b6a5d845c5facdb0968360da168988d2074874146a760a9ae5bdef7	\N	ok	2026-11-29 12:28:58.162346+00	2026-11-29 12:28:58.167764+00
slack:ops:69:rule-429b91	ops	slack	done	56	69	2026-11-29 12:28:31.935691+00	28	\\x3d3b68a571bb39407fba54444af78e34bc08e038f7dc6a42415053fa220dbd63	\N	ok	2026-11-29 12:28:59.163079+00	2026-11-29 12:28:59.167816+00
slack:ops:83:tell	ops	slack	done	79	83	2026-11-29 12:28:33.33982+00	38	\\x5c5631d39cc277dcf952365f39f3b80674ed1a8ff43f6f2fee4529f78ae394d6	\N	ok	2026-11-29 12:29:00.163072+00	2026-11-29 12:29:00.167542+00
slack:ops:100:tell	ops	slack	done	113	100	2026-11-29 12:28:35.176842+00	51	\\x916d34494b6a5d845c5facdb0968360da168988d2074874146a760a9ae5bdef7	\N	ok	2026-11-29 12:29:01.162055+00	2026-11-29 12:29:01.166306+00
slack:ops:93:rule-429b91	ops	slack	done	101	93	2026-11-29 12:28:34.426914+00	46	\\xaf0f1e786a172b803eba4557ab87f3778d3cd70f685302baf7cdbc2222c0540a	\N	ok	2026-11-29 12:29:02.162777+00	2026-11-29 12:29:02.167154+00
slack:ops:77:rule-429b91	ops	slack	done	71	77	2026-11-29 12:28:32.671445+00	34	\\x90bfdcfdbf702452ef3e702f08383a125fa4921bdea8336aa0fcb4a41b888f15	\N	ok	2026-11-29 12:29:04.16067+00	2026-11-29 12:29:04.165546+00
slack:ops:112:tell	ops	slack	done	135	112	2026-11-29 12:28:36.514849+00	60	\\x27f191c41456c0da86c213d086abc754e2ac90a24c236a82564aa82cad056ca5	\N	ok	2026-11-29 12:29:05.163783+00	2026-11-29 12:29:05.167696+00
slack:ops:75:tell	ops	slack	done	64	75	2026-11-29 12:28:32.471527+00	32	\\x2fdf70498743d64cc5cc285576891e793077cb45a61d56877ddda8c214272dad	\N	ok	2026-11-29 12:29:06.16419+00	2026-11-29 12:29:06.16942+00
slack:ops:68:rule-429b91	ops	slack	done	52	68	2026-11-29 12:28:31.8257+00	27	\\xa86adbabbfa302a566984fac3fcc4e13341a2be1e436028391af189482e640df	\N	ok	2026-11-29 12:29:08.162973+00	2026-11-29 12:29:08.168384+00
slack:ops:92:tell	ops	slack	done	98	92	2026-11-29 12:28:34.321617+00	45	\\xaffa81e0632bc54bfb27e95da3614aa8a98681705f8d842070188104ae234a54	\N	ok	2026-11-29 12:29:09.161071+00	2026-11-29 12:29:09.166087+00
slack:ops:132:tell	ops	slack	done	176	132	2026-11-29 12:29:04.216248+00	74	\\x802793bc09e7109ad3f395315f57c39950030dee923e65fbe5116bcb6975ff07	\N	ok	2026-11-29 12:29:10.161525+00	2026-11-29 12:29:10.166943+00
slack:ops:68:tell	ops	slack	done	53	68	2026-11-29 12:28:31.8257+00	27	\\xa86adbabbfa302a566984fac3fcc4e13341a2be1e436028391af189482e640df	\N	ok	2026-11-29 12:29:11.163856+00	2026-11-29 12:29:11.168316+00
slack:ops:64:tell	ops	slack	done	45	64	2026-11-29 12:28:31.385137+00	24	\\xd19794503e6dcd95c72f77579988f0e11838e96ae1a86000f8155b503459d2a0	\N	ok	2026-11-29 12:29:11.181866+00	2026-11-29 12:29:11.186573+00
slack:ops:78:tell	ops	slack	done	72	78	2026-11-29 12:28:32.78114+00	35	\\x6e423196be85e6cfc00b04b398316fa1ae830ce69b98f55de59d0c9a1ed40378	\N	ok	2026-11-29 12:29:12.158996+00	2026-11-29 12:29:12.162554+00
slack:ops:133:tell	ops	slack	done	180	133	2026-11-29 12:29:04.300599+00	74	\\x802793bc09e7109ad3f395315f57c39950030dee923e65fbe5116bcb6975ff07	\N	ok	2026-11-29 12:29:12.180827+00	2026-11-29 12:29:12.184696+00
slack:ops:126:tell	ops	slack	done	163	126	2026-11-29 12:29:03.531759+00	71	\\x1b98ef8e9c1ba6299e9453d9180484b1e8caec788a1d815f9e632e8a45f6a964	\N	ok	2026-11-29 12:29:13.182964+00	2026-11-29 12:29:13.188807+00
slack:ops:127:tell	ops	slack	done	166	127	2026-11-29 12:29:03.641202+00	71	\\x1b98ef8e9c1ba6299e9453d9180484b1e8caec788a1d815f9e632e8a45f6a964	\N	ok	2026-11-29 12:29:14.184972+00	2026-11-29 12:29:14.18883+00
slack:ops:85:rule-429b91	ops	slack	done	86	85	2026-11-29 12:28:33.555333+00	40	\\x5329f0e3f771222d54ad607c90f79cee42482f4eee89a0590570022f7e1571eb	\N	ok	2026-11-29 12:29:15.181179+00	2026-11-29 12:29:15.185998+00
slack:ops:129:tell	ops	slack	done	172	129	2026-11-29 12:29:03.882757+00	73	\\x5e3f8af14066a3017b9c5c352d0e8a68db78b51d0ca988521bb91fd07f4444c3	\N	ok	2026-11-29 12:29:16.18446+00	2026-11-29 12:29:16.188887+00
slack:ops:94:tell	ops	slack	done	102	94	2026-11-29 12:28:34.539074+00	47	\\xde2fe4a6692af9e84cce7411698e970462b22e5f3d5494dc350f396078a0504e	\N	ok	2026-11-29 12:29:18.185818+00	2026-11-29 12:29:18.193913+00
slack:ops:123:tell	ops	slack	done	154	123	2026-11-29 12:28:37.72588+00	68	\\x5160d62da6991a3f6b9e3e6ddbb05dcbade6bf8fb48785dde563ef7c8ee7beec	\N	ok	2026-11-29 12:29:19.180717+00	2026-11-29 12:29:19.185044+00
slack:ops:117:rule-429b91	ops	slack	done	146	117	2026-11-29 12:28:37.076288+00	64	\\xb3928a55e94a397209068a7355ae3ca5e05dbe1643bee26f9876068a4d4d3abc	\N	ok	2026-11-29 12:29:20.187687+00	2026-11-29 12:29:20.193195+00
slack:ops:125:tell	ops	slack	done	160	125	2026-11-29 12:29:03.411998+00	70	\\x1acf5335a7ff0f6592a9b4a12bbec60b7b9556f2b97f00a906eceb3d53ba56f7	\N	ok	2026-11-29 12:29:21.181338+00	2026-11-29 12:29:21.186506+00
slack:ops:124:tell	ops	slack	done	157	124	2026-11-29 12:29:03.30065+00	69	\\x829dce0452ac2000aec4677120a77250391045a0c96b77fa4c1cede6e30b7e26	\N	ok	2026-11-29 12:29:22.183568+00	2026-11-29 12:29:22.188193+00
slack:ops:118:tell	ops	slack	done	147	118	2026-11-29 12:28:37.191679+00	65	\\xf69376c14c0f89b532cc0d9b369936b1ec11b1357ce694c85fd5f316b6494a8e	\N	ok	2026-11-29 12:29:23.180601+00	2026-11-29 12:29:23.186066+00
slack:ops:116:rule-429b91	ops	slack	done	142	116	2026-11-29 12:28:36.967804+00	63	\\xc2707a92f03248f5f0da0ac2d471b499f2948718dd3d2a9e5e0d2b8b4290abd4	\N	ok	2026-11-29 12:29:24.181545+00	2026-11-29 12:29:24.185974+00
slack:ops:128:tell	ops	slack	done	169	128	2026-11-29 12:29:03.755787+00	72	\\xdad6d5d0183d9ec75677ef09eb6bf3be45539fc5cd194abe503f719f182d6764	\N	ok	2026-11-29 12:29:25.181492+00	2026-11-29 12:29:25.186951+00
slack:ops:116:tell	ops	slack	done	143	116	2026-11-29 12:28:36.967804+00	63	\\xc2707a92f03248f5f0da0ac2d471b499f2948718dd3d2a9e5e0d2b8b4290abd4	\N	ok	2026-11-29 12:29:26.180091+00	2026-11-29 12:29:26.184584+00
slack:ops:84:rule-429b91	ops	slack	done	82	84	2026-11-29 12:28:33.447194+00	39	\\xdf0281851bea9d7f80cb47f6637df75cd2b88c566dcb1b2f63980d71372a1c32	\N	ok	2026-11-29 12:29:28.180544+00	2026-11-29 12:29:28.184527+00
slack:ops:108:rule-429b91	ops	slack	done	127	108	2026-11-29 12:28:36.064712+00	57	\\xeec06ee3d7a71f6b7ebd1345a810b539ab0f69f83dfadf62317dcd4ef1f7783f	\N	ok	2026-11-29 12:29:29.180802+00	2026-11-29 12:29:29.184439+00
slack:ops:115:tell	ops	slack	done	139	115	2026-11-29 12:28:36.859386+00	62	\\x56c7e52f0dfe1c0f5a600b8a4f49842ac7c885aab9b442cb3a8fe62f7f8854f5	\N	ok	2026-11-29 12:29:30.188568+00	2026-11-29 12:29:30.19306+00
slack:ops:84:tell	ops	slack	done	83	84	2026-11-29 12:28:33.447194+00	39	\\xdf0281851bea9d7f80cb47f6637df75cd2b88c566dcb1b2f63980d71372a1c32	\N	ok	2026-11-29 12:29:31.178814+00	2026-11-29 12:29:31.18301+00
slack:ops:108:tell	ops	slack	done	128	108	2026-11-29 12:28:36.064712+00	57	\\xeec06ee3d7a71f6b7ebd1345a810b539ab0f69f83dfadf62317dcd4ef1f7783f	\N	ok	2026-11-29 12:29:32.178058+00	2026-11-29 12:29:32.180905+00
slack:ops:86:tell	ops	slack	done	87	86	2026-11-29 12:28:33.668728+00	41	\\xd121a1733fc28344338b40aa0ab406a5bea9f4e87624c44c9c2902a23c8ab08a	\N	ok	2026-11-29 12:29:33.179845+00	2026-11-29 12:29:33.184464+00
\.


--
-- Data for Name: events_2026w47; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.events_2026w47 (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row, disposition, changes, origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, written_by, redacted_at, body_hash, dedupe_key) FROM stdin;
\.


--
-- Data for Name: events_2026w48; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.events_2026w48 (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row, disposition, changes, origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, written_by, redacted_at, body_hash, dedupe_key) FROM stdin;
1	2026-11-29 12:28:10.217812+00	adyen	adyen	AUTHORISATION	AUTHORISATION	payment:1000005841060598	TestMerchant	2026-11-29 12:28:10.173+00	0	\N	stored	\N	delivery	signature	adyen	ADYEN_WEBHOOK_SECRET	a117a374f5fa45a30ef6b2aa253b4e0f	127.0.0.1	POST	/webhook/adyen		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["content-length", "391"]]	\\x7b226c697665223a2266616c7365222c226e6f74696669636174696f6e4974656d73223a5b7b224e6f74696669636174696f6e526571756573744974656d223a7b226164646974696f6e616c44617461223a7b22686d61635369676e6174757265223a22747451726552534e752b737959576a6631465946554d68346d752b74642f527a4143665431354e54384e413d227d2c22616d6f756e74223a7b2276616c7565223a343939382c2263757272656e6379223a22455552227d2c227073705265666572656e6365223a2231303030303035383431303630353938222c226576656e74436f6465223a22415554484f5249534154494f4e222c226576656e7444617465223a22323032362d31312d32395431323a32383a31302e3137335a222c226d65726368616e744163636f756e74436f6465223a22546573744d65726368616e74222c226d65726368616e745265666572656e6365223a226f726465722d31303030303035383431303630353938222c2273756363657373223a2274727565227d7d5d7d	\N	\N	738	\N	\N	\N
2	2026-11-29 12:28:10.327544+00	aws_sns	aws_sns	SubscriptionConfirmation	subscription.confirmation	topic:arn:aws:sns:us-west-2:131990247566:sample-topic	\N	2026-11-29 12:28:10.29+00	0	\N	stored	\N	delivery	signature	aws_sns	aws_sns.pem	856e597c4475fe011c51f5d19fdfdc93	127.0.0.1	POST	/webhook/aws_sns		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-amz-sns-message-type", "SubscriptionConfirmation"], ["content-type", "text/plain; charset=UTF-8"], ["content-length", "826"]]	\\x7b2254797065223a22537562736372697074696f6e436f6e6669726d6174696f6e222c22546f6b656e223a2262626637643633636234306438663466222c224d657373616765223a22596f7520686176652063686f73656e20746f2073756273637269626520746f2074686520746f7069632e222c2253756273637269626555524c223a2268747470733a2f2f736e732e75732d776573742d322e616d617a6f6e6177732e636f6d2f3f416374696f6e3d436f6e6669726d537562736372697074696f6e26546f6b656e3d62626637643633636234306438663466222c224d6573736167654964223a2262626637643633636234306438663466222c22546f70696341726e223a2261726e3a6177733a736e733a75732d776573742d323a3133313939303234373536363a73616d706c652d746f706963222c2254696d657374616d70223a22323032362d31312d32395431323a32383a31302e3239305a222c225369676e617475726556657273696f6e223a2232222c225369676e6174757265223a2261537641464d4d613571307374674a456b56514f6e6379796875767163314e6345627655686a356e313237663867564f736d38524735696458706b615351792f7375345a622b30557254613752484d6653786333716d634f794c566a377a4f396442634f75475a50597154476570412f55377937564a6e52397a4c6e6347384730447571663579664f5053733272323945594f4c4c70504f674241483172624e6f542f575a7a58596c2b50696b6a75364c2b455770324973697554396f71557a544665556e395954376247757872646e2f4c2f4f7a4b53366a584578537872453276624349305a66583031644d75702b6b342b482f666958336f45666c4a796f4e79365542357661793469354342526b6a6932364a723169365430306b5578397446435564673269753663714243736d4d666d413675336761617262736f51702b2f4b6b534145573873536b6c6362534a324d4a72773d3d222c225369676e696e674365727455524c223a2268747470733a2f2f736e732e75732d776573742d322e616d617a6f6e6177732e636f6d2f53696d706c654e6f74696669636174696f6e536572766963652d73616d706c652e70656d227d	\N	\N	739	\N	\N	\N
3	2026-11-29 12:28:10.429596+00	aws_sns	aws_sns	Notification	notification	topic:arn:aws:sns:us-west-2:131990247566:sample-topic	\N	2026-11-29 12:28:10.385+00	0	\N	stored	\N	delivery	signature	aws_sns	aws_sns.pem	6d9ca6e64c01ab26d15b93916b610fef	127.0.0.1	POST	/webhook/aws_sns		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-amz-sns-message-type", "Notification"], ["content-type", "text/plain; charset=UTF-8"], ["content-length", "665"]]	\\x7b2254797065223a224e6f74696669636174696f6e222c225375626a656374223a2253616d706c65222c224d657373616765223a2248656c6c6f222c224d6573736167654964223a2233336535643234653937613037383439222c22546f70696341726e223a2261726e3a6177733a736e733a75732d776573742d323a3133313939303234373536363a73616d706c652d746f706963222c2254696d657374616d70223a22323032362d31312d32395431323a32383a31302e3338355a222c225369676e617475726556657273696f6e223a2232222c225369676e6174757265223a224144704a6b784751704c6b676a325773567063464f7267426e55786674373648785854353976556e61472f72614e47424d4f62414b656e64393755306f676e4f2f61304450737455786b446c6e6e6f2b6b4555614355616745664b69373765796b693175685a4b316248674b6a6b6e6a5a6e755955416f792b5a59346c417932724a5765754c5448416b3058664f6f545a56705732356c50774c303766626b6544636a4a6a656c573631356d75636f4431625a746f684d384948627567525146416957627965505736644d51316a2f51674c504e31304d6d4c314c7350536f364930437138794a42776f48382b4a644666413674694862464c52616f5a4c55464a676f344c5a5a4471586e57384a765a354a395471553750654378686c73795965535a354d757874464771483473577578616443314b51714e703751766e6962464f4649773538534d37345a753931734b71304348413d3d222c225369676e696e674365727455524c223a2268747470733a2f2f736e732e75732d776573742d322e616d617a6f6e6177732e636f6d2f53696d706c654e6f74696669636174696f6e536572766963652d73616d706c652e70656d227d	\N	\N	740	\N	\N	\N
4	2026-11-29 12:28:10.535038+00	bigcommerce	bigcommerce	store/order/created	order.created	order:1000002996731916	abcde	2026-11-29 12:28:10+00	0	1	created	{"shop_id": "abcde", "needs_detail": true}	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	fa8ef469ad10f5d3c21ef9db1fcba695	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_1fae79e3cf7a66be"], ["content-type", "application/json"], ["webhook-timestamp", "1795955290"], ["webhook-signature", "v1,wsemSQvuCooM643DzoGlMcu/NprxNGybbiyLuNxC6fE="], ["content-length", "174"]]	\\x7b2273746f72655f6964223a2231303235363436222c2270726f6475636572223a2273746f7265732f6162636465222c2273636f7065223a2273746f72652f6f726465722f63726561746564222c2264617461223a7b2274797065223a226f72646572222c226964223a313030303030323939363733313931367d2c2268617368223a2231666165373965336366376136366265222c22637265617465645f6174223a313739353935353239307d	\N	\N	744	\N	\N	\N
5	2026-11-29 12:28:10.662007+00	discord	discord	2	2	\N	\N	\N	0	\N	stored	\N	delivery	signature	discord	discord.pem	acd233c5e9ae9300eeb883488d695978	127.0.0.1	POST	/webhook/discord		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-signature-timestamp", "1795955290"], ["content-type", "application/json"], ["x-signature-ed25519", "241b142bb7898f065636bc09de8cb4094ecc74eeb4f82dc4f971d584a474cc285298ba13d24eed69718c591c0ecb7ce376837c044e47a63d8fe2baad3e6ba40d"], ["content-length", "143"]]	\\x7b226964223a2231303030303036323637333831303831222c226170706c69636174696f6e5f6964223a22383237323930313434303230343936333834222c2274797065223a322c22746f6b656e223a2273616d706c65222c2276657273696f6e223a312c2264617461223a7b226964223a2231222c226e616d65223a226f72646572222c2274797065223a317d7d	\N	\N	746	\N	\N	\N
6	2026-11-29 12:28:10.900268+00	ebay	ebay	MARKETPLACE_ACCOUNT_DELETION	customer.redact	account:ma8vp1jySJC	\N	2026-11-29 12:28:10.85+00	0	\N	stored	\N	delivery	signature	ebay	ebay.pem	340dd6e46147239729d2646488f3213b	127.0.0.1	POST	/webhook/ebay		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-ebay-signature", "eyJhbGciOiJlY2RzYSIsImRpZ2VzdCI6IlNIQTEiLCJraWQiOiIvdG1wL29zdC9ydW4va2V5cy9lYmF5LmtleS5wZW0iLCJzaWduYXR1cmUiOiJNRVVDSVFEdVhNV2lMT3V5QkkvNzIvcU1DSHFJVkVxQ056VDhIRDdpMEZDbFlUWmV4d0lnRzVMUWExaFRXaWhpdHRibm9XZy9ENDJ5OW9QdklEU3lGN0VHcE9SdmFEMD0ifQ=="], ["content-length", "354"]]	\\x7b226d65746164617461223a7b22746f706963223a224d41524b4554504c4143455f4143434f554e545f44454c4554494f4e222c22736368656d6156657273696f6e223a22312e30222c2264657072656361746564223a66616c73657d2c226e6f74696669636174696f6e223a7b226e6f74696669636174696f6e4964223a2261613539336462313136653965336435222c226576656e7444617465223a22323032362d31312d32395431323a32383a31302e3835305a222c227075626c69736844617465223a22323032362d31312d32395431323a32383a31302e3835305a222c227075626c697368417474656d7074436f756e74223a312c2264617461223a7b22757365726e616d65223a22746573745f75736572222c22757365724964223a226d61387670316a79534a43222c2265696173546f6b656e223a226e592b73485a325072426d646a3677566e592b73455a3250724132646a36773d3d227d7d7d	\N	\N	749	\N	\N	\N
7	2026-11-29 12:28:11.02176+00	etsy	etsy	order.paid	order.paid	order:1000005154568678	1	2026-11-29 12:28:10+00	0	2	created	{"shop_id": "1", "needs_detail": true}	delivery	signature	etsy	ETSY_WEBHOOK_SECRET	e82b1a6a2f30ba57f6c36660a65a6f02	127.0.0.1	POST	/webhook/etsy		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_1dde03b9cb9f59c6"], ["content-type", "application/json"], ["webhook-timestamp", "1795955290"], ["webhook-signature", "v1,3i+FS9o4en97gSKiCDvs/r3NZo7lgY9dMsqqGPEWS28="], ["content-length", "126"]]	\\x7b226576656e745f74797065223a226f726465722e70616964222c227265736f757263655f75726c223a2268747470733a2f2f6170692e657473792e636f6d2f76332f6170706c69636174696f6e2f73686f70732f312f72656365697074732f31303030303035313534353638363738222c2273686f705f6964223a317d	\N	\N	750	\N	\N	\N
8	2026-11-29 12:28:11.12394+00	evershop	evershop	product.created	product.created	product:1000006336163298	\N	2026-11-29 12:28:11.093+00	0	\N	created	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	2db987d18969f65bfb51ed0bda15f965	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "d39ab76392d483d0fc2464389d8d11c0075319ae9aa15452d9a5dc2d8a955f7a"], ["content-length", "143"]]	\\x7b226576656e74223a2270726f647563742e63726561746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a31312e3039335a222c2264617461223a7b226964223a2231303030303036333336313633323938222c226e616d65223a22546573742050726f64756374222c227072696365223a39392e39392c22717479223a357d7d	product	1	752	\N	\N	\N
9	2026-11-29 12:28:11.203875+00	evershop	evershop	order.updated	order.updated	order:1000005648328341	\N	2026-11-29 12:28:11.174+00	0	3	created	{"email": "customer@example.com", "status": "processing", "currency": "USD", "order_number": "1000005648328341", "total_amount": "49.98"}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	c1228b12f2ebbf1199560c6ad111019f	127.0.0.1	POST	/api/webhooks/evershop/order		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "14a002ce3475818867229c8c4adbad6a0b89a9a07d2fc5beb9e4b21dc4d5ff1d"], ["content-length", "227"]]	\\x7b226576656e74223a226f726465722e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a31312e3137345a222c2264617461223a7b226964223a2231303030303035363438333238333431222c226f726465724e756d626572223a2231303030303035363438333238333431222c22737461747573223a2270726f63657373696e67222c22637573746f6d6572456d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226772616e64546f74616c223a34392e39382c2263757272656e6379223a22555344227d7d	\N	\N	753	\N	\N	\N
10	2026-11-29 12:28:11.279132+00	evershop	evershop	product.deleted	product.deleted	product:1000003124963188	\N	2026-11-29 12:28:11.249+00	0	\N	created	{"deleted": true}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	801909c9beff72332cda665fb77cdc60	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "5dd3ba7daecfe5023d4d49d17737eae0973de1934825b83c04e58cd1327df0d7"], ["content-length", "99"]]	\\x7b226576656e74223a2270726f647563742e64656c65746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a31312e3234395a222c2264617461223a7b226964223a2231303030303033313234393633313838227d7d	product	2	754	\N	\N	\N
11	2026-11-29 12:28:11.353397+00	evershop	evershop	product.updated	product.updated	product:1000002738456617	\N	2026-11-29 12:28:11.323+00	0	\N	created	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	90e2c36a15526fcd4e4c6f8a87c6cd2c	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "02d116d0de41d1d4c1ae3073ca0eb62e1951bc3b0ead7d4951f365e90c5f5b57"], ["content-length", "143"]]	\\x7b226576656e74223a2270726f647563742e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a31312e3332335a222c2264617461223a7b226964223a2231303030303032373338343536363137222c226e616d65223a22546573742050726f64756374222c227072696365223a39392e39392c22717479223a357d7d	product	3	755	\N	\N	\N
12	2026-11-29 12:28:11.459056+00	evershop	evershop	customer.created	customer.created	customer:1000000148873037	\N	2026-11-29 12:28:11.414+00	0	\N	created	{"name": "Ada Example", "email": "customer@example.com", "deleted": false}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	00af955f24f53cd30823ea54de52c376	127.0.0.1	POST	/api/webhooks/evershop/customer		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "6e0802b3f3d5e6fbb9563998c9d904b6f7a03354329e5e40c1b91dc57ecff9b0"], ["content-length", "156"]]	\\x7b226576656e74223a22637573746f6d65722e63726561746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a31312e3431345a222c2264617461223a7b226964223a2231303030303030313438383733303337222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c2266756c6c4e616d65223a22416461204578616d706c65227d7d	customer	1	756	\N	\N	\N
13	2026-11-29 12:28:11.562807+00	evershop	evershop	cart.updated	cart.updated	cart:1000004015645545	\N	2026-11-29 12:28:11.518+00	0	\N	stored	\N	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	c1ca01608db37332b806dc585aa5f02d	127.0.0.1	POST	/api/webhooks/evershop/order		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "1c03b09ad27325b2c2724ffef6f5768801c75f8d969a5c13a2daaecbb6767c17"], ["content-length", "165"]]	\\x7b226576656e74223a22636172742e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a31312e3531385a222c2264617461223a7b226964223a2231303030303034303135363435353435222c22637573746f6d65724964223a22373839222c22637573746f6d6572456d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226974656d73223a5b5d7d7d	\N	\N	757	\N	\N	\N
14	2026-11-29 12:28:11.667542+00	evershop	evershop	order.created	order.created	order:1000004109237827	\N	2026-11-29 12:28:11.622+00	0	4	created	{"email": "customer@example.com", "status": "processing", "currency": "USD", "order_number": "1000004109237827", "total_amount": "49.98"}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	34a31af37428642d2a3e0c0b827d9aa7	127.0.0.1	POST	/api/webhooks/evershop/order		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "042027dcc0c581109e8a686331bc4406575641d9f7078a8de9e1011b3e46cc64"], ["content-length", "227"]]	\\x7b226576656e74223a226f726465722e63726561746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a31312e3632325a222c2264617461223a7b226964223a2231303030303034313039323337383237222c226f726465724e756d626572223a2231303030303034313039323337383237222c22737461747573223a2270726f63657373696e67222c22637573746f6d6572456d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226772616e64546f74616c223a34392e39382c2263757272656e6379223a22555344227d7d	\N	\N	758	\N	\N	\N
15	2026-11-29 12:28:11.780415+00	github	github	ping	ping	\N	\N	\N	0	\N	stored	\N	delivery	signature	github	GITHUB_WEBHOOK_SECRET	06986367b494e20b542c03315b785996	127.0.0.1	POST	/webhook/github		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-github-delivery", "a9a26a04228dfa86"], ["x-github-hook-id", "1"], ["x-github-event", "ping"], ["content-type", "application/json"], ["x-hub-signature-256", "sha256=57946bfc16c4c579c3138fae0fe5fb637aa3de852c22e762406667a744a1d3cc"], ["content-length", "48"]]	\\x7b227a656e223a224b656570206974206c6f676963616c6c7920617765736f6d652e222c22686f6f6b5f6964223a317d	\N	\N	763	\N	\N	\N
16	2026-11-29 12:28:11.884648+00	github	github	issues.opened	issues.opened	repository:example/shop	\N	\N	0	\N	stored	\N	delivery	signature	github	GITHUB_WEBHOOK_SECRET	c9813550cff5224ffee7c10aca7735fe	127.0.0.1	POST	/webhook/github		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-github-delivery", "2accbee729f10975"], ["x-github-hook-id", "1"], ["x-github-event", "issues"], ["content-type", "application/json"], ["x-hub-signature-256", "sha256=cbda007d619d77e520d03b0850a52e0f185f6b9a1844a9ec9eaa4becb127812d"], ["content-length", "135"]]	\\x7b22616374696f6e223a226f70656e6564222c226973737565223a7b226e756d626572223a312c227469746c65223a2253616d706c65227d2c227265706f7369746f7279223a7b226964223a312c2266756c6c5f6e616d65223a226578616d706c652f73686f70227d2c2273656e646572223a7b226c6f67696e223a22736f6d656f6e65227d7d	\N	\N	764	\N	\N	\N
17	2026-11-29 12:28:12.003985+00	meta	meta	page.feed	page.feed	account:1	\N	2026-11-29 12:28:11+00	0	\N	stored	\N	delivery	signature	meta	META_WEBHOOK_SECRET	88a6812900b7ecc1be8626898ab10496	127.0.0.1	POST	/webhook/meta		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-hub-signature-256", "sha256=85d708fdd99d7b5602bfe2b1977532aa88c539ba0b9aaf5a0b4ffb442c9d7149"], ["content-length", "177"]]	\\x7b226f626a656374223a2270616765222c22656e747279223a5b7b226964223a2231222c2274696d65223a313739353935353239312c226368616e676573223a5b7b226669656c64223a2266656564222c2276616c7565223a7b226974656d223a22636f6d6d656e74222c22636f6d6d656e745f6964223a22315f31303030303032303330313135383138222c2276657262223a22616464222c226d657373616765223a2248656c6c6f227d7d5d7d5d7d	\N	\N	765	\N	\N	\N
18	2026-11-29 12:28:12.128532+00	paypal	paypal	PAYMENT.CAPTURE.COMPLETED	PAYMENT.CAPTURE.COMPLETED	capture:1000001631440679	\N	2026-11-29 12:28:12.08+00	0	\N	stored	\N	delivery	signature	paypal	paypal.pem	95735ff1240ff0ffe77cb977f811ee6f	127.0.0.1	POST	/webhook/paypal		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["paypal-transmission-id", "d7cec063aef64807"], ["paypal-transmission-time", "2026-11-29T12:28:12.080Z"], ["paypal-auth-algo", "SHA256withRSA"], ["paypal-cert-url", "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-sample"], ["content-type", "application/json"], ["paypal-transmission-sig", "E7B8a3Rh2zIelww5tO1sbsPRx/iC30yoFpsqHutLyWx8BQ/d0iDPo8hHMvVrZA6cbdL+B8A7T7A/AxJheVvl+vuCAitU6yOOHpYSfqkT2cL0q0kWb2zOyoE3AnQO1UqTpCQ9XHX0EPc1qDV5nUId2tQrWrzxhm9zX0l2t8UEWAmHGLsSBzfi8kbbrsK34xdBlCQEZjU0k9hkv3HgSWMjehiPB+fqF04YaDKtfqq4jTsbRVtn2B8P56Rab3iBlaRfPFVrDvB4QzejWEsyQRvevzjVVtCImQjERLB0fHc2UdgPED4bVT2kjlfiUcE/bVs7AwalIbp2oG1FIC0B1Z81Yg=="], ["content-length", "265"]]	\\x7b226964223a2257482d64376365633036336165663634383037222c226576656e745f76657273696f6e223a22312e30222c226372656174655f74696d65223a22323032362d31312d32395431323a32383a31322e3038305a222c227265736f757263655f74797065223a2263617074757265222c226576656e745f74797065223a225041594d454e542e434150545552452e434f4d504c45544544222c227265736f75726365223a7b226964223a2231303030303031363331343430363739222c22737461747573223a22434f4d504c45544544222c22616d6f756e74223a7b2263757272656e63795f636f6465223a22555344222c2276616c7565223a2234392e3938227d7d7d	\N	\N	768	\N	\N	\N
19	2026-11-29 12:28:12.241263+00	printify	printify	order:shipment:created	package.shipped	order:352a8d65d6656775	815256	2026-11-29 12:28:12.196+00	0	\N	stored	\N	delivery	signature	printify	PRINTIFY_WEBHOOK_SECRET	0ee853be54b561799322e1d170642351	127.0.0.1	POST	/webhook/printify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-pfy-signature", "sha256=e132bf44b80a9c782fa863bbdd24963398f1ff5345264d473f0fe52effa43706"], ["content-length", "305"]]	\\x7b226964223a2233353261386436356436363536373735222c2274797065223a226f726465723a736869706d656e743a63726561746564222c22637265617465645f6174223a22323032362d31312d32395431323a32383a31322e3139365a222c227265736f75726365223a7b226964223a2233353261386436356436363536373735222c2274797065223a226f72646572222c2264617461223a7b2273686f705f6964223a3831353235362c22736869707065645f6174223a22323032362d31312d32395431323a32383a31322e3139365a222c2263617272696572223a7b22636f6465223a2255535053222c22747261636b696e675f6e756d626572223a2239343030313130383938383235303232353739343933227d2c22736b7573223a5b22313638363939383433225d7d7d7d	\N	\N	769	\N	\N	\N
20	2026-11-29 12:28:12.346747+00	printify	printify	order:created	order.created	order:b43a423937ed30d6	815256	2026-11-29 12:28:12.302+00	0	\N	stored	\N	delivery	signature	printify	PRINTIFY_WEBHOOK_SECRET	8f654af71a96c4b56f8ec89858dc3e38	127.0.0.1	POST	/webhook/printify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-pfy-signature", "sha256=1b40632113ab7f743b673bd9a09714d888a9c2343b8b1dcb8e920cb6be5e4f9d"], ["content-length", "166"]]	\\x7b226964223a2262343361343233393337656433306436222c2274797065223a226f726465723a63726561746564222c22637265617465645f6174223a22323032362d31312d32395431323a32383a31322e3330325a222c227265736f75726365223a7b226964223a2262343361343233393337656433306436222c2274797065223a226f72646572222c2264617461223a7b2273686f705f6964223a3831353235367d7d7d	\N	\N	770	\N	\N	\N
21	2026-11-29 12:28:12.464035+00	roms	roms	order	order.updated	order:1000008155744787	\N	\N	0	5	created	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "extra.size": "42", "order_number": "1000008155744787"}	delivery	signature	roms	WEBHOOK_SECRET	1a9f1505bbebcce4625fe72adf7178a5	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-webhook-signature", "86f6c340e0ef2d64cd58f7008677dcc377c3095d3e3dea4f5fb780dee258169c"], ["content-length", "119"]]	\\x7b226f726465725f6e756d626572223a2231303030303038313535373434373837222c2270726f64756374223a224e696b652053686f6573222c227072696365223a39392e39392c227175616e74697479223a312c2273697a65223a223432222c22737461747573223a2270726f63657373696e67227d	\N	\N	773	\N	\N	\N
22	2026-11-29 12:28:12.572227+00	shippo	shippo	track_updated	package.updated	package:9400110898825022579493	\N	2026-11-29 12:28:12.529+00	0	\N	stored	\N	delivery	signature	shippo	SHIPPO_WEBHOOK_SECRET	ca0c90fa006bee0b2bfb0a09107ed095	127.0.0.1	POST	/webhook/shippo		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["shippo-auth-signature", "t=1795955292,v1=7d8989fd440b22edbd61f469500accecf8ceed78caf28be78125b54c3beebc0e"], ["content-length", "224"]]	\\x7b226d65746164617461223a226f726465722031303030303034393735333637383239222c226576656e74223a22747261636b5f75706461746564222c2274657374223a747275652c2264617461223a7b2263617272696572223a2275737073222c22747261636b696e675f6e756d626572223a2239343030313130383938383235303232353739343933222c22747261636b696e675f737461747573223a7b22737461747573223a2244454c495645524544222c227374617475735f64617465223a22323032362d31312d32395431323a32383a31322e3532395a227d7d7d	\N	\N	774	\N	\N	\N
23	2026-11-29 12:28:12.680546+00	shopify	shopify	carts/update	cart.updated	cart:f1c304e6664e992c	example.myshopify.com	2026-11-29 12:28:12.637+00	0	\N	stored	\N	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	563d22a5962c2987782e2e5f17aeda30	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "carts/update"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "f1c304e6664e992c"], ["x-shopify-event-id", "f1c304e6664e992c"], ["x-shopify-triggered-at", "2026-11-29T12:28:12.637Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "9pzheuhSgy/Twb9qd1Mxh3exQN0zoIOv0LNj3uiCFAI="], ["content-length", "272"]]	\\x7b226964223a2266316333303465363636346539393263222c22746f6b656e223a2266316333303465363636346539393263222c226e6f7465223a22222c22637265617465645f6174223a22323032362d31312d32395431323a32383a31322e3633375a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a31322e3633375a222c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a312c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	776	\N	\N	\N
24	2026-11-29 12:28:12.77264+00	shopify	shopify	orders/create	order.created	order:1000008998933934	example.myshopify.com	2026-11-29 12:28:12.734+00	0	6	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:12.734Z", "changed_at": "2026-11-29T12:28:12.734Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": null, "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": null, "extra.admin_graphql_api_id": "gid://shopify/Order/1000008998933934"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	2017427aa5704701f49ea52f0c36346e	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/create"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "72849758cd37e8b0"], ["x-shopify-event-id", "72849758cd37e8b0"], ["x-shopify-triggered-at", "2026-11-29T12:28:12.734Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "ZiGPtCduHCyo+Fp3Ifbnt/UtLpp0YseKJSXGA8pkwxw="], ["content-length", "576"]]	\\x7b226964223a313030303030383939383933333933342c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303038393938393333393334222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c22637265617465645f6174223a22323032362d31312d32395431323a32383a31322e3733345a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a31322e3733345a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a6e756c6c2c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a6e756c6c7d	\N	\N	777	\N	\N	\N
25	2026-11-29 12:28:12.881605+00	shopify	shopify	orders/updated	order.updated	order:1000006224547118	example.myshopify.com	2026-11-29 12:28:12.834+00	0	7	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "fulfilled", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:12.834Z", "changed_at": "2026-11-29T12:28:12.834Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": null, "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": "fulfilled", "extra.admin_graphql_api_id": "gid://shopify/Order/1000006224547118"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	350dcdd0d5b7573bc02fe1548c3e60a8	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/updated"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "92e216bd53c93c49"], ["x-shopify-event-id", "92e216bd53c93c49"], ["x-shopify-triggered-at", "2026-11-29T12:28:12.834Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "eR6+Fi7f61Ck9bc8X1BTYZ/vDlyCvkszrdp1Aq91N9Y="], ["content-length", "583"]]	\\x7b226964223a313030303030363232343534373131382c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303036323234353437313138222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c22637265617465645f6174223a22323032362d31312d32395431323a32383a31322e3833345a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a31322e3833345a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a2266756c66696c6c6564222c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a6e756c6c7d	\N	\N	778	\N	\N	\N
26	2026-11-29 12:28:12.97218+00	shopify	shopify	orders/cancelled	order.cancelled	order:1000004355425261	example.myshopify.com	2026-11-29 12:28:12.936+00	0	8	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "cancelled", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:12.936Z", "changed_at": "2026-11-29T12:28:12.936Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": "2026-11-29T12:28:12.936Z", "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": null, "extra.admin_graphql_api_id": "gid://shopify/Order/1000004355425261"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	7c041988aa2e148d03ce9eb5382616a1	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/cancelled"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "b0289d947b477165"], ["x-shopify-event-id", "b0289d947b477165"], ["x-shopify-triggered-at", "2026-11-29T12:28:12.936Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "enb9MIvgzC+9N4hb2URluu+NWagpcLKcL8kdRIQ9aaY="], ["content-length", "598"]]	\\x7b226964223a313030303030343335353432353236312c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303034333535343235323631222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c22637265617465645f6174223a22323032362d31312d32395431323a32383a31322e3933365a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a31322e3933365a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a6e756c6c2c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a22323032362d31312d32395431323a32383a31322e3933365a227d	\N	\N	782	\N	\N	\N
27	2026-11-29 12:28:13.083566+00	shopify	shopify	app/uninstalled	authorization.removed	\N	example.myshopify.com	\N	0	\N	stored	\N	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	8c38b6bd777835e9796918986efa07fa	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "app/uninstalled"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "5b36e975af6d1d47"], ["x-shopify-event-id", "5b36e975af6d1d47"], ["x-shopify-triggered-at", "2026-11-29T12:28:13.037Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "Im6NKcdYRdOZVu9RNFomoM9U2rO1m/BPriPfF3uLl28="], ["content-length", "73"]]	\\x7b226964223a313030303030323335373034363434332c226e616d65223a224578616d706c65222c22646f6d61696e223a226578616d706c652e6d7973686f706966792e636f6d227d	\N	\N	783	\N	\N	\N
28	2026-11-29 12:28:13.191333+00	shopify	shopify	customers/redact	customer.redact	customer:191167	example.myshopify.com	\N	0	\N	created	{"deleted": true}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	4de40713a6ee492553c15a5f0dd14a87	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "customers/redact"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "825b9c5d0b59e448"], ["x-shopify-event-id", "825b9c5d0b59e448"], ["x-shopify-triggered-at", "2026-11-29T12:28:13.147Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "wvQWBm33R6l/oBJm+W1WGfU/MT1SK18f67sZEWxTLCg="], ["content-length", "173"]]	\\x7b2273686f705f6964223a3935343838392c2273686f705f646f6d61696e223a226578616d706c652e6d7973686f706966792e636f6d222c22637573746f6d6572223a7b226964223a3139313136372c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c2270686f6e65223a223535352d3632352d31313939227d2c226f72646572735f746f5f726564616374223a5b313030303030373935353132353138365d7d	customer	2	786	\N	\N	\N
29	2026-11-29 12:28:13.299557+00	shopify	shopify	customers/data_request	customer.data_request	customer:191167	example.myshopify.com	\N	0	\N	stored	\N	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	505872a800fac4cd36d02b946e940778	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "customers/data_request"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "d1ff6ec3878a9fb2"], ["x-shopify-event-id", "d1ff6ec3878a9fb2"], ["x-shopify-triggered-at", "2026-11-29T12:28:13.255Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "qldwLVNDkCroi2Bel+/VasH9k/QwNv+lbJjGdB+2kw8="], ["content-length", "212"]]	\\x7b2273686f705f6964223a3935343838392c2273686f705f646f6d61696e223a226578616d706c652e6d7973686f706966792e636f6d222c226f72646572735f726571756573746564223a5b313030303030333738333234313233335d2c22637573746f6d6572223a7b226964223a3139313136372c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c2270686f6e65223a223535352d3632352d31313939227d2c22646174615f72657175657374223a7b226964223a313030303030333738333234313233337d7d	\N	\N	787	\N	\N	\N
30	2026-11-29 12:28:13.405868+00	shopify	shopify	products/update	product.updated	product:1000008484373580	example.myshopify.com	2026-11-29 12:28:13.361+00	0	\N	created	{"sku": "TSHIRT-M-BLUE", "name": "Custom T-Shirt", "price": "24.99", "deleted": false, "quantity": 5, "variants": [{"sku": "TSHIRT-M-BLUE", "price": "24.99", "quantity": 5, "variant_id": "3"}], "changed_at": "2026-11-29T12:28:13.361Z"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	f30f203a6ada0dcacffc76090c2a458f	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "products/update"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "8febbcfe05baf784"], ["x-shopify-event-id", "8febbcfe05baf784"], ["x-shopify-triggered-at", "2026-11-29T12:28:13.361Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "R/+aSPkZIll2vLh2yL8MSYrd1XibNsbjCFz0vnzxSQ4="], ["content-length", "171"]]	\\x7b226964223a313030303030383438343337333538302c227469746c65223a22437573746f6d20542d5368697274222c22757064617465645f6174223a22323032362d31312d32395431323a32383a31332e3336315a222c2276617269616e7473223a5b7b226964223a332c22736b75223a225453484952542d4d2d424c5545222c227072696365223a2232342e3939222c22696e76656e746f72795f7175616e74697479223a357d5d7d	product	4	788	\N	\N	\N
31	2026-11-29 12:28:13.524107+00	shopify	shopify	shop/redact	shop.redact	\N	example.myshopify.com	\N	0	\N	stored	\N	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	4478cf3ce632366a18b04bffe33d82d6	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "shop/redact"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "625db6c3fdcbd84b"], ["x-shopify-event-id", "625db6c3fdcbd84b"], ["x-shopify-triggered-at", "2026-11-29T12:28:13.473Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "aw99+cePWFlFJpRcnXbFjCSqau4ZjekjeGOvCj7aYCU="], ["content-length", "56"]]	\\x7b2273686f705f6964223a3935343838392c2273686f705f646f6d61696e223a226578616d706c652e6d7973686f706966792e636f6d227d	\N	\N	789	\N	\N	\N
32	2026-11-29 12:28:13.640406+00	shopify	shopify	checkouts/update	checkout.updated	cart:dbcb9549f28c8900	example.myshopify.com	2026-11-29 12:28:13.589+00	0	\N	stored	\N	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	43954178c0be46bfaf44d051dda3db41	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "checkouts/update"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "dbcb9549f28c8900"], ["x-shopify-event-id", "dbcb9549f28c8900"], ["x-shopify-triggered-at", "2026-11-29T12:28:13.589Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "WkuwyKUSc9xS+MXN33ayq1l49fulRV3xHIzJ1wyVjNA="], ["content-length", "472"]]	\\x7b226964223a313030303030383736363234363938322c22746f6b656e223a2264626362393534396632386338393030222c22636172745f746f6b656e223a2264626362393534396632386338393030222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c22637265617465645f6174223a22323032362d31312d32395431323a32383a31332e3538395a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a31332e3538395a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2232342e3939222c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a312c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c22637573746f6d6572223a6e756c6c2c226162616e646f6e65645f636865636b6f75745f75726c223a2268747470733a2f2f6578616d706c652e6d7973686f706966792e636f6d2f312f636865636b6f7574732f646263623935343966323863383930302f7265636f766572227d	\N	\N	790	\N	\N	\N
33	2026-11-29 12:28:13.745777+00	shopify_events	shopify_events	Product/update	Product/update	1000002328913817	example.myshopify.com	\N	0	\N	stored	\N	delivery	signature	shopify_events	SHOPIFY_WEBHOOK_SECRET	f8f3af0d85071a109abb78d80cc6e2b2	127.0.0.1	POST	/webhook/shopify_events		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["shopify-topic", "Product"], ["shopify-action", "update"], ["shopify-resource-id", "1000002328913817"], ["shopify-shop-domain", "example.myshopify.com"], ["shopify-webhook-id", "3524d735c757e61c"], ["shopify-event-id", "3524d735c757e61c"], ["shopify-triggered-at", "2026-11-29T12:28:13.713Z"], ["content-type", "application/json"], ["shopify-hmac-sha256", "tO3zUv+2gPblFaLFbQns9LQj90dkXA1HWd3MLqG+i/0="], ["content-length", "90"]]	\\x7b22746f706963223a2250726f64756374222c22616374696f6e223a22757064617465222c2268616e646c65223a22637573746f6d2d742d7368697274222c226669656c64735f6368616e676564223a5b227469746c65225d7d	\N	\N	793	\N	\N	\N
34	2026-11-29 12:28:13.930172+00	slack	slack	message	message	channel:C1	T1	2026-11-29 12:28:13+00	0	\N	stored	\N	delivery	signature	slack	SLACK_WEBHOOK_SECRET	763c1992b596795fdc0405c829108ce8	127.0.0.1	POST	/webhook/slack		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-slack-request-timestamp", "1795955293"], ["x-slack-signature", "v0=cb7989fdc8dfdd3c3356e92cecc45f66996c301c68ab0826889a9f878def2b19"], ["content-length", "225"]]	\\x7b22746f6b656e223a22756e75736564222c227465616d5f6964223a225431222c226170695f6170705f6964223a224131222c2274797065223a226576656e745f63616c6c6261636b222c226576656e745f6964223a22457663653566376632613030313637353162222c226576656e745f74696d65223a313739353935353239332c226576656e74223a7b2274797065223a226d657373616765222c226368616e6e656c223a224331222c2275736572223a225531222c2274657874223a2248656c6c6f222c227473223a22313739353935353239332e303030313030227d7d	\N	\N	794	\N	\N	\N
35	2026-11-29 12:28:14.044533+00	square	square	order.created	order.created	order:1000006216232351	MLEFBHHSJGVHD	2026-11-29 12:28:13.999+00	0	9	created	{"status": "OPEN", "shop_id": "MLEFBHHSJGVHD", "needs_detail": true}	delivery	signature	square	SQUARE_WEBHOOK_SECRET	f3bac862b6497e5c5031b2d9b9278758	127.0.0.1	POST	/webhook/square		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-square-hmacsha256-signature", "9wdhdAoPNVb+xoK8QVujSNM7pEP2BwOPXx3QnIZEav4="], ["content-length", "306"]]	\\x7b226d65726368616e745f6964223a224d4c4546424848534a47564844222c2274797065223a226f726465722e63726561746564222c226576656e745f6964223a2261623136663139313132343430363962222c22637265617465645f6174223a22323032362d31312d32395431323a32383a31332e3939395a222c2264617461223a7b2274797065223a226f726465725f63726561746564222c226964223a2231303030303036323136323332333531222c226f626a656374223a7b226f726465725f63726561746564223a7b226f726465725f6964223a2231303030303036323136323332333531222c227374617465223a224f50454e222c2276657273696f6e223a312c22637265617465645f6174223a22323032362d31312d32395431323a32383a31332e3939395a227d7d7d7d	\N	\N	797	\N	\N	\N
36	2026-11-29 12:28:14.154832+00	standard_webhooks	standard_webhooks	order.created	order.created	\N	\N	2026-11-29 12:28:14.112+00	0	\N	stored	\N	delivery	signature	standard_webhooks	STANDARD_WEBHOOKS_WEBHOOK_SECRET	9dae9be36e892de2f0990b315997c17c	127.0.0.1	POST	/webhook/standard_webhooks		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_df2941956cb6438e"], ["content-type", "application/json"], ["webhook-timestamp", "1795955294"], ["webhook-signature", "v1,EFxZhQWHaVg1OTShVCF+nqPiJ+eDIOnAvbpFKIuA1KA="], ["content-length", "112"]]	\\x7b2274797065223a226f726465722e63726561746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a31342e3131325a222c2264617461223a7b226964223a2231303030303038373032343932333532222c22737461747573223a2270616964227d7d	\N	\N	800	\N	\N	\N
37	2026-11-29 12:28:14.271193+00	stripe	stripe	payment_intent.succeeded	payment_intent.succeeded	payment_intent:pi_aaf4db887ce31ac1	\N	2026-11-29 12:28:14+00	0	\N	stored	\N	delivery	signature	stripe	STRIPE_WEBHOOK_SECRET	78407ecff8ba0079ac07b6b44d7a257f	127.0.0.1	POST	/webhook/stripe		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["stripe-signature", "t=1795955294,v1=5b3c74a382437d03e60c78d6fdc723ddbfc8d96739bae5f2d3505a2f3ba67675"], ["content-length", "270"]]	\\x7b226964223a226576745f61616634646238383763653331616331222c226f626a656374223a226576656e74222c226170695f76657273696f6e223a22323032362d30312d3031222c2263726561746564223a313739353935353239342c2274797065223a227061796d656e745f696e74656e742e737563636565646564222c226c6976656d6f6465223a66616c73652c2264617461223a7b226f626a656374223a7b226964223a2270695f61616634646238383763653331616331222c226f626a656374223a227061796d656e745f696e74656e74222c22616d6f756e74223a343939382c2263757272656e6379223a22757364222c22737461747573223a22737563636565646564227d7d7d	\N	\N	804	\N	\N	\N
38	2026-11-29 12:28:14.412355+00	tiktok	tiktok_business	comment.update	comment.created	comment:1000001054682444	bwo2m45353a6k85	2026-11-29 12:28:14.365+00	0	\N	created	{"text": "Where can I buy this?", "status": "insert", "deleted": false, "user_id": "someone", "video_id": "7300000000000000001", "written_at": "2026-11-29T12:28:14.365Z", "extra.timestamp": 1795955294365, "extra.comment_type": "comment"}	delivery	signature	tiktok_business	TIKTOK_BUSINESS_SECRET	3dea16ab3e6dc8c3acb381c1934f83ac	127.0.0.1	POST	/webhook		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-schema-version", "1.0"], ["x-tt-logid", "cd40249504b948e2"], ["content-type", "application/json"], ["tiktok-signature", "t=1795955294,s=3dba344a9154252e91a06c0f3f5260b578c2412424ec7ec3bf1b14e9a03defe1"], ["content-length", "369"]]	\\x7b22636c69656e745f6b6579223a2262776f326d343533353361366b3835222c226576656e74223a22636f6d6d656e742e757064617465222c226372656174655f74696d65223a313739353935353239342c22757365725f6f70656e6964223a226163742e6578616d706c6531323334354578616d706c6531323334354578616d706c65222c22636f6e74656e74223a227b5c22636f6d6d656e745f69645c223a313030303030313035343638323434342c5c22766964656f5f69645c223a373330303030303030303030303030303030312c5c22636f6d6d656e745f747970655c223a5c22636f6d6d656e745c222c5c22636f6d6d656e745f616374696f6e5c223a5c22696e736572745c222c5c22756e697175655f6964656e7469666965725c223a5c22736f6d656f6e655c222c5c2274696d657374616d705c223a313739353935353239343336352c5c22746578745c223a5c2257686572652063616e20492062757920746869733f5c227d227d	comment	1	808	\N	\N	\N
39	2026-11-29 12:28:14.537036+00	tiktok	tiktok_comments_guide	video_comment_deleted	comment.deleted	comment:1000002347935989	\N	\N	1	\N	created	{"deleted": true, "video_id": "7300000000000000001", "extra.timestamp": 1795955294}	delivery	signature	tiktok_comments_guide	WEBHOOK_SECRET	09cef7ecfc1ff4ced6b6c636903570aa	127.0.0.1	POST	/webhook		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-signature", "132216bd7624db38a582aa06d8fbd075a37acc4d356e2d48eb562721ca258a0e"], ["content-length", "120"]]	\\x7b2274797065223a22766964656f5f636f6d6d656e745f64656c65746564222c22636f6d6d656e745f6964223a2231303030303032333437393335393839222c22766964656f5f6964223a2237333030303030303030303030303030303031222c2274696d657374616d70223a313739353935353239347d	comment	2	809	\N	\N	\N
40	2026-11-29 12:28:14.659735+00	tiktok	tiktok_comments_guide	video_comment_created	comment.created	comment:1000000030117735	\N	\N	0	\N	created	{"text": "Where can I buy this?", "deleted": false, "video_id": "7300000000000000001", "extra.timestamp": 1795955294}	delivery	signature	tiktok_comments_guide	WEBHOOK_SECRET	796b4bfbb095294023ea1efeafb8df20	127.0.0.1	POST	/webhook		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-signature", "409b3221e11da871b2f66671728861a04a74d2c2dded8b576b9084686ea4ce3f"], ["content-length", "151"]]	\\x7b2274797065223a22766964656f5f636f6d6d656e745f63726561746564222c22636f6d6d656e745f6964223a2231303030303030303330313137373335222c22766964656f5f6964223a2237333030303030303030303030303030303031222c2274657874223a2257686572652063616e20492062757920746869733f222c2274696d657374616d70223a313739353935353239347d	comment	3	810	\N	\N	\N
41	2026-11-29 12:28:14.752163+00	tiktok	tiktok_developers	video.publish.completed	video.published	account:act.example12345Example12345Example	bwo2m45353a6k85	2026-11-29 12:28:14+00	0	\N	stored	\N	delivery	signature	tiktok_developers	TIKTOK_CLIENT_SECRET	ca12853fd0da445602209e8ce56ab56f	127.0.0.1	POST	/webhook		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["tiktok-signature", "t=1795955294,s=608d41908a7ef84dd41a7a6aa2440852106f4b4120d6f1bfceef84a27a344303"], ["content-length", "197"]]	\\x7b22636c69656e745f6b6579223a2262776f326d343533353361366b3835222c226576656e74223a22766964656f2e7075626c6973682e636f6d706c65746564222c226372656174655f74696d65223a313739353935353239342c22757365725f6f70656e6964223a226163742e6578616d706c6531323334354578616d706c6531323334354578616d706c65222c22636f6e74656e74223a227b5c2273686172655f69645c223a5c22766964656f2e313030303030363339313635363736345c227d227d	\N	\N	813	\N	\N	\N
42	2026-11-29 12:28:14.864955+00	tiktok	tiktok_developers	authorization.removed	authorization.removed	account:act.example12345Example12345Example	bwo2m45353a6k85	2026-11-29 12:28:14+00	0	\N	created	{"status": "authorization.removed", "extra.reason": 1}	delivery	signature	tiktok_developers	TIKTOK_CLIENT_SECRET	059d61e46d960fecf6e5c16661ad6120	127.0.0.1	POST	/webhook		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["tiktok-signature", "t=1795955294,s=6324eb19626f2f515f6f6d27a14b819754874e9be21f4a7711c734b28df6d3c8"], ["content-length", "168"]]	\\x7b22636c69656e745f6b6579223a2262776f326d343533353361366b3835222c226576656e74223a22617574686f72697a6174696f6e2e72656d6f766564222c226372656174655f74696d65223a313739353935353239342c22757365725f6f70656e6964223a226163742e6578616d706c6531323334354578616d706c6531323334354578616d706c65222c22636f6e74656e74223a227b5c22726561736f6e5c223a317d227d	customer	3	814	\N	\N	\N
43	2026-11-29 12:28:14.977621+00	tiktok-shop	tiktok_shop	1	order.updated	order:1000004525696263	7495540735365777507	2026-11-29 12:28:14+00	0	10	created	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2026-11-29T12:28:14.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	5b7f77a5e57fd6838ad284dd24dfe8a4	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "dc881104d7eb38d2ad44bd72e2ea0e6fe450763bddd865a42be38abff1697caf"], ["content-length", "230"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a2231303030303034353235363936323633222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353239342c2264617461223a7b226f726465725f6964223a2231303030303034353235363936323633222c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313739353935353239347d7d	\N	\N	815	\N	\N	\N
44	2026-11-29 12:28:15.08575+00	tiktok-shop	tiktok_shop	1	order.cancelled	order:1000003484147564	7495540735365777507	2026-11-29 12:28:15+00	0	11	created	{"status": "CANCEL", "shop_id": "7495540735365777507", "changed_at": "2026-11-29T12:28:15.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	369087f649fe969a323ecb83623fb790	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "d4c2e338c68a50a4ebb0852402918a430e41a7d616f215aa04ede213f5375af2"], ["content-length", "219"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a2231303030303033343834313437353634222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353239352c2264617461223a7b226f726465725f6964223a2231303030303033343834313437353634222c226f726465725f737461747573223a2243414e43454c222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313739353935353239357d7d	\N	\N	817	\N	\N	\N
45	2026-11-29 12:28:15.193006+00	tiktok-shop	tiktok_shop	1	order.created	order:1000006365267076	7495540735365777507	2026-11-29 12:28:15+00	0	12	created	{"status": "UNPAID", "shop_id": "7495540735365777507", "changed_at": "2026-11-29T12:28:15.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	4ade867d831f5064ba083318413259de	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "6a26a433306c4e6cb5dd05ac9401c5bb9a3b50f19b5c7313c5cfb5cfbb229864"], ["content-length", "219"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a2231303030303036333635323637303736222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353239352c2264617461223a7b226f726465725f6964223a2231303030303036333635323637303736222c226f726465725f737461747573223a22554e50414944222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313739353935353239357d7d	\N	\N	818	\N	\N	\N
46	2026-11-29 12:28:15.322684+00	tiktok-shop	tiktok_shop_guide	order_created	order.created	order:1000007137024809	shop_123456	2026-11-29 12:28:15+00	0	13	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:15.000Z", "changed_at": "2026-11-29T12:28:15.000Z", "total_amount": "49.98"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	3d2718bdc64d64a7a3f40b5942bda0ab	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955295"], ["x-tiktok-shop-signature", "5f3af5911de7860cfbd13f904c59f83ddacb55cd5584a05ff75c011e5e30f8f4"], ["content-length", "464"]]	\\x7b2274696d657374616d70223a313739353935353239352c2274797065223a226f726465725f63726561746564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2231303030303037313337303234383039222c226372656174655f74696d65223a313739353935353239352c227570646174655f74696d65223a313739353935353239352c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c22746f74616c5f616d6f756e74223a34392e39382c2263757272656e6379223a22555344222c2262757965725f656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226974656d73223a5b7b226964223a226974656d5f31222c2270726f647563745f6964223a2270726f645f313233222c2270726f647563745f6e616d65223a22437573746f6d20542d5368697274222c22736b755f6964223a22736b755f343536222c22736b755f6e616d65223a2253697a65204d2c20436f6c6f7220426c7565222c227175616e74697479223a322c2273656c6c65725f736b75223a225453484952542d4d2d424c5545222c2273616c655f7072696365223a32342e39397d5d7d7d	\N	\N	823	\N	\N	\N
47	2026-11-29 12:28:15.442307+00	tiktok-shop	tiktok_shop_guide	order_cancelled	order.cancelled	order:1000008738729915	shop_123456	2026-11-29 12:28:15+00	0	14	created	{"status": "CANCELLED", "shop_id": "shop_123456", "placed_at": "2026-11-29T12:28:15.000Z", "changed_at": "2026-11-29T12:28:15.000Z"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	bc968f0d95e9067951b57162ec6505ff	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955295"], ["x-tiktok-shop-signature", "a0f87b02c890d0b498d7cfe106ee0ba9785956a6213467db0ee9c45b5a33dd76"], ["content-length", "189"]]	\\x7b2274696d657374616d70223a313739353935353239352c2274797065223a226f726465725f63616e63656c6c6564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2231303030303038373338373239393135222c226372656174655f74696d65223a313739353935353239352c227570646174655f74696d65223a313739353935353239352c226f726465725f737461747573223a2243414e43454c4c4544227d7d	\N	\N	824	\N	\N	\N
48	2026-11-29 12:28:15.557103+00	tiktok-shop	tiktok_shop_guide	order_status_change	order.updated	order:1000005441132130	shop_123456	2026-11-29 12:28:15+00	0	15	created	{"status": "AWAITING_COLLECTION", "shop_id": "shop_123456", "placed_at": "2026-11-29T12:28:15.000Z", "changed_at": "2026-11-29T12:28:15.000Z"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	77a7b1414b3d297c085121223dfa3831	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955295"], ["x-tiktok-shop-signature", "5ba66f4f74831f91cc052190dee06d682b0d50a8cd5481760371bdf5b3213de7"], ["content-length", "203"]]	\\x7b2274696d657374616d70223a313739353935353239352c2274797065223a226f726465725f7374617475735f6368616e6765222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2231303030303035343431313332313330222c226372656174655f74696d65223a313739353935353239352c227570646174655f74696d65223a313739353935353239352c226f726465725f737461747573223a224157414954494e475f434f4c4c454354494f4e227d7d	\N	\N	831	\N	\N	\N
49	2026-11-29 12:28:15.66601+00	tiktok-shop	tiktok_shop_guide	package_shipped	package.shipped	order:1000003948684528	shop_123456	2026-11-29 12:28:15+00	0	16	created	{"status": "IN_TRANSIT", "shop_id": "shop_123456", "placed_at": "2026-11-29T12:28:15.000Z", "changed_at": "2026-11-29T12:28:15.000Z", "tracking_number": "9400110898825022579493"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	ca82b631c31800fba7837dfea8f9f30a	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955295"], ["x-tiktok-shop-signature", "1fd9c495cb735ffbaa74c2a869d0931f2b98f58eca45d27bf5fe574b27f791af"], ["content-length", "233"]]	\\x7b2274696d657374616d70223a313739353935353239352c2274797065223a227061636b6167655f73686970706564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2231303030303033393438363834353238222c226372656174655f74696d65223a313739353935353239352c227570646174655f74696d65223a313739353935353239352c226f726465725f737461747573223a22494e5f5452414e534954222c22747261636b696e675f6e756d626572223a2239343030313130383938383235303232353739343933227d7d	\N	\N	832	\N	\N	\N
50	2026-11-29 12:28:15.771967+00	tiktok-shop	tiktok_shop_guide	package_delivered	package.delivered	order:1000004267892704	shop_123456	2026-11-29 12:28:15+00	0	17	created	{"status": "DELIVERED", "shop_id": "shop_123456", "placed_at": "2026-11-29T12:28:15.000Z", "changed_at": "2026-11-29T12:28:15.000Z"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	b1cc2a1e3e15206ab1862a601e7ce92a	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955295"], ["x-tiktok-shop-signature", "cf0fdaf191741d4e8ce6ce2645a0f3504af90c264a100f576a5eca8abf770b50"], ["content-length", "191"]]	\\x7b2274696d657374616d70223a313739353935353239352c2274797065223a227061636b6167655f64656c697665726564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2231303030303034323637383932373034222c226372656174655f74696d65223a313739353935353239352c227570646174655f74696d65223a313739353935353239352c226f726465725f737461747573223a2244454c495645524544227d7d	\N	\N	835	\N	\N	\N
51	2026-11-29 12:28:15.883431+00	twilio	twilio	unrecognized	unrecognized	message:SMcb3e66642f01063c	AC1	\N	0	\N	stored	\N	delivery	signature	twilio	TWILIO_WEBHOOK_SECRET	05851d2e3eaf87be69e0a83fc09941fd	127.0.0.1	POST	/webhook/twilio		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/x-www-form-urlencoded"], ["x-twilio-signature", "IueCeHsAMUH9mNpAoK2xupflr8Q="], ["content-length", "125"]]	\\x4d6573736167655369643d534d63623365363636343266303130363363264163636f756e745369643d4143312646726f6d3d253242313431353836373533303926546f3d253242313830303535353132313226426f64793d576865726525323069732532306d792532306f72646572253346264e756d4d656469613d30	\N	\N	836	\N	\N	\N
52	2026-11-29 12:28:15.994921+00	twitch	twitch	channel.follow	channel.follow	account:1337	\N	2026-11-29 12:28:15.949+00	0	\N	stored	\N	delivery	signature	twitch	TWITCH_WEBHOOK_SECRET	5b0a2e576266565568552e2598215471	127.0.0.1	POST	/webhook/twitch		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["twitch-eventsub-message-id", "32f478cfae8b8c11"], ["twitch-eventsub-message-type", "notification"], ["twitch-eventsub-subscription-type", "channel.follow"], ["content-type", "application/json"], ["twitch-eventsub-message-timestamp", "2026-11-29T12:28:15.949Z"], ["twitch-eventsub-message-signature", "sha256=3915fe7bfa71ae2039ad5b54c5ff600e25757951e0b30dc3f4f473af36d9dd48"], ["content-length", "247"]]	\\x7b22737562736372697074696f6e223a7b226964223a2231222c22737461747573223a22656e61626c6564222c2274797065223a226368616e6e656c2e666f6c6c6f77222c2276657273696f6e223a2232222c22636f6e646974696f6e223a7b2262726f61646361737465725f757365725f6964223a2231333337227d7d2c226576656e74223a7b22757365725f6964223a2231323334222c22757365725f6c6f67696e223a22736f6d656f6e65222c2262726f61646361737465725f757365725f6964223a2231333337222c22666f6c6c6f7765645f6174223a22323032362d31312d32395431323a32383a31352e3934395a227d7d	\N	\N	837	\N	\N	\N
53	2026-11-29 12:28:16.243857+00	twitter_x	twitter_x	favorite_events	favorite_events	account:1	1	2026-11-29 12:28:16.192+00	0	\N	stored	\N	delivery	signature	twitter_x	TWITTER_X_WEBHOOK_SECRET	5519f0bb0f57168d0f8fc55905d8ff74	127.0.0.1	POST	/webhook/twitter_x		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-twitter-webhooks-signature", "sha256=RRBUQP6cqQlbGqiOXxyoqFKN5VH1ZylTmvPje5l4Gns="], ["content-length", "116"]]	\\x7b22666f725f757365725f6964223a2231222c226661766f726974655f6576656e7473223a5b7b226964223a2232383364343433303164363063373839222c2274696d657374616d705f6d73223a313739353935353239363139322c2275736572223a7b2269645f737472223a2232227d7d5d7d	\N	\N	840	\N	\N	\N
54	2026-11-29 12:28:16.371573+00	wise	wise	transfers#state-change	transfers#state-change	transfer:1000005282485634	16055450	2026-11-29 12:28:16.32+00	0	\N	stored	\N	delivery	signature	wise	wise.pem	1ff76df9afecd164d8592dd150b06ecd	127.0.0.1	POST	/webhook/wise		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-delivery-id", "2cb622f2a171ccac"], ["content-type", "application/json"], ["x-signature-sha256", "wZd8LSZALwR3XcbLmenfIhminOow1TwEKHDt8RpT2LtLuvbIxgQPBqpdOI7pxeWySht/bJovzBdOp1sJre7IHJp8roLKqOm34OJA1qS9UYOL2UOZjLYa2TI5wbxv6d2N4KfooPtJApFa/NIvKFSDjdbTKw1Cs6CiUBburiejeHN1qpBJEhPny/oIE1uzTjqy5uN7eGxHk0LFLp12bvj3PgP/lT/hx9O3YspCPLfSC+WxGpUqbceMJGa8PPFEd8JSN9rvXByZexJ/fh5eBmNn8PDVHxq3UmvxJcoBE+srgH+i31o4byObdBYA11rj4zTu7BHZBl0jBhoOnHhXiUGsMA=="], ["content-length", "375"]]	\\x7b2264617461223a7b227265736f75726365223a7b226964223a313030303030353238323438353633342c2270726f66696c655f6964223a31363035353435302c226163636f756e745f6964223a31343132343039302c2274797065223a227472616e73666572227d2c2263757272656e745f7374617465223a226f7574676f696e675f7061796d656e745f73656e74222c2270726576696f75735f7374617465223a2270726f63657373696e67222c226f636375727265645f6174223a22323032362d31312d32395431323a32383a31362e3332305a227d2c22737562736372697074696f6e5f6964223a2239306161386531342d346566312d346135362d383631632d663363396364653039376561222c226576656e745f74797065223a227472616e73666572732373746174652d6368616e6765222c22736368656d615f76657273696f6e223a22322e302e30222c2273656e745f6174223a22323032362d31312d32395431323a32383a31362e3332305a227d	\N	\N	841	\N	\N	\N
55	2026-11-29 12:28:16.492799+00	woocommerce	woocommerce	order.updated	order.updated	order:1000001166748901	https://shop.example/	2026-11-29 12:28:16+00	0	18	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "completed", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:16.000Z", "changed_at": "2026-11-29T12:28:16.000Z", "order_number": "1000001166748901", "shipping_fee": "0.00", "total_amount": "49.98", "customer_name": "Ada Example", "extra.billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "extra.total_tax": "0.00", "extra.customer_id": 0, "extra.discount_total": "0.00"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	a3e2952378870d20fbfd5e71e992d7cd	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.updated"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "2575948704c2145b"], ["content-type", "application/json"], ["x-wc-webhook-signature", "bDbW70sbZsGMkki8xTk+pxsJA3pgN2JqwNtK15uXrQM="], ["content-length", "500"]]	\\x7b226964223a313030303030313136363734383930312c226e756d626572223a2231303030303031313636373438393031222c22737461747573223a22636f6d706c65746564222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3136222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3136222c22746f74616c223a2234392e3938222c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	842	\N	\N	\N
56	2026-11-29 12:28:16.605763+00	woocommerce	woocommerce	product.updated	product.updated	product:1000001959929836	https://shop.example/	2026-11-29 12:28:16+00	0	\N	created	{"sku": "TSHIRT-M-BLUE", "name": "Custom T-Shirt", "price": "24.99", "status": "publish", "deleted": false, "quantity": 5, "changed_at": "2026-11-29T12:28:16.000Z"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	9349d769d1826d99ceab7ede148d5a8d	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "product.updated"], ["x-wc-webhook-resource", "product"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "5a24a927019e2dbd"], ["content-type", "application/json"], ["x-wc-webhook-signature", "0jpIicV/n/b53yJ9B/dJKLMqLw2iqOKL2TE6JYJr9DA="], ["content-length", "165"]]	\\x7b226964223a313030303030313935393932393833362c226e616d65223a22437573746f6d20542d5368697274222c22737461747573223a227075626c697368222c22736b75223a225453484952542d4d2d424c5545222c227072696365223a2232342e3939222c2273746f636b5f7175616e74697479223a352c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3136227d	product	5	843	\N	\N	\N
57	2026-11-29 12:28:16.713386+00	woocommerce	woocommerce	customer.created	customer.created	customer:1000007068270907	https://shop.example/	\N	0	\N	created	{"name": "Ada Example", "email": "customer@example.com", "deleted": false, "last_name": "Example", "first_name": "Ada", "extra.date_created_gmt": "2026-11-29T12:28:16"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	7f0ac25aa18758f29bdbdc39422159f6	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "customer.created"], ["x-wc-webhook-resource", "customer"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "de0788ab7f9227dc"], ["content-type", "application/json"], ["x-wc-webhook-signature", "7HqbSZ0agElLYqYNI51fkOdNLl7fn7bcRQt+9FoKrE0="], ["content-length", "136"]]	\\x7b226964223a313030303030373036383237303930372c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3136227d	customer	4	846	\N	\N	\N
58	2026-11-29 12:28:16.815395+00	woocommerce	woocommerce	order.deleted	order.deleted	order:1000002052880836	https://shop.example/	\N	0	19	created	{"status": "trash"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	f8381318d6431cf4529f3daaf4ff5eb8	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.deleted"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "deleted"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "1d8eb322b82f8b31"], ["content-type", "application/json"], ["x-wc-webhook-signature", "8xDW0PUMNCGMD77/JMzfnjgSydLA+O4aVoZmVNYt8IA="], ["content-length", "23"]]	\\x7b226964223a313030303030323035323838303833367d	\N	\N	847	\N	\N	\N
59	2026-11-29 12:28:16.891697+00	woocommerce	woocommerce	order.created	order.created	order:1000006780318432	https://shop.example/	2026-11-29 12:28:16+00	0	20	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:16.000Z", "changed_at": "2026-11-29T12:28:16.000Z", "order_number": "1000006780318432", "shipping_fee": "0.00", "total_amount": "49.98", "customer_name": "Ada Example", "extra.billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "extra.total_tax": "0.00", "extra.customer_id": 0, "extra.discount_total": "0.00"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	929b5b2c50b11032b7fb315251131bd3	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "12d5ddc4e487b65d"], ["content-type", "application/json"], ["x-wc-webhook-signature", "MBbBH7kw/JNbd/Thr4c4k2U7PMb5DyijREOAC0kRc2c="], ["content-length", "501"]]	\\x7b226964223a313030303030363738303331383433322c226e756d626572223a2231303030303036373830333138343332222c22737461747573223a2270726f63657373696e67222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3136222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3136222c22746f74616c223a2234392e3938222c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	848	\N	\N	\N
60	2026-11-29 12:28:30.966441+00	tiktok-shop	tiktok_shop_guide	order_created	order.created	order:guide-1	shop_123456	2026-11-29 12:28:30+00	0	21	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:30.000Z", "changed_at": "2026-11-29T12:28:30.000Z", "total_amount": "11.50"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	da5170ae5cbc6be7745f2447dfa6e048	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955310"], ["x-tiktok-shop-signature", "c219da7e73eb1c8bd58e3b13ba8341e50d815ec8689828e2b162fba9be238265"], ["content-length", "455"]]	\\x7b2274696d657374616d70223a313739353935353331302c2274797065223a226f726465725f63726561746564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2267756964652d31222c226372656174655f74696d65223a313739353935353331302c227570646174655f74696d65223a313739353935353331302c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c22746f74616c5f616d6f756e74223a31312e35302c2263757272656e6379223a22555344222c2262757965725f656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226974656d73223a5b7b226964223a226974656d5f31222c2270726f647563745f6964223a2270726f645f313233222c2270726f647563745f6e616d65223a22437573746f6d20542d5368697274222c22736b755f6964223a22736b755f343536222c22736b755f6e616d65223a2253697a65204d2c20436f6c6f7220426c7565222c227175616e74697479223a322c2273656c6c65725f736b75223a225453484952542d4d2d424c5545222c2273616c655f7072696365223a32342e39397d5d7d7d	\N	\N	885	\N	\N	\N
61	2026-11-29 12:28:31.065099+00	tiktok-shop	tiktok_shop	1	order.updated	order:571	7495540735365777507	2025-10-09 08:53:21+00	0	22	created	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:21.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	1e1b9a26dad29b41d6fd7c72a624fc5f	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "cb82b422554923ab7e7891c722089189cebd589e0962943dafb16f5801c8a081"], ["content-length", "201"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a226e31222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353331312c2264617461223a7b226f726465725f6964223a3537312c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313736303030303030317d7d	\N	\N	886	\N	\N	\N
62	2026-11-29 12:28:31.165341+00	woocommerce	woocommerce	order.created	order.created	order:701	https://shop.example/	2026-11-29 12:28:31+00	0	23	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:31.000Z", "changed_at": "2026-11-29T12:28:31.000Z", "order_number": "1000002928381617", "shipping_fee": "0.00", "total_amount": "21.90", "customer_name": "Ada Example", "extra.billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "extra.total_tax": "0.00", "extra.customer_id": 0, "extra.discount_total": "0.00"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	834688f99ba9885865a6049b04f34210	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "dda58bed88b0f6e1"], ["content-type", "application/json"], ["x-wc-webhook-signature", "a8E+TMOOun1WlVtcZEDxDOIebFFh8A3ZicBuFzC0SEM="], ["content-length", "486"]]	\\x7b226964223a3730312c226e756d626572223a2231303030303032393238333831363137222c22737461747573223a2270726f63657373696e67222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3331222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3331222c22746f74616c223a32312e39302c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	890	\N	\N	\N
63	2026-11-29 12:28:31.269635+00	woocommerce	woocommerce	order.updated	order.updated	order:701	https://shop.example/	2026-11-20 10:01:00+00	0	23	stale	\N	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	11167851265773bc93907475fc2b8cc4	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.updated"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "dc2cc10e6b51c8db"], ["content-type", "application/json"], ["x-wc-webhook-signature", "2SPHq77pY2mKlPiLhJq5cnQY3JuDTShQqHy4F5KLuU4="], ["content-length", "487"]]	\\x7b226964223a3730312c226e756d626572223a2231303030303034333636383934333935222c22737461747573223a22636f6d706c65746564222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3331222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32305431303a30313a3030222c22746f74616c223a2234392e3938222c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	896	\N	\N	\N
64	2026-11-29 12:28:31.385137+00	shopify	shopify	orders/create	order.created	order:901	example.myshopify.com	2026-11-29 12:28:31.337+00	0	24	created	{"email": "buyer1@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:31.337Z", "changed_at": "2026-11-29T12:28:31.337Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": null, "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": null, "extra.admin_graphql_api_id": "gid://shopify/Order/1000004706496814"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	9450c25ae8dc2995adf7f3e295fee07a	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/create"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "acb99392b23fb409"], ["x-shopify-event-id", "acb99392b23fb409"], ["x-shopify-triggered-at", "2026-11-29T12:28:31.337Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "WOjDS+J2FnebzPCbTQXGSeHSzVPeN84OAYrGDMOg96I="], ["content-length", "562"]]	\\x7b226964223a3930312c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303034373036343936383134222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22627579657231406d61696c2e6578616d706c65222c22637265617465645f6174223a22323032362d31312d32395431323a32383a33312e3333375a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a33312e3333375a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a6e756c6c2c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a6e756c6c7d	\N	\N	897	\N	\N	\N
65	2026-11-29 12:28:31.503629+00	roms	roms	order	order.updated	order:1000005625575595	\N	\N	0	25	created	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "extra.size": "42", "order_number": "1000005625575595", "extra.orderNumber": "R1", "extra.referenceNumber": "R1"}	delivery	signature	roms	WEBHOOK_SECRET	18c83a48e1c77e9e2742dd13f7762b49	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-webhook-signature", "49a9159eb3a26862b71da92aaec8f16446fd7dfbff4a0d72f8f83316fd329e1e"], ["content-length", "161"]]	\\x7b226f726465725f6e756d626572223a2231303030303035363235353735353935222c2270726f64756374223a224e696b652053686f6573222c227072696365223a39392e39392c227175616e74697479223a312c2273697a65223a223432222c22737461747573223a2270726f63657373696e67222c227265666572656e63654e756d626572223a225231222c226f726465724e756d626572223a225231227d	\N	\N	902	\N	\N	\N
66	2026-11-29 12:28:31.602661+00	evershop	evershop	product.updated	product.updated	product:1000008985394178	\N	2026-11-29 12:28:31.563+00	0	\N	created	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5, "extra.product_id": "p1"}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	d9f1514dce07f67ea79a50568c1ebae1	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "29a4ec503270c2543f7ca467aa5973b92c20ca497c1f6d569ae806155fac0d79"], ["content-length", "161"]]	\\x7b226576656e74223a2270726f647563742e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a33312e3536335a222c2264617461223a7b226964223a2231303030303038393835333934313738222c226e616d65223a22546573742050726f64756374222c227072696365223a39392e39392c22717479223a352c2270726f647563745f6964223a227031227d7d	product	6	903	\N	\N	\N
67	2026-11-29 12:28:31.701615+00	bigcommerce	bigcommerce	store/order/created	order.created	order:101	abcde	2026-11-29 12:28:31+00	0	26	created	{"shop_id": "abcde", "needs_detail": true}	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	98d671439bdd4844295f7b35e398c164	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_0b34d3dd121c7258"], ["content-type", "application/json"], ["webhook-timestamp", "1795955311"], ["webhook-signature", "v1,4UuRBG4qOu3F35bj7QGxG5EWleM9ivySeI1qz7nnIbw="], ["content-length", "147"]]	\\x7b2273746f72655f6964223a2231303235363436222c2270726f6475636572223a2273746f7265732f6162636465222c2273636f7065223a2273746f72652f6f726465722f63726561746564222c2264617461223a7b2274797065223a226f72646572222c226964223a3130317d2c2268617368223a226831222c22637265617465645f6174223a313739353935353331317d	\N	\N	904	\N	\N	\N
68	2026-11-29 12:28:31.8257+00	tiktok-shop	tiktok_shop_guide	order_created	order.created	order:guide-2	shop_123456	2026-11-29 12:28:31+00	0	27	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:31.000Z", "changed_at": "2026-11-29T12:28:31.000Z", "total_amount": "12.50"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	1eebdf9beceb996feecdde0d99e3cb43	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955311"], ["x-tiktok-shop-signature", "ccea60ec19238eea8a793cda6820ad467e8b1cd7e4fc7cf6566f8f4cb14e2019"], ["content-length", "455"]]	\\x7b2274696d657374616d70223a313739353935353331312c2274797065223a226f726465725f63726561746564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2267756964652d32222c226372656174655f74696d65223a313739353935353331312c227570646174655f74696d65223a313739353935353331312c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c22746f74616c5f616d6f756e74223a31322e35302c2263757272656e6379223a22555344222c2262757965725f656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226974656d73223a5b7b226964223a226974656d5f31222c2270726f647563745f6964223a2270726f645f313233222c2270726f647563745f6e616d65223a22437573746f6d20542d5368697274222c22736b755f6964223a22736b755f343536222c22736b755f6e616d65223a2253697a65204d2c20436f6c6f7220426c7565222c227175616e74697479223a322c2273656c6c65725f736b75223a225453484952542d4d2d424c5545222c2273616c655f7072696365223a32342e39397d5d7d7d	\N	\N	905	\N	\N	\N
69	2026-11-29 12:28:31.935691+00	tiktok-shop	tiktok_shop	1	order.updated	order:572	7495540735365777507	2025-10-09 08:53:22+00	0	28	created	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:22.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	e2c484e8f89af68331a07224557ecb95	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "32d2ea4e0d38b753468c0ef31454cdd6838e5ca8fae2ee322f269decba7750ad"], ["content-length", "201"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a226e32222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353331312c2264617461223a7b226f726465725f6964223a3537322c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313736303030303030327d7d	\N	\N	910	\N	\N	\N
70	2026-11-29 12:28:32.042056+00	woocommerce	woocommerce	order.created	order.created	order:702	https://shop.example/	2026-11-29 12:28:31+00	0	29	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:31.000Z", "changed_at": "2026-11-29T12:28:31.000Z", "order_number": "1000000959020180", "shipping_fee": "0.00", "total_amount": "22.90", "customer_name": "Ada Example", "extra.billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "extra.total_tax": "0.00", "extra.customer_id": 0, "extra.discount_total": "0.00"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	a93feb844879158bcf17751f4b49cced	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "d93927113a52853a"], ["content-type", "application/json"], ["x-wc-webhook-signature", "i4Y+GgPVagF5KGRFVhi2ozV3gMDIV99cx7dONBcCDQ4="], ["content-length", "486"]]	\\x7b226964223a3730322c226e756d626572223a2231303030303030393539303230313830222c22737461747573223a2270726f63657373696e67222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3331222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3331222c22746f74616c223a32322e39302c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	914	\N	\N	\N
71	2026-11-29 12:28:32.148832+00	woocommerce	woocommerce	order.updated	order.updated	order:702	https://shop.example/	2026-11-20 10:02:00+00	0	29	stale	\N	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	4927230a556453e225b1cf3edf345ac9	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.updated"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "93683e71b926587a"], ["content-type", "application/json"], ["x-wc-webhook-signature", "VjQkDJb37cUFfieKUjTAyb4wKS6FMgzmRjT9xjnd5BI="], ["content-length", "487"]]	\\x7b226964223a3730322c226e756d626572223a2231303030303037353339353733353338222c22737461747573223a22636f6d706c65746564222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3332222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32305431303a30323a3030222c22746f74616c223a2234392e3938222c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	916	\N	\N	\N
72	2026-11-29 12:28:32.241267+00	shopify	shopify	orders/create	order.created	order:902	example.myshopify.com	2026-11-29 12:28:32.208+00	0	30	created	{"email": "buyer2@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:32.208Z", "changed_at": "2026-11-29T12:28:32.208Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": null, "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": null, "extra.admin_graphql_api_id": "gid://shopify/Order/1000003017393193"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	127e6cb3b2cd9e0d69c32c4d20de3181	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/create"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "bb760c59f0e5ce13"], ["x-shopify-event-id", "bb760c59f0e5ce13"], ["x-shopify-triggered-at", "2026-11-29T12:28:32.208Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "GN25+IKqUy8AjbXDjqAiAqgEKknICsjE0bFNfQubMxw="], ["content-length", "562"]]	\\x7b226964223a3930322c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303033303137333933313933222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22627579657232406d61696c2e6578616d706c65222c22637265617465645f6174223a22323032362d31312d32395431323a32383a33322e3230385a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a33322e3230385a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a6e756c6c2c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a6e756c6c7d	\N	\N	923	\N	\N	\N
73	2026-11-29 12:28:32.321426+00	roms	roms	order	order.updated	order:1000006349269557	\N	\N	0	31	created	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "extra.size": "42", "order_number": "1000006349269557", "extra.orderNumber": "R2", "extra.referenceNumber": "R2"}	delivery	signature	roms	WEBHOOK_SECRET	5059bb2d1519f38e455cd97745a5e601	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-webhook-signature", "065af910711533aca18e5d6ad8600085e66d10ab021463be11776adf42ad27bd"], ["content-length", "161"]]	\\x7b226f726465725f6e756d626572223a2231303030303036333439323639353537222c2270726f64756374223a224e696b652053686f6573222c227072696365223a39392e39392c227175616e74697479223a312c2273697a65223a223432222c22737461747573223a2270726f63657373696e67222c227265666572656e63654e756d626572223a225232222c226f726465724e756d626572223a225232227d	\N	\N	924	\N	\N	\N
74	2026-11-29 12:28:32.394167+00	evershop	evershop	product.updated	product.updated	product:1000006060401165	\N	2026-11-29 12:28:32.362+00	0	\N	created	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5, "extra.product_id": "p2"}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	459b9ceddbbb8c27ff81e52301f9e791	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "5e06a289343cba4731b791e9897ede56b84b97b06159863be9aad294e7df8678"], ["content-length", "161"]]	\\x7b226576656e74223a2270726f647563742e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a33322e3336325a222c2264617461223a7b226964223a2231303030303036303630343031313635222c226e616d65223a22546573742050726f64756374222c227072696365223a39392e39392c22717479223a352c2270726f647563745f6964223a227032227d7d	product	7	926	\N	\N	\N
75	2026-11-29 12:28:32.471527+00	bigcommerce	bigcommerce	store/order/created	order.created	order:102	abcde	2026-11-29 12:28:32+00	0	32	created	{"shop_id": "abcde", "needs_detail": true}	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	7d69f9dc3192046b1303d8acb3bba6b3	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_87c1de4b09a66784"], ["content-type", "application/json"], ["webhook-timestamp", "1795955312"], ["webhook-signature", "v1,9dnu6vn/bxj8HXjHJqw8YEReWNGFsQJx0FLdwNxGevw="], ["content-length", "147"]]	\\x7b2273746f72655f6964223a2231303235363436222c2270726f6475636572223a2273746f7265732f6162636465222c2273636f7065223a2273746f72652f6f726465722f63726561746564222c2264617461223a7b2274797065223a226f72646572222c226964223a3130327d2c2268617368223a226832222c22637265617465645f6174223a313739353935353331327d	\N	\N	929	\N	\N	\N
76	2026-11-29 12:28:32.565381+00	tiktok-shop	tiktok_shop_guide	order_created	order.created	order:guide-3	shop_123456	2026-11-29 12:28:32+00	0	33	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:32.000Z", "changed_at": "2026-11-29T12:28:32.000Z", "total_amount": "13.50"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	69c00e02386769e7b15c0addc8f5e78c	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955312"], ["x-tiktok-shop-signature", "c7af4bb5f33a474d32085d337675f5f2860acace7df21a3860691e35b9499ea2"], ["content-length", "455"]]	\\x7b2274696d657374616d70223a313739353935353331322c2274797065223a226f726465725f63726561746564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2267756964652d33222c226372656174655f74696d65223a313739353935353331322c227570646174655f74696d65223a313739353935353331322c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c22746f74616c5f616d6f756e74223a31332e35302c2263757272656e6379223a22555344222c2262757965725f656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226974656d73223a5b7b226964223a226974656d5f31222c2270726f647563745f6964223a2270726f645f313233222c2270726f647563745f6e616d65223a22437573746f6d20542d5368697274222c22736b755f6964223a22736b755f343536222c22736b755f6e616d65223a2253697a65204d2c20436f6c6f7220426c7565222c227175616e74697479223a322c2273656c6c65725f736b75223a225453484952542d4d2d424c5545222c2273616c655f7072696365223a32342e39397d5d7d7d	\N	\N	930	\N	\N	\N
77	2026-11-29 12:28:32.671445+00	tiktok-shop	tiktok_shop	1	order.updated	order:573	7495540735365777507	2025-10-09 08:53:23+00	0	34	created	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:23.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	3e9c00442f79bb25f6a48be1e15184f4	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "5641ba0b4349537ee5c32482c57ecb5e6b4a7e8381a41229214b67f09424ae9f"], ["content-length", "201"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a226e33222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353331322c2264617461223a7b226f726465725f6964223a3537332c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313736303030303030337d7d	\N	\N	935	\N	\N	\N
78	2026-11-29 12:28:32.78114+00	woocommerce	woocommerce	order.created	order.created	order:703	https://shop.example/	2026-11-29 12:28:32+00	0	35	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:32.000Z", "changed_at": "2026-11-29T12:28:32.000Z", "order_number": "1000004996487591", "shipping_fee": "0.00", "total_amount": "23.90", "customer_name": "Ada Example", "extra.billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "extra.total_tax": "0.00", "extra.customer_id": 0, "extra.discount_total": "0.00"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	2f035161a12f2c9b52b4569e2ea2abce	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "3e4ca0bfed0c7dd3"], ["content-type", "application/json"], ["x-wc-webhook-signature", "XKM9PAuxZNM/g3k/C/cFqq/DPNtTwQQxSBquS/NL2hM="], ["content-length", "486"]]	\\x7b226964223a3730332c226e756d626572223a2231303030303034393936343837353931222c22737461747573223a2270726f63657373696e67222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3332222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3332222c22746f74616c223a32332e39302c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	938	\N	\N	\N
79	2026-11-29 12:28:32.890617+00	woocommerce	woocommerce	order.updated	order.updated	order:703	https://shop.example/	2026-11-20 10:03:00+00	0	35	stale	\N	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	05c99346cfc7bdf60b05c5458110f225	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.updated"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "133ce7611bc06341"], ["content-type", "application/json"], ["x-wc-webhook-signature", "VaDYNvoLFVr2A0r+AtrIb1zWC6A9QUr5mcDKDAdLdHs="], ["content-length", "487"]]	\\x7b226964223a3730332c226e756d626572223a2231303030303036363933373936343534222c22737461747573223a22636f6d706c65746564222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3332222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32305431303a30333a3030222c22746f74616c223a2234392e3938222c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	940	\N	\N	\N
106	2026-11-29 12:28:35.845619+00	evershop	evershop	product.updated	product.updated	product:1000001039488027	\N	2026-11-29 12:28:35.799+00	0	\N	created	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5, "extra.product_id": "p6"}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	b43eb3da7303c37737254542b7ec02b5	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "84d5a66e8f2a4ddcb421d4b1b55f110ac9e28aac6f149cf6a38ee3f1c850938b"], ["content-length", "161"]]	\\x7b226576656e74223a2270726f647563742e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a33352e3739395a222c2264617461223a7b226964223a2231303030303031303339343838303237222c226e616d65223a22546573742050726f64756374222c227072696365223a39392e39392c22717479223a352c2270726f647563745f6964223a227036227d7d	product	11	1024	\N	\N	\N
80	2026-11-29 12:28:33.003694+00	shopify	shopify	orders/create	order.created	order:903	example.myshopify.com	2026-11-29 12:28:32.953+00	0	36	created	{"email": "buyer3@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:32.953Z", "changed_at": "2026-11-29T12:28:32.953Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": null, "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": null, "extra.admin_graphql_api_id": "gid://shopify/Order/1000006214148777"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	6555d685f9bf08a09e5cea89aee0a86d	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/create"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "d054a9d4c9021b78"], ["x-shopify-event-id", "d054a9d4c9021b78"], ["x-shopify-triggered-at", "2026-11-29T12:28:32.953Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "rq9ueImM381JUNnHRODrMF0eoOHcKsQtH1Bko9E2E8g="], ["content-length", "562"]]	\\x7b226964223a3930332c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303036323134313438373737222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22627579657233406d61696c2e6578616d706c65222c22637265617465645f6174223a22323032362d31312d32395431323a32383a33322e3935335a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a33322e3935335a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a6e756c6c2c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a6e756c6c7d	\N	\N	944	\N	\N	\N
81	2026-11-29 12:28:33.116155+00	roms	roms	order	order.updated	order:1000003520665653	\N	\N	0	37	created	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "extra.size": "42", "order_number": "1000003520665653", "extra.orderNumber": "R3", "extra.referenceNumber": "R3"}	delivery	signature	roms	WEBHOOK_SECRET	f699b9a31c46255197ddcf25c2298048	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-webhook-signature", "8493fa12fd697d72bc8f74672d317c12de4e5d1db03feae58b753c4cf486fbe4"], ["content-length", "161"]]	\\x7b226f726465725f6e756d626572223a2231303030303033353230363635363533222c2270726f64756374223a224e696b652053686f6573222c227072696365223a39392e39392c227175616e74697479223a312c2273697a65223a223432222c22737461747573223a2270726f63657373696e67222c227265666572656e63654e756d626572223a225233222c226f726465724e756d626572223a225233227d	\N	\N	945	\N	\N	\N
82	2026-11-29 12:28:33.231397+00	evershop	evershop	product.updated	product.updated	product:1000004953486376	\N	2026-11-29 12:28:33.181+00	0	\N	created	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5, "extra.product_id": "p3"}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	622e931036f46d7dac55ba69bb8d6982	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "8246ed2f03909271b76c0ad69831760314ef71654c08c9bc98ea2348dcb641ab"], ["content-length", "161"]]	\\x7b226576656e74223a2270726f647563742e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a33332e3138315a222c2264617461223a7b226964223a2231303030303034393533343836333736222c226e616d65223a22546573742050726f64756374222c227072696365223a39392e39392c22717479223a352c2270726f647563745f6964223a227033227d7d	product	8	952	\N	\N	\N
83	2026-11-29 12:28:33.33982+00	bigcommerce	bigcommerce	store/order/created	order.created	order:103	abcde	2026-11-29 12:28:33+00	0	38	created	{"shop_id": "abcde", "needs_detail": true}	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	ebee0bc2024b40f905af0446bef42d97	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_78bb334c8f437b33"], ["content-type", "application/json"], ["webhook-timestamp", "1795955313"], ["webhook-signature", "v1,Bb5ftBMOX+TYXS9uHbaJFXUg7iRf8L+xO5Zcz7ZJDHQ="], ["content-length", "147"]]	\\x7b2273746f72655f6964223a2231303235363436222c2270726f6475636572223a2273746f7265732f6162636465222c2273636f7065223a2273746f72652f6f726465722f63726561746564222c2264617461223a7b2274797065223a226f72646572222c226964223a3130337d2c2268617368223a226833222c22637265617465645f6174223a313739353935353331337d	\N	\N	953	\N	\N	\N
84	2026-11-29 12:28:33.447194+00	tiktok-shop	tiktok_shop_guide	order_created	order.created	order:guide-4	shop_123456	2026-11-29 12:28:33+00	0	39	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:33.000Z", "changed_at": "2026-11-29T12:28:33.000Z", "total_amount": "14.50"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	e58a8edfdbf52c66a675cbb972495e11	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955313"], ["x-tiktok-shop-signature", "c589d172bc727b71d83f415486eb9d8b23cb3fea58e6c5cbf9459bc2e9683c67"], ["content-length", "455"]]	\\x7b2274696d657374616d70223a313739353935353331332c2274797065223a226f726465725f63726561746564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2267756964652d34222c226372656174655f74696d65223a313739353935353331332c227570646174655f74696d65223a313739353935353331332c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c22746f74616c5f616d6f756e74223a31342e35302c2263757272656e6379223a22555344222c2262757965725f656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226974656d73223a5b7b226964223a226974656d5f31222c2270726f647563745f6964223a2270726f645f313233222c2270726f647563745f6e616d65223a22437573746f6d20542d5368697274222c22736b755f6964223a22736b755f343536222c22736b755f6e616d65223a2253697a65204d2c20436f6c6f7220426c7565222c227175616e74697479223a322c2273656c6c65725f736b75223a225453484952542d4d2d424c5545222c2273616c655f7072696365223a32342e39397d5d7d7d	\N	\N	956	\N	\N	\N
85	2026-11-29 12:28:33.555333+00	tiktok-shop	tiktok_shop	1	order.updated	order:574	7495540735365777507	2025-10-09 08:53:24+00	0	40	created	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:24.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	dd31ebcb9450100a113c47c192ca4619	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "a0b6cc9eddd099a67a5062d605f43788a341816f22a381650d885f40082fcb5b"], ["content-length", "201"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a226e34222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353331332c2264617461223a7b226f726465725f6964223a3537342c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313736303030303030347d7d	\N	\N	957	\N	\N	\N
86	2026-11-29 12:28:33.668728+00	woocommerce	woocommerce	order.created	order.created	order:704	https://shop.example/	2026-11-29 12:28:33+00	0	41	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:33.000Z", "changed_at": "2026-11-29T12:28:33.000Z", "order_number": "1000003113897273", "shipping_fee": "0.00", "total_amount": "24.90", "customer_name": "Ada Example", "extra.billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "extra.total_tax": "0.00", "extra.customer_id": 0, "extra.discount_total": "0.00"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	6388b3d4dff766a51a83dcdb9d6d9e26	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "4dcfa87e6a8534da"], ["content-type", "application/json"], ["x-wc-webhook-signature", "HFSW6cPraSH2PpjMrlqDAQ+2dyoGK59wB1qRr6xsIJg="], ["content-length", "486"]]	\\x7b226964223a3730342c226e756d626572223a2231303030303033313133383937323733222c22737461747573223a2270726f63657373696e67222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3333222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3333222c22746f74616c223a32342e39302c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	962	\N	\N	\N
87	2026-11-29 12:28:33.780694+00	woocommerce	woocommerce	order.updated	order.updated	order:704	https://shop.example/	2026-11-20 10:04:00+00	0	41	stale	\N	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	6677c4b9bbb865ab7a78884dbde92790	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.updated"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "83585fb839eb69e3"], ["content-type", "application/json"], ["x-wc-webhook-signature", "NWVgWb68W4QDSOCcJiY9wb4p4YDAGvh+1Z5gd/WtHro="], ["content-length", "487"]]	\\x7b226964223a3730342c226e756d626572223a2231303030303034313434333937343931222c22737461747573223a22636f6d706c65746564222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3333222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32305431303a30343a3030222c22746f74616c223a2234392e3938222c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	967	\N	\N	\N
88	2026-11-29 12:28:33.895663+00	shopify	shopify	orders/create	order.created	order:904	example.myshopify.com	2026-11-29 12:28:33.845+00	0	42	created	{"email": "buyer4@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:33.845Z", "changed_at": "2026-11-29T12:28:33.845Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": null, "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": null, "extra.admin_graphql_api_id": "gid://shopify/Order/1000003613422290"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	6a33e0fec080c808211e0fea07ef6949	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/create"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "0c66cf0861a956de"], ["x-shopify-event-id", "0c66cf0861a956de"], ["x-shopify-triggered-at", "2026-11-29T12:28:33.845Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "X1vw2DPqZpxqQCy6DfpR8A8MHZ3YW+9HNby9FEIbsu4="], ["content-length", "562"]]	\\x7b226964223a3930342c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303033363133343232323930222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22627579657234406d61696c2e6578616d706c65222c22637265617465645f6174223a22323032362d31312d32395431323a32383a33332e3834355a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a33332e3834355a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a6e756c6c2c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a6e756c6c7d	\N	\N	968	\N	\N	\N
89	2026-11-29 12:28:33.996936+00	roms	roms	order	order.updated	order:1000005216686747	\N	\N	0	43	created	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "extra.size": "42", "order_number": "1000005216686747", "extra.orderNumber": "R4", "extra.referenceNumber": "R4"}	delivery	signature	roms	WEBHOOK_SECRET	504c80a88cabfe61c3c04203a79272f6	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-webhook-signature", "443d63edac63d9bf330fb2cd41912c70d9de381e9128cca73c0ad93d1a6d7805"], ["content-length", "161"]]	\\x7b226f726465725f6e756d626572223a2231303030303035323136363836373437222c2270726f64756374223a224e696b652053686f6573222c227072696365223a39392e39392c227175616e74697479223a312c2273697a65223a223432222c22737461747573223a2270726f63657373696e67222c227265666572656e63654e756d626572223a225234222c226f726465724e756d626572223a225234227d	\N	\N	973	\N	\N	\N
90	2026-11-29 12:28:34.102644+00	evershop	evershop	product.updated	product.updated	product:1000000757872814	\N	2026-11-29 12:28:34.059+00	0	\N	created	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5, "extra.product_id": "p4"}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	a78d624b8939ac3942cec64ddcf3abea	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "fb3cd3218be646eeb40ef747be443b5ae478b6b5e07aa4b35ffce8f2fb9a19aa"], ["content-length", "161"]]	\\x7b226576656e74223a2270726f647563742e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a33342e3035395a222c2264617461223a7b226964223a2231303030303030373537383732383134222c226e616d65223a22546573742050726f64756374222c227072696365223a39392e39392c22717479223a352c2270726f647563745f6964223a227034227d7d	product	9	976	\N	\N	\N
91	2026-11-29 12:28:34.208653+00	bigcommerce	bigcommerce	store/order/created	order.created	order:104	abcde	2026-11-29 12:28:34+00	0	44	created	{"shop_id": "abcde", "needs_detail": true}	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	fd53d7cd64e314904f8b6d99ce9d53fa	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_61ff36f34bd5b08d"], ["content-type", "application/json"], ["webhook-timestamp", "1795955314"], ["webhook-signature", "v1,Xnp/c8kSbLV6kK1eks3YuikdBZ5UdxDFsOwNUN4ITE8="], ["content-length", "147"]]	\\x7b2273746f72655f6964223a2231303235363436222c2270726f6475636572223a2273746f7265732f6162636465222c2273636f7065223a2273746f72652f6f726465722f63726561746564222c2264617461223a7b2274797065223a226f72646572222c226964223a3130347d2c2268617368223a226834222c22637265617465645f6174223a313739353935353331347d	\N	\N	979	\N	\N	\N
92	2026-11-29 12:28:34.321617+00	tiktok-shop	tiktok_shop_guide	order_created	order.created	order:guide-5	shop_123456	2026-11-29 12:28:34+00	0	45	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:34.000Z", "changed_at": "2026-11-29T12:28:34.000Z", "total_amount": "15.50"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	2d9638e2ba322efb751dd83776f87014	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955314"], ["x-tiktok-shop-signature", "7c9db832bdc6435757cd2417af2660a1065ebee5238f586e7d2a9fd81f49f4d3"], ["content-length", "455"]]	\\x7b2274696d657374616d70223a313739353935353331342c2274797065223a226f726465725f63726561746564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2267756964652d35222c226372656174655f74696d65223a313739353935353331342c227570646174655f74696d65223a313739353935353331342c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c22746f74616c5f616d6f756e74223a31352e35302c2263757272656e6379223a22555344222c2262757965725f656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226974656d73223a5b7b226964223a226974656d5f31222c2270726f647563745f6964223a2270726f645f313233222c2270726f647563745f6e616d65223a22437573746f6d20542d5368697274222c22736b755f6964223a22736b755f343536222c22736b755f6e616d65223a2253697a65204d2c20436f6c6f7220426c7565222c227175616e74697479223a322c2273656c6c65725f736b75223a225453484952542d4d2d424c5545222c2273616c655f7072696365223a32342e39397d5d7d7d	\N	\N	980	\N	\N	\N
93	2026-11-29 12:28:34.426914+00	tiktok-shop	tiktok_shop	1	order.updated	order:575	7495540735365777507	2025-10-09 08:53:25+00	0	46	created	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:25.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	6cf823e7cd69fff23e80dd0b74261b25	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "5fc34451c309152b57837287f620ee8066eee1a96d65bc09dbd39b6a1d2eb6aa"], ["content-length", "201"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a226e35222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353331342c2264617461223a7b226f726465725f6964223a3537352c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313736303030303030357d7d	\N	\N	985	\N	\N	\N
94	2026-11-29 12:28:34.539074+00	woocommerce	woocommerce	order.created	order.created	order:705	https://shop.example/	2026-11-29 12:28:34+00	0	47	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:34.000Z", "changed_at": "2026-11-29T12:28:34.000Z", "order_number": "1000000649694590", "shipping_fee": "0.00", "total_amount": "25.90", "customer_name": "Ada Example", "extra.billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "extra.total_tax": "0.00", "extra.customer_id": 0, "extra.discount_total": "0.00"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	4dad1ad4ffb96e0bb7344d75ddc32ff2	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "37f0526ddf89aeee"], ["content-type", "application/json"], ["x-wc-webhook-signature", "X4LROa3CFbN9wox4NtJEW0k/pf15zj9H80FR02fQ3pQ="], ["content-length", "486"]]	\\x7b226964223a3730352c226e756d626572223a2231303030303030363439363934353930222c22737461747573223a2270726f63657373696e67222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3334222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3334222c22746f74616c223a32352e39302c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	988	\N	\N	\N
95	2026-11-29 12:28:34.651978+00	woocommerce	woocommerce	order.updated	order.updated	order:705	https://shop.example/	2026-11-20 10:05:00+00	0	47	stale	\N	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	58f01dcbc3c20ad756e83876f4c24124	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.updated"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "efb64bdc8ca6c66c"], ["content-type", "application/json"], ["x-wc-webhook-signature", "q8si2trRPsZFW7xU+bBQ8ypxieP0DmEZPrtC7iXGsSQ="], ["content-length", "487"]]	\\x7b226964223a3730352c226e756d626572223a2231303030303037333935313430363736222c22737461747573223a22636f6d706c65746564222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3334222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32305431303a30353a3030222c22746f74616c223a2234392e3938222c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	990	\N	\N	\N
96	2026-11-29 12:28:34.762056+00	shopify	shopify	orders/create	order.created	order:905	example.myshopify.com	2026-11-29 12:28:34.717+00	0	48	created	{"email": "buyer5@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:34.717Z", "changed_at": "2026-11-29T12:28:34.717Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": null, "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": null, "extra.admin_graphql_api_id": "gid://shopify/Order/1000001652974522"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	ac461e560c57bf5ac952dcf21b7dae9e	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/create"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "ac01568f31db4bbf"], ["x-shopify-event-id", "ac01568f31db4bbf"], ["x-shopify-triggered-at", "2026-11-29T12:28:34.717Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "xjR6uBzN/q2Ay6Io3yMaxyuUa4rPtZzKS2srFeT361s="], ["content-length", "562"]]	\\x7b226964223a3930352c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303031363532393734353232222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22627579657235406d61696c2e6578616d706c65222c22637265617465645f6174223a22323032362d31312d32395431323a32383a33342e3731375a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a33342e3731375a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a6e756c6c2c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a6e756c6c7d	\N	\N	994	\N	\N	\N
97	2026-11-29 12:28:34.876249+00	roms	roms	order	order.updated	order:1000002509574043	\N	\N	0	49	created	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "extra.size": "42", "order_number": "1000002509574043", "extra.orderNumber": "R5", "extra.referenceNumber": "R5"}	delivery	signature	roms	WEBHOOK_SECRET	82b820369531fc9641887285549bf1e9	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-webhook-signature", "69f634c023e25f0745bfec26108a8f3977950c65ad33048c5b7dde1468597a56"], ["content-length", "161"]]	\\x7b226f726465725f6e756d626572223a2231303030303032353039353734303433222c2270726f64756374223a224e696b652053686f6573222c227072696365223a39392e39392c227175616e74697479223a312c2273697a65223a223432222c22737461747573223a2270726f63657373696e67222c227265666572656e63654e756d626572223a225235222c226f726465724e756d626572223a225235227d	\N	\N	995	\N	\N	\N
98	2026-11-29 12:28:34.992726+00	evershop	evershop	product.updated	product.updated	product:1000002505918140	\N	2026-11-29 12:28:34.963+00	0	\N	created	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5, "extra.product_id": "p5"}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	639109284a97492b0ef5482719212fe5	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "55818194df711fac86368e9a4f071954a6a91cd52987e33726bc743425d89f14"], ["content-length", "161"]]	\\x7b226576656e74223a2270726f647563742e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a33342e3936335a222c2264617461223a7b226964223a2231303030303032353035393138313430222c226e616d65223a22546573742050726f64756374222c227072696365223a39392e39392c22717479223a352c2270726f647563745f6964223a227035227d7d	product	10	1000	\N	\N	\N
99	2026-11-29 12:28:35.069091+00	bigcommerce	bigcommerce	store/order/created	order.created	order:105	abcde	2026-11-29 12:28:35+00	0	50	created	{"shop_id": "abcde", "needs_detail": true}	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	5da2b9af0cc00e4be87de25e7b9b432f	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_9a1819a3b714487b"], ["content-type", "application/json"], ["webhook-timestamp", "1795955315"], ["webhook-signature", "v1,9DLymc47Nl2ITz1zlsgxb1ZOXxB1PNIG/AP10bUoPGA="], ["content-length", "147"]]	\\x7b2273746f72655f6964223a2231303235363436222c2270726f6475636572223a2273746f7265732f6162636465222c2273636f7065223a2273746f72652f6f726465722f63726561746564222c2264617461223a7b2274797065223a226f72646572222c226964223a3130357d2c2268617368223a226835222c22637265617465645f6174223a313739353935353331357d	\N	\N	1001	\N	\N	\N
107	2026-11-29 12:28:35.954953+00	bigcommerce	bigcommerce	store/order/created	order.created	order:106	abcde	2026-11-29 12:28:35+00	0	56	created	{"shop_id": "abcde", "needs_detail": true}	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	b772681435def04f7135537ac9381dc4	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_c6d32c33baa257f6"], ["content-type", "application/json"], ["webhook-timestamp", "1795955315"], ["webhook-signature", "v1,2RjvPB+9RG0Vm5wNMOpTWjJaRnrt38ulvrNMI/w/bfA="], ["content-length", "147"]]	\\x7b2273746f72655f6964223a2231303235363436222c2270726f6475636572223a2273746f7265732f6162636465222c2273636f7065223a2273746f72652f6f726465722f63726561746564222c2264617461223a7b2274797065223a226f72646572222c226964223a3130367d2c2268617368223a226836222c22637265617465645f6174223a313739353935353331357d	\N	\N	1025	\N	\N	\N
100	2026-11-29 12:28:35.176842+00	tiktok-shop	tiktok_shop_guide	order_created	order.created	order:guide-6	shop_123456	2026-11-29 12:28:35+00	0	51	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:35.000Z", "changed_at": "2026-11-29T12:28:35.000Z", "total_amount": "16.50"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	f568af1c6d878e3e8ccc7ad8419fd1ef	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955315"], ["x-tiktok-shop-signature", "ecd4b8a6cca585461cc8a578e70aa1dad0084d2bb02d1a37ba2af1d233add26f"], ["content-length", "455"]]	\\x7b2274696d657374616d70223a313739353935353331352c2274797065223a226f726465725f63726561746564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2267756964652d36222c226372656174655f74696d65223a313739353935353331352c227570646174655f74696d65223a313739353935353331352c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c22746f74616c5f616d6f756e74223a31362e35302c2263757272656e6379223a22555344222c2262757965725f656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226974656d73223a5b7b226964223a226974656d5f31222c2270726f647563745f6964223a2270726f645f313233222c2270726f647563745f6e616d65223a22437573746f6d20542d5368697274222c22736b755f6964223a22736b755f343536222c22736b755f6e616d65223a2253697a65204d2c20436f6c6f7220426c7565222c227175616e74697479223a322c2273656c6c65725f736b75223a225453484952542d4d2d424c5545222c2273616c655f7072696365223a32342e39397d5d7d7d	\N	\N	1004	\N	\N	\N
101	2026-11-29 12:28:35.28864+00	tiktok-shop	tiktok_shop	1	order.updated	order:576	7495540735365777507	2025-10-09 08:53:26+00	0	52	created	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:26.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	e9c59a124af7daf54cdd9ff398712660	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "7b08ff6d22a17b73797fcf7c244b6f310e6e7e2b6878f17fab7267b60a91d6b5"], ["content-length", "201"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a226e36222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353331352c2264617461223a7b226f726465725f6964223a3537362c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313736303030303030367d7d	\N	\N	1011	\N	\N	\N
102	2026-11-29 12:28:35.399486+00	woocommerce	woocommerce	order.created	order.created	order:706	https://shop.example/	2026-11-29 12:28:35+00	0	53	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:35.000Z", "changed_at": "2026-11-29T12:28:35.000Z", "order_number": "1000008071274865", "shipping_fee": "0.00", "total_amount": "26.90", "customer_name": "Ada Example", "extra.billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "extra.total_tax": "0.00", "extra.customer_id": 0, "extra.discount_total": "0.00"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	5c37b1af539d25303aa4b50619c92b9c	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "dae7d5dbffbfe613"], ["content-type", "application/json"], ["x-wc-webhook-signature", "HDe6oTrZ7MbH5tUgl8RAtS5bu9i3V/1iZaJ9ddczFRI="], ["content-length", "486"]]	\\x7b226964223a3730362c226e756d626572223a2231303030303038303731323734383635222c22737461747573223a2270726f63657373696e67222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3335222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3335222c22746f74616c223a32362e39302c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	1012	\N	\N	\N
103	2026-11-29 12:28:35.516011+00	woocommerce	woocommerce	order.updated	order.updated	order:706	https://shop.example/	2026-11-20 10:06:00+00	0	53	stale	\N	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	64ae2b5df3d7375515ef15449574a75e	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.updated"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "69fd73b627b95b1d"], ["content-type", "application/json"], ["x-wc-webhook-signature", "yHmD4XO4JDa++y9i/T0mzMV0ZE5mrPH8nTKB/oo4va4="], ["content-length", "487"]]	\\x7b226964223a3730362c226e756d626572223a2231303030303032383234363838393635222c22737461747573223a22636f6d706c65746564222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3335222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32305431303a30363a3030222c22746f74616c223a2234392e3938222c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	1017	\N	\N	\N
104	2026-11-29 12:28:35.628926+00	shopify	shopify	orders/create	order.created	order:906	example.myshopify.com	2026-11-29 12:28:35.582+00	0	54	created	{"email": "buyer6@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:35.582Z", "changed_at": "2026-11-29T12:28:35.582Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": null, "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": null, "extra.admin_graphql_api_id": "gid://shopify/Order/1000000880720073"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	5ca2bbcd580abe170eae34678740b4e0	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/create"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "e2d702a88a7a1329"], ["x-shopify-event-id", "e2d702a88a7a1329"], ["x-shopify-triggered-at", "2026-11-29T12:28:35.582Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "X6z4wokcF/BkvmYr8L3Uvgf1m4DVks2FgBCbLYb0VV4="], ["content-length", "562"]]	\\x7b226964223a3930362c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303030383830373230303733222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22627579657236406d61696c2e6578616d706c65222c22637265617465645f6174223a22323032362d31312d32395431323a32383a33352e3538325a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a33352e3538325a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a6e756c6c2c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a6e756c6c7d	\N	\N	1018	\N	\N	\N
105	2026-11-29 12:28:35.73752+00	roms	roms	order	order.updated	order:1000006083851683	\N	\N	0	55	created	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "extra.size": "42", "order_number": "1000006083851683", "extra.orderNumber": "R6", "extra.referenceNumber": "R6"}	delivery	signature	roms	WEBHOOK_SECRET	2e285869cb4392876f504e81a08d9608	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-webhook-signature", "828838282254d8431f50e240b3b2ed8b6e9e1a6e5bc85b24f12de992ced67c71"], ["content-length", "161"]]	\\x7b226f726465725f6e756d626572223a2231303030303036303833383531363833222c2270726f64756374223a224e696b652053686f6573222c227072696365223a39392e39392c227175616e74697479223a312c2273697a65223a223432222c22737461747573223a2270726f63657373696e67222c227265666572656e63654e756d626572223a225236222c226f726465724e756d626572223a225236227d	\N	\N	1023	\N	\N	\N
108	2026-11-29 12:28:36.064712+00	tiktok-shop	tiktok_shop_guide	order_created	order.created	order:guide-7	shop_123456	2026-11-29 12:28:36+00	0	57	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:36.000Z", "changed_at": "2026-11-29T12:28:36.000Z", "total_amount": "17.50"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	2928b3eed12d625fb1d52b2cbdb2f489	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955316"], ["x-tiktok-shop-signature", "516f47c9f7073c26e83dbc4f13f7f797d56f268ce1acef7c9965746862aa58da"], ["content-length", "455"]]	\\x7b2274696d657374616d70223a313739353935353331362c2274797065223a226f726465725f63726561746564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2267756964652d37222c226372656174655f74696d65223a313739353935353331362c227570646174655f74696d65223a313739353935353331362c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c22746f74616c5f616d6f756e74223a31372e35302c2263757272656e6379223a22555344222c2262757965725f656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226974656d73223a5b7b226964223a226974656d5f31222c2270726f647563745f6964223a2270726f645f313233222c2270726f647563745f6e616d65223a22437573746f6d20542d5368697274222c22736b755f6964223a22736b755f343536222c22736b755f6e616d65223a2253697a65204d2c20436f6c6f7220426c7565222c227175616e74697479223a322c2273656c6c65725f736b75223a225453484952542d4d2d424c5545222c2273616c655f7072696365223a32342e39397d5d7d7d	\N	\N	1028	\N	\N	\N
109	2026-11-29 12:28:36.176015+00	tiktok-shop	tiktok_shop	1	order.updated	order:577	7495540735365777507	2025-10-09 08:53:27+00	0	58	created	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:27.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	f6a86633ec5060b676591e3f95f6d141	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "b310d1c32f45c403dd464999d76ef1035f89f686d2bf107c183cb1b8b2f6e9a7"], ["content-length", "201"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a226e37222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353331362c2264617461223a7b226f726465725f6964223a3537372c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313736303030303030377d7d	\N	\N	1033	\N	\N	\N
110	2026-11-29 12:28:36.292724+00	woocommerce	woocommerce	order.created	order.created	order:707	https://shop.example/	2026-11-29 12:28:36+00	0	59	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:36.000Z", "changed_at": "2026-11-29T12:28:36.000Z", "order_number": "1000007590048232", "shipping_fee": "0.00", "total_amount": "27.90", "customer_name": "Ada Example", "extra.billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "extra.total_tax": "0.00", "extra.customer_id": 0, "extra.discount_total": "0.00"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	acb666703488965729c4b14c901b56e7	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "fb717d3d1f55b4c6"], ["content-type", "application/json"], ["x-wc-webhook-signature", "X49F/C+bXZnYTUwBB6nrareMtmg5QzQ//BfHTpaID14="], ["content-length", "486"]]	\\x7b226964223a3730372c226e756d626572223a2231303030303037353930303438323332222c22737461747573223a2270726f63657373696e67222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3336222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3336222c22746f74616c223a32372e39302c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	1036	\N	\N	\N
111	2026-11-29 12:28:36.401576+00	woocommerce	woocommerce	order.updated	order.updated	order:707	https://shop.example/	2026-11-20 10:07:00+00	0	59	stale	\N	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	88e8bb816d6117d4de1e28718b211dbb	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.updated"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "70554078e7e7360a"], ["content-type", "application/json"], ["x-wc-webhook-signature", "PlHJJIAG6ud3aokrt+IIrcxFQpEG/T0uvV8rlYc5Ohw="], ["content-length", "487"]]	\\x7b226964223a3730372c226e756d626572223a2231303030303038383030373837323437222c22737461747573223a22636f6d706c65746564222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3336222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32305431303a30373a3030222c22746f74616c223a2234392e3938222c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	1037	\N	\N	\N
112	2026-11-29 12:28:36.514849+00	shopify	shopify	orders/create	order.created	order:907	example.myshopify.com	2026-11-29 12:28:36.468+00	0	60	created	{"email": "buyer7@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:36.468Z", "changed_at": "2026-11-29T12:28:36.468Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": null, "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": null, "extra.admin_graphql_api_id": "gid://shopify/Order/1000002211588589"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	41ba6275dccd9df36887aa1fc185e04c	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/create"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "8bfacec474f17b44"], ["x-shopify-event-id", "8bfacec474f17b44"], ["x-shopify-triggered-at", "2026-11-29T12:28:36.468Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "Cqp5Q85VmsHuavrjdHGuO4mvLT7oGwN77TwM3AjIJF0="], ["content-length", "562"]]	\\x7b226964223a3930372c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303032323131353838353839222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22627579657237406d61696c2e6578616d706c65222c22637265617465645f6174223a22323032362d31312d32395431323a32383a33362e3436385a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a33362e3436385a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a6e756c6c2c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a6e756c6c7d	\N	\N	1042	\N	\N	\N
113	2026-11-29 12:28:36.626942+00	roms	roms	order	order.updated	order:1000001956425409	\N	\N	0	61	created	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "extra.size": "42", "order_number": "1000001956425409", "extra.orderNumber": "R7", "extra.referenceNumber": "R7"}	delivery	signature	roms	WEBHOOK_SECRET	96c3ad0ea254dbf496f6240ce61afd6c	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-webhook-signature", "e38128876e511ee37bd69cc380458c75dccbcbad688fd9dd2e2b10af25ddd493"], ["content-length", "161"]]	\\x7b226f726465725f6e756d626572223a2231303030303031393536343235343039222c2270726f64756374223a224e696b652053686f6573222c227072696365223a39392e39392c227175616e74697479223a312c2273697a65223a223432222c22737461747573223a2270726f63657373696e67222c227265666572656e63654e756d626572223a225237222c226f726465724e756d626572223a225237227d	\N	\N	1043	\N	\N	\N
114	2026-11-29 12:28:36.742742+00	evershop	evershop	product.updated	product.updated	product:1000000334635141	\N	2026-11-29 12:28:36.693+00	0	\N	created	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5, "extra.product_id": "p7"}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	fa7fc797a7485c83f2efd5e8263d8ad2	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "dde1d66442d5e15e067804cec0685927ea0f50bba0909f3f599cece13f56335b"], ["content-length", "161"]]	\\x7b226576656e74223a2270726f647563742e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a33362e3639335a222c2264617461223a7b226964223a2231303030303030333334363335313431222c226e616d65223a22546573742050726f64756374222c227072696365223a39392e39392c22717479223a352c2270726f647563745f6964223a227037227d7d	product	12	1048	\N	\N	\N
115	2026-11-29 12:28:36.859386+00	bigcommerce	bigcommerce	store/order/created	order.created	order:107	abcde	2026-11-29 12:28:36+00	0	62	created	{"shop_id": "abcde", "needs_detail": true}	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	a4e3880ac6b72dae96ff8666802e4bf4	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_35844f96fc633a61"], ["content-type", "application/json"], ["webhook-timestamp", "1795955316"], ["webhook-signature", "v1,rRBycVVH3g71M7JHfhLcLF9Cf0cO9SWObMpfZWdUXl0="], ["content-length", "147"]]	\\x7b2273746f72655f6964223a2231303235363436222c2270726f6475636572223a2273746f7265732f6162636465222c2273636f7065223a2273746f72652f6f726465722f63726561746564222c2264617461223a7b2274797065223a226f72646572222c226964223a3130377d2c2268617368223a226837222c22637265617465645f6174223a313739353935353331367d	\N	\N	1049	\N	\N	\N
116	2026-11-29 12:28:36.967804+00	tiktok-shop	tiktok_shop_guide	order_created	order.created	order:guide-8	shop_123456	2026-11-29 12:28:36+00	0	63	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:36.000Z", "changed_at": "2026-11-29T12:28:36.000Z", "total_amount": "18.50"}	delivery	signature	tiktok_shop_guide	TIKTOK_APP_SECRET	f5891420a719f117640552f270fd0999	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-tiktok-shop-timestamp", "1795955316"], ["x-tiktok-shop-signature", "90bad5460283fa2d4678ad421a4dd28aea377f46af968742549b5c9b900794ce"], ["content-length", "455"]]	\\x7b2274696d657374616d70223a313739353935353331362c2274797065223a226f726465725f63726561746564222c2273686f705f6964223a2273686f705f313233343536222c2264617461223a7b226f726465725f6964223a2267756964652d38222c226372656174655f74696d65223a313739353935353331362c227570646174655f74696d65223a313739353935353331362c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c22746f74616c5f616d6f756e74223a31382e35302c2263757272656e6379223a22555344222c2262757965725f656d61696c223a22637573746f6d6572406578616d706c652e636f6d222c226974656d73223a5b7b226964223a226974656d5f31222c2270726f647563745f6964223a2270726f645f313233222c2270726f647563745f6e616d65223a22437573746f6d20542d5368697274222c22736b755f6964223a22736b755f343536222c22736b755f6e616d65223a2253697a65204d2c20436f6c6f7220426c7565222c227175616e74697479223a322c2273656c6c65725f736b75223a225453484952542d4d2d424c5545222c2273616c655f7072696365223a32342e39397d5d7d7d	\N	\N	1055	\N	\N	\N
117	2026-11-29 12:28:37.076288+00	tiktok-shop	tiktok_shop	1	order.updated	order:578	7495540735365777507	2025-10-09 08:53:28+00	0	64	created	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:28.000Z", "needs_detail": true, "extra.is_on_hold_order": false}	delivery	signature	tiktok_shop	TIKTOK_APP_SECRET	ee340b8d9b643d438ecbac3868b02050	127.0.0.1	POST	/webhook/tiktok		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["authorization", "20bd62a8b37293e9320839279a0546eeb461501f3c7d56dbfaed1ae1250eb228"], ["content-length", "201"]]	\\x7b2274797065223a312c227474735f6e6f74696669636174696f6e5f6964223a226e38222c2273686f705f6964223a2237343935353430373335333635373737353037222c2274696d657374616d70223a313739353935353331372c2264617461223a7b226f726465725f6964223a3537382c226f726465725f737461747573223a224157414954494e475f534849504d454e54222c2269735f6f6e5f686f6c645f6f72646572223a66616c73652c227570646174655f74696d65223a313736303030303030387d7d	\N	\N	1056	\N	\N	\N
118	2026-11-29 12:28:37.191679+00	woocommerce	woocommerce	order.created	order.created	order:708	https://shop.example/	2026-11-29 12:28:37+00	0	65	created	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:37.000Z", "changed_at": "2026-11-29T12:28:37.000Z", "order_number": "1000008916730937", "shipping_fee": "0.00", "total_amount": "28.90", "customer_name": "Ada Example", "extra.billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "extra.total_tax": "0.00", "extra.customer_id": 0, "extra.discount_total": "0.00"}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	7af1bcfef3b873594ed3579ce8f461bc	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "9c3311d71e5e93ce"], ["content-type", "application/json"], ["x-wc-webhook-signature", "EJC86mOIsav9FsiVA7qRIdPYVFPNx8BsuSJJyQjybas="], ["content-length", "486"]]	\\x7b226964223a3730382c226e756d626572223a2231303030303038393136373330393337222c22737461747573223a2270726f63657373696e67222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3337222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32395431323a32383a3337222c22746f74616c223a32382e39302c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	1062	\N	\N	\N
119	2026-11-29 12:28:37.300637+00	woocommerce	woocommerce	order.updated	order.updated	order:708	https://shop.example/	2026-11-20 10:08:00+00	0	65	stale	\N	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	a62fb2414e23e1e3a58ecc480ebf8444	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.updated"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "f2b8dbcf5dd080a7"], ["content-type", "application/json"], ["x-wc-webhook-signature", "Hc3qjrsdK6+rmPOD5umG1flggygAdY1Dni1S9JTU/p8="], ["content-length", "487"]]	\\x7b226964223a3730382c226e756d626572223a2231303030303035383137323230343236222c22737461747573223a22636f6d706c65746564222c2263757272656e6379223a22555344222c22646174655f637265617465645f676d74223a22323032362d31312d32395431323a32383a3337222c22646174655f6d6f6469666965645f676d74223a22323032362d31312d32305431303a30383a3030222c22746f74616c223a2234392e3938222c22746f74616c5f746178223a22302e3030222c227368697070696e675f746f74616c223a22302e3030222c22646973636f756e745f746f74616c223a22302e3030222c22637573746f6d65725f6964223a302c2262696c6c696e67223a7b2266697273745f6e616d65223a22416461222c226c6173745f6e616d65223a224578616d706c65222c22656d61696c223a22637573746f6d6572406578616d706c652e636f6d227d2c226c696e655f6974656d73223a5b7b226964223a312c226e616d65223a22437573746f6d20542d5368697274222c2270726f647563745f6964223a322c22766172696174696f6e5f6964223a332c227175616e74697479223a322c22746f74616c223a2234392e3938222c227072696365223a32342e39392c22736b75223a225453484952542d4d2d424c5545227d5d7d	\N	\N	1067	\N	\N	\N
131	2026-11-29 12:29:04.106299+00	woocommerce	woocommerce	order.deleted	order.deleted	order:805	https://shop.example/	\N	0	73	applied	{"status": ["processing", "trash"]}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	93790039bcb881615fa74fc609772160	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.deleted"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "deleted"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "ed96d1b20a824a96"], ["content-type", "application/json"], ["x-wc-webhook-signature", "LSH5y9lo5JB1XqK3g2B8N2i0o66ZfqR6xOy+eV+78XE="], ["content-length", "11"]]	\\x7b226964223a203830357d	\N	\N	1359	\N	\N	\N
120	2026-11-29 12:28:37.41009+00	shopify	shopify	orders/create	order.created	order:908	example.myshopify.com	2026-11-29 12:28:37.363+00	0	66	created	{"email": "buyer8@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:37.363Z", "changed_at": "2026-11-29T12:28:37.363Z", "extra.tags": "", "extra.test": true, "order_number": "#1001", "total_amount": "49.98", "extra.customer": null, "extra.total_tax": null, "shipping_address": null, "extra.cancelled_at": null, "extra.order_number": 1001, "extra.subtotal_price": "49.98", "extra.financial_status": "paid", "extra.fulfillment_status": null, "extra.admin_graphql_api_id": "gid://shopify/Order/1000005136180063"}	delivery	signature	shopify	SHOPIFY_WEBHOOK_SECRET	ec14ce3b50bbd3e5c70564a0c9b0d694	127.0.0.1	POST	/webhook/shopify		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-shopify-topic", "orders/create"], ["x-shopify-shop-domain", "example.myshopify.com"], ["x-shopify-webhook-id", "95bcab09443d832a"], ["x-shopify-event-id", "95bcab09443d832a"], ["x-shopify-triggered-at", "2026-11-29T12:28:37.363Z"], ["x-shopify-api-version", "2026-01"], ["content-type", "application/json"], ["x-shopify-hmac-sha256", "3lJo1MZCJTleNjHwwwduP7os8M8LYyPhiq3BTCkrZaI="], ["content-length", "562"]]	\\x7b226964223a3930382c2261646d696e5f6772617068716c5f6170695f6964223a226769643a2f2f73686f706966792f4f726465722f31303030303035313336313830303633222c226e616d65223a222331303031222c226f726465725f6e756d626572223a313030312c22656d61696c223a22627579657238406d61696c2e6578616d706c65222c22637265617465645f6174223a22323032362d31312d32395431323a32383a33372e3336335a222c22757064617465645f6174223a22323032362d31312d32395431323a32383a33372e3336335a222c2263757272656e6379223a22555344222c22746f74616c5f7072696365223a2234392e3938222c22737562746f74616c5f7072696365223a2234392e3938222c22746f74616c5f746178223a6e756c6c2c2266696e616e6369616c5f737461747573223a2270616964222c2266756c66696c6c6d656e745f737461747573223a6e756c6c2c226c696e655f6974656d73223a5b7b226964223a312c2270726f647563745f6964223a322c2276617269616e745f6964223a332c227469746c65223a22437573746f6d20542d5368697274222c227175616e74697479223a322c227072696365223a2232342e3939222c22736b75223a225453484952542d4d2d424c5545227d5d2c227368697070696e675f61646472657373223a6e756c6c2c22637573746f6d6572223a6e756c6c2c2274616773223a22222c2274657374223a747275652c2263616e63656c6c65645f6174223a6e756c6c7d	\N	\N	1068	\N	\N	\N
121	2026-11-29 12:28:37.522082+00	roms	roms	order	order.updated	order:1000005796892661	\N	\N	0	67	created	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "extra.size": "42", "order_number": "1000005796892661", "extra.orderNumber": "R8", "extra.referenceNumber": "R8"}	delivery	signature	roms	WEBHOOK_SECRET	11c1e9dfc02eb75d70830df5ab782ff5	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-webhook-signature", "c94d460163abfa2619ffe5f4e8831a371bfb15f966023d1a5993bda3d78f0ece"], ["content-length", "161"]]	\\x7b226f726465725f6e756d626572223a2231303030303035373936383932363631222c2270726f64756374223a224e696b652053686f6573222c227072696365223a39392e39392c227175616e74697479223a312c2273697a65223a223432222c22737461747573223a2270726f63657373696e67222c227265666572656e63654e756d626572223a225238222c226f726465724e756d626572223a225238227d	\N	\N	1073	\N	\N	\N
122	2026-11-29 12:28:37.622084+00	evershop	evershop	product.updated	product.updated	product:1000003894195689	\N	2026-11-29 12:28:37.581+00	0	\N	created	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5, "extra.product_id": "p8"}	delivery	signature	evershop	EVERSHOP_WEBHOOK_SECRET	79df9e10874c5525d66b6412328759b3	127.0.0.1	POST	/api/webhooks/evershop/product		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["content-type", "application/json"], ["x-evershop-signature", "dc2891f58bd7d6f909669cf8cda2baa778cb2fe42ff84e90fbd36d7c003be954"], ["content-length", "161"]]	\\x7b226576656e74223a2270726f647563742e75706461746564222c2274696d657374616d70223a22323032362d31312d32395431323a32383a33372e3538315a222c2264617461223a7b226964223a2231303030303033383934313935363839222c226e616d65223a22546573742050726f64756374222c227072696365223a39392e39392c22717479223a352c2270726f647563745f6964223a227038227d7d	product	13	1074	\N	\N	\N
123	2026-11-29 12:28:37.72588+00	bigcommerce	bigcommerce	store/order/created	order.created	order:108	abcde	2026-11-29 12:28:37+00	0	68	created	{"shop_id": "abcde", "needs_detail": true}	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	c9f43fcc92957e478ebdb32b1a6085ad	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_36e4553f031ed3fb"], ["content-type", "application/json"], ["webhook-timestamp", "1795955317"], ["webhook-signature", "v1,2bhI/J/U5HdWiqv45gvfLfKBeFL7Sc/CJF8g3/nf7fk="], ["content-length", "147"]]	\\x7b2273746f72655f6964223a2231303235363436222c2270726f6475636572223a2273746f7265732f6162636465222c2273636f7065223a2273746f72652f6f726465722f63726561746564222c2264617461223a7b2274797065223a226f72646572222c226964223a3130387d2c2268617368223a226838222c22637265617465645f6174223a313739353935353331377d	\N	\N	1075	\N	\N	\N
124	2026-11-29 12:29:03.30065+00	woocommerce	woocommerce	order.created	order.created	order:801	https://shop.example/	2026-11-01 08:00:00+00	0	69	created	{"email": "mara@mail.example", "items": [{"sku": "CUP", "extra": {"price": 16.528925619834713, "total": "33.06", "variation_id": 0}, "line_id": "8010", "quantity": 2, "product_id": "77", "product_name": "Cup"}], "phone": "+49 30 123456", "status": "processing", "shop_id": "https://shop.example/", "currency": "EUR", "placed_at": "2026-11-01T08:00:00.000Z", "changed_at": "2026-11-01T08:00:00.000Z", "extra._links": {"self": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders/801"}], "collection": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders"}]}, "order_number": "801", "total_amount": "40.00", "customer_name": "Mara Lind", "extra.billing": {"city": "Berlin", "email": "mara@mail.example", "phone": "+49 30 123456", "country": "DE", "postcode": "10115", "address_1": "Gasse 1", "last_name": "Lind", "first_name": "Mara"}, "shipping_address": {"zip": "10115", "city": "Berlin", "name": "Mara Lind", "extra": {"email": "mara@mail.example", "last_name": "Lind", "first_name": "Mara"}, "phone": "+49 30 123456", "country": "DE", "address1": "Gasse 1"}, "extra.customer_id": 3}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	1f9c05c2f7fcab134017ee8b88229eb2	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "ac4f1b3d192b14a6"], ["content-type", "application/json"], ["x-wc-webhook-signature", "iuTejcp9VdbvDh5UkdaMep+YxCLXUeTDHDXc5Hxm7ZI="], ["content-length", "708"]]	\\x7b226964223a203830312c20226e756d626572223a2022383031222c2022737461747573223a202270726f63657373696e67222c202263757272656e6379223a2022455552222c2022646174655f637265617465645f676d74223a2022323032362d31312d30315430383a30303a3030222c2022646174655f6d6f6469666965645f676d74223a2022323032362d31312d30315430383a30303a3030222c2022746f74616c223a202234302e3030222c2022637573746f6d65725f6964223a20332c202262696c6c696e67223a207b2266697273745f6e616d65223a20224d617261222c20226c6173745f6e616d65223a20224c696e64222c2022656d61696c223a20226d617261406d61696c2e6578616d706c65222c2022636f756e747279223a20224445222c202270686f6e65223a20222b343920333020313233343536222c2022616464726573735f31223a202247617373652031222c202263697479223a20224265726c696e222c2022706f7374636f6465223a20223130313135227d2c20226c696e655f6974656d73223a205b7b226964223a20383031302c20226e616d65223a2022437570222c202270726f647563745f6964223a2037372c2022766172696174696f6e5f6964223a20302c20227175616e74697479223a20322c2022736b75223a2022435550222c20227072696365223a2031362e3532383932353631393833343731332c2022746f74616c223a202233332e3036227d5d2c20225f6c696e6b73223a207b2273656c66223a205b7b2268726566223a202268747470733a2f2f7777772e73686f702d612e6578616d706c652f77702d6a736f6e2f77632f76332f6f72646572732f383031227d5d2c2022636f6c6c656374696f6e223a205b7b2268726566223a202268747470733a2f2f7777772e73686f702d612e6578616d706c652f77702d6a736f6e2f77632f76332f6f7264657273227d5d7d7d	\N	\N	1330	\N	\N	\N
125	2026-11-29 12:29:03.411998+00	woocommerce	woocommerce	order.created	order.created	order:802	https://shop.example/	2026-11-01 08:00:00+00	0	70	created	{"email": "mara@mail.example", "items": [{"sku": "CUP", "extra": {"price": 16.528925619834713, "total": "33.06", "variation_id": 0}, "line_id": "8020", "quantity": 2, "product_id": "77", "product_name": "Cup"}], "phone": "+49 30 123456", "status": "processing", "shop_id": "https://shop.example/", "currency": "EUR", "placed_at": "2026-11-01T08:00:00.000Z", "changed_at": "2026-11-01T08:00:00.000Z", "extra._links": {"self": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders/802"}], "collection": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders"}]}, "order_number": "802", "total_amount": "40.00", "customer_name": "Mara Lind", "extra.billing": {"city": "Berlin", "email": "mara@mail.example", "phone": "+49 30 123456", "country": "DE", "postcode": "10115", "address_1": "Gasse 1", "last_name": "Lind", "first_name": "Mara"}, "shipping_address": {"zip": "10115", "city": "Berlin", "name": "Mara Lind", "extra": {"email": "mara@mail.example", "last_name": "Lind", "first_name": "Mara"}, "phone": "+49 30 123456", "country": "DE", "address1": "Gasse 1"}, "extra.customer_id": 3}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	dc4d66465c0a666ad6900a3b2fb66c9f	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "8d4500d3a99f1b8f"], ["content-type", "application/json"], ["x-wc-webhook-signature", "fOJ2VE85lh3A/ISECwCaXVe9aLS7W6Tv1Zb6LxgxduE="], ["content-length", "708"]]	\\x7b226964223a203830322c20226e756d626572223a2022383032222c2022737461747573223a202270726f63657373696e67222c202263757272656e6379223a2022455552222c2022646174655f637265617465645f676d74223a2022323032362d31312d30315430383a30303a3030222c2022646174655f6d6f6469666965645f676d74223a2022323032362d31312d30315430383a30303a3030222c2022746f74616c223a202234302e3030222c2022637573746f6d65725f6964223a20332c202262696c6c696e67223a207b2266697273745f6e616d65223a20224d617261222c20226c6173745f6e616d65223a20224c696e64222c2022656d61696c223a20226d617261406d61696c2e6578616d706c65222c2022636f756e747279223a20224445222c202270686f6e65223a20222b343920333020313233343536222c2022616464726573735f31223a202247617373652031222c202263697479223a20224265726c696e222c2022706f7374636f6465223a20223130313135227d2c20226c696e655f6974656d73223a205b7b226964223a20383032302c20226e616d65223a2022437570222c202270726f647563745f6964223a2037372c2022766172696174696f6e5f6964223a20302c20227175616e74697479223a20322c2022736b75223a2022435550222c20227072696365223a2031362e3532383932353631393833343731332c2022746f74616c223a202233332e3036227d5d2c20225f6c696e6b73223a207b2273656c66223a205b7b2268726566223a202268747470733a2f2f7777772e73686f702d612e6578616d706c652f77702d6a736f6e2f77632f76332f6f72646572732f383032227d5d2c2022636f6c6c656374696f6e223a205b7b2268726566223a202268747470733a2f2f7777772e73686f702d612e6578616d706c652f77702d6a736f6e2f77632f76332f6f7264657273227d5d7d7d	\N	\N	1334	\N	\N	\N
132	2026-11-29 12:29:04.216248+00	bigcommerce	bigcommerce	store/order/created	order.created	order:500	abcde	2025-10-09 08:53:20+00	0	74	created	{"shop_id": "abcde", "needs_detail": true}	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	7f95d488a4ad5258bae57cf3f5456004	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_df560fc6b67d94ec"], ["content-type", "application/json"], ["webhook-timestamp", "1795955344"], ["webhook-signature", "v1,BoPyhZ8ZLDSA+9rnZbY41/yTJN0mv1NA6SyCadJqDdQ="], ["content-length", "166"]]	\\x7b2273746f72655f6964223a202231303235363436222c202270726f6475636572223a202273746f7265732f6162636465222c202273636f7065223a202273746f72652f6f726465722f63726561746564222c202264617461223a207b2274797065223a20226f72646572222c20226964223a203530307d2c202268617368223a202268686162636465222c2022637265617465645f6174223a20313736303030303030307d	\N	\N	1362	\N	\N	\N
126	2026-11-29 12:29:03.531759+00	woocommerce	woocommerce	order.created	order.created	order:803	https://shop.example/	2026-11-01 08:00:00+00	0	71	created	{"email": "mara@mail.example", "items": [{"sku": "CUP", "extra": {"price": 16.528925619834713, "total": "33.06", "variation_id": 0}, "line_id": "8030", "quantity": 2, "product_id": "77", "product_name": "Cup"}], "phone": "+49 30 123456", "status": "processing", "shop_id": "https://shop.example/", "currency": "EUR", "placed_at": "2026-11-01T08:00:00.000Z", "changed_at": "2026-11-01T08:00:00.000Z", "extra._links": {"self": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders/803"}], "collection": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders"}]}, "order_number": "803", "total_amount": "40.00", "customer_name": "Mara Lind", "extra.billing": {"city": "Berlin", "email": "mara@mail.example", "phone": "+49 30 123456", "country": "DE", "postcode": "10115", "address_1": "Gasse 1", "last_name": "Lind", "first_name": "Mara"}, "shipping_address": {"zip": "10115", "city": "Berlin", "name": "Mara Lind", "extra": {"email": "mara@mail.example", "last_name": "Lind", "first_name": "Mara"}, "phone": "+49 30 123456", "country": "DE", "address1": "Gasse 1"}, "extra.customer_id": 3}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	7c0cb7043342ef1f91595b25949f4ed4	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "bb04918e22bdbbe0"], ["content-type", "application/json"], ["x-wc-webhook-signature", "cDwWpptbkBn6eahFqLnsaQct/KeNzCgHZLZaFY8OqHw="], ["content-length", "708"]]	\\x7b226964223a203830332c20226e756d626572223a2022383033222c2022737461747573223a202270726f63657373696e67222c202263757272656e6379223a2022455552222c2022646174655f637265617465645f676d74223a2022323032362d31312d30315430383a30303a3030222c2022646174655f6d6f6469666965645f676d74223a2022323032362d31312d30315430383a30303a3030222c2022746f74616c223a202234302e3030222c2022637573746f6d65725f6964223a20332c202262696c6c696e67223a207b2266697273745f6e616d65223a20224d617261222c20226c6173745f6e616d65223a20224c696e64222c2022656d61696c223a20226d617261406d61696c2e6578616d706c65222c2022636f756e747279223a20224445222c202270686f6e65223a20222b343920333020313233343536222c2022616464726573735f31223a202247617373652031222c202263697479223a20224265726c696e222c2022706f7374636f6465223a20223130313135227d2c20226c696e655f6974656d73223a205b7b226964223a20383033302c20226e616d65223a2022437570222c202270726f647563745f6964223a2037372c2022766172696174696f6e5f6964223a20302c20227175616e74697479223a20322c2022736b75223a2022435550222c20227072696365223a2031362e3532383932353631393833343731332c2022746f74616c223a202233332e3036227d5d2c20225f6c696e6b73223a207b2273656c66223a205b7b2268726566223a202268747470733a2f2f7777772e73686f702d612e6578616d706c652f77702d6a736f6e2f77632f76332f6f72646572732f383033227d5d2c2022636f6c6c656374696f6e223a205b7b2268726566223a202268747470733a2f2f7777772e73686f702d612e6578616d706c652f77702d6a736f6e2f77632f76332f6f7264657273227d5d7d7d	\N	\N	1340	\N	\N	\N
127	2026-11-29 12:29:03.641202+00	woocommerce	woocommerce	order.created	order.created	order:803	https://shop.example/	2026-11-02 08:00:00+00	0	71	applied	{"changed_at": ["2026-11-01T08:00:00.000Z", "2026-11-02T08:00:00.000Z"], "extra._links": [{"self": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders/803"}], "collection": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders"}]}, {"self": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders/803"}], "collection": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders"}]}], "total_amount": ["40.00", "50.00"]}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	9a141336a2d8558cd1f1cff9619de97b	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "2b28badefab0a189"], ["content-type", "application/json"], ["x-wc-webhook-signature", "vS4nZ3W19/MW5boA2umHwO9RWTUFLD8lw1JnqLqP6Ps="], ["content-length", "712"]]	\\x7b226964223a203830332c20226e756d626572223a2022383033222c2022737461747573223a202270726f63657373696e67222c202263757272656e6379223a2022455552222c2022646174655f637265617465645f676d74223a2022323032362d31312d30315430383a30303a3030222c2022646174655f6d6f6469666965645f676d74223a2022323032362d31312d30325430383a30303a3030222c2022746f74616c223a202235302e3030222c2022637573746f6d65725f6964223a20332c202262696c6c696e67223a207b2266697273745f6e616d65223a20224d617261222c20226c6173745f6e616d65223a20224c696e64222c2022656d61696c223a20226d617261406d61696c2e6578616d706c65222c2022636f756e747279223a20224445222c202270686f6e65223a20222b343920333020313233343536222c2022616464726573735f31223a202247617373652031222c202263697479223a20224265726c696e222c2022706f7374636f6465223a20223130313135227d2c20226c696e655f6974656d73223a205b7b226964223a20383033302c20226e616d65223a2022437570222c202270726f647563745f6964223a2037372c2022766172696174696f6e5f6964223a20302c20227175616e74697479223a20322c2022736b75223a2022435550222c20227072696365223a2031362e3532383932353631393833343731332c2022746f74616c223a202233332e3036227d5d2c20225f6c696e6b73223a207b2273656c66223a205b7b2268726566223a202268747470733a2f2f73686f702d622e6578616d706c652f73746f72652f77702d6a736f6e2f77632f76332f6f72646572732f383033227d5d2c2022636f6c6c656374696f6e223a205b7b2268726566223a202268747470733a2f2f73686f702d622e6578616d706c652f73746f72652f77702d6a736f6e2f77632f76332f6f7264657273227d5d7d7d	\N	\N	1341	\N	\N	\N
128	2026-11-29 12:29:03.755787+00	woocommerce	woocommerce	order.created	order.created	order:804	https://shop.example/	2026-11-02 08:00:00+00	0	72	created	{"email": "mara@mail.example", "items": [{"sku": "CUP", "extra": {"price": 16.528925619834713, "total": "33.06", "variation_id": 0}, "line_id": "8040", "quantity": 2, "product_id": "77", "product_name": "Cup"}], "phone": "+49 30 123456", "status": "processing", "shop_id": "https://shop.example/", "currency": "EUR", "placed_at": "2026-11-01T08:00:00.000Z", "changed_at": "2026-11-02T08:00:00.000Z", "extra._links": {"self": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders/804"}], "collection": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders"}]}, "order_number": "804", "total_amount": "50.00", "customer_name": "Mara Lind", "extra.billing": {"city": "Berlin", "email": "mara@mail.example", "phone": "+49 30 123456", "country": "DE", "postcode": "10115", "address_1": "Gasse 1", "last_name": "Lind", "first_name": "Mara"}, "shipping_address": {"zip": "10115", "city": "Berlin", "name": "Mara Lind", "extra": {"email": "mara@mail.example", "last_name": "Lind", "first_name": "Mara"}, "phone": "+49 30 123456", "country": "DE", "address1": "Gasse 1"}, "extra.customer_id": 3}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	2528a60860e13b8d0d57f4f3f7775160	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "0def5a0d3d22697b"], ["content-type", "application/json"], ["x-wc-webhook-signature", "XUBiIB5CtCfmPR0XKdKGHa/UwkZack+npsVWuCSMUZc="], ["content-length", "712"]]	\\x7b226964223a203830342c20226e756d626572223a2022383034222c2022737461747573223a202270726f63657373696e67222c202263757272656e6379223a2022455552222c2022646174655f637265617465645f676d74223a2022323032362d31312d30315430383a30303a3030222c2022646174655f6d6f6469666965645f676d74223a2022323032362d31312d30325430383a30303a3030222c2022746f74616c223a202235302e3030222c2022637573746f6d65725f6964223a20332c202262696c6c696e67223a207b2266697273745f6e616d65223a20224d617261222c20226c6173745f6e616d65223a20224c696e64222c2022656d61696c223a20226d617261406d61696c2e6578616d706c65222c2022636f756e747279223a20224445222c202270686f6e65223a20222b343920333020313233343536222c2022616464726573735f31223a202247617373652031222c202263697479223a20224265726c696e222c2022706f7374636f6465223a20223130313135227d2c20226c696e655f6974656d73223a205b7b226964223a20383034302c20226e616d65223a2022437570222c202270726f647563745f6964223a2037372c2022766172696174696f6e5f6964223a20302c20227175616e74697479223a20322c2022736b75223a2022435550222c20227072696365223a2031362e3532383932353631393833343731332c2022746f74616c223a202233332e3036227d5d2c20225f6c696e6b73223a207b2273656c66223a205b7b2268726566223a202268747470733a2f2f73686f702d622e6578616d706c652f73746f72652f77702d6a736f6e2f77632f76332f6f72646572732f383034227d5d2c2022636f6c6c656374696f6e223a205b7b2268726566223a202268747470733a2f2f73686f702d622e6578616d706c652f73746f72652f77702d6a736f6e2f77632f76332f6f7264657273227d5d7d7d	\N	\N	1346	\N	\N	\N
129	2026-11-29 12:29:03.882757+00	woocommerce	woocommerce	order.created	order.created	order:805	https://shop.example/	2026-11-02 08:00:00+00	0	73	created	{"email": "mara@mail.example", "items": [{"sku": "CUP", "extra": {"price": 16.528925619834713, "total": "33.06", "variation_id": 0}, "line_id": "8050", "quantity": 2, "product_id": "77", "product_name": "Cup"}], "phone": "+49 30 123456", "status": "processing", "shop_id": "https://shop.example/", "currency": "EUR", "placed_at": "2026-11-01T08:00:00.000Z", "changed_at": "2026-11-02T08:00:00.000Z", "extra._links": {"self": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders/805"}], "collection": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders"}]}, "order_number": "805", "total_amount": "50.00", "customer_name": "Mara Lind", "extra.billing": {"city": "Berlin", "email": "mara@mail.example", "phone": "+49 30 123456", "country": "DE", "postcode": "10115", "address_1": "Gasse 1", "last_name": "Lind", "first_name": "Mara"}, "shipping_address": {"zip": "10115", "city": "Berlin", "name": "Mara Lind", "extra": {"email": "mara@mail.example", "last_name": "Lind", "first_name": "Mara"}, "phone": "+49 30 123456", "country": "DE", "address1": "Gasse 1"}, "extra.customer_id": 3}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	b4c00968677e25af2e9abd3bc8fc59c6	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.created"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "created"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "14ef01c2e863719c"], ["content-type", "application/json"], ["x-wc-webhook-signature", "Zl+C74CPY0O997E88FNmo0jdkrwmue2F02SQQspm+PE="], ["content-length", "712"]]	\\x7b226964223a203830352c20226e756d626572223a2022383035222c2022737461747573223a202270726f63657373696e67222c202263757272656e6379223a2022455552222c2022646174655f637265617465645f676d74223a2022323032362d31312d30315430383a30303a3030222c2022646174655f6d6f6469666965645f676d74223a2022323032362d31312d30325430383a30303a3030222c2022746f74616c223a202235302e3030222c2022637573746f6d65725f6964223a20332c202262696c6c696e67223a207b2266697273745f6e616d65223a20224d617261222c20226c6173745f6e616d65223a20224c696e64222c2022656d61696c223a20226d617261406d61696c2e6578616d706c65222c2022636f756e747279223a20224445222c202270686f6e65223a20222b343920333020313233343536222c2022616464726573735f31223a202247617373652031222c202263697479223a20224265726c696e222c2022706f7374636f6465223a20223130313135227d2c20226c696e655f6974656d73223a205b7b226964223a20383035302c20226e616d65223a2022437570222c202270726f647563745f6964223a2037372c2022766172696174696f6e5f6964223a20302c20227175616e74697479223a20322c2022736b75223a2022435550222c20227072696365223a2031362e3532383932353631393833343731332c2022746f74616c223a202233332e3036227d5d2c20225f6c696e6b73223a207b2273656c66223a205b7b2268726566223a202268747470733a2f2f73686f702d622e6578616d706c652f73746f72652f77702d6a736f6e2f77632f76332f6f72646572732f383035227d5d2c2022636f6c6c656374696f6e223a205b7b2268726566223a202268747470733a2f2f73686f702d622e6578616d706c652f73746f72652f77702d6a736f6e2f77632f76332f6f7264657273227d5d7d7d	\N	\N	1352	\N	\N	\N
130	2026-11-29 12:29:03.995201+00	woocommerce	woocommerce	order.updated	order.updated	order:802	https://shop.example/	2026-11-03 08:00:00+00	0	70	applied	{"status": ["processing", "completed"], "changed_at": ["2026-11-01T08:00:00.000Z", "2026-11-03T08:00:00.000Z"], "extra._links": [{"self": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders/802"}], "collection": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders"}]}, {"self": [{"href": "https://shop-a.example/wp-json/wc/v3/orders/802"}], "collection": [{"href": "https://shop-a.example/wp-json/wc/v3/orders"}]}]}	delivery	signature	woocommerce	WOOCOMMERCE_WEBHOOK_SECRET	bcedc86c867b64f4ac75ae31cdf27236	127.0.0.1	POST	/webhook/woocommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["x-wc-webhook-source", "https://shop.example/"], ["x-wc-webhook-topic", "order.updated"], ["x-wc-webhook-resource", "order"], ["x-wc-webhook-event", "updated"], ["x-wc-webhook-id", "5"], ["x-wc-webhook-delivery-id", "2b379a403b165ed1"], ["content-type", "application/json"], ["x-wc-webhook-signature", "Ew9D2owda9VogMFl514l0gIBsqz2VM8ur5DP6R0rA1s="], ["content-length", "699"]]	\\x7b226964223a203830322c20226e756d626572223a2022383032222c2022737461747573223a2022636f6d706c65746564222c202263757272656e6379223a2022455552222c2022646174655f637265617465645f676d74223a2022323032362d31312d30315430383a30303a3030222c2022646174655f6d6f6469666965645f676d74223a2022323032362d31312d30335430383a30303a3030222c2022746f74616c223a202234302e3030222c2022637573746f6d65725f6964223a20332c202262696c6c696e67223a207b2266697273745f6e616d65223a20224d617261222c20226c6173745f6e616d65223a20224c696e64222c2022656d61696c223a20226d617261406d61696c2e6578616d706c65222c2022636f756e747279223a20224445222c202270686f6e65223a20222b343920333020313233343536222c2022616464726573735f31223a202247617373652031222c202263697479223a20224265726c696e222c2022706f7374636f6465223a20223130313135227d2c20226c696e655f6974656d73223a205b7b226964223a20383032302c20226e616d65223a2022437570222c202270726f647563745f6964223a2037372c2022766172696174696f6e5f6964223a20302c20227175616e74697479223a20322c2022736b75223a2022435550222c20227072696365223a2031362e3532383932353631393833343731332c2022746f74616c223a202233332e3036227d5d2c20225f6c696e6b73223a207b2273656c66223a205b7b2268726566223a202268747470733a2f2f73686f702d612e6578616d706c652f77702d6a736f6e2f77632f76332f6f72646572732f383032227d5d2c2022636f6c6c656374696f6e223a205b7b2268726566223a202268747470733a2f2f73686f702d612e6578616d706c652f77702d6a736f6e2f77632f76332f6f7264657273227d5d7d7d	\N	\N	1353	\N	\N	\N
133	2026-11-29 12:29:04.300599+00	bigcommerce	bigcommerce	store/order/created	order.created	order:500	fghij	2025-10-09 08:53:20+00	0	74	stale	\N	delivery	signature	bigcommerce	BIGCOMMERCE_WEBHOOK_SECRET	0f2565b9c3ee3cbecbaf420035a4a899	127.0.0.1	POST	/webhook/bigcommerce		[["host", "localhost:25590"], ["user-agent", "hookledger-send"], ["accept", "*/*"], ["webhook-id", "msg_6c5352144067ea62"], ["content-type", "application/json"], ["webhook-timestamp", "1795955344"], ["webhook-signature", "v1,om2twMyi2dgoZnOfeTjR/SKX2BYIL2OahMYx+uHIV+Q="], ["content-length", "166"]]	\\x7b2273746f72655f6964223a202231303235363436222c202270726f6475636572223a202273746f7265732f666768696a222c202273636f7065223a202273746f72652f6f726465722f63726561746564222c202264617461223a207b2274797065223a20226f72646572222c20226964223a203530307d2c202268617368223a20226868666768696a222c2022637265617465645f6174223a20313736303030303030307d	\N	\N	1363	\N	\N	\N
134	2026-11-29 12:29:37.107774+00	roms	roms	order	order.updated	order:R-U1	\N	\N	0	75	created	{"email": "u@mail.example", "status": "pending", "order_number": "R-U1", "total_amount": "12.5"}	delivery	unverified	none	\N	6e216321ad1bc206fd029c49ea7da4c1	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "curl/7.88.1"], ["accept", "*/*"], ["content-type", "application/json"], ["content-length", "80"]]	\\x7b226f726465725f6e756d626572223a22522d5531222c22737461747573223a2270656e64696e67222c22746f74616c223a31322e352c22656d61696c223a2275406d61696c2e6578616d706c65227d	\N	\N	1540	\N	\N	\N
135	2026-11-29 12:29:37.128791+00	roms	roms	order	order.updated	order:1000005796892661	\N	\N	0	67	applied	{"email": [null, "stranger@mail.example"], "status": ["processing", "cancelled"]}	delivery	unverified	none	\N	01231031062e3fa1407427a8d728e895	127.0.0.1	POST	/api/v2/webhooks/orders		[["host", "localhost:25590"], ["user-agent", "curl/7.88.1"], ["accept", "*/*"], ["content-type", "application/json"], ["content-length", "88"]]	\\x7b226f726465725f6e756d626572223a2231303030303035373936383932363631222c22737461747573223a2263616e63656c6c6564222c22656d61696c223a22737472616e676572406d61696c2e6578616d706c65227d	\N	\N	1541	\N	\N	\N
\.


--
-- Data for Name: events_2026w49; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.events_2026w49 (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row, disposition, changes, origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, written_by, redacted_at, body_hash, dedupe_key) FROM stdin;
\.


--
-- Data for Name: events_2026w50; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.events_2026w50 (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row, disposition, changes, origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, written_by, redacted_at, body_hash, dedupe_key) FROM stdin;
\.


--
-- Data for Name: events_2026w51; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.events_2026w51 (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row, disposition, changes, origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, written_by, redacted_at, body_hash, dedupe_key) FROM stdin;
\.


--
-- Data for Name: events_2026w52; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.events_2026w52 (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row, disposition, changes, origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, written_by, redacted_at, body_hash, dedupe_key) FROM stdin;
\.


--
-- Data for Name: events_2026w53; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.events_2026w53 (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row, disposition, changes, origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, written_by, redacted_at, body_hash, dedupe_key) FROM stdin;
\.


--
-- Data for Name: events_2027w01; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.events_2027w01 (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row, disposition, changes, origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, written_by, redacted_at, body_hash, dedupe_key) FROM stdin;
\.


--
-- Data for Name: events_2027w02; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.events_2027w02 (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row, disposition, changes, origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, written_by, redacted_at, body_hash, dedupe_key) FROM stdin;
\.


--
-- Data for Name: events_2027w03; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.events_2027w03 (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row, disposition, changes, origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, written_by, redacted_at, body_hash, dedupe_key) FROM stdin;
\.


--
-- Data for Name: inventory; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.inventory (id, source, product_id, variant_id, sku, counted, counted_at, quantity, updated_at) FROM stdin;
1	evershop	1000006336163298		\N	5	2026-11-29 12:28:11.093+00	5	2026-11-29 12:28:11.125956+00
2	evershop	1000002738456617		\N	5	2026-11-29 12:28:11.323+00	5	2026-11-29 12:28:11.35514+00
4	shopify	1000008484373580		TSHIRT-M-BLUE	5	2026-11-29 12:28:13.361+00	5	2026-11-29 12:28:13.408317+00
5	shopify	1000008484373580	3	TSHIRT-M-BLUE	5	2026-11-29 12:28:13.361+00	5	2026-11-29 12:28:13.408317+00
8	evershop	1000008985394178		\N	5	2026-11-29 12:28:31.563+00	5	2026-11-29 12:28:31.604367+00
9	evershop	1000006060401165		\N	5	2026-11-29 12:28:32.362+00	5	2026-11-29 12:28:32.395836+00
10	evershop	1000004953486376		\N	5	2026-11-29 12:28:33.181+00	5	2026-11-29 12:28:33.23297+00
11	evershop	1000000757872814		\N	5	2026-11-29 12:28:34.059+00	5	2026-11-29 12:28:34.104438+00
12	evershop	1000002505918140		\N	5	2026-11-29 12:28:34.963+00	5	2026-11-29 12:28:34.99448+00
13	evershop	1000001039488027		\N	5	2026-11-29 12:28:35.799+00	5	2026-11-29 12:28:35.847232+00
14	evershop	1000000334635141		\N	5	2026-11-29 12:28:36.693+00	5	2026-11-29 12:28:36.744371+00
6	tiktok-shop	prod_123	sku_456	TSHIRT-M-BLUE	\N	\N	-18	2026-11-29 12:28:37.173644+00
7	woocommerce	1000001959929836		TSHIRT-M-BLUE	5	2026-11-29 12:28:16+00	-11	2026-11-29 12:28:37.220832+00
3	shopify	2	3	TSHIRT-M-BLUE	\N	\N	-18	2026-11-29 12:28:37.468906+00
15	evershop	1000003894195689		\N	5	2026-11-29 12:28:37.581+00	5	2026-11-29 12:28:37.623491+00
16	woocommerce	77		CUP	\N	\N	-10	2026-11-29 12:29:04.041579+00
\.


--
-- Data for Name: inventory_movements; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.inventory_movements (movement_key, inventory_id, delta, reason, occurred_at, order_row, job_id, created_at) FROM stdin;
shopify:1000008998933934:1:sold	3	-2	sold	2026-11-29 12:28:12.734+00	6	14	2026-11-29 12:28:12.912363+00
tiktok-shop:1000007137024809:item_1:sold	6	-2	sold	2026-11-29 12:28:15+00	13	31	2026-11-29 12:28:15.454631+00
woocommerce:1000006780318432:1:sold	7	-2	sold	2026-11-29 12:28:16+00	20	35	2026-11-29 12:28:16.917603+00
tiktok-shop:guide-1:item_1:sold	6	-2	sold	2026-11-29 12:28:30+00	21	39	2026-11-29 12:28:31.164373+00
woocommerce:701:1:sold	7	-2	sold	2026-11-29 12:28:31+00	23	43	2026-11-29 12:28:31.200323+00
shopify:901:1:sold	3	-2	sold	2026-11-29 12:28:31.337+00	24	46	2026-11-29 12:28:31.448968+00
tiktok-shop:guide-2:item_1:sold	6	-2	sold	2026-11-29 12:28:31+00	27	54	2026-11-29 12:28:31.901635+00
woocommerce:702:1:sold	7	-2	sold	2026-11-29 12:28:31+00	29	58	2026-11-29 12:28:32.159643+00
shopify:902:1:sold	3	-2	sold	2026-11-29 12:28:32.208+00	30	61	2026-11-29 12:28:32.396797+00
tiktok-shop:guide-3:item_1:sold	6	-2	sold	2026-11-29 12:28:32+00	33	69	2026-11-29 12:28:32.642725+00
woocommerce:703:1:sold	7	-2	sold	2026-11-29 12:28:32+00	35	73	2026-11-29 12:28:32.898133+00
shopify:903:1:sold	3	-2	sold	2026-11-29 12:28:32.953+00	36	76	2026-11-29 12:28:33.152979+00
tiktok-shop:guide-4:item_1:sold	6	-2	sold	2026-11-29 12:28:33+00	39	84	2026-11-29 12:28:33.660009+00
woocommerce:704:1:sold	7	-2	sold	2026-11-29 12:28:33+00	41	88	2026-11-29 12:28:33.702708+00
shopify:904:1:sold	3	-2	sold	2026-11-29 12:28:33.845+00	42	91	2026-11-29 12:28:33.949324+00
tiktok-shop:guide-5:item_1:sold	6	-2	sold	2026-11-29 12:28:34+00	45	99	2026-11-29 12:28:34.40023+00
woocommerce:705:1:sold	7	-2	sold	2026-11-29 12:28:34+00	47	103	2026-11-29 12:28:34.660228+00
shopify:905:1:sold	3	-2	sold	2026-11-29 12:28:34.717+00	48	106	2026-11-29 12:28:34.924826+00
tiktok-shop:guide-6:item_1:sold	6	-2	sold	2026-11-29 12:28:35+00	51	114	2026-11-29 12:28:35.18873+00
woocommerce:706:1:sold	7	-2	sold	2026-11-29 12:28:35+00	53	118	2026-11-29 12:28:35.441757+00
shopify:906:1:sold	3	-2	sold	2026-11-29 12:28:35.582+00	54	121	2026-11-29 12:28:35.70287+00
tiktok-shop:guide-7:item_1:sold	6	-2	sold	2026-11-29 12:28:36+00	57	129	2026-11-29 12:28:36.161895+00
woocommerce:707:1:sold	7	-2	sold	2026-11-29 12:28:36+00	59	133	2026-11-29 12:28:36.418927+00
shopify:907:1:sold	3	-2	sold	2026-11-29 12:28:36.468+00	60	136	2026-11-29 12:28:36.670241+00
tiktok-shop:guide-8:item_1:sold	6	-2	sold	2026-11-29 12:28:36+00	63	144	2026-11-29 12:28:37.173644+00
woocommerce:708:1:sold	7	-2	sold	2026-11-29 12:28:37+00	65	148	2026-11-29 12:28:37.220832+00
shopify:908:1:sold	3	-2	sold	2026-11-29 12:28:37.363+00	66	151	2026-11-29 12:28:37.468906+00
woocommerce:801:8010:sold	16	-2	sold	2026-11-01 08:00:00+00	69	158	2026-11-29 12:29:03.405177+00
woocommerce:802:8020:sold	16	-2	sold	2026-11-01 08:00:00+00	70	161	2026-11-29 12:29:03.464326+00
woocommerce:803:8030:sold	16	-2	sold	2026-11-01 08:00:00+00	71	164	2026-11-29 12:29:03.717375+00
woocommerce:804:8040:sold	16	-2	sold	2026-11-02 08:00:00+00	72	170	2026-11-29 12:29:03.777444+00
woocommerce:805:8050:sold	16	-2	sold	2026-11-02 08:00:00+00	73	173	2026-11-29 12:29:04.041579+00
\.


--
-- Data for Name: job_attempts_2026w47; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.job_attempts_2026w47 (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status) FROM stdin;
\.


--
-- Data for Name: job_attempts_2026w48; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.job_attempts_2026w48 (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status) FROM stdin;
1	1	confirm_subscription	confirm_subscription	confirm_subscription	2	2026-11-29 12:28:10.327544+00	\N	2026-11-29 12:28:10.330613+00	2026-11-29 12:28:10.474242+00	2026-11-29 12:28:10.474242+00	2026-11-29 12:28:10.476242+00	done	\N	127.0.0.1:22306	200
2	1	ops	slack	rule-429b91	4	2026-11-29 12:28:10.535038+00	1	2026-11-29 12:28:10.537331+00	2026-11-29 12:28:10.665163+00	\N	2026-11-29 12:28:10.674163+00	skipped	order.status is null	\N	\N
4	1	stock	inventory	tell	4	2026-11-29 12:28:10.535038+00	1	2026-11-29 12:28:10.537331+00	2026-11-29 12:28:10.665163+00	\N	2026-11-29 12:28:10.674163+00	skipped	the order has no lines	\N	\N
5	1	say	message_customer	tell	4	2026-11-29 12:28:10.535038+00	1	2026-11-29 12:28:10.537331+00	2026-11-29 12:28:10.665163+00	\N	2026-11-29 12:28:10.674163+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
3	1	ops	slack	tell	4	2026-11-29 12:28:10.535038+00	1	2026-11-29 12:28:10.537331+00	2026-11-29 12:28:11.673495+00	2026-11-29 12:28:11.675495+00	2026-11-29 12:28:11.677495+00	done	\N	127.0.0.1:22306	200
8	1	stock	inventory	tell	14	2026-11-29 12:28:11.667542+00	4	2026-11-29 12:28:11.669154+00	2026-11-29 12:28:11.703999+00	\N	2026-11-29 12:28:11.711999+00	skipped	the order has no lines	\N	\N
9	1	say	message_customer	tell	14	2026-11-29 12:28:11.667542+00	4	2026-11-29 12:28:11.669154+00	2026-11-29 12:28:11.703999+00	\N	2026-11-29 12:28:11.711999+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
12	1	say	message_customer	tell	20	2026-11-29 12:28:12.346747+00	\N	2026-11-29 12:28:12.347825+00	2026-11-29 12:28:12.354049+00	\N	2026-11-29 12:28:12.361049+00	skipped	the event is about neither an order nor a customer	\N	\N
11	1	stock	inventory	tell	20	2026-11-29 12:28:12.346747+00	\N	2026-11-29 12:28:12.347825+00	2026-11-29 12:28:12.354049+00	\N	2026-11-29 12:28:12.361049+00	dead	the event is about no order	\N	\N
6	1	ops	slack	rule-429b91	7	2026-11-29 12:28:11.02176+00	2	2026-11-29 12:28:11.023248+00	2026-11-29 12:28:12.666611+00	\N	2026-11-29 12:28:12.670611+00	skipped	order.status is null	\N	\N
14	1	stock	inventory	tell	24	2026-11-29 12:28:12.77264+00	6	2026-11-29 12:28:12.775954+00	2026-11-29 12:28:12.895363+00	\N	2026-11-29 12:28:12.912363+00	done	\N	\N	\N
15	1	say	message_customer	tell	24	2026-11-29 12:28:12.77264+00	6	2026-11-29 12:28:12.775954+00	2026-11-29 12:28:12.901807+00	\N	2026-11-29 12:28:12.912807+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
16	1	stock	inventory	sold	26	2026-11-29 12:28:12.97218+00	8	2026-11-29 12:28:12.974925+00	2026-11-29 12:28:13.169397+00	\N	2026-11-29 12:28:13.179397+00	skipped	nothing of it was sold	\N	\N
7	1	ops	slack	tell	14	2026-11-29 12:28:11.667542+00	4	2026-11-29 12:28:11.669154+00	2026-11-29 12:28:13.677405+00	2026-11-29 12:28:13.677405+00	2026-11-29 12:28:13.681405+00	done	\N	127.0.0.1:22306	200
18	1	stock	inventory	tell	35	2026-11-29 12:28:14.044533+00	9	2026-11-29 12:28:14.04648+00	2026-11-29 12:28:14.120435+00	\N	2026-11-29 12:28:14.127435+00	skipped	the order has no lines	\N	\N
19	1	say	message_customer	tell	35	2026-11-29 12:28:14.044533+00	9	2026-11-29 12:28:14.04648+00	2026-11-29 12:28:14.120435+00	\N	2026-11-29 12:28:14.127435+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
22	1	say	message_customer	tell	36	2026-11-29 12:28:14.154832+00	\N	2026-11-29 12:28:14.15654+00	2026-11-29 12:28:14.160763+00	\N	2026-11-29 12:28:14.164763+00	skipped	the event is about neither an order nor a customer	\N	\N
21	1	stock	inventory	tell	36	2026-11-29 12:28:14.154832+00	\N	2026-11-29 12:28:14.15654+00	2026-11-29 12:28:14.160763+00	\N	2026-11-29 12:28:14.164763+00	dead	the event is about no order	\N	\N
23	1	nowhere	http	broken	37	2026-11-29 12:28:14.271193+00	\N	2026-11-29 12:28:14.272908+00	2026-11-29 12:28:14.387442+00	\N	2026-11-29 12:28:14.388442+00	dead	guarded: the address guard refuses loopback (127.0.0.0/8) (not_sent)	127.0.0.1:9	\N
10	1	ops	slack	tell	20	2026-11-29 12:28:12.346747+00	\N	2026-11-29 12:28:12.347825+00	2026-11-29 12:28:14.672059+00	2026-11-29 12:28:14.672059+00	2026-11-29 12:28:14.673059+00	done	\N	127.0.0.1:22306	200
25	1	stock	inventory	sold	44	2026-11-29 12:28:15.08575+00	11	2026-11-29 12:28:15.087043+00	2026-11-29 12:28:15.195949+00	\N	2026-11-29 12:28:15.203949+00	skipped	nothing of it was sold	\N	\N
27	1	stock	inventory	tell	45	2026-11-29 12:28:15.193006+00	12	2026-11-29 12:28:15.194577+00	2026-11-29 12:28:15.198055+00	\N	2026-11-29 12:28:15.205055+00	skipped	the order has no lines	\N	\N
28	1	say	message_customer	tell	45	2026-11-29 12:28:15.193006+00	12	2026-11-29 12:28:15.194577+00	2026-11-29 12:28:15.198055+00	\N	2026-11-29 12:28:15.205055+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
31	1	stock	inventory	tell	46	2026-11-29 12:28:15.322684+00	13	2026-11-29 12:28:15.324993+00	2026-11-29 12:28:15.443631+00	\N	2026-11-29 12:28:15.454631+00	done	\N	\N	\N
32	1	say	message_customer	tell	46	2026-11-29 12:28:15.322684+00	13	2026-11-29 12:28:15.324993+00	2026-11-29 12:28:15.446977+00	\N	2026-11-29 12:28:15.455977+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
33	1	stock	inventory	sold	47	2026-11-29 12:28:15.442307+00	14	2026-11-29 12:28:15.444073+00	2026-11-29 12:28:15.499741+00	\N	2026-11-29 12:28:15.507741+00	skipped	nothing of it was sold	\N	\N
13	1	ops	slack	tell	24	2026-11-29 12:28:12.77264+00	6	2026-11-29 12:28:12.775954+00	2026-11-29 12:28:15.674955+00	2026-11-29 12:28:15.674955+00	2026-11-29 12:28:15.676955+00	done	\N	127.0.0.1:22306	200
17	1	ops	slack	tell	35	2026-11-29 12:28:14.044533+00	9	2026-11-29 12:28:14.04648+00	2026-11-29 12:28:16.676029+00	2026-11-29 12:28:16.677029+00	2026-11-29 12:28:16.677029+00	done	\N	127.0.0.1:22306	200
35	1	stock	inventory	tell	59	2026-11-29 12:28:16.891697+00	20	2026-11-29 12:28:16.893287+00	2026-11-29 12:28:16.907603+00	\N	2026-11-29 12:28:16.917603+00	done	\N	\N	\N
36	1	say	message_customer	tell	59	2026-11-29 12:28:16.891697+00	20	2026-11-29 12:28:16.893287+00	2026-11-29 12:28:16.910866+00	\N	2026-11-29 12:28:16.918866+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
24	1	ops	slack	rule-429b91	43	2026-11-29 12:28:14.977621+00	10	2026-11-29 12:28:14.979557+00	2026-11-29 12:28:17.674359+00	2026-11-29 12:28:17.674359+00	2026-11-29 12:28:17.676359+00	done	\N	127.0.0.1:22306	200
34	1	ops	slack	tell	59	2026-11-29 12:28:16.891697+00	20	2026-11-29 12:28:16.893287+00	2026-11-29 12:28:18.675442+00	2026-11-29 12:28:18.675442+00	2026-11-29 12:28:18.677442+00	done	\N	127.0.0.1:22306	200
20	1	ops	slack	tell	36	2026-11-29 12:28:14.154832+00	\N	2026-11-29 12:28:14.15654+00	2026-11-29 12:28:19.673878+00	2026-11-29 12:28:19.673878+00	2026-11-29 12:28:19.674878+00	done	\N	127.0.0.1:22306	200
29	1	ops	slack	rule-429b91	46	2026-11-29 12:28:15.322684+00	13	2026-11-29 12:28:15.324993+00	2026-11-29 12:28:20.674304+00	2026-11-29 12:28:20.674304+00	2026-11-29 12:28:20.676304+00	done	\N	127.0.0.1:22306	200
26	1	ops	slack	tell	45	2026-11-29 12:28:15.193006+00	12	2026-11-29 12:28:15.194577+00	2026-11-29 12:28:21.672865+00	2026-11-29 12:28:21.672865+00	2026-11-29 12:28:21.673865+00	done	\N	127.0.0.1:22306	200
30	1	ops	slack	tell	46	2026-11-29 12:28:15.322684+00	13	2026-11-29 12:28:15.324993+00	2026-11-29 12:28:22.672945+00	2026-11-29 12:28:22.672945+00	2026-11-29 12:28:22.677945+00	done	\N	127.0.0.1:22306	200
39	1	stock	inventory	tell	60	2026-11-29 12:28:30.966441+00	21	2026-11-29 12:28:30.968771+00	2026-11-29 12:28:31.150373+00	\N	2026-11-29 12:28:31.164373+00	done	\N	\N	\N
40	1	say	message_customer	tell	60	2026-11-29 12:28:30.966441+00	21	2026-11-29 12:28:30.968771+00	2026-11-29 12:28:31.153545+00	\N	2026-11-29 12:28:31.160545+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
37	1	ops	slack	rule-429b91	60	2026-11-29 12:28:30.966441+00	21	2026-11-29 12:28:30.968771+00	2026-11-29 12:28:31.164783+00	2026-11-29 12:28:31.164783+00	2026-11-29 12:28:31.174783+00	done	\N	127.0.0.1:22306	200
43	1	stock	inventory	tell	62	2026-11-29 12:28:31.165341+00	23	2026-11-29 12:28:31.168746+00	2026-11-29 12:28:31.191323+00	\N	2026-11-29 12:28:31.200323+00	done	\N	\N	\N
44	1	say	message_customer	tell	62	2026-11-29 12:28:31.165341+00	23	2026-11-29 12:28:31.168746+00	2026-11-29 12:28:31.193767+00	\N	2026-11-29 12:28:31.200767+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
46	1	stock	inventory	tell	64	2026-11-29 12:28:31.385137+00	24	2026-11-29 12:28:31.387995+00	2026-11-29 12:28:31.439968+00	\N	2026-11-29 12:28:31.448968+00	done	\N	\N	\N
47	1	say	message_customer	tell	64	2026-11-29 12:28:31.385137+00	24	2026-11-29 12:28:31.387995+00	2026-11-29 12:28:31.442321+00	\N	2026-11-29 12:28:31.449321+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
54	1	stock	inventory	tell	68	2026-11-29 12:28:31.8257+00	27	2026-11-29 12:28:31.82792+00	2026-11-29 12:28:31.891635+00	\N	2026-11-29 12:28:31.901635+00	done	\N	\N	\N
50	1	stock	inventory	tell	67	2026-11-29 12:28:31.701615+00	26	2026-11-29 12:28:31.70371+00	2026-11-29 12:28:31.894226+00	\N	2026-11-29 12:28:31.902226+00	skipped	the order has no lines	\N	\N
51	1	say	message_customer	tell	67	2026-11-29 12:28:31.701615+00	26	2026-11-29 12:28:31.70371+00	2026-11-29 12:28:31.894226+00	\N	2026-11-29 12:28:31.902226+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
55	1	say	message_customer	tell	68	2026-11-29 12:28:31.8257+00	27	2026-11-29 12:28:31.82792+00	2026-11-29 12:28:31.894226+00	\N	2026-11-29 12:28:31.902226+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
58	1	stock	inventory	tell	70	2026-11-29 12:28:32.042056+00	29	2026-11-29 12:28:32.044705+00	2026-11-29 12:28:32.148643+00	\N	2026-11-29 12:28:32.159643+00	done	\N	\N	\N
59	1	say	message_customer	tell	70	2026-11-29 12:28:32.042056+00	29	2026-11-29 12:28:32.044705+00	2026-11-29 12:28:32.151443+00	\N	2026-11-29 12:28:32.160443+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
41	1	ops	slack	rule-429b91	61	2026-11-29 12:28:31.065099+00	22	2026-11-29 12:28:31.066725+00	2026-11-29 12:28:32.178247+00	2026-11-29 12:28:32.178247+00	2026-11-29 12:28:32.181247+00	done	\N	127.0.0.1:22306	200
61	1	stock	inventory	tell	72	2026-11-29 12:28:32.241267+00	30	2026-11-29 12:28:32.243708+00	2026-11-29 12:28:32.389797+00	\N	2026-11-29 12:28:32.396797+00	done	\N	\N	\N
62	1	say	message_customer	tell	72	2026-11-29 12:28:32.241267+00	30	2026-11-29 12:28:32.243708+00	2026-11-29 12:28:32.39161+00	\N	2026-11-29 12:28:32.39761+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
69	1	stock	inventory	tell	76	2026-11-29 12:28:32.565381+00	33	2026-11-29 12:28:32.567126+00	2026-11-29 12:28:32.634725+00	\N	2026-11-29 12:28:32.642725+00	done	\N	\N	\N
65	1	stock	inventory	tell	75	2026-11-29 12:28:32.471527+00	32	2026-11-29 12:28:32.473265+00	2026-11-29 12:28:32.63737+00	\N	2026-11-29 12:28:32.64437+00	skipped	the order has no lines	\N	\N
66	1	say	message_customer	tell	75	2026-11-29 12:28:32.471527+00	32	2026-11-29 12:28:32.473265+00	2026-11-29 12:28:32.63737+00	\N	2026-11-29 12:28:32.64437+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
70	1	say	message_customer	tell	76	2026-11-29 12:28:32.565381+00	33	2026-11-29 12:28:32.567126+00	2026-11-29 12:28:32.63737+00	\N	2026-11-29 12:28:32.64437+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
73	1	stock	inventory	tell	78	2026-11-29 12:28:32.78114+00	35	2026-11-29 12:28:32.783424+00	2026-11-29 12:28:32.887133+00	\N	2026-11-29 12:28:32.898133+00	done	\N	\N	\N
74	1	say	message_customer	tell	78	2026-11-29 12:28:32.78114+00	35	2026-11-29 12:28:32.783424+00	2026-11-29 12:28:32.889988+00	\N	2026-11-29 12:28:32.898988+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
76	1	stock	inventory	tell	80	2026-11-29 12:28:33.003694+00	36	2026-11-29 12:28:33.006192+00	2026-11-29 12:28:33.141979+00	\N	2026-11-29 12:28:33.152979+00	done	\N	\N	\N
77	1	say	message_customer	tell	80	2026-11-29 12:28:33.003694+00	36	2026-11-29 12:28:33.006192+00	2026-11-29 12:28:33.144212+00	\N	2026-11-29 12:28:33.153212+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
38	1	ops	slack	tell	60	2026-11-29 12:28:30.966441+00	21	2026-11-29 12:28:30.968771+00	2026-11-29 12:28:33.180279+00	2026-11-29 12:28:33.180279+00	2026-11-29 12:28:33.183279+00	done	\N	127.0.0.1:22306	200
80	1	stock	inventory	tell	83	2026-11-29 12:28:33.33982+00	38	2026-11-29 12:28:33.34147+00	2026-11-29 12:28:33.41008+00	\N	2026-11-29 12:28:33.41808+00	skipped	the order has no lines	\N	\N
81	1	say	message_customer	tell	83	2026-11-29 12:28:33.33982+00	38	2026-11-29 12:28:33.34147+00	2026-11-29 12:28:33.41008+00	\N	2026-11-29 12:28:33.41808+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
84	1	stock	inventory	tell	84	2026-11-29 12:28:33.447194+00	39	2026-11-29 12:28:33.449577+00	2026-11-29 12:28:33.653009+00	\N	2026-11-29 12:28:33.660009+00	done	\N	\N	\N
85	1	say	message_customer	tell	84	2026-11-29 12:28:33.447194+00	39	2026-11-29 12:28:33.449577+00	2026-11-29 12:28:33.654198+00	\N	2026-11-29 12:28:33.660198+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
88	1	stock	inventory	tell	86	2026-11-29 12:28:33.668728+00	41	2026-11-29 12:28:33.670824+00	2026-11-29 12:28:33.695708+00	\N	2026-11-29 12:28:33.702708+00	done	\N	\N	\N
89	1	say	message_customer	tell	86	2026-11-29 12:28:33.668728+00	41	2026-11-29 12:28:33.670824+00	2026-11-29 12:28:33.697439+00	\N	2026-11-29 12:28:33.703439+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
91	1	stock	inventory	tell	88	2026-11-29 12:28:33.895663+00	42	2026-11-29 12:28:33.898223+00	2026-11-29 12:28:33.940324+00	\N	2026-11-29 12:28:33.949324+00	done	\N	\N	\N
92	1	say	message_customer	tell	88	2026-11-29 12:28:33.895663+00	42	2026-11-29 12:28:33.898223+00	2026-11-29 12:28:33.942826+00	\N	2026-11-29 12:28:33.949826+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
42	1	ops	slack	tell	62	2026-11-29 12:28:31.165341+00	23	2026-11-29 12:28:31.168746+00	2026-11-29 12:28:34.162489+00	2026-11-29 12:28:34.162489+00	2026-11-29 12:28:34.164489+00	done	\N	127.0.0.1:22306	200
99	1	stock	inventory	tell	92	2026-11-29 12:28:34.321617+00	45	2026-11-29 12:28:34.323861+00	2026-11-29 12:28:34.39123+00	\N	2026-11-29 12:28:34.40023+00	done	\N	\N	\N
95	1	stock	inventory	tell	91	2026-11-29 12:28:34.208653+00	44	2026-11-29 12:28:34.210471+00	2026-11-29 12:28:34.393526+00	\N	2026-11-29 12:28:34.400526+00	skipped	the order has no lines	\N	\N
96	1	say	message_customer	tell	91	2026-11-29 12:28:34.208653+00	44	2026-11-29 12:28:34.210471+00	2026-11-29 12:28:34.393526+00	\N	2026-11-29 12:28:34.400526+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
100	1	say	message_customer	tell	92	2026-11-29 12:28:34.321617+00	45	2026-11-29 12:28:34.323861+00	2026-11-29 12:28:34.393526+00	\N	2026-11-29 12:28:34.400526+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
103	1	stock	inventory	tell	94	2026-11-29 12:28:34.539074+00	47	2026-11-29 12:28:34.541614+00	2026-11-29 12:28:34.648228+00	\N	2026-11-29 12:28:34.660228+00	done	\N	\N	\N
104	1	say	message_customer	tell	94	2026-11-29 12:28:34.539074+00	47	2026-11-29 12:28:34.541614+00	2026-11-29 12:28:34.650861+00	\N	2026-11-29 12:28:34.660861+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
106	1	stock	inventory	tell	96	2026-11-29 12:28:34.762056+00	48	2026-11-29 12:28:34.764678+00	2026-11-29 12:28:34.904826+00	\N	2026-11-29 12:28:34.924826+00	done	\N	\N	\N
107	1	say	message_customer	tell	96	2026-11-29 12:28:34.762056+00	48	2026-11-29 12:28:34.764678+00	2026-11-29 12:28:34.907851+00	\N	2026-11-29 12:28:34.925851+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
60	1	ops	slack	tell	72	2026-11-29 12:28:32.241267+00	30	2026-11-29 12:28:32.243708+00	2026-11-29 12:28:35.162594+00	2026-11-29 12:28:35.162594+00	2026-11-29 12:28:35.164594+00	done	\N	127.0.0.1:22306	200
114	1	stock	inventory	tell	100	2026-11-29 12:28:35.176842+00	51	2026-11-29 12:28:35.178851+00	2026-11-29 12:28:35.17973+00	\N	2026-11-29 12:28:35.18873+00	done	\N	\N	\N
110	1	stock	inventory	tell	99	2026-11-29 12:28:35.069091+00	50	2026-11-29 12:28:35.070747+00	2026-11-29 12:28:35.183006+00	\N	2026-11-29 12:28:35.190006+00	skipped	the order has no lines	\N	\N
111	1	say	message_customer	tell	99	2026-11-29 12:28:35.069091+00	50	2026-11-29 12:28:35.070747+00	2026-11-29 12:28:35.183006+00	\N	2026-11-29 12:28:35.190006+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
115	1	say	message_customer	tell	100	2026-11-29 12:28:35.176842+00	51	2026-11-29 12:28:35.178851+00	2026-11-29 12:28:35.183006+00	\N	2026-11-29 12:28:35.190006+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
118	1	stock	inventory	tell	102	2026-11-29 12:28:35.399486+00	53	2026-11-29 12:28:35.401831+00	2026-11-29 12:28:35.431757+00	\N	2026-11-29 12:28:35.441757+00	done	\N	\N	\N
119	1	say	message_customer	tell	102	2026-11-29 12:28:35.399486+00	53	2026-11-29 12:28:35.401831+00	2026-11-29 12:28:35.434355+00	\N	2026-11-29 12:28:35.442355+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
121	1	stock	inventory	tell	104	2026-11-29 12:28:35.628926+00	54	2026-11-29 12:28:35.63185+00	2026-11-29 12:28:35.69087+00	\N	2026-11-29 12:28:35.70287+00	done	\N	\N	\N
122	1	say	message_customer	tell	104	2026-11-29 12:28:35.628926+00	54	2026-11-29 12:28:35.63185+00	2026-11-29 12:28:35.693565+00	\N	2026-11-29 12:28:35.703565+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
129	1	stock	inventory	tell	108	2026-11-29 12:28:36.064712+00	57	2026-11-29 12:28:36.066903+00	2026-11-29 12:28:36.151895+00	\N	2026-11-29 12:28:36.161895+00	done	\N	\N	\N
78	1	ops	slack	rule-429b91	83	2026-11-29 12:28:33.33982+00	38	2026-11-29 12:28:33.34147+00	2026-11-29 12:28:36.155159+00	\N	2026-11-29 12:28:36.163159+00	skipped	order.status is null	\N	\N
125	1	stock	inventory	tell	107	2026-11-29 12:28:35.954953+00	56	2026-11-29 12:28:35.956892+00	2026-11-29 12:28:36.155159+00	\N	2026-11-29 12:28:36.163159+00	skipped	the order has no lines	\N	\N
126	1	say	message_customer	tell	107	2026-11-29 12:28:35.954953+00	56	2026-11-29 12:28:35.956892+00	2026-11-29 12:28:36.155159+00	\N	2026-11-29 12:28:36.163159+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
130	1	say	message_customer	tell	108	2026-11-29 12:28:36.064712+00	57	2026-11-29 12:28:36.066903+00	2026-11-29 12:28:36.155159+00	\N	2026-11-29 12:28:36.163159+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
133	1	stock	inventory	tell	110	2026-11-29 12:28:36.292724+00	59	2026-11-29 12:28:36.295089+00	2026-11-29 12:28:36.409927+00	\N	2026-11-29 12:28:36.418927+00	done	\N	\N	\N
134	1	say	message_customer	tell	110	2026-11-29 12:28:36.292724+00	59	2026-11-29 12:28:36.295089+00	2026-11-29 12:28:36.412514+00	\N	2026-11-29 12:28:36.419514+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
136	1	stock	inventory	tell	112	2026-11-29 12:28:36.514849+00	60	2026-11-29 12:28:36.518005+00	2026-11-29 12:28:36.662241+00	\N	2026-11-29 12:28:36.670241+00	done	\N	\N	\N
137	1	say	message_customer	tell	112	2026-11-29 12:28:36.514849+00	60	2026-11-29 12:28:36.518005+00	2026-11-29 12:28:36.66443+00	\N	2026-11-29 12:28:36.67043+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
140	1	stock	inventory	tell	115	2026-11-29 12:28:36.859386+00	62	2026-11-29 12:28:36.861336+00	2026-11-29 12:28:36.912493+00	\N	2026-11-29 12:28:36.921493+00	skipped	the order has no lines	\N	\N
141	1	say	message_customer	tell	115	2026-11-29 12:28:36.859386+00	62	2026-11-29 12:28:36.861336+00	2026-11-29 12:28:36.912493+00	\N	2026-11-29 12:28:36.921493+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
93	1	ops	slack	rule-429b91	91	2026-11-29 12:28:34.208653+00	44	2026-11-29 12:28:34.210471+00	2026-11-29 12:28:37.158403+00	\N	2026-11-29 12:28:37.162403+00	skipped	order.status is null	\N	\N
144	1	stock	inventory	tell	116	2026-11-29 12:28:36.967804+00	63	2026-11-29 12:28:36.969828+00	2026-11-29 12:28:37.164644+00	\N	2026-11-29 12:28:37.173644+00	done	\N	\N	\N
145	1	say	message_customer	tell	116	2026-11-29 12:28:36.967804+00	63	2026-11-29 12:28:36.969828+00	2026-11-29 12:28:37.166861+00	\N	2026-11-29 12:28:37.174861+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
148	1	stock	inventory	tell	118	2026-11-29 12:28:37.191679+00	65	2026-11-29 12:28:37.194092+00	2026-11-29 12:28:37.212832+00	\N	2026-11-29 12:28:37.220832+00	done	\N	\N	\N
149	1	say	message_customer	tell	118	2026-11-29 12:28:37.191679+00	65	2026-11-29 12:28:37.194092+00	2026-11-29 12:28:37.215839+00	\N	2026-11-29 12:28:37.221839+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
151	1	stock	inventory	tell	120	2026-11-29 12:28:37.41009+00	66	2026-11-29 12:28:37.412612+00	2026-11-29 12:28:37.458906+00	\N	2026-11-29 12:28:37.468906+00	done	\N	\N	\N
152	1	say	message_customer	tell	120	2026-11-29 12:28:37.41009+00	66	2026-11-29 12:28:37.412612+00	2026-11-29 12:28:37.461057+00	\N	2026-11-29 12:28:37.469057+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
155	1	stock	inventory	tell	123	2026-11-29 12:28:37.72588+00	68	2026-11-29 12:28:37.727886+00	2026-11-29 12:28:37.915569+00	\N	2026-11-29 12:28:37.922569+00	skipped	the order has no lines	\N	\N
156	1	say	message_customer	tell	123	2026-11-29 12:28:37.72588+00	68	2026-11-29 12:28:37.727886+00	2026-11-29 12:28:37.915569+00	\N	2026-11-29 12:28:37.922569+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
108	1	ops	slack	rule-429b91	99	2026-11-29 12:28:35.069091+00	50	2026-11-29 12:28:35.070747+00	2026-11-29 12:28:38.155286+00	\N	2026-11-29 12:28:38.160286+00	skipped	order.status is null	\N	\N
123	1	ops	slack	rule-429b91	107	2026-11-29 12:28:35.954953+00	56	2026-11-29 12:28:35.956892+00	2026-11-29 12:28:39.155743+00	\N	2026-11-29 12:28:39.159743+00	skipped	order.status is null	\N	\N
94	1	ops	slack	tell	91	2026-11-29 12:28:34.208653+00	44	2026-11-29 12:28:34.210471+00	2026-11-29 12:28:40.24115+00	2026-11-29 12:28:40.24115+00	2026-11-29 12:28:40.24515+00	done	\N	127.0.0.1:22306	200
109	1	ops	slack	tell	99	2026-11-29 12:28:35.069091+00	50	2026-11-29 12:28:35.070747+00	2026-11-29 12:28:41.1689+00	2026-11-29 12:28:41.1689+00	2026-11-29 12:28:41.1719+00	done	\N	127.0.0.1:22306	200
124	1	ops	slack	tell	107	2026-11-29 12:28:35.954953+00	56	2026-11-29 12:28:35.956892+00	2026-11-29 12:28:42.166297+00	2026-11-29 12:28:42.166297+00	2026-11-29 12:28:42.169297+00	done	\N	127.0.0.1:22306	200
48	1	ops	slack	rule-429b91	67	2026-11-29 12:28:31.701615+00	26	2026-11-29 12:28:31.70371+00	2026-11-29 12:28:43.160316+00	\N	2026-11-29 12:28:43.165316+00	skipped	order.status is null	\N	\N
67	1	ops	slack	rule-429b91	76	2026-11-29 12:28:32.565381+00	33	2026-11-29 12:28:32.567126+00	2026-11-29 12:28:44.162555+00	2026-11-29 12:28:44.162555+00	2026-11-29 12:28:44.164555+00	done	\N	127.0.0.1:22306	200
105	1	ops	slack	tell	96	2026-11-29 12:28:34.762056+00	48	2026-11-29 12:28:34.764678+00	2026-11-29 12:28:45.227267+00	2026-11-29 12:28:45.227267+00	2026-11-29 12:28:45.233267+00	done	\N	127.0.0.1:22306	200
49	1	ops	slack	tell	67	2026-11-29 12:28:31.701615+00	26	2026-11-29 12:28:31.70371+00	2026-11-29 12:28:46.166648+00	2026-11-29 12:28:46.166648+00	2026-11-29 12:28:46.168648+00	done	\N	127.0.0.1:22306	200
68	1	ops	slack	tell	76	2026-11-29 12:28:32.565381+00	33	2026-11-29 12:28:32.567126+00	2026-11-29 12:28:47.169278+00	2026-11-29 12:28:47.169278+00	2026-11-29 12:28:47.170278+00	done	\N	127.0.0.1:22306	200
131	1	ops	slack	rule-429b91	109	2026-11-29 12:28:36.176015+00	58	2026-11-29 12:28:36.177837+00	2026-11-29 12:28:48.302557+00	2026-11-29 12:28:48.303557+00	2026-11-29 12:28:48.312557+00	done	\N	127.0.0.1:22306	200
97	1	ops	slack	rule-429b91	92	2026-11-29 12:28:34.321617+00	45	2026-11-29 12:28:34.323861+00	2026-11-29 12:28:49.1653+00	2026-11-29 12:28:49.1653+00	2026-11-29 12:28:49.1683+00	done	\N	127.0.0.1:22306	200
117	1	ops	slack	tell	102	2026-11-29 12:28:35.399486+00	53	2026-11-29 12:28:35.401831+00	2026-11-29 12:28:50.170569+00	2026-11-29 12:28:50.170569+00	2026-11-29 12:28:50.172569+00	done	\N	127.0.0.1:22306	200
57	1	ops	slack	tell	70	2026-11-29 12:28:32.042056+00	29	2026-11-29 12:28:32.044705+00	2026-11-29 12:28:51.164975+00	2026-11-29 12:28:51.164975+00	2026-11-29 12:28:51.165975+00	done	\N	127.0.0.1:22306	200
116	1	ops	slack	rule-429b91	101	2026-11-29 12:28:35.28864+00	52	2026-11-29 12:28:35.290211+00	2026-11-29 12:28:52.164034+00	2026-11-29 12:28:52.164034+00	2026-11-29 12:28:52.165034+00	done	\N	127.0.0.1:22306	200
90	1	ops	slack	tell	88	2026-11-29 12:28:33.895663+00	42	2026-11-29 12:28:33.898223+00	2026-11-29 12:28:53.162537+00	2026-11-29 12:28:53.162537+00	2026-11-29 12:28:53.164537+00	done	\N	127.0.0.1:22306	200
120	1	ops	slack	tell	104	2026-11-29 12:28:35.628926+00	54	2026-11-29 12:28:35.63185+00	2026-11-29 12:28:54.166979+00	2026-11-29 12:28:54.166979+00	2026-11-29 12:28:54.167979+00	done	\N	127.0.0.1:22306	200
132	1	ops	slack	tell	110	2026-11-29 12:28:36.292724+00	59	2026-11-29 12:28:36.295089+00	2026-11-29 12:28:55.163691+00	2026-11-29 12:28:55.163691+00	2026-11-29 12:28:55.165691+00	done	\N	127.0.0.1:22306	200
150	1	ops	slack	tell	120	2026-11-29 12:28:37.41009+00	66	2026-11-29 12:28:37.412612+00	2026-11-29 12:28:56.163354+00	2026-11-29 12:28:56.163354+00	2026-11-29 12:28:56.164354+00	done	\N	127.0.0.1:22306	200
75	1	ops	slack	tell	80	2026-11-29 12:28:33.003694+00	36	2026-11-29 12:28:33.006192+00	2026-11-29 12:28:57.166955+00	2026-11-29 12:28:57.166955+00	2026-11-29 12:28:57.167955+00	done	\N	127.0.0.1:22306	200
112	1	ops	slack	rule-429b91	100	2026-11-29 12:28:35.176842+00	51	2026-11-29 12:28:35.178851+00	2026-11-29 12:28:58.165764+00	2026-11-29 12:28:58.165764+00	2026-11-29 12:28:58.167764+00	done	\N	127.0.0.1:22306	200
56	1	ops	slack	rule-429b91	69	2026-11-29 12:28:31.935691+00	28	2026-11-29 12:28:31.937312+00	2026-11-29 12:28:59.166816+00	2026-11-29 12:28:59.166816+00	2026-11-29 12:28:59.167816+00	done	\N	127.0.0.1:22306	200
79	1	ops	slack	tell	83	2026-11-29 12:28:33.33982+00	38	2026-11-29 12:28:33.34147+00	2026-11-29 12:29:00.165542+00	2026-11-29 12:29:00.165542+00	2026-11-29 12:29:00.167542+00	done	\N	127.0.0.1:22306	200
113	1	ops	slack	tell	100	2026-11-29 12:28:35.176842+00	51	2026-11-29 12:28:35.178851+00	2026-11-29 12:29:01.164306+00	2026-11-29 12:29:01.164306+00	2026-11-29 12:29:01.166306+00	done	\N	127.0.0.1:22306	200
101	1	ops	slack	rule-429b91	93	2026-11-29 12:28:34.426914+00	46	2026-11-29 12:28:34.428494+00	2026-11-29 12:29:02.165154+00	2026-11-29 12:29:02.165154+00	2026-11-29 12:29:02.167154+00	done	\N	127.0.0.1:22306	200
63	1	ops	slack	rule-429b91	75	2026-11-29 12:28:32.471527+00	32	2026-11-29 12:28:32.473265+00	2026-11-29 12:29:03.159288+00	\N	2026-11-29 12:29:03.163288+00	skipped	order.status is null	\N	\N
158	1	stock	inventory	tell	124	2026-11-29 12:29:03.30065+00	69	2026-11-29 12:29:03.303678+00	2026-11-29 12:29:03.393177+00	\N	2026-11-29 12:29:03.405177+00	done	\N	\N	\N
159	1	say	message_customer	tell	124	2026-11-29 12:29:03.30065+00	69	2026-11-29 12:29:03.303678+00	2026-11-29 12:29:03.398125+00	\N	2026-11-29 12:29:03.406125+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
161	1	stock	inventory	tell	125	2026-11-29 12:29:03.411998+00	70	2026-11-29 12:29:03.41471+00	2026-11-29 12:29:03.454326+00	\N	2026-11-29 12:29:03.463326+00	done	\N	\N	\N
162	1	say	message_customer	tell	125	2026-11-29 12:29:03.411998+00	70	2026-11-29 12:29:03.41471+00	2026-11-29 12:29:03.457263+00	\N	2026-11-29 12:29:03.464263+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
164	1	stock	inventory	tell	126	2026-11-29 12:29:03.531759+00	71	2026-11-29 12:29:03.534592+00	2026-11-29 12:29:03.708375+00	\N	2026-11-29 12:29:03.717375+00	done	\N	\N	\N
165	1	say	message_customer	tell	126	2026-11-29 12:29:03.531759+00	71	2026-11-29 12:29:03.534592+00	2026-11-29 12:29:03.711039+00	\N	2026-11-29 12:29:03.718039+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
167	1	stock	inventory	tell	127	2026-11-29 12:29:03.641202+00	71	2026-11-29 12:29:03.644084+00	2026-11-29 12:29:03.756993+00	\N	2026-11-29 12:29:03.769993+00	skipped	all of it was taken before	\N	\N
170	1	stock	inventory	tell	128	2026-11-29 12:29:03.755787+00	72	2026-11-29 12:29:03.758307+00	2026-11-29 12:29:03.753444+00	\N	2026-11-29 12:29:03.777444+00	done	\N	\N	\N
190	1	stock	inventory	tell	14	2026-11-29 12:28:11.667542+00	4	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:38.685412+00	\N	2026-11-29 12:29:38.692412+00	skipped	the order has no lines	\N	\N
168	1	say	message_customer	tell	127	2026-11-29 12:29:03.641202+00	71	2026-11-29 12:29:03.644084+00	2026-11-29 12:29:03.759309+00	\N	2026-11-29 12:29:03.770309+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
171	1	say	message_customer	tell	128	2026-11-29 12:29:03.755787+00	72	2026-11-29 12:29:03.758307+00	2026-11-29 12:29:03.759309+00	\N	2026-11-29 12:29:03.770309+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
173	1	stock	inventory	tell	129	2026-11-29 12:29:03.882757+00	73	2026-11-29 12:29:03.88557+00	2026-11-29 12:29:04.030579+00	\N	2026-11-29 12:29:04.041579+00	done	\N	\N	\N
174	1	say	message_customer	tell	129	2026-11-29 12:29:03.882757+00	73	2026-11-29 12:29:03.88557+00	2026-11-29 12:29:04.033589+00	\N	2026-11-29 12:29:04.042589+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
71	1	ops	slack	rule-429b91	77	2026-11-29 12:28:32.671445+00	34	2026-11-29 12:28:32.672991+00	2026-11-29 12:29:04.163546+00	2026-11-29 12:29:04.163546+00	2026-11-29 12:29:04.165546+00	done	\N	127.0.0.1:22306	200
177	1	stock	inventory	tell	132	2026-11-29 12:29:04.216248+00	74	2026-11-29 12:29:04.217955+00	2026-11-29 12:29:04.394518+00	\N	2026-11-29 12:29:04.402518+00	skipped	the order has no lines	\N	\N
178	1	say	message_customer	tell	132	2026-11-29 12:29:04.216248+00	74	2026-11-29 12:29:04.217955+00	2026-11-29 12:29:04.394518+00	\N	2026-11-29 12:29:04.402518+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
181	1	stock	inventory	tell	133	2026-11-29 12:29:04.300599+00	74	2026-11-29 12:29:04.302264+00	2026-11-29 12:29:04.43832+00	\N	2026-11-29 12:29:04.44532+00	skipped	the order has no lines	\N	\N
182	1	say	message_customer	tell	133	2026-11-29 12:29:04.300599+00	74	2026-11-29 12:29:04.302264+00	2026-11-29 12:29:04.43832+00	\N	2026-11-29 12:29:04.44532+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
135	1	ops	slack	tell	112	2026-11-29 12:28:36.514849+00	60	2026-11-29 12:28:36.518005+00	2026-11-29 12:29:05.166696+00	2026-11-29 12:29:05.166696+00	2026-11-29 12:29:05.167696+00	done	\N	127.0.0.1:22306	200
64	1	ops	slack	tell	75	2026-11-29 12:28:32.471527+00	32	2026-11-29 12:28:32.473265+00	2026-11-29 12:29:06.16742+00	2026-11-29 12:29:06.16742+00	2026-11-29 12:29:06.16942+00	done	\N	127.0.0.1:22306	200
175	1	ops	slack	rule-429b91	132	2026-11-29 12:29:04.216248+00	74	2026-11-29 12:29:04.217955+00	2026-11-29 12:29:07.157066+00	\N	2026-11-29 12:29:07.162066+00	skipped	order.status is null	\N	\N
52	1	ops	slack	rule-429b91	68	2026-11-29 12:28:31.8257+00	27	2026-11-29 12:28:31.82792+00	2026-11-29 12:29:08.166384+00	2026-11-29 12:29:08.166384+00	2026-11-29 12:29:08.168384+00	done	\N	127.0.0.1:22306	200
98	1	ops	slack	tell	92	2026-11-29 12:28:34.321617+00	45	2026-11-29 12:28:34.323861+00	2026-11-29 12:29:09.164087+00	2026-11-29 12:29:09.164087+00	2026-11-29 12:29:09.166087+00	done	\N	127.0.0.1:22306	200
176	1	ops	slack	tell	132	2026-11-29 12:29:04.216248+00	74	2026-11-29 12:29:04.217955+00	2026-11-29 12:29:10.164943+00	2026-11-29 12:29:10.164943+00	2026-11-29 12:29:10.166943+00	done	\N	127.0.0.1:22306	200
179	1	ops	slack	rule-429b91	133	2026-11-29 12:29:04.300599+00	74	2026-11-29 12:29:04.302264+00	2026-11-29 12:29:10.176343+00	\N	2026-11-29 12:29:10.191343+00	skipped	order.status is null	\N	\N
53	1	ops	slack	tell	68	2026-11-29 12:28:31.8257+00	27	2026-11-29 12:28:31.82792+00	2026-11-29 12:29:11.166316+00	2026-11-29 12:29:11.166316+00	2026-11-29 12:29:11.168316+00	done	\N	127.0.0.1:22306	200
45	1	ops	slack	tell	64	2026-11-29 12:28:31.385137+00	24	2026-11-29 12:28:31.387995+00	2026-11-29 12:29:11.184573+00	2026-11-29 12:29:11.184573+00	2026-11-29 12:29:11.186573+00	done	\N	127.0.0.1:22306	200
72	1	ops	slack	tell	78	2026-11-29 12:28:32.78114+00	35	2026-11-29 12:28:32.783424+00	2026-11-29 12:29:12.161554+00	2026-11-29 12:29:12.161554+00	2026-11-29 12:29:12.162554+00	done	\N	127.0.0.1:22306	200
180	1	ops	slack	tell	133	2026-11-29 12:29:04.300599+00	74	2026-11-29 12:29:04.302264+00	2026-11-29 12:29:12.183696+00	2026-11-29 12:29:12.183696+00	2026-11-29 12:29:12.184696+00	done	\N	127.0.0.1:22306	200
86	1	ops	slack	rule-429b91	85	2026-11-29 12:28:33.555333+00	40	2026-11-29 12:28:33.556889+00	2026-11-29 12:29:13.159073+00	\N	2026-11-29 12:29:13.159073+00	released	\N	\N	\N
82	1	ops	slack	rule-429b91	84	2026-11-29 12:28:33.447194+00	39	2026-11-29 12:28:33.449577+00	2026-11-29 12:29:13.159073+00	\N	2026-11-29 12:29:13.159073+00	released	\N	\N	\N
172	1	ops	slack	tell	129	2026-11-29 12:29:03.882757+00	73	2026-11-29 12:29:03.88557+00	2026-11-29 12:29:13.159073+00	\N	2026-11-29 12:29:13.159073+00	released	\N	\N	\N
163	1	ops	slack	tell	126	2026-11-29 12:29:03.531759+00	71	2026-11-29 12:29:03.534592+00	2026-11-29 12:29:13.186807+00	2026-11-29 12:29:13.186807+00	2026-11-29 12:29:13.188807+00	done	\N	127.0.0.1:22306	200
166	1	ops	slack	tell	127	2026-11-29 12:29:03.641202+00	71	2026-11-29 12:29:03.644084+00	2026-11-29 12:29:14.18783+00	2026-11-29 12:29:14.18783+00	2026-11-29 12:29:14.18883+00	done	\N	127.0.0.1:22306	200
86	1	ops	slack	rule-429b91	85	2026-11-29 12:28:33.555333+00	40	2026-11-29 12:28:33.556889+00	2026-11-29 12:29:15.183998+00	2026-11-29 12:29:15.183998+00	2026-11-29 12:29:15.185998+00	done	\N	127.0.0.1:22306	200
172	1	ops	slack	tell	129	2026-11-29 12:29:03.882757+00	73	2026-11-29 12:29:03.88557+00	2026-11-29 12:29:16.187887+00	2026-11-29 12:29:16.187887+00	2026-11-29 12:29:16.188887+00	done	\N	127.0.0.1:22306	200
153	1	ops	slack	rule-429b91	123	2026-11-29 12:28:37.72588+00	68	2026-11-29 12:28:37.727886+00	2026-11-29 12:29:17.177889+00	\N	2026-11-29 12:29:17.180889+00	skipped	order.status is null	\N	\N
102	1	ops	slack	tell	94	2026-11-29 12:28:34.539074+00	47	2026-11-29 12:28:34.541614+00	2026-11-29 12:29:18.190913+00	2026-11-29 12:29:18.191913+00	2026-11-29 12:29:18.193913+00	done	\N	127.0.0.1:22306	200
154	1	ops	slack	tell	123	2026-11-29 12:28:37.72588+00	68	2026-11-29 12:28:37.727886+00	2026-11-29 12:29:19.184044+00	2026-11-29 12:29:19.184044+00	2026-11-29 12:29:19.185044+00	done	\N	127.0.0.1:22306	200
146	1	ops	slack	rule-429b91	117	2026-11-29 12:28:37.076288+00	64	2026-11-29 12:28:37.07801+00	2026-11-29 12:29:20.191195+00	2026-11-29 12:29:20.191195+00	2026-11-29 12:29:20.193195+00	done	\N	127.0.0.1:22306	200
160	1	ops	slack	tell	125	2026-11-29 12:29:03.411998+00	70	2026-11-29 12:29:03.41471+00	2026-11-29 12:29:21.184506+00	2026-11-29 12:29:21.184506+00	2026-11-29 12:29:21.186506+00	done	\N	127.0.0.1:22306	200
157	1	ops	slack	tell	124	2026-11-29 12:29:03.30065+00	69	2026-11-29 12:29:03.303678+00	2026-11-29 12:29:22.186193+00	2026-11-29 12:29:22.186193+00	2026-11-29 12:29:22.188193+00	done	\N	127.0.0.1:22306	200
147	1	ops	slack	tell	118	2026-11-29 12:28:37.191679+00	65	2026-11-29 12:28:37.194092+00	2026-11-29 12:29:23.184066+00	2026-11-29 12:29:23.184066+00	2026-11-29 12:29:23.186066+00	done	\N	127.0.0.1:22306	200
142	1	ops	slack	rule-429b91	116	2026-11-29 12:28:36.967804+00	63	2026-11-29 12:28:36.969828+00	2026-11-29 12:29:24.184974+00	2026-11-29 12:29:24.184974+00	2026-11-29 12:29:24.185974+00	done	\N	127.0.0.1:22306	200
169	1	ops	slack	tell	128	2026-11-29 12:29:03.755787+00	72	2026-11-29 12:29:03.758307+00	2026-11-29 12:29:25.184951+00	2026-11-29 12:29:25.184951+00	2026-11-29 12:29:25.186951+00	done	\N	127.0.0.1:22306	200
143	1	ops	slack	tell	116	2026-11-29 12:28:36.967804+00	63	2026-11-29 12:28:36.969828+00	2026-11-29 12:29:26.182584+00	2026-11-29 12:29:26.182584+00	2026-11-29 12:29:26.184584+00	done	\N	127.0.0.1:22306	200
138	1	ops	slack	rule-429b91	115	2026-11-29 12:28:36.859386+00	62	2026-11-29 12:28:36.861336+00	2026-11-29 12:29:27.177169+00	\N	2026-11-29 12:29:27.181169+00	skipped	order.status is null	\N	\N
82	1	ops	slack	rule-429b91	84	2026-11-29 12:28:33.447194+00	39	2026-11-29 12:28:33.449577+00	2026-11-29 12:29:28.183527+00	2026-11-29 12:29:28.183527+00	2026-11-29 12:29:28.184527+00	done	\N	127.0.0.1:22306	200
127	1	ops	slack	rule-429b91	108	2026-11-29 12:28:36.064712+00	57	2026-11-29 12:28:36.066903+00	2026-11-29 12:29:29.183439+00	2026-11-29 12:29:29.183439+00	2026-11-29 12:29:29.184439+00	done	\N	127.0.0.1:22306	200
139	1	ops	slack	tell	115	2026-11-29 12:28:36.859386+00	62	2026-11-29 12:28:36.861336+00	2026-11-29 12:29:30.19106+00	2026-11-29 12:29:30.19106+00	2026-11-29 12:29:30.19306+00	done	\N	127.0.0.1:22306	200
83	1	ops	slack	tell	84	2026-11-29 12:28:33.447194+00	39	2026-11-29 12:28:33.449577+00	2026-11-29 12:29:31.18201+00	2026-11-29 12:29:31.18201+00	2026-11-29 12:29:31.18301+00	done	\N	127.0.0.1:22306	200
128	1	ops	slack	tell	108	2026-11-29 12:28:36.064712+00	57	2026-11-29 12:28:36.066903+00	2026-11-29 12:29:32.179905+00	2026-11-29 12:29:32.179905+00	2026-11-29 12:29:32.180905+00	done	\N	127.0.0.1:22306	200
87	1	ops	slack	tell	86	2026-11-29 12:28:33.668728+00	41	2026-11-29 12:28:33.670824+00	2026-11-29 12:29:33.182464+00	2026-11-29 12:29:33.182464+00	2026-11-29 12:29:33.184464+00	done	\N	127.0.0.1:22306	200
183	1	confirm_subscription	confirm_subscription	confirm_subscription	2	2026-11-29 12:28:10.327544+00	\N	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:37.432515+00	\N	2026-11-29 12:29:37.443515+00	done	the effect had happened before	127.0.0.1:22306	\N
184	1	ops	slack	rule-429b91	4	2026-11-29 12:28:10.535038+00	1	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:37.647103+00	\N	2026-11-29 12:29:37.655103+00	skipped	order.status is null	\N	\N
186	1	stock	inventory	tell	4	2026-11-29 12:28:10.535038+00	1	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:37.647103+00	\N	2026-11-29 12:29:37.656103+00	skipped	the order has no lines	\N	\N
187	1	say	message_customer	tell	4	2026-11-29 12:28:10.535038+00	1	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:37.647103+00	\N	2026-11-29 12:29:37.656103+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
185	1	ops	slack	tell	4	2026-11-29 12:28:10.535038+00	1	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:38.650326+00	\N	2026-11-29 12:29:38.655326+00	done	the effect had happened before	127.0.0.1:22306	\N
191	1	say	message_customer	tell	14	2026-11-29 12:28:11.667542+00	4	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:38.685412+00	\N	2026-11-29 12:29:38.692412+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
193	1	say	message_customer	tell	20	2026-11-29 12:28:12.346747+00	\N	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:39.333502+00	\N	2026-11-29 12:29:39.339502+00	skipped	the event is about neither an order nor a customer	\N	\N
11	1	stock	inventory	tell	20	2026-11-29 12:28:12.346747+00	\N	2026-11-29 12:28:12.347825+00	2026-11-29 12:29:39.333502+00	\N	2026-11-29 12:29:39.339502+00	dead	the event is about no order	\N	\N
188	1	ops	slack	rule-429b91	7	2026-11-29 12:28:11.02176+00	2	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:39.650789+00	\N	2026-11-29 12:29:39.653789+00	skipped	order.status is null	\N	\N
195	1	stock	inventory	tell	24	2026-11-29 12:28:12.77264+00	6	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:39.677169+00	\N	2026-11-29 12:29:39.689169+00	skipped	all of it was taken before	\N	\N
196	1	say	message_customer	tell	24	2026-11-29 12:28:12.77264+00	6	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:39.681972+00	\N	2026-11-29 12:29:39.688972+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
197	1	stock	inventory	sold	26	2026-11-29 12:28:12.97218+00	8	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:39.933873+00	\N	2026-11-29 12:29:39.942873+00	skipped	nothing of it was sold	\N	\N
189	1	ops	slack	tell	14	2026-11-29 12:28:11.667542+00	4	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:40.650324+00	\N	2026-11-29 12:29:40.656324+00	done	the effect had happened before	127.0.0.1:22306	\N
199	1	stock	inventory	tell	35	2026-11-29 12:28:14.044533+00	9	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:40.688511+00	\N	2026-11-29 12:29:40.696511+00	skipped	the order has no lines	\N	\N
200	1	say	message_customer	tell	35	2026-11-29 12:28:14.044533+00	9	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:40.688511+00	\N	2026-11-29 12:29:40.696511+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
202	1	say	message_customer	tell	36	2026-11-29 12:28:14.154832+00	\N	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:40.932819+00	\N	2026-11-29 12:29:40.941819+00	skipped	the event is about neither an order nor a customer	\N	\N
21	1	stock	inventory	tell	36	2026-11-29 12:28:14.154832+00	\N	2026-11-29 12:28:14.15654+00	2026-11-29 12:29:40.932819+00	\N	2026-11-29 12:29:40.941819+00	dead	the event is about no order	\N	\N
23	1	nowhere	http	broken	37	2026-11-29 12:28:14.271193+00	\N	2026-11-29 12:28:14.272908+00	2026-11-29 12:29:40.945275+00	\N	2026-11-29 12:29:40.953275+00	dead	guarded: the address guard refuses loopback (127.0.0.0/8) (not_sent)	127.0.0.1:9	\N
192	1	ops	slack	tell	20	2026-11-29 12:28:12.346747+00	\N	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:41.652424+00	\N	2026-11-29 12:29:41.658424+00	done	the effect had happened before	127.0.0.1:22306	\N
204	1	stock	inventory	sold	44	2026-11-29 12:28:15.08575+00	11	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:41.750247+00	\N	2026-11-29 12:29:41.757247+00	skipped	nothing of it was sold	\N	\N
206	1	stock	inventory	tell	45	2026-11-29 12:28:15.193006+00	12	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:41.751532+00	\N	2026-11-29 12:29:41.757532+00	skipped	the order has no lines	\N	\N
207	1	say	message_customer	tell	45	2026-11-29 12:28:15.193006+00	12	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:41.751532+00	\N	2026-11-29 12:29:41.757532+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
210	1	stock	inventory	tell	46	2026-11-29 12:28:15.322684+00	13	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:41.793665+00	\N	2026-11-29 12:29:41.801665+00	skipped	all of it was taken before	\N	\N
211	1	say	message_customer	tell	46	2026-11-29 12:28:15.322684+00	13	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:41.795426+00	\N	2026-11-29 12:29:41.802426+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
212	1	stock	inventory	sold	47	2026-11-29 12:28:15.442307+00	14	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:42.041174+00	\N	2026-11-29 12:29:42.049174+00	skipped	nothing of it was sold	\N	\N
194	1	ops	slack	tell	24	2026-11-29 12:28:12.77264+00	6	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:42.650844+00	\N	2026-11-29 12:29:42.656844+00	done	the effect had happened before	127.0.0.1:22306	\N
218	1	stock	inventory	tell	60	2026-11-29 12:28:30.966441+00	21	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:43.295455+00	\N	2026-11-29 12:29:43.305455+00	skipped	all of it was taken before	\N	\N
214	1	stock	inventory	tell	59	2026-11-29 12:28:16.891697+00	20	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:43.295378+00	\N	2026-11-29 12:29:43.310378+00	skipped	all of it was taken before	\N	\N
215	1	say	message_customer	tell	59	2026-11-29 12:28:16.891697+00	20	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:43.297991+00	\N	2026-11-29 12:29:43.305991+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
219	1	say	message_customer	tell	60	2026-11-29 12:28:30.966441+00	21	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:43.297991+00	\N	2026-11-29 12:29:43.306991+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
222	1	stock	inventory	tell	62	2026-11-29 12:28:31.165341+00	23	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:43.55639+00	\N	2026-11-29 12:29:43.56839+00	skipped	all of it was taken before	\N	\N
223	1	say	message_customer	tell	62	2026-11-29 12:28:31.165341+00	23	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:43.558622+00	\N	2026-11-29 12:29:43.568622+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
198	1	ops	slack	tell	35	2026-11-29 12:28:14.044533+00	9	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:43.649133+00	\N	2026-11-29 12:29:43.658133+00	done	the effect had happened before	127.0.0.1:22306	\N
225	1	stock	inventory	tell	64	2026-11-29 12:28:31.385137+00	24	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:43.697409+00	\N	2026-11-29 12:29:43.708409+00	skipped	all of it was taken before	\N	\N
226	1	say	message_customer	tell	64	2026-11-29 12:28:31.385137+00	24	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:43.699339+00	\N	2026-11-29 12:29:43.708339+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
229	1	stock	inventory	tell	67	2026-11-29 12:28:31.701615+00	26	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:43.954428+00	\N	2026-11-29 12:29:43.962428+00	skipped	the order has no lines	\N	\N
230	1	say	message_customer	tell	67	2026-11-29 12:28:31.701615+00	26	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:43.954428+00	\N	2026-11-29 12:29:43.962428+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
233	1	stock	inventory	tell	68	2026-11-29 12:28:31.8257+00	27	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:44.19873+00	\N	2026-11-29 12:29:44.20673+00	skipped	all of it was taken before	\N	\N
234	1	say	message_customer	tell	68	2026-11-29 12:28:31.8257+00	27	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:44.200904+00	\N	2026-11-29 12:29:44.207904+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
237	1	stock	inventory	tell	70	2026-11-29 12:28:32.042056+00	29	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:44.244303+00	\N	2026-11-29 12:29:44.253303+00	skipped	all of it was taken before	\N	\N
238	1	say	message_customer	tell	70	2026-11-29 12:28:32.042056+00	29	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:44.246636+00	\N	2026-11-29 12:29:44.253636+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
240	1	stock	inventory	tell	72	2026-11-29 12:28:32.241267+00	30	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:44.494523+00	\N	2026-11-29 12:29:44.504523+00	skipped	all of it was taken before	\N	\N
241	1	say	message_customer	tell	72	2026-11-29 12:28:32.241267+00	30	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:44.496696+00	\N	2026-11-29 12:29:44.505696+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
205	1	ops	slack	tell	45	2026-11-29 12:28:15.193006+00	12	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:44.649896+00	\N	2026-11-29 12:29:44.656896+00	done	the effect had happened before	127.0.0.1:22306	\N
248	1	stock	inventory	tell	76	2026-11-29 12:28:32.565381+00	33	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:44.891321+00	\N	2026-11-29 12:29:44.901321+00	skipped	all of it was taken before	\N	\N
244	1	stock	inventory	tell	75	2026-11-29 12:28:32.471527+00	32	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:44.893225+00	\N	2026-11-29 12:29:44.901225+00	skipped	the order has no lines	\N	\N
245	1	say	message_customer	tell	75	2026-11-29 12:28:32.471527+00	32	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:44.893225+00	\N	2026-11-29 12:29:44.901225+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
249	1	say	message_customer	tell	76	2026-11-29 12:28:32.565381+00	33	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:44.893225+00	\N	2026-11-29 12:29:44.901225+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
252	1	stock	inventory	tell	78	2026-11-29 12:28:32.78114+00	35	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.145108+00	\N	2026-11-29 12:29:45.155108+00	skipped	all of it was taken before	\N	\N
253	1	say	message_customer	tell	78	2026-11-29 12:28:32.78114+00	35	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.146968+00	\N	2026-11-29 12:29:45.154968+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
255	1	stock	inventory	tell	80	2026-11-29 12:28:33.003694+00	36	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.399181+00	\N	2026-11-29 12:29:45.409181+00	skipped	all of it was taken before	\N	\N
256	1	say	message_customer	tell	80	2026-11-29 12:28:33.003694+00	36	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.401108+00	\N	2026-11-29 12:29:45.409108+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
213	1	ops	slack	tell	59	2026-11-29 12:28:16.891697+00	20	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.649341+00	\N	2026-11-29 12:29:45.656341+00	done	the effect had happened before	127.0.0.1:22306	\N
263	1	stock	inventory	tell	84	2026-11-29 12:28:33.447194+00	39	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.665062+00	\N	2026-11-29 12:29:45.676062+00	skipped	all of it was taken before	\N	\N
259	1	stock	inventory	tell	83	2026-11-29 12:28:33.33982+00	38	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.667226+00	\N	2026-11-29 12:29:45.676226+00	skipped	the order has no lines	\N	\N
260	1	say	message_customer	tell	83	2026-11-29 12:28:33.33982+00	38	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.667226+00	\N	2026-11-29 12:29:45.676226+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
264	1	say	message_customer	tell	84	2026-11-29 12:28:33.447194+00	39	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.667226+00	\N	2026-11-29 12:29:45.676226+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
267	1	stock	inventory	tell	86	2026-11-29 12:28:33.668728+00	41	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.921661+00	\N	2026-11-29 12:29:45.931661+00	skipped	all of it was taken before	\N	\N
268	1	say	message_customer	tell	86	2026-11-29 12:28:33.668728+00	41	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:45.92322+00	\N	2026-11-29 12:29:45.93222+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
270	1	stock	inventory	tell	88	2026-11-29 12:28:33.895663+00	42	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.172942+00	\N	2026-11-29 12:29:46.182942+00	skipped	all of it was taken before	\N	\N
271	1	say	message_customer	tell	88	2026-11-29 12:28:33.895663+00	42	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.175142+00	\N	2026-11-29 12:29:46.183142+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
274	1	stock	inventory	tell	91	2026-11-29 12:28:34.208653+00	44	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.426158+00	\N	2026-11-29 12:29:46.434158+00	skipped	the order has no lines	\N	\N
275	1	say	message_customer	tell	91	2026-11-29 12:28:34.208653+00	44	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.426158+00	\N	2026-11-29 12:29:46.435158+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
278	1	stock	inventory	tell	92	2026-11-29 12:28:34.321617+00	45	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.468485+00	\N	2026-11-29 12:29:46.481485+00	skipped	all of it was taken before	\N	\N
279	1	say	message_customer	tell	92	2026-11-29 12:28:34.321617+00	45	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.471625+00	\N	2026-11-29 12:29:46.481625+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
224	1	ops	slack	tell	64	2026-11-29 12:28:31.385137+00	24	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.650946+00	\N	2026-11-29 12:29:46.656946+00	done	the effect had happened before	127.0.0.1:22306	\N
282	1	stock	inventory	tell	94	2026-11-29 12:28:34.539074+00	47	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.687115+00	\N	2026-11-29 12:29:46.697115+00	skipped	all of it was taken before	\N	\N
283	1	say	message_customer	tell	94	2026-11-29 12:28:34.539074+00	47	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.688971+00	\N	2026-11-29 12:29:46.696971+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
285	1	stock	inventory	tell	96	2026-11-29 12:28:34.762056+00	48	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.937837+00	\N	2026-11-29 12:29:46.949837+00	skipped	all of it was taken before	\N	\N
286	1	say	message_customer	tell	96	2026-11-29 12:28:34.762056+00	48	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:46.940993+00	\N	2026-11-29 12:29:46.950993+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
289	1	stock	inventory	tell	99	2026-11-29 12:28:35.069091+00	50	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:47.19973+00	\N	2026-11-29 12:29:47.20773+00	skipped	the order has no lines	\N	\N
290	1	say	message_customer	tell	99	2026-11-29 12:28:35.069091+00	50	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:47.19973+00	\N	2026-11-29 12:29:47.20773+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
293	1	stock	inventory	tell	100	2026-11-29 12:28:35.176842+00	51	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:47.241939+00	\N	2026-11-29 12:29:47.252939+00	skipped	all of it was taken before	\N	\N
294	1	say	message_customer	tell	100	2026-11-29 12:28:35.176842+00	51	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:47.244229+00	\N	2026-11-29 12:29:47.253229+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
297	1	stock	inventory	tell	102	2026-11-29 12:28:35.399486+00	53	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:47.496529+00	\N	2026-11-29 12:29:47.505529+00	skipped	all of it was taken before	\N	\N
298	1	say	message_customer	tell	102	2026-11-29 12:28:35.399486+00	53	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:47.498638+00	\N	2026-11-29 12:29:47.506638+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
242	1	ops	slack	rule-429b91	75	2026-11-29 12:28:32.471527+00	32	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:47.650656+00	\N	2026-11-29 12:29:47.655656+00	skipped	order.status is null	\N	\N
300	1	stock	inventory	tell	104	2026-11-29 12:28:35.628926+00	54	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:47.685117+00	\N	2026-11-29 12:29:47.694117+00	skipped	all of it was taken before	\N	\N
301	1	say	message_customer	tell	104	2026-11-29 12:28:35.628926+00	54	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:47.68725+00	\N	2026-11-29 12:29:47.69425+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
308	1	stock	inventory	tell	108	2026-11-29 12:28:36.064712+00	57	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.141292+00	\N	2026-11-29 12:29:48.151292+00	skipped	all of it was taken before	\N	\N
304	1	stock	inventory	tell	107	2026-11-29 12:28:35.954953+00	56	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.143283+00	\N	2026-11-29 12:29:48.151283+00	skipped	the order has no lines	\N	\N
305	1	say	message_customer	tell	107	2026-11-29 12:28:35.954953+00	56	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.143283+00	\N	2026-11-29 12:29:48.151283+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
309	1	say	message_customer	tell	108	2026-11-29 12:28:36.064712+00	57	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.143283+00	\N	2026-11-29 12:29:48.151283+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
312	1	stock	inventory	tell	110	2026-11-29 12:28:36.292724+00	59	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.395159+00	\N	2026-11-29 12:29:48.403159+00	skipped	all of it was taken before	\N	\N
313	1	say	message_customer	tell	110	2026-11-29 12:28:36.292724+00	59	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.396898+00	\N	2026-11-29 12:29:48.402898+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
315	1	stock	inventory	tell	112	2026-11-29 12:28:36.514849+00	60	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.641022+00	\N	2026-11-29 12:29:48.650022+00	skipped	all of it was taken before	\N	\N
316	1	say	message_customer	tell	112	2026-11-29 12:28:36.514849+00	60	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.643687+00	\N	2026-11-29 12:29:48.650687+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
257	1	ops	slack	rule-429b91	83	2026-11-29 12:28:33.33982+00	38	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:48.663719+00	\N	2026-11-29 12:29:48.667719+00	skipped	order.status is null	\N	\N
323	1	stock	inventory	tell	116	2026-11-29 12:28:36.967804+00	63	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.883982+00	\N	2026-11-29 12:29:48.894982+00	skipped	all of it was taken before	\N	\N
319	1	stock	inventory	tell	115	2026-11-29 12:28:36.859386+00	62	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.887092+00	\N	2026-11-29 12:29:48.896092+00	skipped	the order has no lines	\N	\N
320	1	say	message_customer	tell	115	2026-11-29 12:28:36.859386+00	62	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.887092+00	\N	2026-11-29 12:29:48.896092+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
324	1	say	message_customer	tell	116	2026-11-29 12:28:36.967804+00	63	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:48.887092+00	\N	2026-11-29 12:29:48.896092+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
327	1	stock	inventory	tell	118	2026-11-29 12:28:37.191679+00	65	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.14066+00	\N	2026-11-29 12:29:49.15366+00	skipped	all of it was taken before	\N	\N
328	1	say	message_customer	tell	118	2026-11-29 12:28:37.191679+00	65	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.143799+00	\N	2026-11-29 12:29:49.154799+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
330	1	stock	inventory	tell	120	2026-11-29 12:28:37.41009+00	66	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.400218+00	\N	2026-11-29 12:29:49.411218+00	skipped	all of it was taken before	\N	\N
331	1	say	message_customer	tell	120	2026-11-29 12:28:37.41009+00	66	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.402301+00	\N	2026-11-29 12:29:49.411301+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
280	1	ops	slack	rule-429b91	93	2026-11-29 12:28:34.426914+00	46	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:49.653124+00	\N	2026-11-29 12:29:49.661124+00	done	the effect had happened before	127.0.0.1:22306	\N
334	1	stock	inventory	tell	123	2026-11-29 12:28:37.72588+00	68	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.668887+00	\N	2026-11-29 12:29:49.675887+00	skipped	the order has no lines	\N	\N
335	1	say	message_customer	tell	123	2026-11-29 12:28:37.72588+00	68	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.668887+00	\N	2026-11-29 12:29:49.675887+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
337	1	stock	inventory	tell	124	2026-11-29 12:29:03.30065+00	69	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.707622+00	\N	2026-11-29 12:29:49.715622+00	skipped	all of it was taken before	\N	\N
338	1	say	message_customer	tell	124	2026-11-29 12:29:03.30065+00	69	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.709207+00	\N	2026-11-29 12:29:49.716207+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
340	1	stock	inventory	tell	125	2026-11-29 12:29:03.411998+00	70	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.953203+00	\N	2026-11-29 12:29:49.965203+00	skipped	all of it was taken before	\N	\N
343	1	stock	inventory	tell	126	2026-11-29 12:29:03.531759+00	71	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.953079+00	\N	2026-11-29 12:29:49.970079+00	skipped	all of it was taken before	\N	\N
341	1	say	message_customer	tell	125	2026-11-29 12:29:03.411998+00	70	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.955527+00	\N	2026-11-29 12:29:49.965527+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
344	1	say	message_customer	tell	126	2026-11-29 12:29:03.531759+00	71	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:49.955527+00	\N	2026-11-29 12:29:49.965527+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
346	1	stock	inventory	tell	127	2026-11-29 12:29:03.641202+00	71	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:50.011018+00	\N	2026-11-29 12:29:50.020018+00	skipped	all of it was taken before	\N	\N
347	1	say	message_customer	tell	127	2026-11-29 12:29:03.641202+00	71	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:50.013581+00	\N	2026-11-29 12:29:50.020581+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
349	1	stock	inventory	tell	128	2026-11-29 12:29:03.755787+00	72	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:50.261742+00	\N	2026-11-29 12:29:50.272742+00	skipped	all of it was taken before	\N	\N
352	1	stock	inventory	tell	129	2026-11-29 12:29:03.882757+00	73	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:50.261278+00	\N	2026-11-29 12:29:50.276278+00	skipped	all of it was taken before	\N	\N
350	1	say	message_customer	tell	128	2026-11-29 12:29:03.755787+00	72	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:50.263563+00	\N	2026-11-29 12:29:50.273563+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
353	1	say	message_customer	tell	129	2026-11-29 12:29:03.882757+00	73	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:50.263563+00	\N	2026-11-29 12:29:50.273563+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
356	1	stock	inventory	tell	132	2026-11-29 12:29:04.216248+00	74	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:50.521519+00	\N	2026-11-29 12:29:50.529519+00	skipped	the order has no lines	\N	\N
357	1	say	message_customer	tell	132	2026-11-29 12:29:04.216248+00	74	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:50.521519+00	\N	2026-11-29 12:29:50.529519+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
243	1	ops	slack	tell	75	2026-11-29 12:28:32.471527+00	32	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:50.655856+00	\N	2026-11-29 12:29:50.661856+00	done	the effect had happened before	127.0.0.1:22306	\N
360	1	stock	inventory	tell	133	2026-11-29 12:29:04.300599+00	74	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:50.693292+00	\N	2026-11-29 12:29:50.701292+00	skipped	the order has no lines	\N	\N
361	1	say	message_customer	tell	133	2026-11-29 12:29:04.300599+00	74	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:50.693292+00	\N	2026-11-29 12:29:50.701292+00	skipped	messages of this kind are switched off: the flag send_order_confirmation is not set	\N	\N
258	1	ops	slack	tell	83	2026-11-29 12:28:33.33982+00	38	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:51.652506+00	\N	2026-11-29 12:29:51.658506+00	done	the effect had happened before	127.0.0.1:22306	\N
203	1	ops	slack	rule-429b91	43	2026-11-29 12:28:14.977621+00	10	2026-11-29 12:29:37.279245+00	2026-11-29 12:29:52.652138+00	\N	2026-11-29 12:29:52.660138+00	done	the effect had happened before	127.0.0.1:22306	\N
216	1	ops	slack	rule-429b91	60	2026-11-29 12:28:30.966441+00	21	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:53.65338+00	\N	2026-11-29 12:29:53.66138+00	done	the effect had happened before	127.0.0.1:22306	\N
306	1	ops	slack	rule-429b91	108	2026-11-29 12:28:36.064712+00	57	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:54.654071+00	\N	2026-11-29 12:29:54.660071+00	done	the effect had happened before	127.0.0.1:22306	\N
325	1	ops	slack	rule-429b91	117	2026-11-29 12:28:37.076288+00	64	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:55.653827+00	\N	2026-11-29 12:29:55.660827+00	done	the effect had happened before	127.0.0.1:22306	\N
217	1	ops	slack	tell	60	2026-11-29 12:28:30.966441+00	21	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:56.649522+00	\N	2026-11-29 12:29:56.656522+00	done	the effect had happened before	127.0.0.1:22306	\N
307	1	ops	slack	tell	108	2026-11-29 12:28:36.064712+00	57	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:57.649979+00	\N	2026-11-29 12:29:57.656979+00	done	the effect had happened before	127.0.0.1:22306	\N
235	1	ops	slack	rule-429b91	69	2026-11-29 12:28:31.935691+00	28	2026-11-29 12:29:37.328443+00	2026-11-29 12:29:58.652818+00	\N	2026-11-29 12:29:58.658818+00	done	the effect had happened before	127.0.0.1:22306	\N
302	1	ops	slack	rule-429b91	107	2026-11-29 12:28:35.954953+00	56	2026-11-29 12:29:37.374361+00	2026-11-29 12:29:59.65212+00	\N	2026-11-29 12:29:59.65612+00	skipped	order.status is null	\N	\N
339	1	ops	slack	tell	125	2026-11-29 12:29:03.411998+00	70	2026-11-29 12:29:37.374361+00	2026-11-29 12:30:00.649571+00	\N	2026-11-29 12:30:00.657571+00	done	the effect had happened before	127.0.0.1:22306	\N
201	1	ops	slack	tell	36	2026-11-29 12:28:14.154832+00	\N	2026-11-29 12:29:37.279245+00	2026-11-29 12:30:01.654002+00	\N	2026-11-29 12:30:01.660002+00	done	the effect had happened before	127.0.0.1:22306	\N
303	1	ops	slack	tell	107	2026-11-29 12:28:35.954953+00	56	2026-11-29 12:29:37.374361+00	2026-11-29 12:30:02.654346+00	\N	2026-11-29 12:30:02.662346+00	done	the effect had happened before	127.0.0.1:22306	\N
299	1	ops	slack	tell	104	2026-11-29 12:28:35.628926+00	54	2026-11-29 12:29:37.374361+00	2026-11-29 12:30:03.653811+00	\N	2026-11-29 12:30:03.659811+00	done	the effect had happened before	127.0.0.1:22306	\N
336	1	ops	slack	tell	124	2026-11-29 12:29:03.30065+00	69	2026-11-29 12:29:37.374361+00	2026-11-29 12:30:04.65347+00	\N	2026-11-29 12:30:04.66147+00	done	the effect had happened before	127.0.0.1:22306	\N
208	1	ops	slack	rule-429b91	46	2026-11-29 12:28:15.322684+00	13	2026-11-29 12:29:37.279245+00	2026-11-29 12:30:05.651995+00	\N	2026-11-29 12:30:05.660995+00	done	the effect had happened before	127.0.0.1:22306	\N
296	1	ops	slack	tell	102	2026-11-29 12:28:35.399486+00	53	2026-11-29 12:29:37.374361+00	2026-11-29 12:30:06.65059+00	\N	2026-11-29 12:30:06.65659+00	done	the effect had happened before	127.0.0.1:22306	\N
\.


--
-- Data for Name: job_attempts_2026w49; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.job_attempts_2026w49 (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status) FROM stdin;
\.


--
-- Data for Name: job_attempts_2026w50; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.job_attempts_2026w50 (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status) FROM stdin;
\.


--
-- Data for Name: job_attempts_2026w51; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.job_attempts_2026w51 (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status) FROM stdin;
\.


--
-- Data for Name: job_attempts_2026w52; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.job_attempts_2026w52 (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status) FROM stdin;
\.


--
-- Data for Name: job_attempts_2026w53; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.job_attempts_2026w53 (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status) FROM stdin;
\.


--
-- Data for Name: job_attempts_2027w01; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.job_attempts_2027w01 (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status) FROM stdin;
\.


--
-- Data for Name: job_attempts_2027w02; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.job_attempts_2027w02 (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status) FROM stdin;
\.


--
-- Data for Name: job_attempts_2027w03; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.job_attempts_2027w03 (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at, started_at, first_byte_at, finished_at, outcome, reason, destination, status) FROM stdin;
\.


--
-- Data for Name: jobs; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.jobs (job_id, action, kind, rule, state, priority, attempt, max_attempts, uncounted, run_at, first_failed_at, order_row, event_id, event_received_at, lease_token, lease_until, unique_key, last_error, created_at, note, alerted_at, again) FROM stdin;
11	stock	inventory	tell	2	0	1	4	0	2026-11-29 12:29:39.179245+00	2026-11-29 12:29:39.339502+00	\N	20	2026-11-29 12:28:12.346747+00	\N	\N	\N	the event is about no order	2026-11-29 12:28:12.347825+00	\N	\N	\N
21	stock	inventory	tell	2	0	1	4	0	2026-11-29 12:29:40.779245+00	2026-11-29 12:29:40.945819+00	\N	36	2026-11-29 12:28:14.154832+00	\N	\N	\N	the event is about no order	2026-11-29 12:28:14.15654+00	\N	\N	\N
23	nowhere	http	broken	2	0	1	1	0	2026-11-29 12:29:40.879245+00	2026-11-29 12:29:40.953275+00	\N	37	2026-11-29 12:28:14.271193+00	\N	\N	\N	guarded: the address guard refuses loopback (127.0.0.0/8) (not_sent)	2026-11-29 12:28:14.272908+00	\N	\N	\N
228	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:43.928443+00	\N	26	67	2026-11-29 12:28:31.701615+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
232	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:44.028443+00	\N	27	68	2026-11-29 12:28:31.8257+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
227	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:08.229378+00	\N	26	67	2026-11-29 12:28:31.701615+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
239	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:08.314914+00	\N	30	72	2026-11-29 12:28:32.241267+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
236	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:08.355914+00	\N	29	70	2026-11-29 12:28:32.042056+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
231	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:08.567914+00	\N	27	68	2026-11-29 12:28:31.8257+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
209	ops	slack	tell	1	0	1	4	0	2026-11-29 12:29:41.779245+00	\N	13	46	2026-11-29 12:28:15.322684+00	505	2026-11-29 12:31:05.698678+00	\N	\N	2026-11-29 12:29:37.279245+00	\N	\N	\N
221	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:11.346738+00	\N	23	62	2026-11-29 12:28:31.165341+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
220	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:11.498264+00	\N	22	61	2026-11-29 12:28:31.065099+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
247	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:44.828443+00	\N	33	76	2026-11-29 12:28:32.565381+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
262	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:45.628443+00	\N	39	84	2026-11-29 12:28:33.447194+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
273	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:46.328443+00	\N	44	91	2026-11-29 12:28:34.208653+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
277	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:46.428443+00	\N	45	92	2026-11-29 12:28:34.321617+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
288	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:47.128443+00	\N	50	99	2026-11-29 12:28:35.069091+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
284	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:08.231401+00	\N	48	96	2026-11-29 12:28:34.762056+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
251	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:08.753333+00	\N	35	78	2026-11-29 12:28:32.78114+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
254	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:09.448333+00	\N	36	80	2026-11-29 12:28:33.003694+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
272	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:10.233656+00	\N	44	91	2026-11-29 12:28:34.208653+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
250	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:09.789317+00	\N	34	77	2026-11-29 12:28:32.671445+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
266	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:10.461317+00	\N	41	86	2026-11-29 12:28:33.668728+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
246	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:11.304123+00	\N	33	76	2026-11-29 12:28:32.565381+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
276	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:11.262123+00	\N	45	92	2026-11-29 12:28:34.321617+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
269	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:10.76143+00	\N	42	88	2026-11-29 12:28:33.895663+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
265	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:11.165738+00	\N	40	85	2026-11-29 12:28:33.555333+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
287	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:10.891738+00	\N	50	99	2026-11-29 12:28:35.069091+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
261	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:11.528264+00	\N	39	84	2026-11-29 12:28:33.447194+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
281	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:11.171264+00	\N	47	94	2026-11-29 12:28:34.539074+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
292	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:47.228443+00	\N	51	100	2026-11-29 12:28:35.176842+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
318	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:48.774361+00	\N	62	115	2026-11-29 12:28:36.859386+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
322	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:48.874361+00	\N	63	116	2026-11-29 12:28:36.967804+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
333	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:49.574361+00	\N	68	123	2026-11-29 12:28:37.72588+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
311	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:07.831575+00	\N	59	110	2026-11-29 12:28:36.292724+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
314	ops	slack	tell	1	0	1	4	0	2026-11-29 12:30:04.880897+00	\N	60	112	2026-11-29 12:28:36.514849+00	501	2026-11-29 12:31:04.899216+00	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
329	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:09.299333+00	\N	66	120	2026-11-29 12:28:37.41009+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
326	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:08.808333+00	\N	65	118	2026-11-29 12:28:37.191679+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
317	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:09.260333+00	\N	62	115	2026-11-29 12:28:36.859386+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
310	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:08.883601+00	\N	58	109	2026-11-29 12:28:36.176015+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
321	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:10.316457+00	\N	63	116	2026-11-29 12:28:36.967804+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
332	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:09.988711+00	\N	68	123	2026-11-29 12:28:37.72588+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
291	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:10.653123+00	\N	51	100	2026-11-29 12:28:35.176842+00	\N	\N	\N	\N	2026-11-29 12:29:37.328443+00	\N	\N	\N
295	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:10.900264+00	\N	52	101	2026-11-29 12:28:35.28864+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
345	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:49.974361+00	\N	71	127	2026-11-29 12:29:03.641202+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
355	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:50.474361+00	\N	74	132	2026-11-29 12:29:04.216248+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
358	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:29:50.574361+00	\N	74	133	2026-11-29 12:29:04.300599+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
359	ops	slack	tell	0	0	0	4	0	2026-11-29 12:29:50.574361+00	\N	74	133	2026-11-29 12:29:04.300599+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
348	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:09.913656+00	\N	72	128	2026-11-29 12:29:03.755787+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
351	ops	slack	tell	0	0	0	4	0	2026-11-29 12:30:09.748656+00	\N	73	129	2026-11-29 12:29:03.882757+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
354	ops	slack	rule-429b91	0	0	0	4	0	2026-11-29 12:30:10.438711+00	\N	74	132	2026-11-29 12:29:04.216248+00	\N	\N	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
342	ops	slack	tell	1	0	1	4	0	2026-11-29 12:30:06.561929+00	\N	71	126	2026-11-29 12:29:03.531759+00	510	2026-11-29 12:31:06.689841+00	\N	\N	2026-11-29 12:29:37.374361+00	\N	\N	\N
\.


--
-- Data for Name: messages; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.messages (id, conversation_id, customer_row, role, message_type, content, effect_key, order_row, event_id, event_received_at, created_at, delivered_at) FROM stdin;
\.


--
-- Data for Name: metrics; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.metrics (program, name, labels, value, updated_at) FROM stdin;
batch	hookledger_job_attempts_total	{"action": "ops", "outcome": "done"}	91	2026-11-29 12:30:06.032829+00
batch	hookledger_job_attempts_total	{"action": "confirm_subscription", "outcome": "done"}	2	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "+Inf", "action": "ops"}	91	2026-11-29 12:30:06.032829+00
batch	hookledger_job_attempts_total	{"action": "say", "outcome": "skipped"}	98	2026-11-29 12:29:52.010155+00
batch	hookledger_job_seconds_bucket	{"le": "0.1", "action": "ops"}	0	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "0.25", "action": "ops"}	1	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "0.5", "action": "ops"}	1	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "+Inf", "action": "confirm_subscription"}	2	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "1.0", "action": "ops"}	1	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "10.0", "action": "ops"}	22	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "1800.0", "action": "ops"}	91	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "2.5", "action": "ops"}	7	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "30.0", "action": "ops"}	47	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "300.0", "action": "ops"}	91	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "5.0", "action": "ops"}	12	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "0.1", "action": "confirm_subscription"}	0	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "0.25", "action": "confirm_subscription"}	1	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "0.5", "action": "confirm_subscription"}	1	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "1.0", "action": "confirm_subscription"}	1	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "10.0", "action": "confirm_subscription"}	1	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "1800.0", "action": "confirm_subscription"}	2	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "2.5", "action": "confirm_subscription"}	1	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "30.0", "action": "confirm_subscription"}	1	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "60.0", "action": "ops"}	68	2026-11-29 12:30:06.032829+00
batch	hookledger_job_seconds_bucket	{"le": "7200.0", "action": "ops"}	91	2026-11-29 12:30:06.032829+00
batch	hookledger_job_attempts_total	{"action": "ops", "outcome": "skipped"}	17	2026-11-29 12:30:00.023677+00
batch	hookledger_job_attempts_total	{"action": "stock", "outcome": "skipped"}	68	2026-11-29 12:29:52.010155+00
batch	hookledger_job_seconds_bucket	{"le": "300.0", "action": "confirm_subscription"}	2	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "5.0", "action": "confirm_subscription"}	1	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "60.0", "action": "confirm_subscription"}	1	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_bucket	{"le": "7200.0", "action": "confirm_subscription"}	2	2026-11-29 12:29:37.988759+00
ingest	hookledger_deliveries_total	{"source": "adyen", "verdict": "signature"}	1	2026-11-29 12:28:12.022307+00
ingest	hookledger_deliveries_total	{"source": "aws_sns", "verdict": "signature"}	2	2026-11-29 12:28:12.022307+00
ingest	hookledger_deliveries_total	{"source": "discord", "verdict": "signature"}	1	2026-11-29 12:28:12.022307+00
ingest	hookledger_deliveries_total	{"source": "ebay", "verdict": "signature"}	1	2026-11-29 12:28:12.022307+00
ingest	hookledger_deliveries_total	{"source": "etsy", "verdict": "signature"}	1	2026-11-29 12:28:12.022307+00
ingest	hookledger_deliveries_total	{"source": "github", "verdict": "signature"}	2	2026-11-29 12:28:12.022307+00
ingest	hookledger_deliveries_total	{"source": "meta", "verdict": "signature"}	1	2026-11-29 12:28:12.022307+00
ingest	hookledger_deliveries_total	{"source": "bigcommerce", "verdict": "signature"}	11	2026-11-29 12:29:06.060102+00
batch	hookledger_job_seconds_count	{"action": "confirm_subscription"}	2	2026-11-29 12:29:37.988759+00
batch	hookledger_job_seconds_sum	{"action": "confirm_subscription"}	87.270406	2026-11-29 12:29:37.988759+00
batch	hookledger_job_attempts_total	{"action": "stock", "outcome": "dead"}	4	2026-11-29 12:29:41.99465+00
batch	hookledger_job_seconds_count	{"action": "ops"}	91	2026-11-29 12:30:06.032829+00
ingest	hookledger_deliveries_total	{"source": "evershop", "verdict": "signature"}	15	2026-11-29 12:28:38.05045+00
batch	hookledger_job_seconds_sum	{"action": "ops"}	3496.3065459999993	2026-11-29 12:30:06.032829+00
ingest	hookledger_ingest_seconds_bucket	{"le": "+Inf"}	135	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "0.001"}	0	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "0.0025"}	0	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "0.005"}	46	2026-11-29 12:29:38.066861+00
batch	hookledger_job_attempts_total	{"action": "stock", "outcome": "done"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "+Inf", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "0.1", "action": "stock"}	15	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "0.25", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "0.5", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
ingest	hookledger_ingest_seconds_bucket	{"le": "0.01"}	129	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "0.025"}	133	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "0.05"}	135	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "0.1"}	135	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "0.25"}	135	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "0.5"}	135	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "1.0"}	135	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "2.5"}	135	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_bucket	{"le": "5.0"}	135	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_count	{}	135	2026-11-29 12:29:38.066861+00
ingest	hookledger_ingest_seconds_sum	{}	0.847874447	2026-11-29 12:29:38.066861+00
batch	hookledger_job_seconds_bucket	{"le": "1.0", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "10.0", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "1800.0", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "2.5", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "30.0", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "300.0", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "5.0", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "60.0", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_bucket	{"le": "7200.0", "action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_count	{"action": "stock"}	32	2026-11-29 12:29:04.327588+00
batch	hookledger_job_seconds_sum	{"action": "stock"}	3.442142	2026-11-29 12:29:04.327588+00
batch	hookledger_job_attempts_total	{"action": "nowhere", "outcome": "dead"}	2	2026-11-29 12:29:41.99465+00
ingest	hookledger_deliveries_total	{"source": "paypal", "verdict": "signature"}	1	2026-11-29 12:28:14.029209+00
ingest	hookledger_deliveries_total	{"source": "printify", "verdict": "signature"}	2	2026-11-29 12:28:14.029209+00
ingest	hookledger_deliveries_total	{"source": "shippo", "verdict": "signature"}	1	2026-11-29 12:28:14.029209+00
ingest	hookledger_deliveries_total	{"source": "shopify_events", "verdict": "signature"}	1	2026-11-29 12:28:14.029209+00
ingest	hookledger_deliveries_total	{"source": "slack", "verdict": "signature"}	1	2026-11-29 12:28:14.029209+00
ingest	hookledger_deliveries_total	{"source": "square", "verdict": "signature"}	1	2026-11-29 12:28:16.032246+00
ingest	hookledger_deliveries_total	{"source": "standard_webhooks", "verdict": "signature"}	1	2026-11-29 12:28:16.032246+00
ingest	hookledger_deliveries_total	{"source": "stripe", "verdict": "signature"}	1	2026-11-29 12:28:16.032246+00
ingest	hookledger_deliveries_total	{"source": "tiktok", "verdict": "signature"}	5	2026-11-29 12:28:16.032246+00
ingest	hookledger_deliveries_total	{"source": "twilio", "verdict": "signature"}	1	2026-11-29 12:28:16.032246+00
ingest	hookledger_deliveries_total	{"source": "twitch", "verdict": "signature"}	1	2026-11-29 12:28:16.032246+00
ingest	hookledger_deliveries_total	{"source": "twitter_x", "verdict": "signature"}	1	2026-11-29 12:28:18.036695+00
ingest	hookledger_deliveries_total	{"source": "wise", "verdict": "signature"}	1	2026-11-29 12:28:18.036695+00
ingest	hookledger_deliveries_total	{"source": "tiktok-shop", "verdict": "signature"}	24	2026-11-29 12:28:38.05045+00
ingest	hookledger_deliveries_total	{"source": "roms", "verdict": "refused"}	2	2026-11-29 12:29:06.060102+00
ingest	hookledger_deliveries_total	{"source": "woocommerce", "verdict": "signature"}	29	2026-11-29 12:29:06.060102+00
ingest	hookledger_refusals_total	{"reason": "invalid_payload", "source": "roms"}	2	2026-11-29 12:29:06.060102+00
ingest	hookledger_deliveries_total	{"source": "roms", "verdict": "unverified"}	2	2026-11-29 12:29:38.066861+00
ingest	hookledger_deliveries_total	{"source": "roms", "verdict": "signature"}	9	2026-11-29 12:28:38.05045+00
ingest	hookledger_deliveries_total	{"source": "shopify", "verdict": "signature"}	18	2026-11-29 12:28:38.05045+00
\.


--
-- Data for Name: operator_log; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.operator_log (id, at, actor, action, subject, reason, details) FROM stdin;
1	2026-11-29 12:29:37.279245+00	cli:root	replay	replay:first	\N	{"now": 1795955377257696, "run": "first", "again": false, "filter": {}}
\.


--
-- Data for Name: order_items; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.order_items (order_row, line_no, line_id, product_id, product_name, variant_id, variant_name, sku, quantity, unit_price, list_price, image_url) FROM stdin;
6	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
7	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
8	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
13	1	item_1	prod_123	Custom T-Shirt	sku_456	Size M, Color Blue	TSHIRT-M-BLUE	2	24.99	\N	\N
18	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
20	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
21	1	item_1	prod_123	Custom T-Shirt	sku_456	Size M, Color Blue	TSHIRT-M-BLUE	2	24.99	\N	\N
23	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
24	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
27	1	item_1	prod_123	Custom T-Shirt	sku_456	Size M, Color Blue	TSHIRT-M-BLUE	2	24.99	\N	\N
29	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
30	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
33	1	item_1	prod_123	Custom T-Shirt	sku_456	Size M, Color Blue	TSHIRT-M-BLUE	2	24.99	\N	\N
35	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
36	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
39	1	item_1	prod_123	Custom T-Shirt	sku_456	Size M, Color Blue	TSHIRT-M-BLUE	2	24.99	\N	\N
41	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
42	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
45	1	item_1	prod_123	Custom T-Shirt	sku_456	Size M, Color Blue	TSHIRT-M-BLUE	2	24.99	\N	\N
47	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
48	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
51	1	item_1	prod_123	Custom T-Shirt	sku_456	Size M, Color Blue	TSHIRT-M-BLUE	2	24.99	\N	\N
53	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
54	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
57	1	item_1	prod_123	Custom T-Shirt	sku_456	Size M, Color Blue	TSHIRT-M-BLUE	2	24.99	\N	\N
59	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
60	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
63	1	item_1	prod_123	Custom T-Shirt	sku_456	Size M, Color Blue	TSHIRT-M-BLUE	2	24.99	\N	\N
65	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
66	1	1	2	Custom T-Shirt	3	\N	TSHIRT-M-BLUE	2	24.99	\N	\N
69	1	8010	77	Cup	\N	\N	CUP	2	\N	\N	\N
70	1	8020	77	Cup	\N	\N	CUP	2	\N	\N	\N
71	1	8030	77	Cup	\N	\N	CUP	2	\N	\N	\N
72	1	8040	77	Cup	\N	\N	CUP	2	\N	\N	\N
73	1	8050	77	Cup	\N	\N	CUP	2	\N	\N	\N
\.


--
-- Data for Name: orders; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.orders (id, source, order_id, provider, order_data, extra, clocks, created_at, updated_at, last_event_id, last_event_received_at) FROM stdin;
1	bigcommerce	1000002996731916	bigcommerce	{"shop_id": "abcde", "needs_detail": true}	{}	{"*": [1795955290000000, 0, 0, "7e8cdde028a7c596"]}	2026-11-29 12:28:10.537331+00	2026-11-29 12:28:10.537331+00	4	2026-11-29 12:28:10.535038+00
2	etsy	1000005154568678	etsy	{"shop_id": "1", "needs_detail": true}	{}	{"*": [1795955290000000, 0, 0, "16cf699371392544"]}	2026-11-29 12:28:11.023248+00	2026-11-29 12:28:11.023248+00	7	2026-11-29 12:28:11.02176+00
3	evershop	1000005648328341	evershop	{"email": "customer@example.com", "status": "processing", "currency": "USD", "order_number": "1000005648328341", "total_amount": "49.98"}	{}	{"*": [1795955291174000, 0, 20, "487c3fdf761e407d"]}	2026-11-29 12:28:11.205237+00	2026-11-29 12:28:11.205237+00	9	2026-11-29 12:28:11.203875+00
4	evershop	1000004109237827	evershop	{"email": "customer@example.com", "status": "processing", "currency": "USD", "order_number": "1000004109237827", "total_amount": "49.98"}	{}	{"*": [1795955291622000, 0, 20, "9f3ed46f019264d1"]}	2026-11-29 12:28:11.669154+00	2026-11-29 12:28:11.669154+00	14	2026-11-29 12:28:11.667542+00
5	roms	1000008155744787	roms	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "order_number": "1000008155744787"}	{"size": "42"}	{"*": [1795955292464035, 21, 0, "4999bbc15dcf0d22"]}	2026-11-29 12:28:12.465749+00	2026-11-29 12:28:12.465749+00	21	2026-11-29 12:28:12.464035+00
6	shopify	1000008998933934	shopify	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:12.734Z", "changed_at": "2026-11-29T12:28:12.734Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": null, "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": null, "admin_graphql_api_id": "gid://shopify/Order/1000008998933934"}	{"*": [1795955292734000, 0, 30, "0128743c2191dbe7"]}	2026-11-29 12:28:12.775954+00	2026-11-29 12:28:12.775954+00	24	2026-11-29 12:28:12.77264+00
7	shopify	1000006224547118	shopify	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "fulfilled", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:12.834Z", "changed_at": "2026-11-29T12:28:12.834Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": null, "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": "fulfilled", "admin_graphql_api_id": "gid://shopify/Order/1000006224547118"}	{"*": [1795955292834000, 0, 50, "13be53d823dddaec"]}	2026-11-29 12:28:12.88401+00	2026-11-29 12:28:12.88401+00	25	2026-11-29 12:28:12.881605+00
8	shopify	1000004355425261	shopify	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "cancelled", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:12.936Z", "changed_at": "2026-11-29T12:28:12.936Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": "2026-11-29T12:28:12.936Z", "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": null, "admin_graphql_api_id": "gid://shopify/Order/1000004355425261"}	{"*": [1795955292936000, 0, 80, "9c193e337b748e46"]}	2026-11-29 12:28:12.974925+00	2026-11-29 12:28:12.974925+00	26	2026-11-29 12:28:12.97218+00
9	square	1000006216232351	square	{"status": "OPEN", "shop_id": "MLEFBHHSJGVHD", "needs_detail": true}	{}	{"*": [1795955293999000, 0, 10, "f822150908633e05"]}	2026-11-29 12:28:14.04648+00	2026-11-29 12:28:14.04648+00	35	2026-11-29 12:28:14.044533+00
10	tiktok-shop	1000004525696263	tiktok_shop	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2026-11-29T12:28:14.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1795955294000000, 0, 30, "8352c8ac696455b8"]}	2026-11-29 12:28:14.979557+00	2026-11-29 12:28:14.979557+00	43	2026-11-29 12:28:14.977621+00
11	tiktok-shop	1000003484147564	tiktok_shop	{"status": "CANCEL", "shop_id": "7495540735365777507", "changed_at": "2026-11-29T12:28:15.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1795955295000000, 0, 80, "fa1b994931c5612f"]}	2026-11-29 12:28:15.087043+00	2026-11-29 12:28:15.087043+00	44	2026-11-29 12:28:15.08575+00
12	tiktok-shop	1000006365267076	tiktok_shop	{"status": "UNPAID", "shop_id": "7495540735365777507", "changed_at": "2026-11-29T12:28:15.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1795955295000000, 0, 10, "b95df61ef9ca3a73"]}	2026-11-29 12:28:15.194577+00	2026-11-29 12:28:15.194577+00	45	2026-11-29 12:28:15.193006+00
13	tiktok-shop	1000007137024809	tiktok_shop_guide	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:15.000Z", "changed_at": "2026-11-29T12:28:15.000Z", "total_amount": "49.98"}	{}	{"*": [1795955295000000, 0, 30, "56189090b1bd80c9"]}	2026-11-29 12:28:15.324993+00	2026-11-29 12:28:15.324993+00	46	2026-11-29 12:28:15.322684+00
14	tiktok-shop	1000008738729915	tiktok_shop_guide	{"status": "CANCELLED", "shop_id": "shop_123456", "placed_at": "2026-11-29T12:28:15.000Z", "changed_at": "2026-11-29T12:28:15.000Z"}	{}	{"*": [1795955295000000, 0, 80, "73cd2f576da168da"]}	2026-11-29 12:28:15.444073+00	2026-11-29 12:28:15.444073+00	47	2026-11-29 12:28:15.442307+00
15	tiktok-shop	1000005441132130	tiktok_shop_guide	{"status": "AWAITING_COLLECTION", "shop_id": "shop_123456", "placed_at": "2026-11-29T12:28:15.000Z", "changed_at": "2026-11-29T12:28:15.000Z"}	{}	{"*": [1795955295000000, 0, 40, "607542c2fe5a6e0d"]}	2026-11-29 12:28:15.558779+00	2026-11-29 12:28:15.558779+00	48	2026-11-29 12:28:15.557103+00
16	tiktok-shop	1000003948684528	tiktok_shop_guide	{"status": "IN_TRANSIT", "shop_id": "shop_123456", "placed_at": "2026-11-29T12:28:15.000Z", "changed_at": "2026-11-29T12:28:15.000Z", "tracking_number": "9400110898825022579493"}	{}	{"*": [1795955295000000, 0, 50, "1202acb9e70340cc"]}	2026-11-29 12:28:15.668026+00	2026-11-29 12:28:15.668026+00	49	2026-11-29 12:28:15.66601+00
17	tiktok-shop	1000004267892704	tiktok_shop_guide	{"status": "DELIVERED", "shop_id": "shop_123456", "placed_at": "2026-11-29T12:28:15.000Z", "changed_at": "2026-11-29T12:28:15.000Z"}	{}	{"*": [1795955295000000, 0, 60, "c658ee4d9384aca8"]}	2026-11-29 12:28:15.773493+00	2026-11-29 12:28:15.773493+00	50	2026-11-29 12:28:15.771967+00
18	woocommerce	1000001166748901	woocommerce	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "completed", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:16.000Z", "changed_at": "2026-11-29T12:28:16.000Z", "order_number": "1000001166748901", "shipping_fee": "0.00", "total_amount": "49.98", "customer_name": "Ada Example"}	{"billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "total_tax": "0.00", "customer_id": 0, "discount_total": "0.00"}	{"*": [1795955296000000, 0, 60, "2875c6fb090d25b4"]}	2026-11-29 12:28:16.495429+00	2026-11-29 12:28:16.495429+00	55	2026-11-29 12:28:16.492799+00
19	woocommerce	1000002052880836	woocommerce	{"status": "trash"}	{}	{"*": [1795955296815395, 58, 90, "2e2a126fd2e65130"]}	2026-11-29 12:28:16.816767+00	2026-11-29 12:28:16.816767+00	58	2026-11-29 12:28:16.815395+00
20	woocommerce	1000006780318432	woocommerce	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:16.000Z", "changed_at": "2026-11-29T12:28:16.000Z", "order_number": "1000006780318432", "shipping_fee": "0.00", "total_amount": "49.98", "customer_name": "Ada Example"}	{"billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "total_tax": "0.00", "customer_id": 0, "discount_total": "0.00"}	{"*": [1795955296000000, 0, 30, "a0d6b5db5be38d7b"]}	2026-11-29 12:28:16.893287+00	2026-11-29 12:28:16.893287+00	59	2026-11-29 12:28:16.891697+00
21	tiktok-shop	guide-1	tiktok_shop_guide	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:30.000Z", "changed_at": "2026-11-29T12:28:30.000Z", "total_amount": "11.50"}	{}	{"*": [1795955310000000, 0, 30, "5ea52a1431b17ee8"]}	2026-11-29 12:28:30.968771+00	2026-11-29 12:28:30.968771+00	60	2026-11-29 12:28:30.966441+00
22	tiktok-shop	571	tiktok_shop	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:21.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1760000001000000, 0, 30, "d4eb8e6a6aafaf00"]}	2026-11-29 12:28:31.066725+00	2026-11-29 12:28:31.066725+00	61	2026-11-29 12:28:31.065099+00
23	woocommerce	701	woocommerce	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:31.000Z", "changed_at": "2026-11-29T12:28:31.000Z", "order_number": "1000002928381617", "shipping_fee": "0.00", "total_amount": "21.90", "customer_name": "Ada Example"}	{"billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "total_tax": "0.00", "customer_id": 0, "discount_total": "0.00"}	{"*": [1795955311000000, 0, 30, "fafd1c0359146253"]}	2026-11-29 12:28:31.168746+00	2026-11-29 12:28:31.168746+00	62	2026-11-29 12:28:31.165341+00
24	shopify	901	shopify	{"email": "buyer1@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:31.337Z", "changed_at": "2026-11-29T12:28:31.337Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": null, "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": null, "admin_graphql_api_id": "gid://shopify/Order/1000004706496814"}	{"*": [1795955311337000, 0, 30, "9a53cea3be36bdc6"]}	2026-11-29 12:28:31.387995+00	2026-11-29 12:28:31.387995+00	64	2026-11-29 12:28:31.385137+00
25	roms	1000005625575595	roms	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "order_number": "1000005625575595"}	{"size": "42", "orderNumber": "R1", "referenceNumber": "R1"}	{"*": [1795955311503629, 65, 0, "4825f78d713bd258"]}	2026-11-29 12:28:31.505288+00	2026-11-29 12:28:31.505288+00	65	2026-11-29 12:28:31.503629+00
26	bigcommerce	101	bigcommerce	{"shop_id": "abcde", "needs_detail": true}	{}	{"*": [1795955311000000, 0, 0, "41d132929cb5b8db"]}	2026-11-29 12:28:31.70371+00	2026-11-29 12:28:31.70371+00	67	2026-11-29 12:28:31.701615+00
27	tiktok-shop	guide-2	tiktok_shop_guide	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:31.000Z", "changed_at": "2026-11-29T12:28:31.000Z", "total_amount": "12.50"}	{}	{"*": [1795955311000000, 0, 30, "60e379727594dcff"]}	2026-11-29 12:28:31.82792+00	2026-11-29 12:28:31.82792+00	68	2026-11-29 12:28:31.8257+00
28	tiktok-shop	572	tiktok_shop	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:22.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1760000002000000, 0, 30, "b0ffc99100e1fc79"]}	2026-11-29 12:28:31.937312+00	2026-11-29 12:28:31.937312+00	69	2026-11-29 12:28:31.935691+00
29	woocommerce	702	woocommerce	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:31.000Z", "changed_at": "2026-11-29T12:28:31.000Z", "order_number": "1000000959020180", "shipping_fee": "0.00", "total_amount": "22.90", "customer_name": "Ada Example"}	{"billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "total_tax": "0.00", "customer_id": 0, "discount_total": "0.00"}	{"*": [1795955311000000, 0, 30, "f63723f58ce4208f"]}	2026-11-29 12:28:32.044705+00	2026-11-29 12:28:32.044705+00	70	2026-11-29 12:28:32.042056+00
30	shopify	902	shopify	{"email": "buyer2@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:32.208Z", "changed_at": "2026-11-29T12:28:32.208Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": null, "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": null, "admin_graphql_api_id": "gid://shopify/Order/1000003017393193"}	{"*": [1795955312208000, 0, 30, "4c18958c5fe3f51d"]}	2026-11-29 12:28:32.243708+00	2026-11-29 12:28:32.243708+00	72	2026-11-29 12:28:32.241267+00
31	roms	1000006349269557	roms	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "order_number": "1000006349269557"}	{"size": "42", "orderNumber": "R2", "referenceNumber": "R2"}	{"*": [1795955312321426, 73, 0, "72ab4e6ed63819bc"]}	2026-11-29 12:28:32.322641+00	2026-11-29 12:28:32.322641+00	73	2026-11-29 12:28:32.321426+00
32	bigcommerce	102	bigcommerce	{"shop_id": "abcde", "needs_detail": true}	{}	{"*": [1795955312000000, 0, 0, "952e5078cd3304cb"]}	2026-11-29 12:28:32.473265+00	2026-11-29 12:28:32.473265+00	75	2026-11-29 12:28:32.471527+00
33	tiktok-shop	guide-3	tiktok_shop_guide	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:32.000Z", "changed_at": "2026-11-29T12:28:32.000Z", "total_amount": "13.50"}	{}	{"*": [1795955312000000, 0, 30, "93fed3371df96ff4"]}	2026-11-29 12:28:32.567126+00	2026-11-29 12:28:32.567126+00	76	2026-11-29 12:28:32.565381+00
34	tiktok-shop	573	tiktok_shop	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:23.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1760000003000000, 0, 30, "277ac06dd1ae530b"]}	2026-11-29 12:28:32.672991+00	2026-11-29 12:28:32.672991+00	77	2026-11-29 12:28:32.671445+00
35	woocommerce	703	woocommerce	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:32.000Z", "changed_at": "2026-11-29T12:28:32.000Z", "order_number": "1000004996487591", "shipping_fee": "0.00", "total_amount": "23.90", "customer_name": "Ada Example"}	{"billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "total_tax": "0.00", "customer_id": 0, "discount_total": "0.00"}	{"*": [1795955312000000, 0, 30, "85d60eae3f2aa54b"]}	2026-11-29 12:28:32.783424+00	2026-11-29 12:28:32.783424+00	78	2026-11-29 12:28:32.78114+00
36	shopify	903	shopify	{"email": "buyer3@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:32.953Z", "changed_at": "2026-11-29T12:28:32.953Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": null, "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": null, "admin_graphql_api_id": "gid://shopify/Order/1000006214148777"}	{"*": [1795955312953000, 0, 30, "e3be0e007d6b1f59"]}	2026-11-29 12:28:33.006192+00	2026-11-29 12:28:33.006192+00	80	2026-11-29 12:28:33.003694+00
37	roms	1000003520665653	roms	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "order_number": "1000003520665653"}	{"size": "42", "orderNumber": "R3", "referenceNumber": "R3"}	{"*": [1795955313116155, 81, 0, "b091567d561f13b5"]}	2026-11-29 12:28:33.117887+00	2026-11-29 12:28:33.117887+00	81	2026-11-29 12:28:33.116155+00
38	bigcommerce	103	bigcommerce	{"shop_id": "abcde", "needs_detail": true}	{}	{"*": [1795955313000000, 0, 0, "5d5533be1711be2b"]}	2026-11-29 12:28:33.34147+00	2026-11-29 12:28:33.34147+00	83	2026-11-29 12:28:33.33982+00
39	tiktok-shop	guide-4	tiktok_shop_guide	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:33.000Z", "changed_at": "2026-11-29T12:28:33.000Z", "total_amount": "14.50"}	{}	{"*": [1795955313000000, 0, 30, "18686255f3d1cc23"]}	2026-11-29 12:28:33.449577+00	2026-11-29 12:28:33.449577+00	84	2026-11-29 12:28:33.447194+00
40	tiktok-shop	574	tiktok_shop	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:24.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1760000004000000, 0, 30, "c2225234b1f6ca07"]}	2026-11-29 12:28:33.556889+00	2026-11-29 12:28:33.556889+00	85	2026-11-29 12:28:33.555333+00
49	roms	1000002509574043	roms	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "order_number": "1000002509574043"}	{"size": "42", "orderNumber": "R5", "referenceNumber": "R5"}	{"*": [1795955314876249, 97, 0, "c7de48e243e71169"]}	2026-11-29 12:28:34.87809+00	2026-11-29 12:28:34.87809+00	97	2026-11-29 12:28:34.876249+00
41	woocommerce	704	woocommerce	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:33.000Z", "changed_at": "2026-11-29T12:28:33.000Z", "order_number": "1000003113897273", "shipping_fee": "0.00", "total_amount": "24.90", "customer_name": "Ada Example"}	{"billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "total_tax": "0.00", "customer_id": 0, "discount_total": "0.00"}	{"*": [1795955313000000, 0, 30, "e21c5635ece60fd3"]}	2026-11-29 12:28:33.670824+00	2026-11-29 12:28:33.670824+00	86	2026-11-29 12:28:33.668728+00
42	shopify	904	shopify	{"email": "buyer4@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:33.845Z", "changed_at": "2026-11-29T12:28:33.845Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": null, "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": null, "admin_graphql_api_id": "gid://shopify/Order/1000003613422290"}	{"*": [1795955313845000, 0, 30, "626702173e4b6a66"]}	2026-11-29 12:28:33.898223+00	2026-11-29 12:28:33.898223+00	88	2026-11-29 12:28:33.895663+00
43	roms	1000005216686747	roms	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "order_number": "1000005216686747"}	{"size": "42", "orderNumber": "R4", "referenceNumber": "R4"}	{"*": [1795955313996936, 89, 0, "877681ac73bcf812"]}	2026-11-29 12:28:33.998636+00	2026-11-29 12:28:33.998636+00	89	2026-11-29 12:28:33.996936+00
44	bigcommerce	104	bigcommerce	{"shop_id": "abcde", "needs_detail": true}	{}	{"*": [1795955314000000, 0, 0, "766c2004629fd76a"]}	2026-11-29 12:28:34.210471+00	2026-11-29 12:28:34.210471+00	91	2026-11-29 12:28:34.208653+00
45	tiktok-shop	guide-5	tiktok_shop_guide	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:34.000Z", "changed_at": "2026-11-29T12:28:34.000Z", "total_amount": "15.50"}	{}	{"*": [1795955314000000, 0, 30, "da5dca7592e361bb"]}	2026-11-29 12:28:34.323861+00	2026-11-29 12:28:34.323861+00	92	2026-11-29 12:28:34.321617+00
46	tiktok-shop	575	tiktok_shop	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:25.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1760000005000000, 0, 30, "298ff150c6237c75"]}	2026-11-29 12:28:34.428494+00	2026-11-29 12:28:34.428494+00	93	2026-11-29 12:28:34.426914+00
47	woocommerce	705	woocommerce	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:34.000Z", "changed_at": "2026-11-29T12:28:34.000Z", "order_number": "1000000649694590", "shipping_fee": "0.00", "total_amount": "25.90", "customer_name": "Ada Example"}	{"billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "total_tax": "0.00", "customer_id": 0, "discount_total": "0.00"}	{"*": [1795955314000000, 0, 30, "78aa1ee021515a96"]}	2026-11-29 12:28:34.541614+00	2026-11-29 12:28:34.541614+00	94	2026-11-29 12:28:34.539074+00
48	shopify	905	shopify	{"email": "buyer5@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:34.717Z", "changed_at": "2026-11-29T12:28:34.717Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": null, "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": null, "admin_graphql_api_id": "gid://shopify/Order/1000001652974522"}	{"*": [1795955314717000, 0, 30, "7d987601c263be13"]}	2026-11-29 12:28:34.764678+00	2026-11-29 12:28:34.764678+00	96	2026-11-29 12:28:34.762056+00
50	bigcommerce	105	bigcommerce	{"shop_id": "abcde", "needs_detail": true}	{}	{"*": [1795955315000000, 0, 0, "acd350cf10bcc2e0"]}	2026-11-29 12:28:35.070747+00	2026-11-29 12:28:35.070747+00	99	2026-11-29 12:28:35.069091+00
51	tiktok-shop	guide-6	tiktok_shop_guide	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:35.000Z", "changed_at": "2026-11-29T12:28:35.000Z", "total_amount": "16.50"}	{}	{"*": [1795955315000000, 0, 30, "abfc283fc51bcb86"]}	2026-11-29 12:28:35.178851+00	2026-11-29 12:28:35.178851+00	100	2026-11-29 12:28:35.176842+00
52	tiktok-shop	576	tiktok_shop	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:26.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1760000006000000, 0, 30, "88990f99814b31a9"]}	2026-11-29 12:28:35.290211+00	2026-11-29 12:28:35.290211+00	101	2026-11-29 12:28:35.28864+00
53	woocommerce	706	woocommerce	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:35.000Z", "changed_at": "2026-11-29T12:28:35.000Z", "order_number": "1000008071274865", "shipping_fee": "0.00", "total_amount": "26.90", "customer_name": "Ada Example"}	{"billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "total_tax": "0.00", "customer_id": 0, "discount_total": "0.00"}	{"*": [1795955315000000, 0, 30, "9cdc325830a209e5"]}	2026-11-29 12:28:35.401831+00	2026-11-29 12:28:35.401831+00	102	2026-11-29 12:28:35.399486+00
54	shopify	906	shopify	{"email": "buyer6@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:35.582Z", "changed_at": "2026-11-29T12:28:35.582Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": null, "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": null, "admin_graphql_api_id": "gid://shopify/Order/1000000880720073"}	{"*": [1795955315582000, 0, 30, "47791f724b3f1da5"]}	2026-11-29 12:28:35.63185+00	2026-11-29 12:28:35.63185+00	104	2026-11-29 12:28:35.628926+00
55	roms	1000006083851683	roms	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "order_number": "1000006083851683"}	{"size": "42", "orderNumber": "R6", "referenceNumber": "R6"}	{"*": [1795955315737520, 105, 0, "e2b6d27b621b82ec"]}	2026-11-29 12:28:35.739104+00	2026-11-29 12:28:35.739104+00	105	2026-11-29 12:28:35.73752+00
56	bigcommerce	106	bigcommerce	{"shop_id": "abcde", "needs_detail": true}	{}	{"*": [1795955315000000, 0, 0, "0f696eb4afde4846"]}	2026-11-29 12:28:35.956892+00	2026-11-29 12:28:35.956892+00	107	2026-11-29 12:28:35.954953+00
57	tiktok-shop	guide-7	tiktok_shop_guide	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:36.000Z", "changed_at": "2026-11-29T12:28:36.000Z", "total_amount": "17.50"}	{}	{"*": [1795955316000000, 0, 30, "7124bbc8643dc8cc"]}	2026-11-29 12:28:36.066903+00	2026-11-29 12:28:36.066903+00	108	2026-11-29 12:28:36.064712+00
58	tiktok-shop	577	tiktok_shop	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:27.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1760000007000000, 0, 30, "dbd337de49645cbf"]}	2026-11-29 12:28:36.177837+00	2026-11-29 12:28:36.177837+00	109	2026-11-29 12:28:36.176015+00
59	woocommerce	707	woocommerce	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:36.000Z", "changed_at": "2026-11-29T12:28:36.000Z", "order_number": "1000007590048232", "shipping_fee": "0.00", "total_amount": "27.90", "customer_name": "Ada Example"}	{"billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "total_tax": "0.00", "customer_id": 0, "discount_total": "0.00"}	{"*": [1795955316000000, 0, 30, "5d1b3fc7403734e8"]}	2026-11-29 12:28:36.295089+00	2026-11-29 12:28:36.295089+00	110	2026-11-29 12:28:36.292724+00
60	shopify	907	shopify	{"email": "buyer7@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:36.468Z", "changed_at": "2026-11-29T12:28:36.468Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": null, "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": null, "admin_graphql_api_id": "gid://shopify/Order/1000002211588589"}	{"*": [1795955316468000, 0, 30, "85a8d53cc4b9ca73"]}	2026-11-29 12:28:36.518005+00	2026-11-29 12:28:36.518005+00	112	2026-11-29 12:28:36.514849+00
61	roms	1000001956425409	roms	{"price": "99.99", "status": "processing", "product": "Nike Shoes", "quantity": 1, "order_number": "1000001956425409"}	{"size": "42", "orderNumber": "R7", "referenceNumber": "R7"}	{"*": [1795955316626942, 113, 0, "88d5d7305d0e3cfc"]}	2026-11-29 12:28:36.628692+00	2026-11-29 12:28:36.628692+00	113	2026-11-29 12:28:36.626942+00
62	bigcommerce	107	bigcommerce	{"shop_id": "abcde", "needs_detail": true}	{}	{"*": [1795955316000000, 0, 0, "c5d6dd275dffb938"]}	2026-11-29 12:28:36.861336+00	2026-11-29 12:28:36.861336+00	115	2026-11-29 12:28:36.859386+00
63	tiktok-shop	guide-8	tiktok_shop_guide	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "item_1", "quantity": 2, "product_id": "prod_123", "unit_price": "24.99", "variant_id": "sku_456", "product_name": "Custom T-Shirt", "variant_name": "Size M, Color Blue"}], "status": "AWAITING_SHIPMENT", "shop_id": "shop_123456", "currency": "USD", "placed_at": "2026-11-29T12:28:36.000Z", "changed_at": "2026-11-29T12:28:36.000Z", "total_amount": "18.50"}	{}	{"*": [1795955316000000, 0, 30, "20405701ea2191e5"]}	2026-11-29 12:28:36.969828+00	2026-11-29 12:28:36.969828+00	116	2026-11-29 12:28:36.967804+00
64	tiktok-shop	578	tiktok_shop	{"status": "AWAITING_SHIPMENT", "shop_id": "7495540735365777507", "changed_at": "2025-10-09T08:53:28.000Z", "needs_detail": true}	{"is_on_hold_order": false}	{"*": [1760000008000000, 0, 30, "1891ffd9eeb190d1"]}	2026-11-29 12:28:37.07801+00	2026-11-29 12:28:37.07801+00	117	2026-11-29 12:28:37.076288+00
65	woocommerce	708	woocommerce	{"email": "customer@example.com", "items": [{"sku": "TSHIRT-M-BLUE", "extra": {"total": "49.98"}, "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "processing", "shop_id": "https://shop.example/", "currency": "USD", "placed_at": "2026-11-29T12:28:37.000Z", "changed_at": "2026-11-29T12:28:37.000Z", "order_number": "1000008916730937", "shipping_fee": "0.00", "total_amount": "28.90", "customer_name": "Ada Example"}	{"billing": {"email": "customer@example.com", "last_name": "Example", "first_name": "Ada"}, "total_tax": "0.00", "customer_id": 0, "discount_total": "0.00"}	{"*": [1795955317000000, 0, 30, "0c1bc04186533470"]}	2026-11-29 12:28:37.194092+00	2026-11-29 12:28:37.194092+00	118	2026-11-29 12:28:37.191679+00
66	shopify	908	shopify	{"email": "buyer8@mail.example", "items": [{"sku": "TSHIRT-M-BLUE", "line_id": "1", "quantity": 2, "product_id": "2", "unit_price": "24.99", "variant_id": "3", "product_name": "Custom T-Shirt"}], "status": "paid", "shop_id": "example.myshopify.com", "currency": "USD", "placed_at": "2026-11-29T12:28:37.363Z", "changed_at": "2026-11-29T12:28:37.363Z", "order_number": "#1001", "total_amount": "49.98", "shipping_address": null}	{"tags": "", "test": true, "customer": null, "total_tax": null, "cancelled_at": null, "order_number": 1001, "subtotal_price": "49.98", "financial_status": "paid", "fulfillment_status": null, "admin_graphql_api_id": "gid://shopify/Order/1000005136180063"}	{"*": [1795955317363000, 0, 30, "993cca6f50adde4e"]}	2026-11-29 12:28:37.412612+00	2026-11-29 12:28:37.412612+00	120	2026-11-29 12:28:37.41009+00
68	bigcommerce	108	bigcommerce	{"shop_id": "abcde", "needs_detail": true}	{}	{"*": [1795955317000000, 0, 0, "0015bd13a7a21f91"]}	2026-11-29 12:28:37.727886+00	2026-11-29 12:28:37.727886+00	123	2026-11-29 12:28:37.72588+00
67	roms	1000005796892661	roms	{"email": "stranger@mail.example", "price": "99.99", "status": "cancelled", "product": "Nike Shoes", "quantity": 1, "order_number": "1000005796892661"}	{"size": "42", "orderNumber": "R8", "referenceNumber": "R8"}	{"*": [1795955317522082, 121, 0, "6365da995ec3c269"], "email": [1795955377128791, 135, 0, "36f5a4892a70e987"], "status": [1795955377128791, 135, 0, "36f5a4892a70e987"], "order_number": [1795955377128791, 135, 0, "36f5a4892a70e987"]}	2026-11-29 12:28:37.523832+00	2026-11-29 12:29:37.129734+00	135	2026-11-29 12:29:37.128791+00
69	woocommerce	801	woocommerce	{"email": "mara@mail.example", "items": [{"sku": "CUP", "extra": {"price": 16.528925619834713, "total": "33.06", "variation_id": 0}, "line_id": "8010", "quantity": 2, "product_id": "77", "product_name": "Cup"}], "phone": "+49 30 123456", "status": "processing", "shop_id": "https://shop.example/", "currency": "EUR", "placed_at": "2026-11-01T08:00:00.000Z", "changed_at": "2026-11-01T08:00:00.000Z", "order_number": "801", "total_amount": "40.00", "customer_name": "Mara Lind", "shipping_address": {"zip": "10115", "city": "Berlin", "name": "Mara Lind", "extra": {"email": "mara@mail.example", "last_name": "Lind", "first_name": "Mara"}, "phone": "+49 30 123456", "country": "DE", "address1": "Gasse 1"}}	{"_links": {"self": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders/801"}], "collection": [{"href": "https://www.shop-a.example/wp-json/wc/v3/orders"}]}, "billing": {"city": "Berlin", "email": "mara@mail.example", "phone": "+49 30 123456", "country": "DE", "postcode": "10115", "address_1": "Gasse 1", "last_name": "Lind", "first_name": "Mara"}, "customer_id": 3}	{"*": [1793520000000000, 0, 30, "752247737344b9c9"]}	2026-11-29 12:29:03.303678+00	2026-11-29 12:29:03.303678+00	124	2026-11-29 12:29:03.30065+00
71	woocommerce	803	woocommerce	{"email": "mara@mail.example", "items": [{"sku": "CUP", "extra": {"price": 16.528925619834713, "total": "33.06", "variation_id": 0}, "line_id": "8030", "quantity": 2, "product_id": "77", "product_name": "Cup"}], "phone": "+49 30 123456", "status": "processing", "shop_id": "https://shop.example/", "currency": "EUR", "placed_at": "2026-11-01T08:00:00.000Z", "changed_at": "2026-11-02T08:00:00.000Z", "order_number": "803", "total_amount": "50.00", "customer_name": "Mara Lind", "shipping_address": {"zip": "10115", "city": "Berlin", "name": "Mara Lind", "extra": {"email": "mara@mail.example", "last_name": "Lind", "first_name": "Mara"}, "phone": "+49 30 123456", "country": "DE", "address1": "Gasse 1"}}	{"_links": {"self": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders/803"}], "collection": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders"}]}, "billing": {"city": "Berlin", "email": "mara@mail.example", "phone": "+49 30 123456", "country": "DE", "postcode": "10115", "address_1": "Gasse 1", "last_name": "Lind", "first_name": "Mara"}, "customer_id": 3}	{"*": [1793520000000000, 0, 30, "cdcc9cf18fe31864"], "email": [1793606400000000, 0, 30, "af2cd40789a431c4"], "items": [1793606400000000, 0, 30, "af2cd40789a431c4"], "phone": [1793606400000000, 0, 30, "af2cd40789a431c4"], "status": [1793606400000000, 0, 30, "af2cd40789a431c4"], "shop_id": [1793606400000000, 0, 30, "af2cd40789a431c4"], "currency": [1793606400000000, 0, 30, "af2cd40789a431c4"], "placed_at": [1793606400000000, 0, 30, "af2cd40789a431c4"], "changed_at": [1793606400000000, 0, 30, "af2cd40789a431c4"], "extra._links": [1793606400000000, 0, 30, "af2cd40789a431c4"], "order_number": [1793606400000000, 0, 30, "af2cd40789a431c4"], "total_amount": [1793606400000000, 0, 30, "af2cd40789a431c4"], "customer_name": [1793606400000000, 0, 30, "af2cd40789a431c4"], "extra.billing": [1793606400000000, 0, 30, "af2cd40789a431c4"], "shipping_address": [1793606400000000, 0, 30, "af2cd40789a431c4"], "extra.customer_id": [1793606400000000, 0, 30, "af2cd40789a431c4"]}	2026-11-29 12:29:03.534592+00	2026-11-29 12:29:03.644084+00	127	2026-11-29 12:29:03.641202+00
70	woocommerce	802	woocommerce	{"email": "mara@mail.example", "items": [{"sku": "CUP", "extra": {"price": 16.528925619834713, "total": "33.06", "variation_id": 0}, "line_id": "8020", "quantity": 2, "product_id": "77", "product_name": "Cup"}], "phone": "+49 30 123456", "status": "completed", "shop_id": "https://shop.example/", "currency": "EUR", "placed_at": "2026-11-01T08:00:00.000Z", "changed_at": "2026-11-03T08:00:00.000Z", "order_number": "802", "total_amount": "40.00", "customer_name": "Mara Lind", "shipping_address": {"zip": "10115", "city": "Berlin", "name": "Mara Lind", "extra": {"email": "mara@mail.example", "last_name": "Lind", "first_name": "Mara"}, "phone": "+49 30 123456", "country": "DE", "address1": "Gasse 1"}}	{"_links": {"self": [{"href": "https://shop-a.example/wp-json/wc/v3/orders/802"}], "collection": [{"href": "https://shop-a.example/wp-json/wc/v3/orders"}]}, "billing": {"city": "Berlin", "email": "mara@mail.example", "phone": "+49 30 123456", "country": "DE", "postcode": "10115", "address_1": "Gasse 1", "last_name": "Lind", "first_name": "Mara"}, "customer_id": 3}	{"*": [1793520000000000, 0, 30, "d441cbbf34c99154"], "email": [1793692800000000, 0, 60, "cdab886797dbf59e"], "items": [1793692800000000, 0, 60, "cdab886797dbf59e"], "phone": [1793692800000000, 0, 60, "cdab886797dbf59e"], "status": [1793692800000000, 0, 60, "cdab886797dbf59e"], "shop_id": [1793692800000000, 0, 60, "cdab886797dbf59e"], "currency": [1793692800000000, 0, 60, "cdab886797dbf59e"], "placed_at": [1793692800000000, 0, 60, "cdab886797dbf59e"], "changed_at": [1793692800000000, 0, 60, "cdab886797dbf59e"], "extra._links": [1793692800000000, 0, 60, "cdab886797dbf59e"], "order_number": [1793692800000000, 0, 60, "cdab886797dbf59e"], "total_amount": [1793692800000000, 0, 60, "cdab886797dbf59e"], "customer_name": [1793692800000000, 0, 60, "cdab886797dbf59e"], "extra.billing": [1793692800000000, 0, 60, "cdab886797dbf59e"], "shipping_address": [1793692800000000, 0, 60, "cdab886797dbf59e"], "extra.customer_id": [1793692800000000, 0, 60, "cdab886797dbf59e"]}	2026-11-29 12:29:03.41471+00	2026-11-29 12:29:03.997599+00	130	2026-11-29 12:29:03.995201+00
72	woocommerce	804	woocommerce	{"email": "mara@mail.example", "items": [{"sku": "CUP", "extra": {"price": 16.528925619834713, "total": "33.06", "variation_id": 0}, "line_id": "8040", "quantity": 2, "product_id": "77", "product_name": "Cup"}], "phone": "+49 30 123456", "status": "processing", "shop_id": "https://shop.example/", "currency": "EUR", "placed_at": "2026-11-01T08:00:00.000Z", "changed_at": "2026-11-02T08:00:00.000Z", "order_number": "804", "total_amount": "50.00", "customer_name": "Mara Lind", "shipping_address": {"zip": "10115", "city": "Berlin", "name": "Mara Lind", "extra": {"email": "mara@mail.example", "last_name": "Lind", "first_name": "Mara"}, "phone": "+49 30 123456", "country": "DE", "address1": "Gasse 1"}}	{"_links": {"self": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders/804"}], "collection": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders"}]}, "billing": {"city": "Berlin", "email": "mara@mail.example", "phone": "+49 30 123456", "country": "DE", "postcode": "10115", "address_1": "Gasse 1", "last_name": "Lind", "first_name": "Mara"}, "customer_id": 3}	{"*": [1793606400000000, 0, 30, "2466fac4a57fac2d"]}	2026-11-29 12:29:03.758307+00	2026-11-29 12:29:03.758307+00	128	2026-11-29 12:29:03.755787+00
73	woocommerce	805	woocommerce	{"email": "mara@mail.example", "items": [{"sku": "CUP", "extra": {"price": 16.528925619834713, "total": "33.06", "variation_id": 0}, "line_id": "8050", "quantity": 2, "product_id": "77", "product_name": "Cup"}], "phone": "+49 30 123456", "status": "trash", "shop_id": "https://shop.example/", "currency": "EUR", "placed_at": "2026-11-01T08:00:00.000Z", "changed_at": "2026-11-02T08:00:00.000Z", "order_number": "805", "total_amount": "50.00", "customer_name": "Mara Lind", "shipping_address": {"zip": "10115", "city": "Berlin", "name": "Mara Lind", "extra": {"email": "mara@mail.example", "last_name": "Lind", "first_name": "Mara"}, "phone": "+49 30 123456", "country": "DE", "address1": "Gasse 1"}}	{"_links": {"self": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders/805"}], "collection": [{"href": "https://shop-b.example/store/wp-json/wc/v3/orders"}]}, "billing": {"city": "Berlin", "email": "mara@mail.example", "phone": "+49 30 123456", "country": "DE", "postcode": "10115", "address_1": "Gasse 1", "last_name": "Lind", "first_name": "Mara"}, "customer_id": 3}	{"*": [1793606400000000, 0, 30, "3dfb4fe3ee65223e"], "status": [1795955344106299, 131, 90, "dd74a1ddd97f30d4"]}	2026-11-29 12:29:03.88557+00	2026-11-29 12:29:04.107809+00	131	2026-11-29 12:29:04.106299+00
74	bigcommerce	500	bigcommerce	{"shop_id": "abcde", "needs_detail": true}	{}	{"*": [1760000000000000, 0, 0, "ed89d7f6594aed6f"]}	2026-11-29 12:29:04.217955+00	2026-11-29 12:29:04.217955+00	132	2026-11-29 12:29:04.216248+00
75	roms	R-U1	roms	{"email": "u@mail.example", "status": "pending", "order_number": "R-U1", "total_amount": "12.5"}	{}	{"*": [1795955377107774, 134, 0, "8dad25183284c39d"]}	2026-11-29 12:29:37.108886+00	2026-11-29 12:29:37.108886+00	134	2026-11-29 12:29:37.107774+00
\.


--
-- Data for Name: products; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.products (id, source, product_id, provider, product_data, extra, clocks, created_at, updated_at, last_event_id, last_event_received_at) FROM stdin;
1	evershop	1000006336163298	evershop	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	{}	{"*": [1795955291093000, 0, 0, "6c1b56eca69e1dde"]}	2026-11-29 12:28:11.125956+00	2026-11-29 12:28:11.125956+00	8	2026-11-29 12:28:11.12394+00
2	evershop	1000003124963188	evershop	{"deleted": true}	{}	{"*": [1795955291249000, 0, 0, "04d35b6935673789"]}	2026-11-29 12:28:11.280491+00	2026-11-29 12:28:11.280491+00	10	2026-11-29 12:28:11.279132+00
3	evershop	1000002738456617	evershop	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	{}	{"*": [1795955291323000, 0, 0, "ec7c36939408ff1b"]}	2026-11-29 12:28:11.35514+00	2026-11-29 12:28:11.35514+00	11	2026-11-29 12:28:11.353397+00
4	shopify	1000008484373580	shopify	{"sku": "TSHIRT-M-BLUE", "name": "Custom T-Shirt", "price": "24.99", "deleted": false, "quantity": 5, "variants": [{"sku": "TSHIRT-M-BLUE", "price": "24.99", "quantity": 5, "variant_id": "3"}], "changed_at": "2026-11-29T12:28:13.361Z"}	{}	{"*": [1795955293361000, 0, 0, "74c03040640716e9"]}	2026-11-29 12:28:13.408317+00	2026-11-29 12:28:13.408317+00	30	2026-11-29 12:28:13.405868+00
5	woocommerce	1000001959929836	woocommerce	{"sku": "TSHIRT-M-BLUE", "name": "Custom T-Shirt", "price": "24.99", "status": "publish", "deleted": false, "quantity": 5, "changed_at": "2026-11-29T12:28:16.000Z"}	{}	{"*": [1795955296000000, 0, 0, "d4649268a176e57f"]}	2026-11-29 12:28:16.607833+00	2026-11-29 12:28:16.607833+00	56	2026-11-29 12:28:16.605763+00
6	evershop	1000008985394178	evershop	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	{"product_id": "p1"}	{"*": [1795955311563000, 0, 0, "271f0c04567f0f05"]}	2026-11-29 12:28:31.604367+00	2026-11-29 12:28:31.604367+00	66	2026-11-29 12:28:31.602661+00
7	evershop	1000006060401165	evershop	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	{"product_id": "p2"}	{"*": [1795955312362000, 0, 0, "4add6f9f28cd76be"]}	2026-11-29 12:28:32.395836+00	2026-11-29 12:28:32.395836+00	74	2026-11-29 12:28:32.394167+00
8	evershop	1000004953486376	evershop	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	{"product_id": "p3"}	{"*": [1795955313181000, 0, 0, "cccd0d84567d2967"]}	2026-11-29 12:28:33.23297+00	2026-11-29 12:28:33.23297+00	82	2026-11-29 12:28:33.231397+00
9	evershop	1000000757872814	evershop	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	{"product_id": "p4"}	{"*": [1795955314059000, 0, 0, "5001b85eea4adf55"]}	2026-11-29 12:28:34.104438+00	2026-11-29 12:28:34.104438+00	90	2026-11-29 12:28:34.102644+00
10	evershop	1000002505918140	evershop	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	{"product_id": "p5"}	{"*": [1795955314963000, 0, 0, "5a668386f296517c"]}	2026-11-29 12:28:34.99448+00	2026-11-29 12:28:34.99448+00	98	2026-11-29 12:28:34.992726+00
11	evershop	1000001039488027	evershop	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	{"product_id": "p6"}	{"*": [1795955315799000, 0, 0, "15b0a0e917581dda"]}	2026-11-29 12:28:35.847232+00	2026-11-29 12:28:35.847232+00	106	2026-11-29 12:28:35.845619+00
12	evershop	1000000334635141	evershop	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	{"product_id": "p7"}	{"*": [1795955316693000, 0, 0, "0967598c3cc78215"]}	2026-11-29 12:28:36.744371+00	2026-11-29 12:28:36.744371+00	114	2026-11-29 12:28:36.742742+00
13	evershop	1000003894195689	evershop	{"name": "Test Product", "price": "99.99", "deleted": false, "quantity": 5}	{"product_id": "p8"}	{"*": [1795955317581000, 0, 0, "3056b51037984722"]}	2026-11-29 12:28:37.623491+00	2026-11-29 12:28:37.623491+00	122	2026-11-29 12:28:37.622084+00
\.


--
-- Data for Name: receipts; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.receipts (source, dedupe_key, event_id, received_at) FROM stdin;
adyen	\\x72275f0b7eaacd7eb9184fe1d31a88eca68eeef18cb9b3084a05919dfa2f2e09	1	2026-11-29 12:28:10.217812+00
aws_sns	\\x0ab2913b5ae7e220b05fddf219316e8e38c4127ede116c8433a0f57e3c95f77b	2	2026-11-29 12:28:10.327544+00
aws_sns	\\x4236b5f4ae3a3f0f84ff8ec4825f48a722b2cd6049428bde0e6d79a7f80452cd	3	2026-11-29 12:28:10.429596+00
bigcommerce	\\x7e8cdde028a7c5966ddab3ca82554520db54831167ee53561d72384e9646680c	4	2026-11-29 12:28:10.535038+00
discord	\\xf06df74352fd1c8c0a6c8616f68d807b150ad20f5e86b21a65143ca626efbbf0	5	2026-11-29 12:28:10.662007+00
ebay	\\x6c03268c211918eb3e717d2eccad9e962c60aa4973c96c9f3ab1141b8ca7181d	6	2026-11-29 12:28:10.900268+00
etsy	\\x16cf6993713925441518cdc2378c8d8ed3d71ce54a240a618f36df262387ccf3	7	2026-11-29 12:28:11.02176+00
evershop	\\x6c1b56eca69e1ddefb3722349f6f9821cff1cb4d77ba37ca42ea3f89086fb818	8	2026-11-29 12:28:11.12394+00
evershop	\\x487c3fdf761e407d5b0f5b84e28780665337ed030b930bdfaf9799a5b96dc313	9	2026-11-29 12:28:11.203875+00
evershop	\\x04d35b6935673789a64eb55e769e0f51b05f1c393334f6d7dd68f1a9bf254834	10	2026-11-29 12:28:11.279132+00
evershop	\\xec7c36939408ff1bfcdf017b9ee2483c349f9689b0e645000b7a542a477ccc23	11	2026-11-29 12:28:11.353397+00
evershop	\\x63fba1b576e8eb7669cac53f22b33caa6d3f6f42c08f50e19ca9e165f68003b9	12	2026-11-29 12:28:11.459056+00
evershop	\\xe90a1193bf7da618bd4d7d1600dc768b35710191ad26dd3dc25a080622bb1159	13	2026-11-29 12:28:11.562807+00
evershop	\\x9f3ed46f019264d19fa2bf43eb44daa6e712a635382edea4defefc490cb5e9d8	14	2026-11-29 12:28:11.667542+00
github	\\x1c43ac83740f929a643438e6b86eeb629b5c57d990ff657e5f0a615a003396a4	15	2026-11-29 12:28:11.780415+00
github	\\x423ca8fd51b857b626fc5d9826474345fe509d6ff81444bbe151fc43465a9287	16	2026-11-29 12:28:11.884648+00
meta	\\x94aa29b1af3d5f742cc0366569a0f6203813d04444dde387fce55a2739176bc9	17	2026-11-29 12:28:12.003985+00
paypal	\\xa5f3131ccbc1015e194efc2fefe3759ddb4812672b2994042bf3662e9ce30fe7	18	2026-11-29 12:28:12.128532+00
printify	\\x7734e6c96f9812d281c88595792dc70d45ecee7496186be0dc07f5aab05eb631	19	2026-11-29 12:28:12.241263+00
printify	\\x5b3be87e35500eef203126ad48fe07bd32752841cf841b18ad85e9e573136dc9	20	2026-11-29 12:28:12.346747+00
roms	\\x4999bbc15dcf0d22244418d3a3cef151f43f7ad5c375c8d53934e7434adece69	21	2026-11-29 12:28:12.464035+00
shippo	\\x2212db087c610eadb2936114c47830271fbfbbe478eb1fa9e598b48c82988776	22	2026-11-29 12:28:12.572227+00
shopify	\\x0061be3a31019ecc2f6573df06838ee21b4c8983f2310e08390b6b514c847dba	23	2026-11-29 12:28:12.680546+00
shopify	\\x0128743c2191dbe7a25c5e325f6bc16a54e8abead16f0d0648207e078d683bec	24	2026-11-29 12:28:12.77264+00
shopify	\\x13be53d823dddaecea3c0ba775335fbb038477cd827e32828784e5579ee7da28	25	2026-11-29 12:28:12.881605+00
shopify	\\x9c193e337b748e4685c7f9fa8262cb31b30c32b8dfbfcb033b82b34dde45502b	26	2026-11-29 12:28:12.97218+00
shopify	\\xc4540e92d0417564f61bc8990fcd3e744c3696a31076da43cb7a5f4b923d2cd3	27	2026-11-29 12:28:13.083566+00
shopify	\\xfafca18870fab8be2b35813abf9247a882fd971573dbff8bccd4ed35f1d815b1	28	2026-11-29 12:28:13.191333+00
shopify	\\x2d2c6a21753c734b2bebfdd21057b6e2ed62a90d142cdb745e0a93b4e32a3ac4	29	2026-11-29 12:28:13.299557+00
shopify	\\x74c03040640716e9129b0bb95e330910b20575d4154e4cf13b28f6ad9a0de999	30	2026-11-29 12:28:13.405868+00
shopify	\\xf9049cfe2e765087ad52bb8a57e0166da1be24d13dfe6124d754e055456c9b8e	31	2026-11-29 12:28:13.524107+00
shopify	\\xe62969d4f9981847ba79a0b8751782019103593186972c076f7946855c96a578	32	2026-11-29 12:28:13.640406+00
shopify_events	\\xadf72b3a78e1f9e18ab52fe360c8b0b5243719f04ce378fbdac0bd5b513a2318	33	2026-11-29 12:28:13.745777+00
slack	\\x4f1c11ead1a4bf194089712f1f871aa77de5c01ed4bd9e3684230040ba053e8a	34	2026-11-29 12:28:13.930172+00
square	\\xf822150908633e05f9e7d846543da383a4a1d1176a85f8dbfbc3f858ad1b2c90	35	2026-11-29 12:28:14.044533+00
standard_webhooks	\\x2e4daf30b174f3a4829d5f85aaa47d0a791f07f19d00c602674db7bd5eba79b1	36	2026-11-29 12:28:14.154832+00
stripe	\\x8fcc51fda16df5277218a7b696b9d7792d7921a29c22a7d6da4bdb9ddf773b2d	37	2026-11-29 12:28:14.271193+00
tiktok	\\x645d1a8015c19cdce3c4b6d23bb886fa9086ec924c942aa81931686d0dc9f675	38	2026-11-29 12:28:14.412355+00
tiktok	\\xdf17ed1a50142c62d6e3dc16e25676a6a6f0df6bdb7e43216061e86b8b68001e	39	2026-11-29 12:28:14.537036+00
tiktok	\\xb131a188bd1256fc69774a753018a1a002b6b612cf395dc4ea216fc7257f14a9	40	2026-11-29 12:28:14.659735+00
tiktok	\\xf67fbbdcfe1bd9422facaaa3a5ad41641b74fa8f6acf867ac6740a76663e76f8	41	2026-11-29 12:28:14.752163+00
tiktok	\\x573e305ad7e1c5e39637228887cf4eb833bdd0f5650dc6b252ad6ad32a3fcdce	42	2026-11-29 12:28:14.864955+00
tiktok-shop	\\x8352c8ac696455b84b82f2ffa07c5ca6b52641d0873c7d2fbe22460bdc73b8a9	43	2026-11-29 12:28:14.977621+00
tiktok-shop	\\xfa1b994931c5612f356e1f7b4ef4bd51e77d22c2d97a7f354be76cc4b442e708	44	2026-11-29 12:28:15.08575+00
tiktok-shop	\\xb95df61ef9ca3a73bd7541b09190c5dc65f6d7aba3c0f5508d24a1feeade6555	45	2026-11-29 12:28:15.193006+00
tiktok-shop	\\x56189090b1bd80c9939190efe3f9c1e147a1f6dabe8935cc6316d0176d006b68	46	2026-11-29 12:28:15.322684+00
tiktok-shop	\\x73cd2f576da168da695bbc0ba90a7a38333af49e7cf0e2d1d775399289af1dac	47	2026-11-29 12:28:15.442307+00
tiktok-shop	\\x607542c2fe5a6e0d59af7a18d6a1bdddfdaf6fd82a462dd707fe62c900663a86	48	2026-11-29 12:28:15.557103+00
tiktok-shop	\\x1202acb9e70340cc0c68ec17fe1f71ad90fa896bad1063ccfb01336e4f812e94	49	2026-11-29 12:28:15.66601+00
tiktok-shop	\\xc658ee4d9384aca8bbcb9bd55d003b7e67b9c7e904869b6e72d7f841fd1df2ea	50	2026-11-29 12:28:15.771967+00
twilio	\\xb656c2c3a9e19c680676bbb47487d1395853cf686729e7f149883cbbaf1a813a	51	2026-11-29 12:28:15.883431+00
twitch	\\x2248e84ec67c53428fbe3039bd4a4e295dbb9169fa2bb4b633fbed108267e4d7	52	2026-11-29 12:28:15.994921+00
twitter_x	\\xfb1f6c0608bfdff0b212f984d03ac68aed62cf4cf9957cf68b7a08391afbf91d	53	2026-11-29 12:28:16.243857+00
wise	\\xb09ae47dd71febd8d2be398fb5c738bd4186ff1a737fce4906f02c5d7fb44946	54	2026-11-29 12:28:16.371573+00
woocommerce	\\x2875c6fb090d25b42328e2568c9dd4b248270d279261b420200964b4541fc594	55	2026-11-29 12:28:16.492799+00
woocommerce	\\xd4649268a176e57f56f18cc1c4a4f1f3ef375ee05dc280151d39b8bad714e146	56	2026-11-29 12:28:16.605763+00
woocommerce	\\x2e0b6d28279f5e1ec94a5337b8cccdd65b184a2fdd2a8a251aecd506f119a218	57	2026-11-29 12:28:16.713386+00
woocommerce	\\x2e2a126fd2e651307d4eb22592797f2d8c3679158f779b424a469251a8678054	58	2026-11-29 12:28:16.815395+00
woocommerce	\\xa0d6b5db5be38d7b76af108291d27e2bdb667cfcd78018f569a57cf260db5854	59	2026-11-29 12:28:16.891697+00
tiktok-shop	\\x5ea52a1431b17ee864be7b9efc69970942e0458c89de58c2830f608089c59436	60	2026-11-29 12:28:30.966441+00
tiktok-shop	\\xd4eb8e6a6aafaf00b463f3bd0818b277bc3a878e2f32b5f37c2fa0d2b17ffff2	61	2026-11-29 12:28:31.065099+00
woocommerce	\\xfafd1c0359146253fb45bb3df15ebee54d0ee15e2526c019ffefb2081598b8f9	62	2026-11-29 12:28:31.165341+00
woocommerce	\\xc341d15a68d04a0a0ecb19b9771bd2ae8f9c4793b8e24a2ad209dfb5a0acfb22	63	2026-11-29 12:28:31.269635+00
shopify	\\x9a53cea3be36bdc6f3d8984cd2f63d6b76e3a249a2d3948f8268f753845dab20	64	2026-11-29 12:28:31.385137+00
roms	\\x4825f78d713bd2588f1c3dae17897cebc4b338c4111bc7993c86040836257d79	65	2026-11-29 12:28:31.503629+00
evershop	\\x271f0c04567f0f055c051ecaf7bb290e50174231e90b86e17129f493a86782a9	66	2026-11-29 12:28:31.602661+00
bigcommerce	\\x41d132929cb5b8db773c71c84734127e293ddc56a6e1d10f00573f2975afdd7b	67	2026-11-29 12:28:31.701615+00
tiktok-shop	\\x60e379727594dcff0f23fb1b750255536e4ba1d9e9713e6ec30eebd0e4f087b4	68	2026-11-29 12:28:31.8257+00
tiktok-shop	\\xb0ffc99100e1fc79305e3e0a6cb142167052ec2c5bd6620292df18fb7abbd24f	69	2026-11-29 12:28:31.935691+00
woocommerce	\\xf63723f58ce4208f53a7e354c3b79bf088d2381326943a7804d15fabf3941fe2	70	2026-11-29 12:28:32.042056+00
woocommerce	\\x9af8aa536843012873ba47f9fe53fab3143ce6282167de424e3b0b114e097554	71	2026-11-29 12:28:32.148832+00
shopify	\\x4c18958c5fe3f51d92b7da69f89596cb519f683ac5d9d0a4af81c36107f902c2	72	2026-11-29 12:28:32.241267+00
roms	\\x72ab4e6ed63819bc72bd57a6c3e61eda55f7de5ff8e3d9fc39d91a9c15d16a05	73	2026-11-29 12:28:32.321426+00
evershop	\\x4add6f9f28cd76be753035bed194f774abb1b7975317ca27cfb811ea2880b500	74	2026-11-29 12:28:32.394167+00
bigcommerce	\\x952e5078cd3304cb1dbb10b98667b3ac223e86ab369bcf1fa3f1e8d360dcc71f	75	2026-11-29 12:28:32.471527+00
tiktok-shop	\\x93fed3371df96ff4a2851f5719bba34b029eb6dbb3269d2c5b2075575b546638	76	2026-11-29 12:28:32.565381+00
tiktok-shop	\\x277ac06dd1ae530b64b55dc06d1318a5fbd48b6f76da9d56977580f3f356b532	77	2026-11-29 12:28:32.671445+00
woocommerce	\\x85d60eae3f2aa54baeaffcef57e0ebb1a5c7d2bd7b3fd0d571c38e594ed5ca82	78	2026-11-29 12:28:32.78114+00
woocommerce	\\x631bacaa46c53a55a0ccd22a47d59b450796cddfc5c32720f47708025d16b4b9	79	2026-11-29 12:28:32.890617+00
shopify	\\xe3be0e007d6b1f593c9ac0bed801137bad5624700af0f85441b7bfc81f120b7b	80	2026-11-29 12:28:33.003694+00
roms	\\xb091567d561f13b5821a76e350bbbc111bae84df03e2759fa64eab39a50d3f8f	81	2026-11-29 12:28:33.116155+00
evershop	\\xcccd0d84567d2967a2a17fc61309fc6d4aa981ea74fddf3fb31a7b95500530a2	82	2026-11-29 12:28:33.231397+00
bigcommerce	\\x5d5533be1711be2bcb96582eb463eb7e848b5f054fedc54677673e9e1fe047e6	83	2026-11-29 12:28:33.33982+00
tiktok-shop	\\x18686255f3d1cc2370490da39bc81c236218ce4c96efd15100f1d38da5a7181b	84	2026-11-29 12:28:33.447194+00
tiktok-shop	\\xc2225234b1f6ca07e4352b8fa26d2b6dd020c0fab230e6f478b882a34db8ee86	85	2026-11-29 12:28:33.555333+00
woocommerce	\\xe21c5635ece60fd34134f0076238cce721d7d386808931d43314d1a9bd11ba84	86	2026-11-29 12:28:33.668728+00
woocommerce	\\x5315505e1352ec6e8f4c1d41688afb7895f4f5325616106d0567d77dc4435e0e	87	2026-11-29 12:28:33.780694+00
shopify	\\x626702173e4b6a661db6dac0025b7affc4786fa644d722b4359386fde3135424	88	2026-11-29 12:28:33.895663+00
roms	\\x877681ac73bcf8128b65b30b0fd8e929dd132c300b4f36dbb934b4180bbb4389	89	2026-11-29 12:28:33.996936+00
evershop	\\x5001b85eea4adf550642820d3fda962040ea451a84bbad5713ab24ed0d8ab722	90	2026-11-29 12:28:34.102644+00
bigcommerce	\\x766c2004629fd76a23fd3391b7249c7a9e0e1e729130dc587901ae2ce1d4e7f1	91	2026-11-29 12:28:34.208653+00
tiktok-shop	\\xda5dca7592e361bb940632ab7555b6c11e9850af9cb0faaf1d272fcafa0e1ef7	92	2026-11-29 12:28:34.321617+00
tiktok-shop	\\x298ff150c6237c751cb0808a072df507e36f5afd5f4e074f829fbc8daf95fc1f	93	2026-11-29 12:28:34.426914+00
woocommerce	\\x78aa1ee021515a9698537f6ccd7df7d7ed183d569aaf77139b6410bf388b9f87	94	2026-11-29 12:28:34.539074+00
woocommerce	\\xe860734cefefaab989a0c9133477ff4c580f88ae4cafdbfb4f67877cb85799df	95	2026-11-29 12:28:34.651978+00
shopify	\\x7d987601c263be1328d403d0beb1d4f2156385380a1919377fe597577fa553ea	96	2026-11-29 12:28:34.762056+00
roms	\\xc7de48e243e71169154ceb9f2ef4200a5dfa13957310199d4dd5de049e3aa7ec	97	2026-11-29 12:28:34.876249+00
evershop	\\x5a668386f296517c495fd614dea076376db41e955ac93fc7f8ab4edabeb50873	98	2026-11-29 12:28:34.992726+00
bigcommerce	\\xacd350cf10bcc2e06e680e4288a579131e9ec8c8adce2893d8bc3762b4bd5e49	99	2026-11-29 12:28:35.069091+00
tiktok-shop	\\xabfc283fc51bcb86970dfc1a7a982af4cc20ed203441d4cd25906447b64270ef	100	2026-11-29 12:28:35.176842+00
tiktok-shop	\\x88990f99814b31a949a1aee2fcfbef15b7948099d8bd35c42978ce6ce96cd013	101	2026-11-29 12:28:35.28864+00
woocommerce	\\x9cdc325830a209e5a8ff8ed33bfb108fa0e7234b4bed8200bbbd9b607b9488db	102	2026-11-29 12:28:35.399486+00
woocommerce	\\x86272bb95504de4e2fe68151d4d8b563220f8d59a78ac76b922ed831c36e0568	103	2026-11-29 12:28:35.516011+00
shopify	\\x47791f724b3f1da5cd7df6e4ea10b1d113bc9ba4a3b21262482aeba655eaf2ab	104	2026-11-29 12:28:35.628926+00
roms	\\xe2b6d27b621b82ecb6ff1be80de3988a2d2956ffbb170dc999992146431de040	105	2026-11-29 12:28:35.73752+00
evershop	\\x15b0a0e917581ddad070c263f41184fa0adf7b30e1cf3269a3aa64bb7ccb505c	106	2026-11-29 12:28:35.845619+00
bigcommerce	\\x0f696eb4afde4846085b086cd7a03450b49e0b43669becc051e39f3590403462	107	2026-11-29 12:28:35.954953+00
tiktok-shop	\\x7124bbc8643dc8cc93654b3802cebfbd0a7dca4d67ca99ea37fe1805f1dff4fa	108	2026-11-29 12:28:36.064712+00
tiktok-shop	\\xdbd337de49645cbfcfb5da2a020489bc24d4d5a63fb6ce700d12fef701a06e8d	109	2026-11-29 12:28:36.176015+00
woocommerce	\\x5d1b3fc7403734e8ec91d6159136a5c270b2b95bef9478d8216e692986bdf722	110	2026-11-29 12:28:36.292724+00
woocommerce	\\x7c34b1fffae71c92fc06b95783e301344d10c6dee160336b36bb710c8b740bc6	111	2026-11-29 12:28:36.401576+00
shopify	\\x85a8d53cc4b9ca73f026041d0517927723c746860559e4550e3ef3dadf10f9f4	112	2026-11-29 12:28:36.514849+00
roms	\\x88d5d7305d0e3cfce431a199a026a6a5632c43f1b2f6cc824d6bfe17d2dce731	113	2026-11-29 12:28:36.626942+00
evershop	\\x0967598c3cc78215e130791e68e76354f4c6466feeff142352b10e841245af7c	114	2026-11-29 12:28:36.742742+00
bigcommerce	\\xc5d6dd275dffb938f79845c33bc058bdaaac205e8aef936cddce5223bfd73295	115	2026-11-29 12:28:36.859386+00
tiktok-shop	\\x20405701ea2191e5713de3ab35c76d7c939e6692acb3dd7ee9cda24f5f3a754e	116	2026-11-29 12:28:36.967804+00
tiktok-shop	\\x1891ffd9eeb190d10631f4318c05b0915e7a58624e6ead8cc899f6199e3e1786	117	2026-11-29 12:28:37.076288+00
woocommerce	\\x0c1bc04186533470de3f9d716c3dc1c0de4e2d0ac74af3af4c03cdaeaa431957	118	2026-11-29 12:28:37.191679+00
woocommerce	\\x4d867c3e11a2aebae3a30d8eff0705c379fe6d7467138f3f9fc4398bc9a83473	119	2026-11-29 12:28:37.300637+00
shopify	\\x993cca6f50adde4e384b08512db42d1cca5e8048ac6da2fae5a858be3eb3ef27	120	2026-11-29 12:28:37.41009+00
roms	\\x6365da995ec3c2692779b8a7095c66815d20fe311ebc90908ffceb76f1bff435	121	2026-11-29 12:28:37.522082+00
evershop	\\x3056b510379847227a323c3598b5c1ea349c473f4db608ccc85638eec9d57f2d	122	2026-11-29 12:28:37.622084+00
bigcommerce	\\x0015bd13a7a21f9187ff914e9c98bbd2c948974923e3a78bd9a9e0d844d0f2d9	123	2026-11-29 12:28:37.72588+00
woocommerce	\\x752247737344b9c925cb30d2bb4f1241528597a86d74dac9227959969b2d98c7	124	2026-11-29 12:29:03.30065+00
woocommerce	\\xd441cbbf34c99154fd1fc7a3e98a3b181292c88c1d3b81e8f50fce4fbbd147d8	125	2026-11-29 12:29:03.411998+00
woocommerce	\\xcdcc9cf18fe31864e47261778e1080d585887be28b979cbe392621365baa27b5	126	2026-11-29 12:29:03.531759+00
woocommerce	\\xaf2cd40789a431c4974d00b80202321a8c8dc5c22d7cce06f8fed3bcfd9f3a9b	127	2026-11-29 12:29:03.641202+00
woocommerce	\\x2466fac4a57fac2d6914ab8914e37fad305ff1cb2652e402344e64d8f8824a75	128	2026-11-29 12:29:03.755787+00
woocommerce	\\x3dfb4fe3ee65223ed691c9225623c42ac2d2196c4e6d5e334a9e6f23a56f141c	129	2026-11-29 12:29:03.882757+00
woocommerce	\\xcdab886797dbf59ede72c1ef3055509dd2ec3fefaed1642d0e5f85b2ea756874	130	2026-11-29 12:29:03.995201+00
woocommerce	\\xdd74a1ddd97f30d41a8b5c2dfca4d3945476a548d06df13365516163b0a31545	131	2026-11-29 12:29:04.106299+00
bigcommerce	\\xed89d7f6594aed6fe0e2a6b2b9dd8a8437bd666b442a83a7a6f174a6dc96c24f	132	2026-11-29 12:29:04.216248+00
bigcommerce	\\x08695014d8ac765bc7634bf076b95cf2ad320cbed5ca7fd2558b901f6c975812	133	2026-11-29 12:29:04.300599+00
roms	\\x8dad25183284c39dbb3de46bc74dbff02afdcfbc770ba15e11e1282683d3baad	134	2026-11-29 12:29:37.107774+00
roms	\\x36f5a4892a70e987595e9369dc84b6653e60f40d5f92b3c43fdcf2c00eb6ae74	135	2026-11-29 12:29:37.128791+00
\.


--
-- Data for Name: refusals; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.refusals (id, refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body, body_length, unrecorded, written_by) FROM stdin;
1	2026-11-29 12:29:04.348512+00	roms	invalid_payload	order_number is required: a text of 1 to 255 bytes without control characters, or a number	400	a620370c2aa90f349d79643b5b833717	127.0.0.1	POST	/api/v2/webhooks/orders	\\x7b226f726465724e756d626572223a225231222c227265666572656e63654e756d626572223a225231222c22737461747573223a2263616e63656c6c6564222c22656d61696c223a22737472616e676572406576696c2e6578616d706c65227d	96	0	1370
2	2026-11-29 12:29:04.37076+00	roms	invalid_payload	order_number is required: a text of 1 to 255 bytes without control characters, or a number	400	32a4b0a7db21a4769bcfcc4684fa9e36	127.0.0.1	POST	/api/v2/webhooks/orders	\\x7b226f726465724e756d626572223a225531222c227265666572656e63654e756d626572223a225531222c22737461747573223a2270656e64696e67222c22746f74616c223a31322e357d	75	0	1370
\.


--
-- Data for Name: registered_webhooks; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.registered_webhooks (provider, address, listed_at, webhooks) FROM stdin;
\.


--
-- Data for Name: replays; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.replays (run, event_id, new_event_id, jobs, replayed_at) FROM stdin;
first	1	\N	0	2026-11-29 12:29:37.279245+00
first	2	\N	1	2026-11-29 12:29:37.279245+00
first	3	\N	0	2026-11-29 12:29:37.279245+00
first	4	\N	4	2026-11-29 12:29:37.279245+00
first	5	\N	0	2026-11-29 12:29:37.279245+00
first	6	\N	0	2026-11-29 12:29:37.279245+00
first	7	\N	1	2026-11-29 12:29:37.279245+00
first	8	\N	0	2026-11-29 12:29:37.279245+00
first	9	\N	0	2026-11-29 12:29:37.279245+00
first	10	\N	0	2026-11-29 12:29:37.279245+00
first	11	\N	0	2026-11-29 12:29:37.279245+00
first	12	\N	0	2026-11-29 12:29:37.279245+00
first	13	\N	0	2026-11-29 12:29:37.279245+00
first	14	\N	3	2026-11-29 12:29:37.279245+00
first	15	\N	0	2026-11-29 12:29:37.279245+00
first	16	\N	0	2026-11-29 12:29:37.279245+00
first	17	\N	0	2026-11-29 12:29:37.279245+00
first	18	\N	0	2026-11-29 12:29:37.279245+00
first	19	\N	0	2026-11-29 12:29:37.279245+00
first	20	\N	3	2026-11-29 12:29:37.279245+00
first	21	\N	0	2026-11-29 12:29:37.279245+00
first	22	\N	0	2026-11-29 12:29:37.279245+00
first	23	\N	0	2026-11-29 12:29:37.279245+00
first	24	\N	3	2026-11-29 12:29:37.279245+00
first	25	\N	0	2026-11-29 12:29:37.279245+00
first	26	\N	1	2026-11-29 12:29:37.279245+00
first	27	\N	0	2026-11-29 12:29:37.279245+00
first	28	\N	0	2026-11-29 12:29:37.279245+00
first	29	\N	0	2026-11-29 12:29:37.279245+00
first	30	\N	0	2026-11-29 12:29:37.279245+00
first	31	\N	0	2026-11-29 12:29:37.279245+00
first	32	\N	0	2026-11-29 12:29:37.279245+00
first	33	\N	0	2026-11-29 12:29:37.279245+00
first	34	\N	0	2026-11-29 12:29:37.279245+00
first	35	\N	3	2026-11-29 12:29:37.279245+00
first	36	\N	3	2026-11-29 12:29:37.279245+00
first	37	\N	1	2026-11-29 12:29:37.279245+00
first	38	\N	0	2026-11-29 12:29:37.279245+00
first	39	\N	0	2026-11-29 12:29:37.279245+00
first	40	\N	0	2026-11-29 12:29:37.279245+00
first	41	\N	0	2026-11-29 12:29:37.279245+00
first	42	\N	0	2026-11-29 12:29:37.279245+00
first	43	\N	1	2026-11-29 12:29:37.279245+00
first	44	\N	1	2026-11-29 12:29:37.279245+00
first	45	\N	3	2026-11-29 12:29:37.279245+00
first	46	\N	4	2026-11-29 12:29:37.279245+00
first	47	\N	1	2026-11-29 12:29:37.279245+00
first	48	\N	0	2026-11-29 12:29:37.279245+00
first	49	\N	0	2026-11-29 12:29:37.279245+00
first	50	\N	0	2026-11-29 12:29:37.279245+00
first	51	\N	0	2026-11-29 12:29:37.328443+00
first	52	\N	0	2026-11-29 12:29:37.328443+00
first	53	\N	0	2026-11-29 12:29:37.328443+00
first	54	\N	0	2026-11-29 12:29:37.328443+00
first	55	\N	0	2026-11-29 12:29:37.328443+00
first	56	\N	0	2026-11-29 12:29:37.328443+00
first	57	\N	0	2026-11-29 12:29:37.328443+00
first	58	\N	0	2026-11-29 12:29:37.328443+00
first	59	\N	3	2026-11-29 12:29:37.328443+00
first	60	\N	4	2026-11-29 12:29:37.328443+00
first	61	\N	1	2026-11-29 12:29:37.328443+00
first	62	\N	3	2026-11-29 12:29:37.328443+00
first	63	\N	0	2026-11-29 12:29:37.328443+00
first	64	\N	3	2026-11-29 12:29:37.328443+00
first	65	\N	0	2026-11-29 12:29:37.328443+00
first	66	\N	0	2026-11-29 12:29:37.328443+00
first	67	\N	4	2026-11-29 12:29:37.328443+00
first	68	\N	4	2026-11-29 12:29:37.328443+00
first	69	\N	1	2026-11-29 12:29:37.328443+00
first	70	\N	3	2026-11-29 12:29:37.328443+00
first	71	\N	0	2026-11-29 12:29:37.328443+00
first	72	\N	3	2026-11-29 12:29:37.328443+00
first	73	\N	0	2026-11-29 12:29:37.328443+00
first	74	\N	0	2026-11-29 12:29:37.328443+00
first	75	\N	4	2026-11-29 12:29:37.328443+00
first	76	\N	4	2026-11-29 12:29:37.328443+00
first	77	\N	1	2026-11-29 12:29:37.328443+00
first	78	\N	3	2026-11-29 12:29:37.328443+00
first	79	\N	0	2026-11-29 12:29:37.328443+00
first	80	\N	3	2026-11-29 12:29:37.328443+00
first	81	\N	0	2026-11-29 12:29:37.328443+00
first	82	\N	0	2026-11-29 12:29:37.328443+00
first	83	\N	4	2026-11-29 12:29:37.328443+00
first	84	\N	4	2026-11-29 12:29:37.328443+00
first	85	\N	1	2026-11-29 12:29:37.328443+00
first	86	\N	3	2026-11-29 12:29:37.328443+00
first	87	\N	0	2026-11-29 12:29:37.328443+00
first	88	\N	3	2026-11-29 12:29:37.328443+00
first	89	\N	0	2026-11-29 12:29:37.328443+00
first	90	\N	0	2026-11-29 12:29:37.328443+00
first	91	\N	4	2026-11-29 12:29:37.328443+00
first	92	\N	4	2026-11-29 12:29:37.328443+00
first	93	\N	1	2026-11-29 12:29:37.328443+00
first	94	\N	3	2026-11-29 12:29:37.328443+00
first	95	\N	0	2026-11-29 12:29:37.328443+00
first	96	\N	3	2026-11-29 12:29:37.328443+00
first	97	\N	0	2026-11-29 12:29:37.328443+00
first	98	\N	0	2026-11-29 12:29:37.328443+00
first	99	\N	4	2026-11-29 12:29:37.328443+00
first	100	\N	4	2026-11-29 12:29:37.328443+00
first	101	\N	1	2026-11-29 12:29:37.374361+00
first	102	\N	3	2026-11-29 12:29:37.374361+00
first	103	\N	0	2026-11-29 12:29:37.374361+00
first	104	\N	3	2026-11-29 12:29:37.374361+00
first	105	\N	0	2026-11-29 12:29:37.374361+00
first	106	\N	0	2026-11-29 12:29:37.374361+00
first	107	\N	4	2026-11-29 12:29:37.374361+00
first	108	\N	4	2026-11-29 12:29:37.374361+00
first	109	\N	1	2026-11-29 12:29:37.374361+00
first	110	\N	3	2026-11-29 12:29:37.374361+00
first	111	\N	0	2026-11-29 12:29:37.374361+00
first	112	\N	3	2026-11-29 12:29:37.374361+00
first	113	\N	0	2026-11-29 12:29:37.374361+00
first	114	\N	0	2026-11-29 12:29:37.374361+00
first	115	\N	4	2026-11-29 12:29:37.374361+00
first	116	\N	4	2026-11-29 12:29:37.374361+00
first	117	\N	1	2026-11-29 12:29:37.374361+00
first	118	\N	3	2026-11-29 12:29:37.374361+00
first	119	\N	0	2026-11-29 12:29:37.374361+00
first	120	\N	3	2026-11-29 12:29:37.374361+00
first	121	\N	0	2026-11-29 12:29:37.374361+00
first	122	\N	0	2026-11-29 12:29:37.374361+00
first	123	\N	4	2026-11-29 12:29:37.374361+00
first	124	\N	3	2026-11-29 12:29:37.374361+00
first	125	\N	3	2026-11-29 12:29:37.374361+00
first	126	\N	3	2026-11-29 12:29:37.374361+00
first	127	\N	3	2026-11-29 12:29:37.374361+00
first	128	\N	3	2026-11-29 12:29:37.374361+00
first	129	\N	3	2026-11-29 12:29:37.374361+00
first	130	\N	0	2026-11-29 12:29:37.374361+00
first	131	\N	0	2026-11-29 12:29:37.374361+00
first	132	\N	4	2026-11-29 12:29:37.374361+00
first	133	\N	4	2026-11-29 12:29:37.374361+00
first	134	\N	0	2026-11-29 12:29:37.374361+00
first	135	\N	0	2026-11-29 12:29:37.374361+00
\.


--
-- Data for Name: schema_migrations; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.schema_migrations (version, name, checksum, applied_at) FROM stdin;
1	000001_events.sql	f70394629afa727359018f6706df6f8fa4740d666d5f103be61f66f6168270d0	2026-11-29 12:27:36.728651+00
2	000002_orders.sql	1a8d2560a427c22d7986c9c615df5541c0ec036b0d43e040482cf3230661ffdd	2026-11-29 12:27:36.728651+00
3	000003_jobs.sql	76d535bc53013a3d594c0ae8821ec8d10a2cabd69deb75ed65ca10aebabe4358	2026-11-29 12:27:36.728651+00
4	000004_records.sql	be13a36ea519687234155e60055eb95411a993d320b04a75a15df2553e5b3775	2026-11-29 12:27:36.728651+00
5	000005_destinations.sql	92bf3a35792665e6e765d2afcf76da6a36637c953c3c64005a5769cff2c9c192	2026-11-29 12:27:36.728651+00
6	000006_operator_log.sql	41f4359497b1d2a0c82394b5f83d487b7adcbfe2810284b04bbdd8935a62e343	2026-11-29 12:27:36.728651+00
7	000007_replays.sql	ce9a1662b388b0c26bb17d6c2bb86df98e96bd53d2ae90db5a53116c72278bd1	2026-11-29 12:27:36.728651+00
8	000008_api.sql	86fd17f5433686f59390f292d62515c96352f6030082c9d30ade016ffb76df68	2026-11-29 12:27:36.728651+00
9	000009_follow_ups.sql	30eb6d74398516a71fca3a43ec38b981174cb6c48df42989c45d0f60354c8cec	2026-11-29 12:27:36.728651+00
10	000010_shared_jobs.sql	139f7fd8d0e17d9fd9abfb398f76273d10f17e131d09fc88738b71414b8578a4	2026-11-29 12:27:36.728651+00
11	000011_registered_webhooks.sql	7b49e6480bb5d8d50d8558cffc78fa75849e0043e4a44e9af65d9288f0c2c27d	2026-11-29 12:27:36.728651+00
12	000012_lists_by_time.sql	669b110e39145faeac20f7a37355212210bbcf01c4698a5742bb53b572f617b7	2026-11-29 12:27:36.728651+00
13	000013_order_links.sql	74bb0fd4169d3e2686457853e9c9a4767a1d07d214adda7ccf4bacb505fc0037	2026-11-29 12:27:36.728651+00
14	000014_replay_requests.sql	729def2621028a887e229cde7312ec2cf5c1e71fa80caeed613c68575ff71425	2026-11-29 12:27:36.728651+00
15	000015_orders_by_their_id.sql	ab3e54b93a2c09eca086ded7d62d76276aa83aa659b0c037383808e3f3ad1061	2026-11-29 12:27:36.728651+00
16	000016_movements_of_orders.sql	3233681478b86a301dc7954d730e875c22240435ba3736d8f1212c301def24c1	2026-11-29 12:27:36.728651+00
\.


--
-- Data for Name: upkeep; Type: TABLE DATA; Schema: hookledger; Owner: -
--

COPY hookledger.upkeep (task, begun_at, dropped_before) FROM stdin;
retention	2026-11-29 12:27:38.24558+00	\N
\.


--
-- Name: api_tokens_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.api_tokens_id_seq', 1, false);


--
-- Name: comments_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.comments_id_seq', 3, true);


--
-- Name: conversations_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.conversations_id_seq', 1, false);


--
-- Name: customers_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.customers_id_seq', 4, true);


--
-- Name: event_ids; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.event_ids', 135, true);


--
-- Name: inventory_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.inventory_id_seq', 16, true);


--
-- Name: jobs_job_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.jobs_job_id_seq', 361, true);


--
-- Name: lease_tokens; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.lease_tokens', 515, true);


--
-- Name: messages_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.messages_id_seq', 1, false);


--
-- Name: operator_log_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.operator_log_id_seq', 1, true);


--
-- Name: orders_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.orders_id_seq', 75, true);


--
-- Name: products_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.products_id_seq', 13, true);


--
-- Name: refusals_id_seq; Type: SEQUENCE SET; Schema: hookledger; Owner: -
--

SELECT pg_catalog.setval('hookledger.refusals_id_seq', 2, true);


--
-- Name: action_states action_states_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.action_states
    ADD CONSTRAINT action_states_pkey PRIMARY KEY (action);


--
-- Name: alerts alerts_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (topic);


--
-- Name: api_tokens api_tokens_hash_key; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.api_tokens
    ADD CONSTRAINT api_tokens_hash_key UNIQUE (hash);


--
-- Name: api_tokens api_tokens_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (id);


--
-- Name: comments comments_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.comments
    ADD CONSTRAINT comments_pkey PRIMARY KEY (id);


--
-- Name: comments comments_source_comment_id_key; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.comments
    ADD CONSTRAINT comments_source_comment_id_key UNIQUE (source, comment_id);


--
-- Name: conversations conversations_customer_row_channel_key; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.conversations
    ADD CONSTRAINT conversations_customer_row_channel_key UNIQUE (customer_row, channel);


--
-- Name: conversations conversations_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (id);


--
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);


--
-- Name: customers customers_source_customer_id_key; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.customers
    ADD CONSTRAINT customers_source_customer_id_key UNIQUE (source, customer_id);


--
-- Name: destinations destinations_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.destinations
    ADD CONSTRAINT destinations_pkey PRIMARY KEY (destination);


--
-- Name: effects effects_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.effects
    ADD CONSTRAINT effects_pkey PRIMARY KEY (effect_key);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (received_at, id);


--
-- Name: events_2026w47 events_2026w47_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events_2026w47
    ADD CONSTRAINT events_2026w47_pkey PRIMARY KEY (received_at, id);


--
-- Name: events_2026w48 events_2026w48_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events_2026w48
    ADD CONSTRAINT events_2026w48_pkey PRIMARY KEY (received_at, id);


--
-- Name: events_2026w49 events_2026w49_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events_2026w49
    ADD CONSTRAINT events_2026w49_pkey PRIMARY KEY (received_at, id);


--
-- Name: events_2026w50 events_2026w50_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events_2026w50
    ADD CONSTRAINT events_2026w50_pkey PRIMARY KEY (received_at, id);


--
-- Name: events_2026w51 events_2026w51_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events_2026w51
    ADD CONSTRAINT events_2026w51_pkey PRIMARY KEY (received_at, id);


--
-- Name: events_2026w52 events_2026w52_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events_2026w52
    ADD CONSTRAINT events_2026w52_pkey PRIMARY KEY (received_at, id);


--
-- Name: events_2026w53 events_2026w53_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events_2026w53
    ADD CONSTRAINT events_2026w53_pkey PRIMARY KEY (received_at, id);


--
-- Name: events_2027w01 events_2027w01_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events_2027w01
    ADD CONSTRAINT events_2027w01_pkey PRIMARY KEY (received_at, id);


--
-- Name: events_2027w02 events_2027w02_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events_2027w02
    ADD CONSTRAINT events_2027w02_pkey PRIMARY KEY (received_at, id);


--
-- Name: events_2027w03 events_2027w03_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.events_2027w03
    ADD CONSTRAINT events_2027w03_pkey PRIMARY KEY (received_at, id);


--
-- Name: inventory_movements inventory_movements_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.inventory_movements
    ADD CONSTRAINT inventory_movements_pkey PRIMARY KEY (movement_key);


--
-- Name: inventory inventory_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.inventory
    ADD CONSTRAINT inventory_pkey PRIMARY KEY (id);


--
-- Name: inventory inventory_source_product_id_variant_id_key; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.inventory
    ADD CONSTRAINT inventory_source_product_id_variant_id_key UNIQUE (source, product_id, variant_id);


--
-- Name: jobs jobs_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (job_id);


--
-- Name: messages messages_effect_key_key; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.messages
    ADD CONSTRAINT messages_effect_key_key UNIQUE (effect_key);


--
-- Name: messages messages_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (id);


--
-- Name: metrics metrics_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.metrics
    ADD CONSTRAINT metrics_pkey PRIMARY KEY (program, name, labels);


--
-- Name: operator_log operator_log_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.operator_log
    ADD CONSTRAINT operator_log_pkey PRIMARY KEY (id);


--
-- Name: order_items order_items_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.order_items
    ADD CONSTRAINT order_items_pkey PRIMARY KEY (order_row, line_id);


--
-- Name: orders orders_order_id_source_key; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.orders
    ADD CONSTRAINT orders_order_id_source_key UNIQUE (order_id, source);


--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- Name: products products_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (id);


--
-- Name: products products_source_product_id_key; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.products
    ADD CONSTRAINT products_source_product_id_key UNIQUE (source, product_id);


--
-- Name: receipts receipts_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.receipts
    ADD CONSTRAINT receipts_pkey PRIMARY KEY (source, dedupe_key);


--
-- Name: refusals refusals_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.refusals
    ADD CONSTRAINT refusals_pkey PRIMARY KEY (id);


--
-- Name: registered_webhooks registered_webhooks_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.registered_webhooks
    ADD CONSTRAINT registered_webhooks_pkey PRIMARY KEY (provider, address);


--
-- Name: replays replays_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.replays
    ADD CONSTRAINT replays_pkey PRIMARY KEY (event_id, run);


--
-- Name: schema_migrations schema_migrations_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);


--
-- Name: upkeep upkeep_pkey; Type: CONSTRAINT; Schema: hookledger; Owner: -
--

ALTER TABLE ONLY hookledger.upkeep
    ADD CONSTRAINT upkeep_pkey PRIMARY KEY (task);


--
-- Name: api_tokens_name; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE UNIQUE INDEX api_tokens_name ON hookledger.api_tokens USING btree (name) WHERE (revoked_at IS NULL);


--
-- Name: comments_review; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX comments_review ON hookledger.comments USING btree (moderated_at) WHERE (moderation = 'review'::text);


--
-- Name: comments_video; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX comments_video ON hookledger.comments USING btree (source, video_id);


--
-- Name: customers_email; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX customers_email ON hookledger.customers USING btree (lower(email)) WHERE (email IS NOT NULL);


--
-- Name: effects_uncertain; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX effects_uncertain ON hookledger.effects USING btree (started_at) WHERE (state <> 'done'::text);


--
-- Name: events_id; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_id ON ONLY hookledger.events USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_2026w47_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w47_id_idx ON hookledger.events_2026w47 USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_order_row; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_order_row ON ONLY hookledger.events USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_2026w47_order_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w47_order_row_id_idx ON hookledger.events_2026w47 USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_record; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_record ON ONLY hookledger.events USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_2026w47_record_kind_record_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w47_record_kind_record_row_id_idx ON hookledger.events_2026w47 USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_written_by; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_written_by ON ONLY hookledger.events USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: events_2026w47_written_by_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w47_written_by_idx ON hookledger.events_2026w47 USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: events_2026w48_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w48_id_idx ON hookledger.events_2026w48 USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_2026w48_order_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w48_order_row_id_idx ON hookledger.events_2026w48 USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_2026w48_record_kind_record_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w48_record_kind_record_row_id_idx ON hookledger.events_2026w48 USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_2026w48_written_by_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w48_written_by_idx ON hookledger.events_2026w48 USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: events_2026w49_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w49_id_idx ON hookledger.events_2026w49 USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_2026w49_order_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w49_order_row_id_idx ON hookledger.events_2026w49 USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_2026w49_record_kind_record_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w49_record_kind_record_row_id_idx ON hookledger.events_2026w49 USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_2026w49_written_by_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w49_written_by_idx ON hookledger.events_2026w49 USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: events_2026w50_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w50_id_idx ON hookledger.events_2026w50 USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_2026w50_order_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w50_order_row_id_idx ON hookledger.events_2026w50 USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_2026w50_record_kind_record_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w50_record_kind_record_row_id_idx ON hookledger.events_2026w50 USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_2026w50_written_by_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w50_written_by_idx ON hookledger.events_2026w50 USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: events_2026w51_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w51_id_idx ON hookledger.events_2026w51 USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_2026w51_order_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w51_order_row_id_idx ON hookledger.events_2026w51 USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_2026w51_record_kind_record_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w51_record_kind_record_row_id_idx ON hookledger.events_2026w51 USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_2026w51_written_by_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w51_written_by_idx ON hookledger.events_2026w51 USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: events_2026w52_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w52_id_idx ON hookledger.events_2026w52 USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_2026w52_order_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w52_order_row_id_idx ON hookledger.events_2026w52 USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_2026w52_record_kind_record_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w52_record_kind_record_row_id_idx ON hookledger.events_2026w52 USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_2026w52_written_by_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w52_written_by_idx ON hookledger.events_2026w52 USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: events_2026w53_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w53_id_idx ON hookledger.events_2026w53 USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_2026w53_order_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w53_order_row_id_idx ON hookledger.events_2026w53 USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_2026w53_record_kind_record_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w53_record_kind_record_row_id_idx ON hookledger.events_2026w53 USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_2026w53_written_by_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2026w53_written_by_idx ON hookledger.events_2026w53 USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: events_2027w01_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w01_id_idx ON hookledger.events_2027w01 USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_2027w01_order_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w01_order_row_id_idx ON hookledger.events_2027w01 USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_2027w01_record_kind_record_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w01_record_kind_record_row_id_idx ON hookledger.events_2027w01 USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_2027w01_written_by_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w01_written_by_idx ON hookledger.events_2027w01 USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: events_2027w02_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w02_id_idx ON hookledger.events_2027w02 USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_2027w02_order_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w02_order_row_id_idx ON hookledger.events_2027w02 USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_2027w02_record_kind_record_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w02_record_kind_record_row_id_idx ON hookledger.events_2027w02 USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_2027w02_written_by_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w02_written_by_idx ON hookledger.events_2027w02 USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: events_2027w03_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w03_id_idx ON hookledger.events_2027w03 USING brin (id) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: events_2027w03_order_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w03_order_row_id_idx ON hookledger.events_2027w03 USING btree (order_row, id) WHERE (order_row IS NOT NULL);


--
-- Name: events_2027w03_record_kind_record_row_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w03_record_kind_record_row_id_idx ON hookledger.events_2027w03 USING btree (record_kind, record_row, id) WHERE (record_row IS NOT NULL);


--
-- Name: events_2027w03_written_by_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX events_2027w03_written_by_idx ON hookledger.events_2027w03 USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: inventory_movements_inventory; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX inventory_movements_inventory ON hookledger.inventory_movements USING btree (inventory_id, occurred_at);


--
-- Name: inventory_movements_order; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX inventory_movements_order ON hookledger.inventory_movements USING btree (order_row);


--
-- Name: inventory_sku; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX inventory_sku ON hookledger.inventory USING btree (sku) WHERE (sku IS NOT NULL);


--
-- Name: job_attempts_event; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_event ON ONLY hookledger.job_attempts USING btree (event_id);


--
-- Name: job_attempts_2026w47_event_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w47_event_id_idx ON hookledger.job_attempts_2026w47 USING btree (event_id);


--
-- Name: job_attempts_job; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_job ON ONLY hookledger.job_attempts USING btree (job_id);


--
-- Name: job_attempts_2026w47_job_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w47_job_id_idx ON hookledger.job_attempts_2026w47 USING btree (job_id);


--
-- Name: job_attempts_2026w48_event_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w48_event_id_idx ON hookledger.job_attempts_2026w48 USING btree (event_id);


--
-- Name: job_attempts_2026w48_job_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w48_job_id_idx ON hookledger.job_attempts_2026w48 USING btree (job_id);


--
-- Name: job_attempts_2026w49_event_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w49_event_id_idx ON hookledger.job_attempts_2026w49 USING btree (event_id);


--
-- Name: job_attempts_2026w49_job_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w49_job_id_idx ON hookledger.job_attempts_2026w49 USING btree (job_id);


--
-- Name: job_attempts_2026w50_event_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w50_event_id_idx ON hookledger.job_attempts_2026w50 USING btree (event_id);


--
-- Name: job_attempts_2026w50_job_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w50_job_id_idx ON hookledger.job_attempts_2026w50 USING btree (job_id);


--
-- Name: job_attempts_2026w51_event_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w51_event_id_idx ON hookledger.job_attempts_2026w51 USING btree (event_id);


--
-- Name: job_attempts_2026w51_job_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w51_job_id_idx ON hookledger.job_attempts_2026w51 USING btree (job_id);


--
-- Name: job_attempts_2026w52_event_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w52_event_id_idx ON hookledger.job_attempts_2026w52 USING btree (event_id);


--
-- Name: job_attempts_2026w52_job_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w52_job_id_idx ON hookledger.job_attempts_2026w52 USING btree (job_id);


--
-- Name: job_attempts_2026w53_event_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w53_event_id_idx ON hookledger.job_attempts_2026w53 USING btree (event_id);


--
-- Name: job_attempts_2026w53_job_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2026w53_job_id_idx ON hookledger.job_attempts_2026w53 USING btree (job_id);


--
-- Name: job_attempts_2027w01_event_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2027w01_event_id_idx ON hookledger.job_attempts_2027w01 USING btree (event_id);


--
-- Name: job_attempts_2027w01_job_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2027w01_job_id_idx ON hookledger.job_attempts_2027w01 USING btree (job_id);


--
-- Name: job_attempts_2027w02_event_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2027w02_event_id_idx ON hookledger.job_attempts_2027w02 USING btree (event_id);


--
-- Name: job_attempts_2027w02_job_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2027w02_job_id_idx ON hookledger.job_attempts_2027w02 USING btree (job_id);


--
-- Name: job_attempts_2027w03_event_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2027w03_event_id_idx ON hookledger.job_attempts_2027w03 USING btree (event_id);


--
-- Name: job_attempts_2027w03_job_id_idx; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX job_attempts_2027w03_job_id_idx ON hookledger.job_attempts_2027w03 USING btree (job_id);


--
-- Name: jobs_chain; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX jobs_chain ON hookledger.jobs USING btree (order_row, action, job_id) WHERE (order_row IS NOT NULL);


--
-- Name: jobs_dead; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX jobs_dead ON hookledger.jobs USING btree (job_id) WHERE (state = 2);


--
-- Name: jobs_event; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX jobs_event ON hookledger.jobs USING btree (event_id) WHERE (order_row IS NULL);


--
-- Name: jobs_lease; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX jobs_lease ON hookledger.jobs USING btree (lease_until) WHERE (state = 1);


--
-- Name: jobs_ready; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX jobs_ready ON hookledger.jobs USING btree (priority, run_at, job_id) WHERE (state = 0);


--
-- Name: jobs_unique; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE UNIQUE INDEX jobs_unique ON hookledger.jobs USING btree (unique_key) WHERE ((unique_key IS NOT NULL) AND (state = 0));


--
-- Name: messages_conversation; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX messages_conversation ON hookledger.messages USING btree (conversation_id, id);


--
-- Name: operator_log_run; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX operator_log_run ON hookledger.operator_log USING btree (((details ->> 'run'::text))) WHERE (action = 'replay'::text);


--
-- Name: operator_log_subject; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX operator_log_subject ON hookledger.operator_log USING btree (subject);


--
-- Name: orders_cart; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX orders_cart ON hookledger.orders USING btree (source, "left"(cart_id, 200)) WHERE (cart_id IS NOT NULL);


--
-- Name: orders_checkout; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX orders_checkout ON hookledger.orders USING btree (source, checkout_token) WHERE (checkout_token IS NOT NULL);


--
-- Name: orders_created_at; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX orders_created_at ON hookledger.orders USING btree (created_at);


--
-- Name: orders_customer; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX orders_customer ON hookledger.orders USING btree (source, customer_id) WHERE (customer_id IS NOT NULL);


--
-- Name: orders_shop; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX orders_shop ON hookledger.orders USING btree (shop_id, id);


--
-- Name: products_sku; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX products_sku ON hookledger.products USING btree (sku) WHERE (sku IS NOT NULL);


--
-- Name: receipts_received_at; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX receipts_received_at ON hookledger.receipts USING brin (received_at) WITH (pages_per_range='32', autosummarize='on');


--
-- Name: refusals_page; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX refusals_page ON hookledger.refusals USING btree (refused_at, id);


--
-- Name: refusals_refused_at; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX refusals_refused_at ON hookledger.refusals USING brin (refused_at) WITH (pages_per_range='16', autosummarize='on');


--
-- Name: refusals_written_by; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX refusals_written_by ON hookledger.refusals USING btree (written_by) WHERE (written_by IS NOT NULL);


--
-- Name: replays_new_event; Type: INDEX; Schema: hookledger; Owner: -
--

CREATE INDEX replays_new_event ON hookledger.replays USING btree (new_event_id) WHERE (new_event_id IS NOT NULL);


--
-- Name: events_2026w47_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_id ATTACH PARTITION hookledger.events_2026w47_id_idx;


--
-- Name: events_2026w47_order_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_order_row ATTACH PARTITION hookledger.events_2026w47_order_row_id_idx;


--
-- Name: events_2026w47_pkey; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_pkey ATTACH PARTITION hookledger.events_2026w47_pkey;


--
-- Name: events_2026w47_record_kind_record_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_record ATTACH PARTITION hookledger.events_2026w47_record_kind_record_row_id_idx;


--
-- Name: events_2026w47_written_by_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_written_by ATTACH PARTITION hookledger.events_2026w47_written_by_idx;


--
-- Name: events_2026w48_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_id ATTACH PARTITION hookledger.events_2026w48_id_idx;


--
-- Name: events_2026w48_order_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_order_row ATTACH PARTITION hookledger.events_2026w48_order_row_id_idx;


--
-- Name: events_2026w48_pkey; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_pkey ATTACH PARTITION hookledger.events_2026w48_pkey;


--
-- Name: events_2026w48_record_kind_record_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_record ATTACH PARTITION hookledger.events_2026w48_record_kind_record_row_id_idx;


--
-- Name: events_2026w48_written_by_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_written_by ATTACH PARTITION hookledger.events_2026w48_written_by_idx;


--
-- Name: events_2026w49_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_id ATTACH PARTITION hookledger.events_2026w49_id_idx;


--
-- Name: events_2026w49_order_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_order_row ATTACH PARTITION hookledger.events_2026w49_order_row_id_idx;


--
-- Name: events_2026w49_pkey; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_pkey ATTACH PARTITION hookledger.events_2026w49_pkey;


--
-- Name: events_2026w49_record_kind_record_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_record ATTACH PARTITION hookledger.events_2026w49_record_kind_record_row_id_idx;


--
-- Name: events_2026w49_written_by_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_written_by ATTACH PARTITION hookledger.events_2026w49_written_by_idx;


--
-- Name: events_2026w50_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_id ATTACH PARTITION hookledger.events_2026w50_id_idx;


--
-- Name: events_2026w50_order_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_order_row ATTACH PARTITION hookledger.events_2026w50_order_row_id_idx;


--
-- Name: events_2026w50_pkey; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_pkey ATTACH PARTITION hookledger.events_2026w50_pkey;


--
-- Name: events_2026w50_record_kind_record_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_record ATTACH PARTITION hookledger.events_2026w50_record_kind_record_row_id_idx;


--
-- Name: events_2026w50_written_by_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_written_by ATTACH PARTITION hookledger.events_2026w50_written_by_idx;


--
-- Name: events_2026w51_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_id ATTACH PARTITION hookledger.events_2026w51_id_idx;


--
-- Name: events_2026w51_order_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_order_row ATTACH PARTITION hookledger.events_2026w51_order_row_id_idx;


--
-- Name: events_2026w51_pkey; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_pkey ATTACH PARTITION hookledger.events_2026w51_pkey;


--
-- Name: events_2026w51_record_kind_record_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_record ATTACH PARTITION hookledger.events_2026w51_record_kind_record_row_id_idx;


--
-- Name: events_2026w51_written_by_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_written_by ATTACH PARTITION hookledger.events_2026w51_written_by_idx;


--
-- Name: events_2026w52_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_id ATTACH PARTITION hookledger.events_2026w52_id_idx;


--
-- Name: events_2026w52_order_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_order_row ATTACH PARTITION hookledger.events_2026w52_order_row_id_idx;


--
-- Name: events_2026w52_pkey; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_pkey ATTACH PARTITION hookledger.events_2026w52_pkey;


--
-- Name: events_2026w52_record_kind_record_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_record ATTACH PARTITION hookledger.events_2026w52_record_kind_record_row_id_idx;


--
-- Name: events_2026w52_written_by_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_written_by ATTACH PARTITION hookledger.events_2026w52_written_by_idx;


--
-- Name: events_2026w53_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_id ATTACH PARTITION hookledger.events_2026w53_id_idx;


--
-- Name: events_2026w53_order_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_order_row ATTACH PARTITION hookledger.events_2026w53_order_row_id_idx;


--
-- Name: events_2026w53_pkey; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_pkey ATTACH PARTITION hookledger.events_2026w53_pkey;


--
-- Name: events_2026w53_record_kind_record_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_record ATTACH PARTITION hookledger.events_2026w53_record_kind_record_row_id_idx;


--
-- Name: events_2026w53_written_by_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_written_by ATTACH PARTITION hookledger.events_2026w53_written_by_idx;


--
-- Name: events_2027w01_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_id ATTACH PARTITION hookledger.events_2027w01_id_idx;


--
-- Name: events_2027w01_order_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_order_row ATTACH PARTITION hookledger.events_2027w01_order_row_id_idx;


--
-- Name: events_2027w01_pkey; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_pkey ATTACH PARTITION hookledger.events_2027w01_pkey;


--
-- Name: events_2027w01_record_kind_record_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_record ATTACH PARTITION hookledger.events_2027w01_record_kind_record_row_id_idx;


--
-- Name: events_2027w01_written_by_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_written_by ATTACH PARTITION hookledger.events_2027w01_written_by_idx;


--
-- Name: events_2027w02_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_id ATTACH PARTITION hookledger.events_2027w02_id_idx;


--
-- Name: events_2027w02_order_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_order_row ATTACH PARTITION hookledger.events_2027w02_order_row_id_idx;


--
-- Name: events_2027w02_pkey; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_pkey ATTACH PARTITION hookledger.events_2027w02_pkey;


--
-- Name: events_2027w02_record_kind_record_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_record ATTACH PARTITION hookledger.events_2027w02_record_kind_record_row_id_idx;


--
-- Name: events_2027w02_written_by_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_written_by ATTACH PARTITION hookledger.events_2027w02_written_by_idx;


--
-- Name: events_2027w03_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_id ATTACH PARTITION hookledger.events_2027w03_id_idx;


--
-- Name: events_2027w03_order_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_order_row ATTACH PARTITION hookledger.events_2027w03_order_row_id_idx;


--
-- Name: events_2027w03_pkey; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_pkey ATTACH PARTITION hookledger.events_2027w03_pkey;


--
-- Name: events_2027w03_record_kind_record_row_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_record ATTACH PARTITION hookledger.events_2027w03_record_kind_record_row_id_idx;


--
-- Name: events_2027w03_written_by_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.events_written_by ATTACH PARTITION hookledger.events_2027w03_written_by_idx;


--
-- Name: job_attempts_2026w47_event_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_event ATTACH PARTITION hookledger.job_attempts_2026w47_event_id_idx;


--
-- Name: job_attempts_2026w47_job_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_job ATTACH PARTITION hookledger.job_attempts_2026w47_job_id_idx;


--
-- Name: job_attempts_2026w48_event_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_event ATTACH PARTITION hookledger.job_attempts_2026w48_event_id_idx;


--
-- Name: job_attempts_2026w48_job_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_job ATTACH PARTITION hookledger.job_attempts_2026w48_job_id_idx;


--
-- Name: job_attempts_2026w49_event_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_event ATTACH PARTITION hookledger.job_attempts_2026w49_event_id_idx;


--
-- Name: job_attempts_2026w49_job_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_job ATTACH PARTITION hookledger.job_attempts_2026w49_job_id_idx;


--
-- Name: job_attempts_2026w50_event_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_event ATTACH PARTITION hookledger.job_attempts_2026w50_event_id_idx;


--
-- Name: job_attempts_2026w50_job_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_job ATTACH PARTITION hookledger.job_attempts_2026w50_job_id_idx;


--
-- Name: job_attempts_2026w51_event_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_event ATTACH PARTITION hookledger.job_attempts_2026w51_event_id_idx;


--
-- Name: job_attempts_2026w51_job_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_job ATTACH PARTITION hookledger.job_attempts_2026w51_job_id_idx;


--
-- Name: job_attempts_2026w52_event_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_event ATTACH PARTITION hookledger.job_attempts_2026w52_event_id_idx;


--
-- Name: job_attempts_2026w52_job_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_job ATTACH PARTITION hookledger.job_attempts_2026w52_job_id_idx;


--
-- Name: job_attempts_2026w53_event_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_event ATTACH PARTITION hookledger.job_attempts_2026w53_event_id_idx;


--
-- Name: job_attempts_2026w53_job_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_job ATTACH PARTITION hookledger.job_attempts_2026w53_job_id_idx;


--
-- Name: job_attempts_2027w01_event_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_event ATTACH PARTITION hookledger.job_attempts_2027w01_event_id_idx;


--
-- Name: job_attempts_2027w01_job_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_job ATTACH PARTITION hookledger.job_attempts_2027w01_job_id_idx;


--
-- Name: job_attempts_2027w02_event_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_event ATTACH PARTITION hookledger.job_attempts_2027w02_event_id_idx;


--
-- Name: job_attempts_2027w02_job_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_job ATTACH PARTITION hookledger.job_attempts_2027w02_job_id_idx;


--
-- Name: job_attempts_2027w03_event_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_event ATTACH PARTITION hookledger.job_attempts_2027w03_event_id_idx;


--
-- Name: job_attempts_2027w03_job_id_idx; Type: INDEX ATTACH; Schema: hookledger; Owner: -
--

ALTER INDEX hookledger.job_attempts_job ATTACH PARTITION hookledger.job_attempts_2027w03_job_id_idx;


--
-- Name: blocked_orders _RETURN; Type: RULE; Schema: hookledger; Owner: -
--

CREATE OR REPLACE VIEW hookledger.blocked_orders AS
 SELECT d.order_row,
    o.source,
    o.order_id,
    d.action,
    d.kind,
    d.job_id AS dead_job_id,
    d.last_error,
    d.first_failed_at,
    count(*) AS waiting,
    min(w.created_at) AS waiting_since
   FROM (((hookledger.jobs d
     JOIN hookledger.action_states s ON (((s.action = d.action) AND s.blocks)))
     JOIN hookledger.jobs w ON (((w.order_row = d.order_row) AND (w.action = d.action) AND (w.job_id > d.job_id) AND (w.state = 0))))
     LEFT JOIN hookledger.orders o ON ((o.id = d.order_row)))
  WHERE (d.state = 2)
  GROUP BY d.job_id, o.source, o.order_id;


--
-- PostgreSQL database dump complete
--

\unrestrict 1QSo8LIXhPXtaGfazBYihf3Fukk4s2fw5ZeCEf8mU6y8RpddOVEE6vdHA8RYSU6

