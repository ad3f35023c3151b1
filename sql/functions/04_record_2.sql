-- The only way into the ledger: receipt, event, records, history and jobs of a batch of deliveries, in the caller's one
-- transaction. docs/database.md has every parameter and the rules. The ingest role may execute this and owns nothing,
-- so a stolen responder can neither read nor delete.
--
-- Arrays are walked by p_x[i] over one series: no array is joined with another one, so nothing is quadratic in the
-- batch. Tables are probed by key, with a limit, so that a plan made while tables were empty stays right.
--
-- No delivery waits for a row that another transaction holds: it is left out, and its outcome is 2, busy. Only a key that
-- another transaction is inserting or changing at this moment is waited for, as long as the caller's lock_timeout allows.
--
-- In a cell, deliveries of slots that it does not hold now are busy, too: whoever sent them here has an old map of the slots.
create or replace function record_2(
    p_place int[], p_slot int[], p_source text[], p_dedupe_key bytea[], p_window_seconds bigint[], p_daily_limit int[],
    p_delivery_id text[], p_origin text[], p_provider text[], p_provider_type text[], p_type text[], p_subject text[],
    p_shop_id text[], p_shop_key text[], p_shop_rule int[], p_occurred_at timestamptz[], p_sequence bigint[],
    p_received_at timestamptz[], p_timing int[], p_clock jsonb[], p_trusted boolean[], p_verification text[],
    p_scheme text[], p_key_id text[], p_request_id text[], p_remote_addr text[], p_method text[], p_path text[],
    p_query text[], p_headers text[], p_body bytea[], p_kind text[], p_record_id text[], p_patch jsonb[], p_extra jsonb[],
    p_status_rank int[], p_more jsonb[],
    p_job_place int[], p_job_record int[], p_job_action text[], p_job_kind text[], p_job_rule text[],
    p_job_priority int[], p_job_max_attempts int[], p_job_unique_key text[], p_job_delay_ms bigint[],
    p_job_restarts boolean[], p_revision text,
    out places int[], out outcomes int[], out event_ids bigint[], out order_rows bigint[], out heartbeat timestamptz
) language plpgsql volatile security definer
set search_path = hookledger, pg_temp set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_variable
declare
    n int := cardinality(p_place);
    i int;
    v_count int;
    v_key bytea[];
    v_new bigint[];
    v_ids bigint[];
    v_firsts bigint[];
    v_first_at timestamptz[];
    v_known int[];
    v_repeated int[];
    v_over_limit boolean[];
    v_about bigint[];
    v_one record;
    v_at int[];
    v_rest int[];
    v_may_be_held boolean[];
    v_clock jsonb[];
    v_given jsonb[];
    v_kinds text[];
    v_rows bigint[];
    v_dispositions text[];
    v_changes jsonb[];
    v_reasons text[];
    v_further jsonb := '{}';
    v_at_place int[] := '{}';
    v_own int[];
    v_shops text[];
    v_job_at int[];
    v_busy int[];
    v_held int[];
    v_lock record;
    v_responder_beat timestamptz;
    v_revision int[];
    v_slot int[];
    v_imports boolean := 'imported' = any (p_origin);
    v_heard_at timestamptz[] := p_received_at;
begin
    places := p_place;
    if p_source[1] = 'hookledger:canary' then
        outcomes := array[keep_canary(p_received_at[1])];
        event_ids := '{0}';
        order_rows := '{null}';
        heartbeat := case when is_held() then 'epoch' else (select h.beat_at from heartbeats as h where h.is_batch) end;
        return;
    end if;
    if exists (select from cell_identity) then
        perform keep_commit();
        -- No slot closes before the end of the transaction. The lock comes before the reading: a slot that closed while it was waited
        -- for is open in a snapshot from before.
        lock table cell_slots in access share mode;
        v_at := open_places(p_slot);
        if v_at is not null then
            outcomes := array_fill(2, array[n]);
            event_ids := array_fill(null::bigint, array[n]);
            order_rows := event_ids;
            if v_at = '{}' then
                return;
            end if;
            v_one := record_2(
                chosen(v_at, p_place), chosen(v_at, p_slot), chosen(v_at, p_source), chosen(v_at, p_dedupe_key),
                chosen(v_at, p_window_seconds), chosen(v_at, p_daily_limit), chosen(v_at, p_delivery_id),
                chosen(v_at, p_origin), chosen(v_at, p_provider), chosen(v_at, p_provider_type),
                chosen(v_at, p_type), chosen(v_at, p_subject), chosen(v_at, p_shop_id), chosen(v_at, p_shop_key),
                chosen(v_at, p_shop_rule), chosen(v_at, p_occurred_at), chosen(v_at, p_sequence),
                chosen(v_at, p_received_at), chosen(v_at, p_timing), chosen(v_at, p_clock), chosen(v_at, p_trusted),
                chosen(v_at, p_verification), chosen(v_at, p_scheme), chosen(v_at, p_key_id),
                chosen(v_at, p_request_id), chosen(v_at, p_remote_addr), chosen(v_at, p_method),
                chosen(v_at, p_path), chosen(v_at, p_query), chosen(v_at, p_headers), chosen(v_at, p_body),
                chosen(v_at, p_kind), chosen(v_at, p_record_id), chosen(v_at, p_patch), chosen(v_at, p_extra),
                chosen(v_at, p_status_rank), chosen(v_at, p_more), p_job_place, p_job_record, p_job_action,
                p_job_kind, p_job_rule, p_job_priority, p_job_max_attempts, p_job_unique_key, p_job_delay_ms,
                p_job_restarts, p_revision);
            for p in 1..cardinality(v_at) loop
                outcomes[v_at[p]] := v_one.outcomes[p];
                event_ids[v_at[p]] := v_one.event_ids[p];
                order_rows[v_at[p]] := v_one.order_rows[p];
            end loop;
            heartbeat := v_one.heartbeat;
            return;
        end if;
        v_slot := p_slot;
    else
        v_slot := array_fill(0, array[n]);
    end if;
    perform make_weeks(p_received_at);
    -- An imported event is stored under the time of the import, and stands where its first receipt puts it.
    if v_imports then
        v_heard_at := array(
            select least(p_received_at[g],
                to_timestamp(0) + (p_more[g] ->> 'first_received_at')::bigint * interval '1 microsecond')
            from generate_series(1, n) as g order by g);
    end if;
    order_rows := array_fill(null::bigint, array[n]);
    if p_revision like '{%' then
        v_revision := array(
            select (p_revision::int[])[p_place[g]] from generate_series(1, n) as g order by g);
    else
        v_revision := array_fill(nullif(p_revision, '')::int, array[n]);
    end if;
    v_new := array(select nextval('event_ids') + v_slot[g] from generate_series(1, n) as g order by g);
    v_ids := v_new;

    -- An unverified delivery has another key; otherwise a stranger's earlier copy would turn the sender's delivery into
    -- a duplicate. A copy of a known delivery is still a duplicate.
    v_key := p_dedupe_key;
    if not (true = all (p_trusted)) then
        v_key := array(
            select case when p_trusted[g] or p_window_seconds[g] is null and exists (
                    select from receipts as r
                    where r.source = p_source[g] and r.dedupe_key = p_dedupe_key[g] limit 1)
                then p_dedupe_key[g] else sha256('unverified'::bytea || p_dedupe_key[g]) end
            from generate_series(1, n) as g order by g);
    end if;

    -- Receipts: a new one gets an event. An existing one is left unchanged; a repeatable one is locked below.
    insert into receipts as r (source, dedupe_key, event_id, received_at)
    select p_source[g], v_key[g], v_new[g], p_received_at[g]
    from generate_series(1, n) as g
    order by p_source[g], v_key[g]
    on conflict (source, dedupe_key) do nothing;
    get diagnostics v_count = row_count;
    if v_count < n then
        select array_agg(g order by g) filter (where r.event_id is distinct from v_new[g]), array_agg(r.event_id order by g),
            array_agg(r.received_at order by g)
        into v_known, v_firsts, v_first_at
        from generate_series(1, n) as g
        left join lateral (
            select r.event_id, r.received_at from receipts as r
            where r.source = p_source[g] and r.dedupe_key = v_key[g] limit 1
        ) as r on true;
        if exists (select from unnest(v_known) as g where p_window_seconds[g] is not null) then
            -- Repetitions are decided while all rows of the batch are locked.
            v_busy := lock_free_records(p_kind, p_source, p_record_id);
        end if;
        v_over_limit := array_fill(false, array[n]);
        foreach i in array coalesce(v_known, '{}') loop
            if p_window_seconds[i] is null then
                -- A duplicate changes no record.
                v_busy := array_remove(v_busy, i);
            elsif coalesce(i = any (v_busy), false) then
                continue;
            else
                select r.event_id, r.received_at into v_one from receipts as r
                where r.source = p_source[i] and r.dedupe_key = v_key[i]
                for update skip locked;
                v_firsts[i] := v_one.event_id;
                v_first_at[i] := v_one.received_at;
            end if;
            if v_firsts[i] is null then
                -- Held by another transaction, or deleted meanwhile.
                v_busy := v_busy || i;
                continue;
            end if;
            if p_window_seconds[i] is not null then
                v_about := null;
                if p_record_id[i] is not null then
                    v_about := rows_about(p_kind[i], p_source[i], p_shop_key[i], p_record_id[i]);
                end if;
                v_one := repeated_event(p_source[i], v_key[i], p_window_seconds[i], p_daily_limit[i],
                    p_delivery_id[i], p_subject[i], p_kind[i], v_about, p_received_at[i], p_trusted[i]);
                if v_one.event_id is null then
                    update receipts as r set event_id = v_new[i], received_at = p_received_at[i]
                    where r.source = p_source[i] and r.dedupe_key = v_key[i]
                        and r.received_at <= p_received_at[i];
                    continue;
                end if;
                v_firsts[i] := v_one.event_id;
                v_first_at[i] := v_one.received_at;
                v_over_limit[i] := v_one.is_over_limit;
            end if;
            v_ids[i] := null;
            v_repeated := v_repeated || i;
        end loop;
        foreach i in array coalesce(v_busy, '{}') loop
            v_ids[i] := null;
        end loop;
        -- A spooled duplicate was answered 2xx, and no event will have its request id.
        if 'spool' = any (p_origin) then
            insert into spooled_duplicates (request_id, received_at, event_id)
            select p_request_id[g], p_received_at[g], v_firsts[g] from unnest(v_known) as g
            where p_origin[g] = 'spool' and v_ids[g] is null and g <> all (coalesce(v_busy, '{}'))
            order by p_request_id[g]
            on conflict do nothing;
        end if;
        if v_repeated is not null then
            perform keep_repetitions(
                array_agg(v_firsts[g]), array_agg(p_source[g]), array_agg(v_key[g]), array_agg(p_received_at[g]),
                array_agg(v_over_limit[g]), array_agg(p_origin[g]), array_agg(p_request_id[g]),
                array_agg(p_remote_addr[g]), array_agg(p_delivery_id[g]))
            from unnest(v_repeated) as g;
        end if;
    end if;

    -- Records, of the new events only.
    select array_agg(case when v_ids[g] is null or p_record_id[g] is null then null
            when p_timing[g] = 1 then event_clock(p_trusted[g], null, v_heard_at[g], 0, v_ids[g], p_status_rank[g],
                p_dedupe_key[g])
            else p_clock[g] end order by g),
        array_agg(case when v_ids[g] is not null and p_record_id[g] is not null then p_kind[g] end order by g)
    into v_clock, v_kinds
    from generate_series(1, n) as g;
    v_rows := order_rows;
    v_dispositions := array_fill(null::text, array[n]);
    v_changes := array_fill(null::jsonb, array[n]);
    v_given := v_changes;
    v_reasons := v_dispositions;
    if exists (select from held_deletions limit 1) then
        v_may_be_held := array(
            select exists (
                select from held_deletions as d
                where d.source = p_source[g] and d.record_id = p_record_id[g] and d.kind = p_kind[g] limit 1)
            from generate_series(1, n) as g order by g);
    end if;
    select array_agg(g order by p_source[g], p_record_id[g]) filter (
            where v_kinds[g] = 'order' and p_timing[g] < 2 and not coalesce(v_may_be_held[g], false)),
        array_agg(g order by array_position(array['order', 'product', 'customer', 'comment'], v_kinds[g]), p_source[g],
            p_record_id[g]) filter (where v_kinds[g] <> 'order' or p_timing[g] >= 2 or v_may_be_held[g])
    into v_at, v_rest
    from generate_series(1, n) as g
    where v_kinds[g] is not null;
    if v_rest is not null
        or exists (select from generate_series(1, n) as g where v_ids[g] is not null and p_more[g] ? 'records')
    then
        -- The rows of all records first: a delivery is applied to all of its records or to none.
        select array_agg(r.g) as places, array_agg(r.kind) as kinds, array_agg(r.source) as sources,
            array_agg(r.record_id) as ids
        into v_lock
        from (
            select g, p_kind[g] as kind, p_source[g] as source, p_record_id[g] as record_id
            from generate_series(1, n) as g where v_kinds[g] is not null
            union all
            select g, m.r ->> 'kind', p_source[g], m.r ->> 'id'
            from generate_series(1, n) as g
            cross join lateral jsonb_array_elements(p_more[g] -> 'records') as m (r)
            where v_ids[g] is not null and p_more[g] ? 'records'
        ) as r;
        v_held := lock_free_records(v_lock.kinds, v_lock.sources, v_lock.ids);
        if v_held is not null then
            v_held := array(select distinct v_lock.places[h] from unnest(v_held) as h);
            v_busy := v_busy || v_held;
            v_at := nullif(array(select a.i from unnest(v_at) with ordinality as a (i, place)
                where a.i <> all (v_held) order by a.place), '{}');
            v_rest := array(select a.i from unnest(v_rest) with ordinality as a (i, place)
                where a.i <> all (v_held) order by a.place);
            foreach i in array v_held loop
                v_ids[i] := null;
            end loop;
        end if;
    end if;
    if v_at is not null then
        v_one := apply_to_orders(v_at, p_source, p_shop_key, p_record_id, p_provider, p_patch, p_extra, v_clock, v_ids,
            p_received_at, v_slot, v_rows, v_dispositions, v_changes);
        v_rows := v_one.order_rows;
        v_dispositions := v_one.dispositions;
        v_changes := v_one.changes;
        v_busy := v_busy || v_one.busy;
        v_at := v_one.rest;
        if v_at is not null then
            -- Their orders are locked, those of other shops with the same id are not yet.
            select array_agg(p_kind[a.i] order by a.place) as kinds, array_agg(p_source[a.i] order by a.place) as sources,
                array_agg(p_record_id[a.i] order by a.place) as ids
            into v_lock from unnest(v_at) with ordinality as a (i, place);
            v_held := lock_free_records(v_lock.kinds, v_lock.sources, v_lock.ids);
            if v_held is not null then
                v_busy := v_busy || array(select v_at[h] from unnest(v_held) as h);
                v_at := array(select a.i from unnest(v_at) with ordinality as a (i, place)
                    where a.i <> all (v_busy) order by a.place);
            end if;
            v_rest := v_at || v_rest;
        end if;
        foreach i in array coalesce(v_busy, '{}') loop
            v_ids[i] := null;
        end loop;
    end if;
    foreach i in array coalesce(v_rest, '{}') loop
        v_one := apply_to_record(p_kind[i], p_source[i], p_shop_key[i], p_record_id[i], p_provider[i], p_patch[i],
            p_extra[i], p_timing[i], v_clock[i], p_trusted[i], encode(substr(p_dedupe_key[i], 1, 8), 'hex'),
            time_that_orders(p_occurred_at[i], v_heard_at[i]), v_ids[i], p_received_at[i],
            coalesce(v_may_be_held[i], false));
        v_rows[i] := v_one.row_id;
        v_dispositions[i] := v_one.disposition;
        v_changes[i] := v_one.changes;
        v_given[i] := v_one.given;
        v_reasons[i] := v_one.reason;
    end loop;
    if exists (select from generate_series(1, n) as g where v_ids[g] is not null and p_more[g] ? 'records') then
        v_further := apply_further_records(p_source, p_dedupe_key, p_provider, p_shop_key, p_occurred_at, p_received_at,
            v_heard_at, p_timing, p_clock, p_trusted, v_ids, p_more, v_may_be_held is not null);
    end if;

    insert into events (id, received_at, source, provider, provider_type, type, subject, shop_id, shop_key, occurred_at,
        sequence, order_row, record_kind, record_row, disposition, changes, clock, trusted, origin, verification, scheme,
        key_id, request_id, remote_addr, method, path, query, headers, body, delivery_id, repeatable, claimed_type, reason,
        unread, body_hash, revision, first_received_at)
    select v_ids[g], p_received_at[g], p_source[g], p_provider[g], p_provider_type[g], p_type[g], p_subject[g],
        p_shop_id[g], nullif(p_shop_key[g], ''), p_occurred_at[g], p_sequence[g],
        case when p_kind[g] = 'order' then v_rows[g] end,
        case when p_kind[g] <> 'order' and v_rows[g] is not null then p_kind[g] end,
        case when p_kind[g] <> 'order' then v_rows[g] end,
        coalesce(v_dispositions[g], 'stored'), nullif(v_changes[g], '{}'), v_given[g],
        case when p_trusted[g] <> is_trusted(p_verification[g], p_origin[g], null) then p_trusted[g] end,
        p_origin[g], p_verification[g], p_scheme[g], p_key_id[g], p_request_id[g], p_remote_addr[g], p_method[g],
        p_path[g], p_query[g], p_headers[g]::jsonb, p_body[g], p_delivery_id[g],
        p_window_seconds[g] is not null or v_imports and coalesce(p_more[g] ? 'repeatable', false),
        p_more[g] ->> 'claimed_type', coalesce(p_more[g] ->> 'reason', v_reasons[g]), p_more[g] -> 'unread',
        decode(p_more[g] ->> 'body_hash', 'hex'), v_revision[g],
        case when v_imports and p_origin[g] = 'imported' then v_heard_at[g] end
    from generate_series(1, n) as g
    where v_ids[g] is not null;
    insert into occurrences (source, dedupe_key, received_at, event_id, delivery_id)
    select p_source[g], v_key[g], v_heard_at[g], v_ids[g], p_delivery_id[g]
    from generate_series(1, n) as g
    where v_ids[g] is not null and (p_window_seconds[g] is not null or v_imports and p_more[g] ? 'repeatable');

    if exists (
        select from generate_series(1, n) as g
        where p_shop_rule[g] <> 0 and p_shop_key[g] <> '' and v_ids[g] is not null)
    then
        v_shops := unlisted_shops(p_source, p_shop_key, p_shop_rule, p_kind, p_trusted, v_ids);
    end if;
    if cardinality(p_job_place) > 0 then
        -- Places are the caller's numbers, from 1 to some thousands.
        if p_place = array(select g from generate_series(1, n) as g) then
            v_job_at := p_job_place;
        else
            -- A cell gets the jobs of the whole batch, also those of other cells.
            for p in 1..n loop
                v_at_place[p_place[p]] := p;
            end loop;
            v_own := array(
                select g from generate_series(1, cardinality(p_job_place)) as g
                where v_at_place[p_job_place[g]] is not null order by g);
            v_job_at := array(
                select v_at_place[p_job_place[v_own[g]]] from generate_series(1, cardinality(v_own)) as g order by g);
            if cardinality(v_own) < cardinality(p_job_place) then
                p_job_record := chosen(v_own, p_job_record);
                p_job_action := chosen(v_own, p_job_action);
                p_job_kind := chosen(v_own, p_job_kind);
                p_job_rule := chosen(v_own, p_job_rule);
                p_job_priority := chosen(v_own, p_job_priority);
                p_job_max_attempts := chosen(v_own, p_job_max_attempts);
                p_job_unique_key := chosen(v_own, p_job_unique_key);
                p_job_delay_ms := chosen(v_own, p_job_delay_ms);
                p_job_restarts := chosen(v_own, p_job_restarts);
            end if;
        end if;
        perform make_jobs(
            array_agg(v_ids[v_job_at[g]] order by g), array_agg(p_received_at[v_job_at[g]] order by g),
            array_agg(case
                when p_job_record[g] > 0
                    then (v_further ->> (v_job_at[g] || '.' || p_job_record[g]))::bigint
                when p_kind[v_job_at[g]] = 'order' then v_rows[v_job_at[g]] end order by g),
            array_agg(v_shops[v_job_at[g]] order by g),
            p_job_action, p_job_kind, p_job_rule, p_job_priority, p_job_max_attempts, p_job_unique_key, p_job_delay_ms,
            p_job_restarts, array_agg(v_revision[v_job_at[g]] order by g))
        from generate_series(1, cardinality(v_job_at)) as g having count(*) > 0;
    end if;

    if v_busy is not null then
        -- As if they had not been in the batch.
        delete from receipts as r using unnest(v_busy) as b (i)
        where r.source = p_source[b.i] and r.dedupe_key = v_key[b.i] and r.event_id = v_new[b.i]
            and b.i <> all (coalesce(v_known, '{}'));
        update receipts as r set event_id = v_firsts[b.i], received_at = v_first_at[b.i]
        from unnest(v_busy) as b (i)
        where r.source = p_source[b.i] and r.dedupe_key = v_key[b.i] and r.event_id = v_new[b.i];
    end if;
    outcomes := array(
        select case when g = any (v_busy) then 2 else (v_ids[g] is null)::int end
        from generate_series(1, n) as g order by g);
    event_ids := v_ids;
    order_rows := array(
        select case when p_kind[g] = 'order' then v_rows[g] end from generate_series(1, n) as g order by g);
    foreach i in array coalesce(v_repeated, '{}') loop
        event_ids[i] := v_firsts[i];
        order_rows[i] := (
            select f.order_row from events as f where f.received_at = v_first_at[i] and f.id = v_firsts[i] limit 1);
        if order_rows[i] is null and p_kind[i] = 'order' then
            -- The first one was imported: its occurrence has the time of its first receipt.
            order_rows[i] := (
                select f.order_row from receipts as r
                join events as f on f.received_at = r.received_at and f.id = r.event_id
                where r.source = p_source[i] and r.dedupe_key = v_key[i] and r.event_id = v_firsts[i] limit 1);
        end if;
    end loop;
    select max(h.beat_at) filter (where h.is_batch), max(h.beat_at) filter (where not h.is_batch)
    into heartbeat, v_responder_beat
    from heartbeats as h;
    -- 1970 stands for a hold; earlier versions of the responder read a long silence.
    if exists (select from restores as r where r.released_at is null) then
        heartbeat := 'epoch';
    end if;
    if 'delivery' = any (p_origin) and (v_responder_beat is null
        or v_responder_beat not between now() - interval '5 seconds' and now())
    then
        perform beat_of_responder((select max(p_received_at[g]) from generate_series(1, n) as g where p_origin[g] = 'delivery'));
    end if;
end
$$;
comment on function record_2 is 'Records a batch of verified deliveries: receipts, events, state of records, history and jobs (docs/database.md).';
