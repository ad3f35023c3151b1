-- What is in quarantine, without headers, query and body, which may hold personal data that nobody vouches for.
create view quarantine_list as
select q.id, q.source, q.provider, q.kind, q.reason, q.status, q.received_at, q.last_at, q.repeats, q.request_id,
    q.remote_addr, q.is_known, q.method, q.path, octet_length(q.body) as body_length, q.state, q.event_id, q.decided_at,
    q.note
from quarantine as q;

comment on view quarantine_list is 'Refused deliveries that are kept whole, without their content.';
comment on column quarantine_list.id is 'The row''s id.';
comment on column quarantine_list.source is 'The source whose path was asked for.';
comment on column quarantine_list.provider is 'The contract that it follows by its headers.';
comment on column quarantine_list.kind is 'The kind of refusal.';
comment on column quarantine_list.reason is 'The details for fixing it.';
comment on column quarantine_list.status is 'The HTTP status that was answered.';
comment on column quarantine_list.received_at is 'When the first such request had been read.';
comment on column quarantine_list.last_at is 'When the last such request had been read.';
comment on column quarantine_list.repeats is 'How often it was repeated.';
comment on column quarantine_list.request_id is 'nginx''s request id of the first: joins the logs.';
comment on column quarantine_list.remote_addr is 'The peer''s address as nginx saw it.';
comment on column quarantine_list.is_known is 'Whether the peer had sent verified deliveries of the source before.';
comment on column quarantine_list.method is 'The request method.';
comment on column quarantine_list.path is 'The path of the request.';
comment on column quarantine_list.body_length is 'The length of the body, in bytes.';
comment on column quarantine_list.state is 'kept; released: it is an event now; arrived: the same bytes had arrived in another way; superseded: the sender has said something else since; unusable: verified, and its contract refuses it.';
comment on column quarantine_list.event_id is 'The event that it is, or that had arrived.';
comment on column quarantine_list.decided_at is 'When it left the state kept.';
comment on column quarantine_list.note is 'Why the last release did not take it; null for none.';
