-- The state of every event, derived from its jobs; the base of the views below.
--
-- Each of these columns asks the indexes about its own row and is no join: so a query that sorts and limits asks only for
-- the rows that it shows, whatever it sorts by.
create view event_states as
select
    e.id, e.received_at, e.source, e.provider, e.provider_type, e.type, e.subject, e.shop_id, e.occurred_at,
    e.order_row, e.disposition, e.origin, e.verification, e.scheme, e.key_id, e.request_id, e.remote_addr, e.method,
    e.path, e.headers, e.body,
    event_status(e.id, e.order_row) as status,
    (
        select count(*) from job_attempts as t
        where t.event_id = e.id and t.outcome not in ('released', 'discarded')
            and t.finished_at >= e.received_at - interval '1 day' and t.finished_at <= now() + interval '1 day'
    ) as attempts,
    event_error(e.id, e.order_row, e.received_at) as last_error, e.claimed_type, e.reason, e.unread, e.delivery_id, e.repeatable,
    e.shop_key,
    case
        when event_status(e.id, e.order_row) = 'completed'
            then coalesce((
                select max(t.finished_at) from job_attempts as t
                where t.event_id = e.id and t.finished_at >= e.received_at - interval '1 day'
                    and t.finished_at <= now() + interval '1 day'
            ), e.received_at)
    end as processed_at,
    is_verified(e.verification, e.origin) as verified
from events as e;

comment on view event_states is 'Every event with its state: pending, processing, completed or failed, derived from its jobs.';
comment on column event_states.id is 'The event''s id.';
comment on column event_states.received_at is 'When the whole request had been read.';
comment on column event_states.source is 'The configured sender.';
comment on column event_states.provider is 'The contract of its delivery.';
comment on column event_states.provider_type is 'The type in the provider''s words.';
comment on column event_states.type is 'The normalized type.';
comment on column event_states.subject is 'Its subject, such as order:987654321.';
comment on column event_states.shop_id is 'The sender''s shop.';
comment on column event_states.occurred_at is 'Its time by the sender''s clock.';
comment on column event_states.order_row is 'Its order: orders.id.';
comment on column event_states.disposition is 'applied, stale or stored.';
comment on column event_states.origin is 'delivery, spool, replay or fetched.';
comment on column event_states.verification is 'signature, credential or unverified.';
comment on column event_states.scheme is 'The scheme that proved it.';
comment on column event_states.key_id is 'The source''s secret that matched.';
comment on column event_states.request_id is 'nginx''s request id.';
comment on column event_states.remote_addr is 'The peer''s address.';
comment on column event_states.method is 'The request method.';
comment on column event_states.path is 'The path of the request.';
comment on column event_states.headers is 'The header fields as [name, value].';
comment on column event_states.body is 'The raw body.';
comment on column event_states.status is 'pending, processing, completed or failed (a job of it is a dead letter).';
comment on column event_states.attempts is 'The number of finished attempts at its jobs.';
comment on column event_states.last_error is 'Why the last failed attempt failed.';
comment on column event_states.processed_at is 'The end of its last job; null while one is open.';
comment on column event_states.claimed_type is 'The type that an unsigned header claimed and the body does not confirm; null otherwise.';
comment on column event_states.reason is 'Why it was not recognized or changed nothing; usually null.';
comment on column event_states.unread is 'The fields that could not be read; null for none.';
comment on column event_states.delivery_id is 'The sender''s unsigned id of the delivery; null where it sends none.';
comment on column event_states.repeatable is 'Whether nothing signed has its id or time, so that the same bytes may be a new event.';
comment on column event_states.shop_key is 'The shop in the signed content, if ids are unique per shop only; null for none.';

-- Which rows an event is about: the first in events, further ones in event_records.
create view event_rows as
select e.id as event_id, e.received_at, 0 as record_no, 'order' as record_kind, e.order_row as record_row, e.disposition,
    e.changes, e.clock
from events as e where e.order_row is not null
union all
select e.id, e.received_at, 0, e.record_kind, e.record_row, e.disposition, e.changes, e.clock
from events as e where e.record_row is not null
union all
select r.event_id, r.event_received_at, r.record_no, r.record_kind, r.record_row, r.disposition, r.changes, r.clock
from event_records as r;

comment on view event_rows is 'Every row that an event is about, and its effect on it.';
comment on column event_rows.event_id is 'The event.';
comment on column event_rows.received_at is 'When it was received.';
comment on column event_rows.record_no is 'The record''s place in the event: 0 the first.';
comment on column event_rows.record_kind is 'order, product, customer or comment.';
comment on column event_rows.record_row is 'The row of that record.';
comment on column event_rows.disposition is 'created, applied, stale or stored, as in events.';
comment on column event_rows.changes is 'Its visible changes, as in events.';
comment on column event_rows.clock is 'The clock that it was assigned; null if it follows from its own time.';

-- The fields that could not be read. Nothing is lost: it is in `extra` of its row, and in the body.
create view unread_fields as
select e.source, e.provider, e.type, f.field, count(*) as events, max(e.id) as example_event_id,
    min(e.received_at) as first_seen, max(e.received_at) as last_seen
from events as e
cross join lateral (
    select jsonb_array_elements_text(case jsonb_typeof(e.unread -> 'fields')
        when 'array' then e.unread -> 'fields' else '[]' end) as field
    union all
    select 'records' where e.unread ? 'records'
) as f
where e.unread is not null
group by e.source, e.provider, e.type, f.field;

comment on view unread_fields is 'Members of bodies that could not be read as their fields, by source, provider and type.';
comment on column unread_fields.source is 'The configured sender.';
comment on column unread_fields.provider is 'The contract of its delivery.';
comment on column unread_fields.type is 'The normalized type of the events.';
comment on column unread_fields.field is 'The member; records for records above the limit of an event.';
comment on column unread_fields.events is 'How many events have it.';
comment on column unread_fields.example_event_id is 'The newest of them.';
comment on column unread_fields.first_seen is 'When the first was received.';
comment on column unread_fields.last_seen is 'When the last was received.';

create view repetition_list as
select r.event_id, r.source, r.received_at, r.repeats, r.is_count, r.over_limit, r.origin, r.request_id, r.remote_addr,
    r.delivery_id
from repetitions as r;

comment on view repetition_list is 'Duplicates of the last 30 days: the first 20 of each event, then hourly counts.';
comment on column repetition_list.event_id is 'The event that was repeated.';
comment on column repetition_list.source is 'The configured sender.';
comment on column repetition_list.received_at is 'When it was received; for a count the hour.';
comment on column repetition_list.repeats is 'How many deliveries the row represents.';
comment on column repetition_list.is_count is 'Whether the row counts the repetitions of an hour.';
comment on column repetition_list.over_limit is 'Whether it is one only because its body reached the limit of events within 24 hours.';
comment on column repetition_list.origin is 'Its origin; null for a count.';
comment on column repetition_list.request_id is 'nginx''s request id; null for a count.';
comment on column repetition_list.remote_addr is 'The peer''s address; null for a count.';
comment on column repetition_list.delivery_id is 'The sender''s unsigned id of the delivery; null where it sends none.';

create view shop_list as
select s.source, s.shop_key, s.state, s.is_first, s.changed_at, s.changed_by, s.event_id
from source_shops as s;

comment on view shop_list is 'The shops of each source, from signed content.';
comment on column shop_list.source is 'The configured sender.';
comment on column shop_list.shop_key is 'The shop: host and path, or the store''s id.';
comment on column shop_list.state is 'listed, unlisted (its jobs are held until a person decides) or refused.';
comment on column shop_list.is_first is 'Whether it was the first to sign an order in a source with one shop.';
comment on column shop_list.changed_at is 'The start of this state.';
comment on column shop_list.changed_by is 'Who decided: first, upgrade, rebuild, door, or a person.';
comment on column shop_list.event_id is 'The first event of it; null for shops from before the upgrade.';
comment on column event_states.verified is 'Whether its signature or credential was right, or it is our own (fetched, replayed).';
