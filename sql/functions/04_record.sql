-- The function of the previous version, for a responder that still runs during an upgrade: it adds defaults for the new
-- parameters, and writes the same rows.
create or replace function record(
    p_source text[], p_dedupe_key bytea[], p_window_seconds bigint[], p_origin text[],
    p_provider text[], p_provider_type text[], p_type text[], p_subject text[], p_shop_id text[],
    p_occurred_at timestamptz[], p_sequence bigint[], p_received_at timestamptz[],
    p_verification text[], p_scheme text[], p_key_id text[],
    p_request_id text[], p_remote_addr text[], p_method text[], p_path text[], p_query text[], p_headers jsonb[],
    p_body bytea[],
    p_record_id text[], p_patch jsonb[], p_extra jsonb[], p_status_rank int[], p_jobs jsonb[],
    p_kind text[] default null
) returns table (ord bigint, event_id bigint, order_row bigint, is_duplicate boolean)
language plpgsql volatile security definer
set search_path = hookledger, pg_temp set jit = off as $$
#variable_conflict use_column
declare
    n int := cardinality(p_source);
    r record;
    j record;
begin
    if n = 0 then
        return;
    end if;
    select coalesce(array_agg(g order by g, m.place), '{}') as places,
        coalesce(array_agg(m.j ->> 'action' order by g, m.place), '{}') as actions,
        coalesce(array_agg(m.j ->> 'kind' order by g, m.place), '{}') as kinds,
        coalesce(array_agg(m.j ->> 'rule' order by g, m.place), '{}') as rules,
        coalesce(array_agg(coalesce((m.j ->> 'priority')::int, 0) order by g, m.place), '{}') as priorities,
        coalesce(array_agg(coalesce((m.j ->> 'max_attempts')::int, 4) order by g, m.place), '{}') as attempts,
        coalesce(array_agg(m.j ->> 'unique_key' order by g, m.place), '{}') as keys,
        coalesce(array_agg((m.j ->> 'delay_ms')::bigint order by g, m.place), '{}') as delays,
        coalesce(array_agg(coalesce((m.j ->> 'restarts')::boolean, false) order by g, m.place), '{}') as restarts
    into j
    from generate_series(1, n) as g
    cross join lateral jsonb_array_elements(p_jobs[g]) with ordinality as m (j, place);
    r := record_2(
        array(select g from generate_series(1, n) as g), array_fill(0, array[n]), p_source, p_dedupe_key,
        p_window_seconds, array_fill(20, array[n]), array_fill(null::text, array[n]), p_origin, p_provider,
        p_provider_type, p_type, p_subject, p_shop_id, array_fill(''::text, array[n]), array_fill(0, array[n]),
        p_occurred_at, p_sequence, p_received_at,
        array(select case when p_occurred_at[g] is null then 1 else 0 end from generate_series(1, n) as g order by g),
        array(
            select event_clock(is_trusted(p_verification[g], p_origin[g], null), p_occurred_at[g], p_received_at[g], p_sequence[g], 0,
                p_status_rank[g], p_dedupe_key[g])
            from generate_series(1, n) as g order by g),
        array(select is_trusted(p_verification[g], p_origin[g], null) from generate_series(1, n) as g order by g),
        p_verification, p_scheme, p_key_id, p_request_id, p_remote_addr, p_method, p_path, p_query, p_headers::text[],
        p_body,
        array(select case when p_record_id[g] is not null then coalesce(p_kind[g], 'order') end
            from generate_series(1, n) as g order by g),
        p_record_id, p_patch, p_extra, p_status_rank, array_fill(null::jsonb, array[n]),
        j.places, array_fill(0, array[cardinality(j.places)]), j.actions, j.kinds, j.rules, j.priorities, j.attempts,
        j.keys, j.delays, j.restarts, '');
    if 2 = any (r.outcomes) then
        raise exception 'another transaction holds a row of this batch'
            using errcode = 'serialization_failure', hint = 'The caller records the batch again.';
    end if;
    return query
        select g::bigint, r.event_ids[g], r.order_rows[g], r.outcomes[g] = 1
        from generate_series(1, n) as g
        order by g;
end
$$;
comment on function record is 'The function of the previous version; see record_2.';
