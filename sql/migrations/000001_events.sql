-- What arrived: receipts (what counts as the same), events (everything that counted), refusals (what did not).

create table receipts (
    source text not null,
    dedupe_key bytea not null,
    event_id bigint not null,
    received_at timestamptz not null,
    primary key (source, dedupe_key)
) with (autovacuum_vacuum_insert_scale_factor = 0.05);
create index receipts_received_at on receipts using brin (received_at) with (pages_per_range = 32, autosummarize = on);

comment on table receipts is 'One row for every event: what makes a second delivery of it a duplicate. Not partitioned: an event that comes again weeks later is still the same.';
comment on column receipts.source is 'The configured sender.';
comment on column receipts.dedupe_key is 'A signed id or a hash, as the provider''s contract has it.';
comment on column receipts.event_id is 'The event that the first delivery made.';
comment on column receipts.received_at is 'When it was received; with event_id it finds the event.';

create sequence event_ids;
comment on sequence event_ids is 'Ids of events. Gaps are normal and mean no loss; ids are not in the order of commit.';

create table events (
    id bigint not null,
    received_at timestamptz not null,
    source text not null,
    provider text not null,
    provider_type text not null,
    type text not null,
    subject text,
    shop_id text,
    occurred_at timestamptz,
    sequence bigint not null default 0,
    order_row bigint,
    disposition text not null,
    changes jsonb,
    origin text not null default 'delivery',
    verification text not null,
    scheme text not null,
    key_id text,
    request_id text not null,
    remote_addr text not null,
    method text not null,
    path text not null,
    query text not null,
    headers jsonb not null,
    body bytea not null,
    primary key (received_at, id),
    constraint disposition_known check (disposition in ('created', 'applied', 'stale', 'stored')),
    constraint origin_known check (origin in ('delivery', 'spool', 'replay', 'fetched')),
    constraint verification_known check (verification in ('signature', 'credential', 'unverified'))
) partition by range (received_at);
create index events_order_row on events (order_row, id) where order_row is not null;

comment on table events is 'Every delivery that counted, as it came, append only; partitioned by the week of received_at.';
comment on column events.id is 'The event''s id; unique.';
comment on column events.received_at is 'When the whole request had been read; travels with the id wherever an event is named.';
comment on column events.source is 'The configured sender.';
comment on column events.provider is 'The contract it came by, such as tiktok_shop.';
comment on column events.provider_type is 'The type as the provider names it.';
comment on column events.type is 'The normalized type, such as order.created.';
comment on column events.subject is 'What it is about, such as order:987654321.';
comment on column events.shop_id is 'The shop that the sender names.';
comment on column events.occurred_at is 'When it happened by the sender''s clock; null when the sender tells no time.';
comment on column events.sequence is 'The sender''s own order among events of one moment.';
comment on column events.order_row is 'The order it is about: orders.id.';
comment on column events.disposition is 'created: it made the order; applied: it changed it; stale: all it says was known or is older; stored: about no order.';
comment on column events.changes is 'What it visibly changed: {field: [old, new]}, or {field: value} when it made the order. The view order_events has a row per field.';
comment on column events.origin is 'How it got here: delivery, spool (stored while Postgres was away), replay or fetched.';
comment on column events.verification is 'What was proven: signature, credential (weaker) or unverified.';
comment on column events.scheme is 'The scheme that proved it.';
comment on column events.key_id is 'Which of the source''s secrets matched: its name, not the secret.';
comment on column events.request_id is 'nginx''s request id: joins the logs.';
comment on column events.remote_addr is 'The peer''s address as nginx saw it.';
comment on column events.method is 'The request method.';
comment on column events.path is 'The path of the request.';
comment on column events.query is 'The query of the request, without the question mark.';
comment on column events.headers is 'The header fields as an array of [name, value]; credentials are left out.';
comment on column events.body is 'The raw body: the bytes that the signature covers.';

create table refusals (
    id bigint generated always as identity primary key,
    refused_at timestamptz not null,
    source text,
    kind text not null,
    reason text not null,
    status int not null,
    request_id text not null,
    remote_addr text not null,
    method text not null,
    path text not null,
    body bytea not null,
    body_length bigint not null,
    unrecorded int not null default 0
);
create index refusals_refused_at on refusals using brin (refused_at) with (pages_per_range = 16, autosummarize = on);

comment on table refusals is 'Deliveries that were not accepted: a sample, at most 60 rows per source and minute, so that a forger can not make us write.';
comment on column refusals.id is 'The row''s id.';
comment on column refusals.refused_at is 'When it was refused.';
comment on column refusals.source is 'The source whose path was asked for; null when the path belongs to none.';
comment on column refusals.kind is 'The kind of refusal, such as no_secret_matched or outside_tolerance.';
comment on column refusals.reason is 'What a person needs to mend it.';
comment on column refusals.status is 'The HTTP status that was answered.';
comment on column refusals.request_id is 'nginx''s request id: joins the logs.';
comment on column refusals.remote_addr is 'The peer''s address as nginx saw it.';
comment on column refusals.method is 'The request method.';
comment on column refusals.path is 'The path of the request.';
comment on column refusals.body is 'The first 4 KiB of the body.';
comment on column refusals.body_length is 'How long the whole body was, in bytes.';
comment on column refusals.unrecorded is 'How many more refusals of that source were only counted since the row before.';
