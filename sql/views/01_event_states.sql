-- What became of every event, derived from its jobs; the base of the views below.
create view event_states as
select
    e.id, e.received_at, e.source, e.provider, e.provider_type, e.type, e.subject, e.shop_id, e.occurred_at,
    e.order_row, e.disposition, e.origin, e.verification, e.scheme, e.key_id, e.request_id, e.remote_addr, e.method,
    e.path, e.headers, e.body,
    case
        when j.dead > 0 then 'failed'
        when j.running > 0 then 'processing'
        when j.ready > 0 then 'pending'
        else 'completed'
    end as status,
    coalesce(a.attempts, 0) as attempts,
    coalesce(j.last_error, a.last_error) as last_error,
    case when coalesce(j.open, 0) = 0 then coalesce(a.finished_at, e.received_at) end as processed_at
from events as e
left join (
    select event_id, count(*) filter (where state = 0) as ready, count(*) filter (where state = 1) as running,
        count(*) filter (where state = 2) as dead, count(*) as open, max(last_error) as last_error
    from jobs group by event_id
) as j on j.event_id = e.id
left join lateral (
    select count(*) filter (where outcome not in ('released', 'discarded')) as attempts,
        max(finished_at) as finished_at,
        (array_agg(reason order by finished_at desc) filter (where outcome in ('retry', 'dead', 'lost')))[1] as last_error
    from job_attempts as t where t.event_id = e.id
) as a on true;

comment on view event_states is 'Every event with what became of it: pending, processing, completed or failed, derived from its jobs.';
comment on column event_states.id is 'The event''s id.';
comment on column event_states.received_at is 'When the whole request had been read.';
comment on column event_states.source is 'The configured sender.';
comment on column event_states.provider is 'The contract it came by.';
comment on column event_states.provider_type is 'The type as the provider names it.';
comment on column event_states.type is 'The normalized type.';
comment on column event_states.subject is 'What it is about, such as order:987654321.';
comment on column event_states.shop_id is 'The shop that the sender names.';
comment on column event_states.occurred_at is 'When it happened by the sender''s clock.';
comment on column event_states.order_row is 'The order it is about: orders.id.';
comment on column event_states.disposition is 'applied, stale or stored.';
comment on column event_states.origin is 'delivery, spool, replay or fetched.';
comment on column event_states.verification is 'signature, credential or unverified.';
comment on column event_states.scheme is 'The scheme that proved it.';
comment on column event_states.key_id is 'Which of the source''s secrets matched.';
comment on column event_states.request_id is 'nginx''s request id.';
comment on column event_states.remote_addr is 'The peer''s address.';
comment on column event_states.method is 'The request method.';
comment on column event_states.path is 'The path of the request.';
comment on column event_states.headers is 'The header fields as [name, value].';
comment on column event_states.body is 'The raw body.';
comment on column event_states.status is 'pending, processing, completed or failed (a job of it is a dead letter).';
comment on column event_states.attempts is 'How many attempts at its jobs have ended.';
comment on column event_states.last_error is 'Why the last failed attempt failed.';
comment on column event_states.processed_at is 'When its last job ended; null while one is open.';
