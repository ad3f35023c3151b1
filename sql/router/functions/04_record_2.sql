-- The door of several cells: the same record_2() as in one database, with the same answer. PL/Proxy cuts the arrays by the cells of
-- the slots, and calls record_2() on each cell at the same time. Each cell commits on its own. That is harmless: a delivery that is
-- sent again finds its receipt.

-- One call of each cell. The arrays of the jobs go to all: a cell ignores jobs of places that it was not given.
create or replace function send_2(
    p_place int[], p_slot int[], p_source text[], p_dedupe_key bytea[], p_window_seconds bigint[],
    p_daily_limit int[], p_delivery_id text[], p_origin text[], p_provider text[], p_provider_type text[],
    p_type text[], p_subject text[], p_shop_id text[], p_shop_key text[], p_shop_rule int[],
    p_occurred_at timestamptz[], p_sequence bigint[], p_received_at timestamptz[], p_timing int[], p_clock jsonb[],
    p_trusted boolean[], p_verification text[], p_scheme text[], p_key_id text[], p_request_id text[],
    p_remote_addr text[], p_method text[], p_path text[], p_query text[], p_headers text[], p_body bytea[],
    p_kind text[], p_record_id text[], p_patch jsonb[], p_extra jsonb[], p_status_rank int[], p_more jsonb[],
    p_job_place int[], p_job_record int[], p_job_action text[], p_job_kind text[], p_job_rule text[],
    p_job_priority int[], p_job_max_attempts int[], p_job_unique_key text[], p_job_delay_ms bigint[],
    p_job_restarts boolean[], p_revision text
) returns setof record_answer language plproxy security definer as $$
    cluster 'cells';
    split p_place, p_slot, p_source, p_dedupe_key, p_window_seconds, p_daily_limit, p_delivery_id, p_origin,
        p_provider, p_provider_type, p_type, p_subject, p_shop_id, p_shop_key, p_shop_rule, p_occurred_at,
        p_sequence, p_received_at, p_timing, p_clock, p_trusted, p_verification, p_scheme, p_key_id, p_request_id,
        p_remote_addr, p_method, p_path, p_query, p_headers, p_body, p_kind, p_record_id, p_patch, p_extra,
        p_status_rank, p_more;
    run on p_slot;
    target hookledger.record_2;
$$;
comment on function send_2 is 'Sends the deliveries of a batch to their cells.';

-- Outcomes as in the cells, and 4: the cell of this delivery is away, and nothing is known of it.
--
-- A cell that fails is noted (note_away), and the batch is sent again without it. Later batches are cut before they are sent, until
-- watch_cells() has reached it. A cell that hangs is found by watch_cells(), too; until then the caller closes the session after its
-- patience.
create or replace function record_2(
    p_place int[], p_slot int[], p_source text[], p_dedupe_key bytea[], p_window_seconds bigint[],
    p_daily_limit int[], p_delivery_id text[], p_origin text[], p_provider text[], p_provider_type text[],
    p_type text[], p_subject text[], p_shop_id text[], p_shop_key text[], p_shop_rule int[],
    p_occurred_at timestamptz[], p_sequence bigint[], p_received_at timestamptz[], p_timing int[], p_clock jsonb[],
    p_trusted boolean[], p_verification text[], p_scheme text[], p_key_id text[], p_request_id text[],
    p_remote_addr text[], p_method text[], p_path text[], p_query text[], p_headers text[], p_body bytea[],
    p_kind text[], p_record_id text[], p_patch jsonb[], p_extra jsonb[], p_status_rank int[], p_more jsonb[],
    p_job_place int[], p_job_record int[], p_job_action text[], p_job_kind text[], p_job_rule text[],
    p_job_priority int[], p_job_max_attempts int[], p_job_unique_key text[], p_job_delay_ms bigint[],
    p_job_restarts boolean[], p_revision text,
    out places int[], out outcomes int[], out event_ids bigint[], out order_rows bigint[], out heartbeat timestamptz
) language plpgsql volatile security definer set search_path = hookledger, pg_temp set jit = off as $$
#variable_conflict use_variable
declare
    n int := cardinality(p_place);
    v_at int[];
    v_away int[];
    v_answer record_answer;
    v_answers record_answer[];
    v_cell record;
    v_state text;
    v_message text;
    v_failed text;
    v_before text;
    v_begin timestamptz := clock_timestamp();
begin
    if p_source[1] = 'hookledger:canary' then
        -- One of each cell that is not known to be away; one that answers is enough for the door to be open.
        places := p_place;
        event_ids := '{0}';
        order_rows := '{null}';
        for v_cell in
            select c.name, min(s.slot) as slot from cells as c join slots as s on s.cell = c.name
            where c.away_since is null group by c.name order by c.name
        loop
            -- A new session has no plans in any cell yet. What there was no time for has its turn in the next canary.
            exit when outcomes is not null and clock_timestamp() > v_begin + interval '800 ms';
            begin
                select a.* into v_answer from send_2(
                    '{1}', array[v_cell.slot], p_source[1:1], '{null}', '{null}', '{null}', '{null}', '{null}',
                    '{null}', '{null}', '{null}', '{null}', '{null}', '{null}', '{null}', '{null}', '{null}',
                    p_received_at[1:1], '{null}', '{null}', '{null}', '{null}', '{null}', '{null}', '{null}',
                    '{null}', '{null}', '{null}', '{null}', '{null}', '{null}', '{null}', '{null}', '{null}',
                    '{null}', '{null}', '{null}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '') as a;
                outcomes := greatest(outcomes, v_answer.outcomes);
                heartbeat := least(heartbeat, v_answer.heartbeat);
            exception when others or query_canceled then
                get stacked diagnostics v_state = returned_sqlstate, v_message = message_text;
                if not is_away(v_state, v_message) then
                    raise;
                end if;
                perform note_away(v_cell.name);
            end;
        end loop;
        if outcomes is null then
            raise exception 'no cell can be reached' using errcode = 'cannot_connect_now';
        end if;
        return;
    end if;

    if exists (select from cells as c where c.away_since is not null) then
        v_away := away_slots();
    end if;
    loop
        v_at := null;
        if v_away is not null then
            v_at := array(
                select u.place from unnest(p_slot) with ordinality as u (slot, place)
                where u.slot <> all (v_away) order by u.place);
            exit when v_at = '{}';
        end if;
        begin
            if v_at is null or cardinality(v_at) = n then
                v_answers := array(select a from send_2(
                    p_place, p_slot, p_source, p_dedupe_key, p_window_seconds, p_daily_limit, p_delivery_id,
                    p_origin, p_provider, p_provider_type, p_type, p_subject, p_shop_id, p_shop_key, p_shop_rule,
                    p_occurred_at, p_sequence, p_received_at, p_timing, p_clock, p_trusted, p_verification,
                    p_scheme, p_key_id, p_request_id, p_remote_addr, p_method, p_path, p_query, p_headers,
                    p_body, p_kind, p_record_id, p_patch, p_extra, p_status_rank, p_more, p_job_place,
                    p_job_record, p_job_action, p_job_kind, p_job_rule, p_job_priority, p_job_max_attempts,
                    p_job_unique_key, p_job_delay_ms, p_job_restarts, p_revision) as a);
            else
                v_answers := array(select a from send_2(
                    chosen(v_at, p_place), chosen(v_at, p_slot), chosen(v_at, p_source),
                    chosen(v_at, p_dedupe_key), chosen(v_at, p_window_seconds), chosen(v_at, p_daily_limit),
                    chosen(v_at, p_delivery_id), chosen(v_at, p_origin), chosen(v_at, p_provider),
                    chosen(v_at, p_provider_type), chosen(v_at, p_type), chosen(v_at, p_subject),
                    chosen(v_at, p_shop_id), chosen(v_at, p_shop_key), chosen(v_at, p_shop_rule),
                    chosen(v_at, p_occurred_at), chosen(v_at, p_sequence), chosen(v_at, p_received_at),
                    chosen(v_at, p_timing), chosen(v_at, p_clock), chosen(v_at, p_trusted),
                    chosen(v_at, p_verification), chosen(v_at, p_scheme), chosen(v_at, p_key_id),
                    chosen(v_at, p_request_id), chosen(v_at, p_remote_addr), chosen(v_at, p_method),
                    chosen(v_at, p_path), chosen(v_at, p_query), chosen(v_at, p_headers), chosen(v_at, p_body),
                    chosen(v_at, p_kind), chosen(v_at, p_record_id), chosen(v_at, p_patch),
                    chosen(v_at, p_extra), chosen(v_at, p_status_rank), chosen(v_at, p_more), p_job_place,
                    p_job_record, p_job_action, p_job_kind, p_job_rule, p_job_priority, p_job_max_attempts,
                    p_job_unique_key, p_job_delay_ms, p_job_restarts, p_revision) as a);
            end if;
            exit;
        exception when others or query_canceled then
            get stacked diagnostics v_state = returned_sqlstate, v_message = message_text;
            v_failed := failed_cell(v_message);
            -- A statement of the cell that took too long: the caller finds out which delivery is the reason.
            if v_failed is null or v_state = '57014' or not is_away(v_state, v_message) then
                raise;
            end if;
            -- A session from before a restart of the cell fails once.
            if v_failed is distinct from v_before and is_lost_session(v_state, v_message) then
                v_before := v_failed;
            else
                perform note_away(v_failed);
                v_away := v_away || array(select s.slot from slots as s where s.cell = v_failed);
                v_before := null;
            end if;
        end;
    end loop;
    foreach v_answer in array coalesce(v_answers, '{}') loop
        places := places || v_answer.places;
        outcomes := outcomes || v_answer.outcomes;
        event_ids := event_ids || v_answer.event_ids;
        order_rows := order_rows || v_answer.order_rows;
        heartbeat := least(heartbeat, v_answer.heartbeat);
    end loop;
    if v_away is not null then
        -- Nothing is known of the others.
        v_at := array(
            select p_place[u.place] from unnest(p_slot) with ordinality as u (slot, place)
            where u.slot = any (v_away) order by u.place);
        places := places || v_at;
        outcomes := outcomes || array_fill(4, array[cardinality(v_at)]);
        event_ids := event_ids || array_fill(null::bigint, array[cardinality(v_at)]);
        order_rows := order_rows || array_fill(null::bigint, array[cardinality(v_at)]);
    end if;
end
$$;
comment on function record_2 is 'Records a batch of verified deliveries in the cells of their slots (docs/database.md).';
