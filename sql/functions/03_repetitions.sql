-- The same bytes of the same source again, where nothing signed gives an id or a time (docs/database.md, Repetition).

-- Whether the sender itself said something else about the record, or without one about the subject, between two moments.
-- What names no shop is about all rows of its id, where several shops have that, and about the subject.
-- What was received at one moment is ordered by the ids of the events. To a verified delivery nothing unverified counts.
create or replace function said_between(
    p_source text, p_kind text, p_rows bigint[], p_subject text, p_from timestamptz, p_from_event bigint, p_to timestamptz,
    p_to_event bigint, p_trusted boolean
) returns boolean language plpgsql stable as $$
declare
    v_is_said boolean;
begin
    if p_rows is null or cardinality(p_rows) > 1 then
        v_is_said := exists (
            select from events as e
            where e.source = p_source and e.subject = p_subject and e.order_row is null and e.record_row is null
                and e.received_at between p_from and p_to
                and (e.received_at, e.id) > (p_from, p_from_event) and (e.received_at, e.id) < (p_to, p_to_event)
                and e.origin in ('delivery', 'spool', 'released')
                and (not p_trusted or is_trusted(e.verification, e.origin, e.trusted)));
        if v_is_said or p_rows is null then
            return v_is_said;
        end if;
    end if;
    return exists (
        select from events as e
        where (p_kind = 'order' and e.order_row = any (p_rows)
                or p_kind <> 'order' and e.record_row = any (p_rows) and e.record_kind = p_kind)
            and e.received_at between p_from and p_to
            and (e.received_at, e.id) > (p_from, p_from_event) and (e.received_at, e.id) < (p_to, p_to_event)
            and e.origin in ('delivery', 'spool', 'released')
            and (not p_trusted or is_trusted(e.verification, e.origin, e.trusted))
    ) or exists (
        select from event_records as r
        join events as e on e.received_at = r.event_received_at and e.id = r.event_id
        where r.record_row = any (p_rows) and r.record_kind = p_kind
            and (e.received_at, e.id) > (p_from, p_from_event) and (e.received_at, e.id) < (p_to, p_to_event)
            and e.origin in ('delivery', 'spool', 'released')
                and (not p_trusted or is_trusted(e.verification, e.origin, e.trusted)));
end
$$;
comment on function said_between is 'Whether the sender sent something else about a record or subject between two times.';

-- The event that a delivery of these bytes repeats; none if it is a new event. The caller holds the receipt and the row
-- locked.
create or replace function repeated_event(
    p_source text, p_dedupe_key bytea, p_window_seconds bigint, p_daily_limit int, p_delivery_id text, p_subject text,
    p_kind text, p_rows bigint[], p_received_at timestamptz, p_trusted boolean, out event_id bigint, out received_at timestamptz,
    out is_over_limit boolean
) language plpgsql volatile as $$
#variable_conflict use_column
declare
    v_window interval := make_interval(secs => p_window_seconds);
    v_before occurrences;
    v_after occurrences;
    v_is_about boolean := p_rows is not null or p_subject is not null;
begin
    is_over_limit := false;
    -- For events from before occurrences only the receipt is known.
    insert into occurrences (source, dedupe_key, received_at, event_id)
    select r.source, r.dedupe_key, r.received_at, r.event_id from receipts as r
    where r.source = p_source and r.dedupe_key = p_dedupe_key and not exists (
        select from occurrences as o where o.source = p_source and o.dedupe_key = p_dedupe_key);

    if p_delivery_id is not null then
        select o.event_id, o.received_at into event_id, received_at from occurrences as o
        where o.source = p_source and o.dedupe_key = p_dedupe_key and (o.delivery_id = p_delivery_id or exists (
            select from repetitions as r
            where r.source = p_source and r.dedupe_key = p_dedupe_key and r.delivery_id = p_delivery_id
                and r.event_id = o.event_id))
        limit 1;
        if found then
            return;
        end if;
    end if;

    select * into v_before from occurrences as o
    where o.source = p_source and o.dedupe_key = p_dedupe_key and o.received_at <= p_received_at
    order by o.received_at desc, o.event_id desc limit 1;
    -- Spooled deliveries are recorded late: the event may be the later one of the two.
    select * into v_after from occurrences as o
    where o.source = p_source and o.dedupe_key = p_dedupe_key and o.received_at > p_received_at
    order by o.received_at, o.event_id limit 1;
    if v_before.received_at >= p_received_at - v_window and (case when v_is_about
        then not said_between(p_source, p_kind, p_rows, p_subject, v_before.received_at, v_before.event_id,
            p_received_at, 9223372036854775807, p_trusted)
        else p_delivery_id is null end)
    then
        event_id := v_before.event_id;
        received_at := v_before.received_at;
    elsif v_after.received_at <= p_received_at + v_window and (case when v_is_about
        then not said_between(p_source, p_kind, p_rows, p_subject, p_received_at, 9223372036854775807,
            v_after.received_at, v_after.event_id, p_trusted)
        else p_delivery_id is null end)
    then
        event_id := v_after.event_id;
        received_at := v_after.received_at;
    elsif p_daily_limit <= (
        select count(*) from occurrences as o
        where o.source = p_source and o.dedupe_key = p_dedupe_key
            and o.received_at > p_received_at - interval '1 day' and o.received_at < p_received_at + interval '1 day')
    then
        event_id := coalesce(v_before.event_id, v_after.event_id);
        received_at := coalesce(v_before.received_at, v_after.received_at);
        is_over_limit := true;
    end if;
end
$$;
comment on function repeated_event is 'The event that a delivery of the same bytes repeats; none if it is a new event.';

-- Keeps the trace of repetitions: the first 20 of each event, then hourly counts.
create or replace function keep_repetitions(
    p_event_id bigint[], p_source text[], p_dedupe_key bytea[], p_received_at timestamptz[], p_over_limit boolean[],
    p_origin text[], p_request_id text[], p_remote_addr text[], p_delivery_id text[]
) returns void language plpgsql volatile as $$
begin
    with r as materialized (
        select i, (
            select count(*) from (select from repetitions as t where t.event_id = p_event_id[i] limit 20) as t
        ) as kept
        from generate_series(1, cardinality(p_event_id)) as i
    ), kept as (
        insert into repetitions (event_id, source, dedupe_key, received_at, over_limit, origin, request_id, remote_addr,
            delivery_id)
        select p_event_id[i], p_source[i], p_dedupe_key[i], p_received_at[i], p_over_limit[i], p_origin[i],
            p_request_id[i], p_remote_addr[i], p_delivery_id[i]
        from r where r.kept < 20
    )
    insert into repetitions as t (event_id, source, dedupe_key, received_at, over_limit, is_count)
    select p_event_id[i], p_source[i], p_dedupe_key[i], date_trunc('hour', p_received_at[i], 'UTC'), p_over_limit[i],
        true
    from r where r.kept >= 20
    order by p_event_id[i]
    on conflict (event_id, received_at) where is_count do update
        set repeats = t.repeats + 1, over_limit = t.over_limit or excluded.over_limit;
end
$$;
comment on function keep_repetitions is 'Keeps the trace of repetitions: the first ones in full, then counts.';
