-- The clock of an event: [time in microseconds, sequence, status rank, hash]. Compared element by element it is a total
-- order, so that events of one moment end in the same state whichever comes first. A clock from the future is held to
-- five minutes ahead, or one bad sender would freeze a field for ever. A sender without a clock has its arrival for one.
create or replace function order_clock(
    occurred_at timestamptz, received_at timestamptz, sequence bigint, event_id bigint, status_rank int, dedupe_key bytea
) returns jsonb language sql stable parallel safe as $$
    select jsonb_build_array(
        (extract(epoch from least(coalesce(occurred_at, received_at), received_at + interval '300 seconds'))
            * 1000000)::bigint,
        case when occurred_at is null then event_id else sequence end,
        status_rank,
        encode(substr(dedupe_key, 1, 8), 'hex'))
$$;
comment on function order_clock is 'The clock of an event, for the last writer of a field to win.';
