-- The clock of a field is that of the event that wrote it: [trusted, time in microseconds, sequence, status rank,
-- hash]. Trusted is 1 for a verified event and 0 for others. Compared element by element this is a total order, so
-- events of one moment end in the same state whichever comes first, and a verified value beats an unverified one.

create or replace function clock_of_another_shape(p_one jsonb, p_other jsonb) returns boolean
language plpgsql immutable parallel safe as $$
begin
    raise exception 'clocks of two shapes meet: % and %', p_one, p_other using errcode = 'data_corrupted';
end
$$;
comment on function clock_of_another_shape is 'Fails: jsonb compares arrays by their length first, so clocks of two shapes cannot be compared.';

-- The only comparison of clocks; any clock beats none.
create or replace function clock_is_newer(p_clock jsonb, p_than jsonb) returns boolean
language sql immutable parallel safe as $$
    select case when p_than is null then true
        when jsonb_array_length(p_clock) = 5 and jsonb_array_length(p_than) = 5 then p_clock > p_than
        else clock_of_another_shape(p_clock, p_than) end
$$;
comment on function clock_is_newer is 'Whether a clock beats another one, or there is no other; fails when one of them has another shape.';

-- When something happened, as far as that orders anything: by the sender's own time, or by its receipt if the sender gave
-- none. A time from the future counts as five minutes after the receipt; otherwise one wrong clock would stand above whatever
-- happens until then. `EventTime` is the same for programs.
create or replace function time_that_orders(p_occurred_at timestamptz, p_received_at timestamptz) returns timestamptz
language sql immutable parallel safe as $$
    select least(coalesce(p_occurred_at, p_received_at), p_received_at + interval '300 seconds')
$$;
comment on function time_that_orders is 'When an event happened: the sender''s time, at most five minutes after the receipt.';

-- The clock of an event.
create or replace function event_clock(
    p_trusted boolean, p_occurred_at timestamptz, p_received_at timestamptz, p_sequence bigint, p_event_id bigint,
    p_status_rank int, p_dedupe_key bytea
) returns jsonb language sql immutable parallel safe as $$
    select jsonb_build_array(
        p_trusted::int,
        (extract(epoch from time_that_orders(p_occurred_at, p_received_at)) * 1000000)::bigint,
        case when p_occurred_at is null then p_event_id else p_sequence end,
        p_status_rank,
        encode(substr(p_dedupe_key, 1, 8), 'hex'))
$$;
comment on function event_clock is 'The clock of an event, for the last writer of a field to win.';

-- A clock just above the greatest of a row. One that is not trusted stays below those that are.
create or replace function clock_above(p_clocks jsonb, p_trusted boolean, p_hash text) returns jsonb
language sql immutable parallel safe as $$
    select jsonb_build_array(
        p_trusted::int, coalesce(c.value -> 1, '0'), coalesce(c.value -> 2, '0'),
        coalesce((c.value ->> 3)::bigint, 0) + 1, p_hash)
    from (values (0)) as one
    left join lateral (
        select value from jsonb_each(p_clocks)
        order by value -> 0 <= to_jsonb(p_trusted::int) desc, value desc limit 1
    ) as c on true
$$;
comment on function clock_above is 'A clock just above the greatest one of a row: that of a deletion without a time.';

-- Names of the fields that only unverified events wrote.
create or replace function unverified_fields(p_fields jsonb, p_extra jsonb, p_clocks jsonb) returns text[]
language sql immutable parallel safe as $$
    select coalesce(array_agg(k.name order by k.name), '{}')
    from (
        select jsonb_object_keys(p_fields) as name
        union all select 'extra.' || jsonb_object_keys(p_extra)
    ) as k
    where coalesce(p_clocks -> k.name, p_clocks -> '*') -> 0 = '0'
$$;
comment on function unverified_fields is 'The fields of a row that an unverified event wrote.';

-- Whether a stored event counts as verified: a fetched or reconciled event has our own credential behind it, a replayed
-- one an operator.
create or replace function is_verified(p_verification text, p_origin text) returns boolean
language sql immutable parallel safe as $$
    select p_verification <> 'unverified' or p_origin in ('fetched', 'reconciled', 'replay')
$$;
comment on function is_verified is 'Whether something was proven of an event, or it is our own.';

create or replace function is_trusted(p_verification text, p_origin text, p_trusted boolean) returns boolean
language sql immutable parallel safe as $$
    select coalesce(p_trusted, is_verified(p_verification, p_origin))
$$;
comment on function is_trusted is 'Whether an event counts as verified by what is stored of it.';
