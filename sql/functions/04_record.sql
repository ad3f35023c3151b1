-- The one door into the ledger: receipt, event, order, history and jobs of a batch of deliveries, in the caller's one
-- transaction. The ingest role may execute this and owns nothing, so a stolen responder can neither read nor delete.
--
-- Arrays in, one row per delivery out. The caller gives each (source, dedupe_key) and each (kind, source, record id) at
-- most once per batch. Locks are taken in key order: receipts, orders, products each with its inventory, customers,
-- comments. Job ids are drawn after the order's row is locked, so that per order the order of ids is the order of
-- commits.
--
-- p_kind says what the record is: order (also for null), product, customer or comment.
-- p_body_hash is the hash of the body as it came, where credentials were taken out of it.
drop function if exists record(
    text[], bytea[], bigint[], text[], text[], text[], text[], text[], text[], timestamptz[], bigint[], timestamptz[],
    text[], text[], text[], text[], text[], text[], text[], text[], jsonb[], bytea[], text[], jsonb[], jsonb[], int[],
    jsonb[], text[]);
create or replace function record(
    p_source text[], p_dedupe_key bytea[], p_window_seconds bigint[], p_origin text[],
    p_provider text[], p_provider_type text[], p_type text[], p_subject text[], p_shop_id text[],
    p_occurred_at timestamptz[], p_sequence bigint[], p_received_at timestamptz[],
    p_verification text[], p_scheme text[], p_key_id text[],
    p_request_id text[], p_remote_addr text[], p_method text[], p_path text[], p_query text[], p_headers jsonb[],
    p_body bytea[],
    p_record_id text[], p_patch jsonb[], p_extra jsonb[], p_status_rank int[], p_jobs jsonb[],
    p_kind text[] default null, p_body_hash bytea[] default null
) returns table (ord bigint, event_id bigint, order_row bigint, is_duplicate boolean)
language plpgsql volatile security definer
set search_path = hookledger, pg_temp set enable_nestloop = off set enable_seqscan = off set jit = off as $$
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
            remote_addr, method, path, query, headers, body, body_hash)
        select i.id, i.received_at, i.source, i.provider, i.provider_type, i.type, i.subject, i.shop_id, i.occurred_at,
            i.sequence, o.order_row, o.record_kind, o.record_row, coalesce(o.disposition, 'stored'),
            nullif(o.changes, '{}'), i.origin, i.verification, i.scheme, i.key_id, i.request_id, i.remote_addr, i.method,
            i.path, i.query, i.headers, i.body, p_body_hash[i.ord]
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
$$;
comment on function record is 'Records a batch of verified deliveries: receipt, event, order state, history and jobs. Returns for each its event, its order''s row and whether it was a duplicate.';
