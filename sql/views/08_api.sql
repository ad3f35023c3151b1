-- The views of the REST API, also for psql.
create view event_list as
select id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row,
    record_kind, record_row, disposition, case when record_kind is distinct from 'customer' then changes end as changes,
    origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body, written_by,
    claimed_type, reason, unread, delivery_id, repeatable, shop_key, is_verified(verification, origin) as verified
from events;

comment on view event_list is 'Every event as stored, without its state.';
comment on column event_list.claimed_type is 'The type that an unsigned header claimed but the body does not confirm.';
comment on column event_list.reason is 'Why it was not recognized or changed nothing; usually null.';
comment on column event_list.unread is 'The fields that could not be read; null for none.';
comment on column event_list.delivery_id is 'The sender''s unsigned id of the delivery.';
comment on column event_list.repeatable is 'Whether nothing signed has its id or time, so that the same bytes may be a new event.';
comment on column event_list.shop_key is 'The shop in the signed content, if ids are unique per shop only.';
comment on column event_list.id is 'The event''s id.';
comment on column event_list.received_at is 'When the whole request had been read.';
comment on column event_list.source is 'The configured sender.';
comment on column event_list.provider is 'The contract of its delivery.';
comment on column event_list.provider_type is 'The type in the provider''s words.';
comment on column event_list.type is 'The normalized type.';
comment on column event_list.subject is 'Its subject, such as order:987654321.';
comment on column event_list.shop_id is 'The sender''s shop.';
comment on column event_list.occurred_at is 'Its time by the sender''s clock.';
comment on column event_list.sequence is 'The sender''s own order among events of one moment.';
comment on column event_list.order_row is 'Its order: orders.id.';
comment on column event_list.record_kind is 'Its other record: product, customer or comment.';
comment on column event_list.record_row is 'The row of that record.';
comment on column event_list.disposition is 'created, applied, stale or stored.';
comment on column event_list.changes is 'Its visible changes; null for customers, whose data is personal.';
comment on column event_list.origin is 'delivery, spool, replay or fetched.';
comment on column event_list.verification is 'signature, credential or unverified.';
comment on column event_list.verified is 'Whether its signature or credential was right, or it is our own (fetched, replayed).';
comment on column event_list.scheme is 'The scheme that proved it.';
comment on column event_list.key_id is 'The source''s secret that matched.';
comment on column event_list.request_id is 'nginx''s request id.';
comment on column event_list.remote_addr is 'The peer''s address.';
comment on column event_list.method is 'The request method.';
comment on column event_list.path is 'The path of the request.';
comment on column event_list.query is 'The query of the request.';
comment on column event_list.headers is 'The header fields as [name, value].';
comment on column event_list.body is 'The raw body.';
comment on column event_list.written_by is 'The transaction that wrote it.';

create view order_list as
select id, source, order_id, provider, status, shop_id, order_number, total_amount, currency, email, customer_name,
    tracking_number, created_at, updated_at, shop_key, order_data ->> 'stage' as stage,
    order_data ->> 'return_status' as return_status, (order_data ->> 'cancel_requested')::boolean as cancel_requested
from orders;

comment on view order_list is 'Every order by its events, without the state of its jobs.';
comment on column order_list.id is 'The row''s id.';
comment on column order_list.source is 'The configured sender.';
comment on column order_list.shop_key is 'The order''s shop, if order ids are unique per shop only.';
comment on column order_list.order_id is 'The order''s id as the provider writes it.';
comment on column order_list.provider is 'The contract of the first event about it.';
comment on column order_list.status is 'The sender''s own status word.';
comment on column order_list.shop_id is 'The shop that the order belongs to.';
comment on column order_list.order_number is 'The human-readable order number.';
comment on column order_list.total_amount is 'The buyer''s total.';
comment on column order_list.currency is 'ISO 4217 code.';
comment on column order_list.email is 'The buyer''s e-mail address.';
comment on column order_list.customer_name is 'The buyer''s name.';
comment on column order_list.tracking_number is 'The carrier''s tracking number.';
comment on column order_list.created_at is 'When the first event about it was stored.';
comment on column order_list.updated_at is 'When it last changed.';
comment on column order_list.stage is 'Its stage, in one vocabulary for all senders.';
comment on column order_list.return_status is 'The state of a return, in the provider''s own word.';
comment on column order_list.cancel_requested is 'Whether the buyer has asked to cancel it.';

create view refusal_list as
select id, refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body, body_length,
    unrecorded, written_by
from refusals;

comment on view refusal_list is 'Refusals: a sample, at most 60 rows per source and minute.';
comment on column refusal_list.id is 'The refusal''s id.';
comment on column refusal_list.refused_at is 'When it was refused.';
comment on column refusal_list.source is 'The source of the requested path.';
comment on column refusal_list.kind is 'The kind of refusal.';
comment on column refusal_list.reason is 'How to fix it.';
comment on column refusal_list.status is 'The answered HTTP status.';
comment on column refusal_list.request_id is 'nginx''s request id.';
comment on column refusal_list.remote_addr is 'The peer''s address.';
comment on column refusal_list.method is 'The request method.';
comment on column refusal_list.path is 'The path of the request.';
comment on column refusal_list.body is 'The first 4 KiB of the body.';
comment on column refusal_list.body_length is 'The length of the full body.';
comment on column refusal_list.unrecorded is 'How many more of that source and kind were only counted.';
comment on column refusal_list.written_by is 'The transaction that wrote it.';

create view job_list as
select j.job_id, j.action, j.kind, j.rule, case j.state when 0 then 'ready' when 1 then 'running' when 3 then 'held' else 'dead' end
        as state,
    j.priority, j.attempt, j.max_attempts, j.uncounted, j.run_at, j.first_failed_at, j.lease_until, j.order_row,
    o.source, o.order_id, j.event_id, j.event_received_at, j.last_error, j.note, j.created_at,
    j.hold_reason, j.held_at
from jobs as j
left join orders as o on o.id = j.order_row;

comment on view job_list is 'Jobs that are ready, running or dead.';
comment on column job_list.job_id is 'The job''s id.';
comment on column job_list.action is 'The action of the configuration that it runs.';
comment on column job_list.kind is 'The kind of action.';
comment on column job_list.rule is 'The rule that made it.';
comment on column job_list.state is 'ready, running, held or dead.';
comment on column job_list.priority is 'Lower runs first.';
comment on column job_list.attempt is 'How many attempts have started.';
comment on column job_list.max_attempts is 'The number of failed attempts after which it becomes a dead letter.';
comment on column job_list.uncounted is 'How many attempts failed for a reason that is not counted.';
comment on column job_list.run_at is 'The earliest start of the next attempt.';
comment on column job_list.first_failed_at is 'When it failed for the first time.';
comment on column job_list.lease_until is 'The end of the claim, unless its worker renews it.';
comment on column job_list.order_row is 'The order: orders.id.';
comment on column job_list.source is 'The source of the order.';
comment on column job_list.order_id is 'The order''s id as the provider writes it.';
comment on column job_list.event_id is 'The event that made it.';
comment on column job_list.event_received_at is 'When that event was received.';
comment on column job_list.last_error is 'Why the last attempt failed.';
comment on column job_list.note is 'The text of an alert.';
comment on column job_list.created_at is 'When it was made.';
comment on column job_list.hold_reason is 'The reason of a hold, such as shop, cancel_requested or paused:action:NAME; null for other jobs.';
comment on column job_list.held_at is 'The start of the hold; null for other jobs.';

create view effect_list as
select effect_key, action, kind, state, job_id, event_id, event_received_at, order_row, external_id, answer, started_at,
    finished_at
from effects;

comment on view effect_list is 'Effects on the outside world.';
comment on column effect_list.effect_key is 'The identity of the effect.';
comment on column effect_list.action is 'The action of the configuration.';
comment on column effect_list.kind is 'The kind of action.';
comment on column effect_list.state is 'started, done or uncertain.';
comment on column effect_list.job_id is 'The job that made it.';
comment on column effect_list.event_id is 'The event that made the job.';
comment on column effect_list.event_received_at is 'When that event was received.';
comment on column effect_list.order_row is 'The order: orders.id.';
comment on column effect_list.external_id is 'The destination''s id of it.';
comment on column effect_list.answer is 'The beginning of the destination''s answer.';
comment on column effect_list.started_at is 'The start of the call.';
comment on column effect_list.finished_at is 'The end of the call.';

create view replay_list as
select run, event_id, new_event_id, jobs, replayed_at from replays;

comment on view replay_list is 'Events that were replayed.';
comment on column replay_list.run is 'The replay''s name: details.run in operator_actions.';
comment on column replay_list.event_id is 'The event that was replayed.';
comment on column replay_list.new_event_id is 'The event made by a replay with changes; null if the event itself was run again.';
comment on column replay_list.jobs is 'How many jobs it created or made ready again.';
comment on column replay_list.replayed_at is 'When.';

create view conversation_list as
select c.id, c.source, k.customer_id, c.channel, c.created_at, m.messages, m.last_message_at
from conversations as c
left join customers as k on k.id = c.customer_row
cross join lateral (
    select count(*) as messages, max(m.created_at) as last_message_at from messages as m where m.conversation_id = c.id
) as m;

comment on view conversation_list is 'Conversations with customers.';
comment on column conversation_list.id is 'The conversation''s id.';
comment on column conversation_list.source is 'The configured sender.';
comment on column conversation_list.customer_id is 'The customer''s id as the provider writes it.';
comment on column conversation_list.channel is 'The channel.';
comment on column conversation_list.created_at is 'When the first message was written.';
comment on column conversation_list.messages is 'How many messages it has.';
comment on column conversation_list.last_message_at is 'When the last one was written.';

create view operator_actions as
select id, at, actor, action, subject, reason, details from operator_log;

comment on view operator_actions is 'Manual operations.';
comment on column operator_actions.id is 'A running number.';
comment on column operator_actions.at is 'When it was done.';
comment on column operator_actions.actor is 'The actor: cli:<login name> or token:<name of the token>.';
comment on column operator_actions.action is 'The operation, such as replay.';
comment on column operator_actions.subject is 'The subject, such as event:4711.';
comment on column operator_actions.reason is 'The reason, in the person''s words.';
comment on column operator_actions.details is 'Further details.';

create view metric_totals as
select name, labels, sum(value) as value, max(updated_at) as updated_at from metrics group by name, labels;

comment on view metric_totals is 'Counters, summed over all programs.';
comment on column metric_totals.name is 'The name of the metric.';
comment on column metric_totals.labels is 'Its labels.';
comment on column metric_totals.value is 'The count so far.';
comment on column metric_totals.updated_at is 'When it last grew.';
