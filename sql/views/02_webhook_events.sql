-- The state of each event is looked up once for all of its columns.
create view webhook_events as
select e.id, e.source, e.provider, e.shop_id, e.provider_type as event_type, e.type as normalized_type,
    body_text(e.body) as event_data, o.status, o.status <> 'failed' as success, o.attempts, o.last_error,
    o.last_error as error_message, e.occurred_at, e.received_at, e.received_at as created_at, o.processed_at,
    e.request_id, is_verified(e.verification, e.origin) as verified
from events as e
cross join lateral event_outcome(e.id, e.order_row, e.received_at) as o;

comment on view webhook_events is 'Every stored event, with the guides'' column names.';
comment on column webhook_events.id is 'The event''s id.';
comment on column webhook_events.source is 'The configured sender.';
comment on column webhook_events.provider is 'The contract of its delivery.';
comment on column webhook_events.shop_id is 'The sender''s shop.';
comment on column webhook_events.event_type is 'The type in the provider''s words.';
comment on column webhook_events.normalized_type is 'The type that rules use, such as order.created.';
comment on column webhook_events.event_data is 'The raw body as text.';
comment on column webhook_events.status is 'pending, processing, completed or failed.';
comment on column webhook_events.success is 'False when one of its jobs is a dead letter.';
comment on column webhook_events.attempts is 'The number of finished attempts at its jobs.';
comment on column webhook_events.last_error is 'Why the last failed attempt failed.';
comment on column webhook_events.error_message is 'The same as last_error.';
comment on column webhook_events.occurred_at is 'Its time by the sender''s clock.';
comment on column webhook_events.received_at is 'When it was received.';
comment on column webhook_events.created_at is 'The same as received_at.';
comment on column webhook_events.processed_at is 'The end of its last job; null while one is open.';
comment on column webhook_events.request_id is 'nginx''s request id: joins the logs.';
comment on column webhook_events.verified is 'Whether a signature or a credential was right, or it is our own.';

create view webhook_statistics as
select e.provider_type as event_type, count(*) as total, count(*) filter (where d.event_id is null) as successful,
    count(*) filter (where d.event_id is not null) as failed, max(e.received_at) as last_received
from events as e
left join (select distinct event_id from jobs where state = 2) as d on d.event_id = e.id
where e.origin in ('delivery', 'spool')
group by e.provider_type;

comment on view webhook_statistics is 'Deliveries counted by type, without replays and fetched events.';
comment on column webhook_statistics.event_type is 'The type in the provider''s words.';
comment on column webhook_statistics.total is 'How many were stored.';
comment on column webhook_statistics.successful is 'How many have no dead letter.';
comment on column webhook_statistics.failed is 'How many have a dead letter.';
comment on column webhook_statistics.last_received is 'When the last one was received.';

-- Both halves are plain tables, so each is read by its index when this is sorted by time. The errors are looked up
-- outside of them, for displayed rows only.
create view webhook_logs as
select d.created_at, d.source, d.endpoint, d.event_type, d.verdict, d.verification, d.success, d.status_code,
    case when d.success then event_error(d.event_id, d.order_row, d.created_at) else d.reason end as error_message, d.event_id,
    d.subject, d.body_length, d.request_id, d.remote_addr, d.verified,
    (select o.order_id from orders as o where o.id = d.order_row) as order_id
from (
    select received_at as created_at, source, path as endpoint, provider_type as event_type, 'accepted' as verdict,
        verification, true as success, 200 as status_code, null as reason, id as event_id, order_row, subject,
        octet_length(body)::bigint as body_length, request_id, remote_addr,
        is_verified(verification, origin) as verified
    from events
    union all
    select refused_at, source, path, null, kind, null, false, status, reason, null, null, null, body_length,
        request_id, remote_addr, false
    from refusals
) as d;

comment on view webhook_logs is 'Every delivery, accepted or refused (refusals as a bounded sample), newest last unless sorted.';
comment on column webhook_logs.created_at is 'When it was received.';
comment on column webhook_logs.source is 'The configured sender.';
comment on column webhook_logs.endpoint is 'The path it was sent to.';
comment on column webhook_logs.event_type is 'The type in the provider''s words.';
comment on column webhook_logs.verdict is 'accepted, or the kind of refusal.';
comment on column webhook_logs.verification is 'The proof: signature, credential or unverified.';
comment on column webhook_logs.success is 'Whether it was stored.';
comment on column webhook_logs.status_code is 'The HTTP status; 200 for accepted ones, whichever 2xx their provider expects.';
comment on column webhook_logs.error_message is 'Why it was refused, or why the last attempt at its jobs failed.';
comment on column webhook_logs.event_id is 'Its event.';
comment on column webhook_logs.subject is 'Its subject.';
comment on column webhook_logs.body_length is 'How many bytes the body had.';
comment on column webhook_logs.request_id is 'nginx''s request id: joins the logs.';
comment on column webhook_logs.remote_addr is 'The peer''s address.';
comment on column webhook_logs.order_id is 'The order it is about, as the provider writes its id.';
comment on column webhook_logs.verified is 'Whether a signature or a credential was right, or it is our own; false for a refusal.';
