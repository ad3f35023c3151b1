-- What became of every event, derived from its jobs; the base of the views below.
--
-- Each of these columns asks the indexes about its own row and is no join: so a query that sorts and limits asks only for
-- the rows that it shows, whatever it sorts by. "% 3": a held job (3) counts as one that is ready (0). An event's jobs are found by its order, or have none (jobs_of_event()).
create view event_states as
select
    e.id, e.received_at, e.source, e.provider, e.provider_type, e.type, e.subject, e.shop_id, e.occurred_at,
    e.order_row, e.disposition, e.origin, e.verification, e.scheme, e.key_id, e.request_id, e.remote_addr, e.method,
    e.path, e.headers, e.body,
    case greatest(
            (select max(j.state % 3) from jobs as j where j.order_row = e.order_row and j.event_id = e.id),
            (select max(j.state % 3) from jobs as j where e.order_row is null and j.order_row is null and j.event_id = e.id))
        when 2 then 'failed'
        when 1 then 'processing'
        when 0 then 'pending'
        else 'completed'
    end as status,
    (
        select count(*) from job_attempts as t
        where t.event_id = e.id and t.outcome not in ('released', 'discarded')
    ) as attempts,
    event_error(e.id, e.order_row) as last_error,
    case
        when greatest(
            (select max(j.state % 3) from jobs as j where j.order_row = e.order_row and j.event_id = e.id),
            (select max(j.state % 3) from jobs as j where e.order_row is null and j.order_row is null and j.event_id = e.id))
            is null
            then coalesce((select max(t.finished_at) from job_attempts as t where t.event_id = e.id), e.received_at)
    end as processed_at,
    is_verified(e.verification, e.origin) as verified
from events as e;

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
comment on column event_states.verified is 'Whether its signature or credential was right, or it is our own (fetched, replayed).';
