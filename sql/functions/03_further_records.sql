-- The further records of a batch's events, one by one; the events themselves are written after it. Returns the rows of
-- orders among them, by the place of the delivery and the place of the record: {"3.1": 4711}.
create or replace function apply_further_records(
    p_source text[], p_dedupe_key bytea[], p_provider text[], p_shop_key text[], p_occurred_at timestamptz[],
    p_received_at timestamptz[], p_heard_at timestamptz[], p_timing int[], p_clock jsonb[], p_trusted boolean[],
    p_event_id bigint[], p_more jsonb[], p_may_be_held boolean
) returns jsonb language plpgsql volatile as $$
declare
    n record;
    a record;
    v_rank int;
    v_clock jsonb;
    v_hash text;
    v_rows jsonb := '{}';
begin
    for n in
        select g as i, m.place, m.r
        from generate_series(1, cardinality(p_source)) as g
        cross join lateral jsonb_array_elements(p_more[g] -> 'records') with ordinality as m (r, place)
        where p_event_id[g] is not null and p_more[g] ? 'records'
        order by array_position(array['order', 'product', 'customer', 'comment'], m.r ->> 'kind'), p_source[g],
            m.r ->> 'id'
    loop
        v_rank := coalesce((n.r ->> 'rank')::int, 0);
        v_hash := encode(substr(p_dedupe_key[n.i], 1, 8), 'hex');
        v_clock := case when p_timing[n.i] = 1
            then event_clock(p_trusted[n.i], null, p_heard_at[n.i], 0, p_event_id[n.i], v_rank, p_dedupe_key[n.i])
            else jsonb_set(p_clock[n.i], '{3}', to_jsonb(v_rank)) end;
        a := apply_to_record(n.r ->> 'kind', p_source[n.i], p_shop_key[n.i], n.r ->> 'id', p_provider[n.i],
            n.r -> 'patch', nullif(n.r -> 'extra', 'null'), p_timing[n.i], v_clock, p_trusted[n.i], v_hash,
            time_that_orders(p_occurred_at[n.i], p_heard_at[n.i]), p_event_id[n.i], p_received_at[n.i], p_may_be_held);
        continue when a.row_id is null;
        insert into event_records (event_id, event_received_at, record_no, record_kind, record_row, disposition, changes,
            clock)
        values (p_event_id[n.i], p_received_at[n.i], n.place, n.r ->> 'kind', a.row_id, a.disposition,
            nullif(a.changes, '{}'), a.given);
        if n.r ->> 'kind' = 'order' then
            v_rows := v_rows || jsonb_build_object(n.i || '.' || n.place, a.row_id);
        end if;
    end loop;
    return v_rows;
end
$$;
comment on function apply_further_records is 'Applies events to their further records.';
