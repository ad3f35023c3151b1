-- What record_2() keeps beside what record() kept: shops in the keys, several records of one event, occurrences and
-- repetitions of a body, deletions that wait for their row, and how a clock was found.

-- The rows of the ledger wait until the clocks have their new shape (000018): nothing is written in between.
lock table receipts, orders, products, customers, comments in share row exclusive mode;

alter table events
    add column claimed_type text,
    add column reason text,
    add column unread jsonb,
    add column clock jsonb,
    add column trusted boolean,
    add column delivery_id text,
    add column repeatable boolean not null default false,
    add column shop_key text,
    drop constraint origin_known,
    add constraint origin_known check (
        origin in ('delivery', 'spool', 'released', 'imported', 'reconciled', 'fetched', 'replay'));
comment on column events.claimed_type is 'The type that an unsigned header claimed and the body does not bear out; null where it does.';
comment on column events.reason is 'Why it was not recognized, or why it changed nothing; null for most.';
comment on column events.unread is 'What could not be read: {"fields": [names], "records": how many records of it are above the limit}; null for nothing.';
comment on column events.clock is 'The clock that was given to it where its own time does not tell: a deletion without a time, a restore. Null for all others.';
comment on column events.trusted is 'Whether it counts as verified, where that is not what its verdict says (a source that demands no signature); null for most.';
comment on column events.delivery_id is 'The sender''s unsigned id of the delivery, the same in every retry; null where it sends none.';
comment on column events.repeatable is 'Whether nothing signed tells its id or time: the same bytes may be sent again, by the sender or by whoever captured them.';
comment on column events.shop_key is 'The shop that the signed content names, where ids are the shop''s own; null for none.';
comment on column events.origin is 'How it came here: delivery, spool (stored while Postgres was away), released, imported, reconciled, fetched or replay.';
create index events_unread on events (source, received_at) where unread is not null;
-- What is about no row is found by what it is about.
create index events_subject on events (subject, source, received_at)
    where order_row is null and record_row is null and subject is not null;

-- Rows belong to a shop.
alter table orders add column shop_key text not null default '';
alter table orders drop constraint orders_order_id_source_key, add unique (order_id, source, shop_key);
alter table products add column shop_key text not null default '';
alter table products drop constraint products_source_product_id_key, add unique (source, product_id, shop_key);
alter table customers add column shop_key text not null default '';
alter table customers drop constraint customers_source_customer_id_key, add unique (source, customer_id, shop_key);
alter table comments add column shop_key text not null default '';
alter table comments drop constraint comments_source_comment_id_key, add unique (source, comment_id, shop_key);
alter table inventory add column shop_key text not null default '';
alter table inventory drop constraint inventory_source_product_id_variant_id_key,
    add unique (source, product_id, variant_id, shop_key);
comment on column orders.shop_key is 'The shop whose order it is, where order ids are the shop''s own: host and path, or the store''s id. Empty where ids are the sender''s own, and as long as no signed event has named the shop.';
comment on column products.shop_key is 'The shop whose product it is, as in orders.';
comment on column customers.shop_key is 'The shop whose customer it is, as in orders.';
comment on column comments.shop_key is 'The shop that it belongs to, as in orders; empty for most.';
comment on column inventory.shop_key is 'The shop whose product it is, as in orders.';

create table source_shops (
    source text not null,
    shop_key text not null,
    state text not null,
    is_first boolean not null default false,
    changed_at timestamptz not null default now(),
    changed_by text not null,
    event_id bigint,
    primary key (source, shop_key),
    constraint state_known check (state in ('listed', 'unlisted', 'refused'))
);
create unique index source_shops_first on source_shops (source) where is_first;
comment on table source_shops is 'The shops of each source that signed content has named. Jobs of a shop that is not listed are held.';
comment on column source_shops.source is 'The configured sender.';
comment on column source_shops.shop_key is 'The shop: host and path, or the store''s id.';
comment on column source_shops.state is 'listed: its jobs run; unlisted: they are held until a person decides; refused: a person decided that none of its jobs run.';
comment on column source_shops.is_first is 'Whether it was the first that signed an order in a source of one shop.';
comment on column source_shops.changed_at is 'When that state began.';
comment on column source_shops.changed_by is 'Who decided: first, upgrade, rebuild, door (a shop that nobody has listed), or a person.';
comment on column source_shops.event_id is 'The first event of it; null for shops from before the upgrade.';

create table event_records (
    event_id bigint not null,
    event_received_at timestamptz not null,
    record_no int not null,
    record_kind text not null,
    record_row bigint not null,
    disposition text not null,
    changes jsonb,
    clock jsonb,
    primary key (event_id, record_no)
);
create index event_records_received_at on event_records using brin (event_received_at)
    with (pages_per_range = 32, autosummarize = on);
create index event_records_row on event_records (record_row, record_kind, event_id);
comment on table event_records is 'The further records of events about several; the first is in events. The view event_rows has both.';
comment on column event_records.event_id is 'The event.';
comment on column event_records.event_received_at is 'When it was received.';
comment on column event_records.record_no is 'The record''s place in the event, from 1; 0 is the one in events.';
comment on column event_records.record_kind is 'order, product, customer or comment.';
comment on column event_records.record_row is 'The row of that record.';
comment on column event_records.disposition is 'What became of it, as in events.';
comment on column event_records.changes is 'What it visibly changed, as in events.';
comment on column event_records.clock is 'The clock that it was given, as in events.';

create table occurrences (
    source text not null,
    dedupe_key bytea not null,
    received_at timestamptz not null,
    event_id bigint not null,
    delivery_id text,
    primary key (source, dedupe_key, received_at, event_id)
);
create index occurrences_received_at on occurrences using brin (received_at) with (pages_per_range = 32, autosummarize = on);
comment on table occurrences is 'The events of each repeatable body: what is decided by, when the same bytes come once more.';
comment on column occurrences.source is 'The configured sender.';
comment on column occurrences.dedupe_key is 'The body''s key, as in receipts.';
comment on column occurrences.received_at is 'When the event was received.';
comment on column occurrences.event_id is 'The event.';
comment on column occurrences.delivery_id is 'The sender''s unsigned id of that delivery; null where it sends none.';

create table repetitions (
    id bigint generated always as identity primary key,
    event_id bigint not null,
    source text not null,
    dedupe_key bytea not null,
    received_at timestamptz not null,
    repeats int not null default 1,
    is_count boolean not null default false,
    over_limit boolean not null default false,
    origin text,
    request_id text,
    remote_addr text,
    delivery_id text
);
create unique index repetitions_count on repetitions (event_id, received_at) where is_count;
create index repetitions_event on repetitions (event_id);
create index repetitions_key on repetitions (source, dedupe_key) where delivery_id is not null;
create index repetitions_limit on repetitions (received_at) where over_limit;
create index repetitions_received_at on repetitions using brin (received_at) with (pages_per_range = 16, autosummarize = on);
comment on table repetitions is 'Deliveries that repeated an event: the first 20 of each, then a count an hour. Kept 30 days.';
comment on column repetitions.id is 'The row''s id.';
comment on column repetitions.event_id is 'The event that was repeated.';
comment on column repetitions.source is 'The configured sender.';
comment on column repetitions.dedupe_key is 'The key that they share.';
comment on column repetitions.received_at is 'When it was received; of a count the hour.';
comment on column repetitions.repeats is 'How many deliveries the row stands for.';
comment on column repetitions.is_count is 'Whether the row counts the repetitions of an hour.';
comment on column repetitions.over_limit is 'Whether it is a repetition only because that body made as many events as it may within 24 hours.';
comment on column repetitions.origin is 'How it came here, as in events; null of a count.';
comment on column repetitions.request_id is 'nginx''s request id; null of a count.';
comment on column repetitions.remote_addr is 'The peer''s address as nginx saw it; null of a count.';
comment on column repetitions.delivery_id is 'The sender''s unsigned id of the delivery; null where it sends none, and of a count.';

create table held_deletions (
    source text not null,
    kind text not null,
    record_id text not null,
    shop_key text not null,
    event_id bigint not null,
    event_received_at timestamptz not null,
    trusted boolean not null,
    hash text not null,
    patch jsonb not null,
    extra jsonb,
    record_row bigint,
    primary key (source, record_id, kind, shop_key)
);
create index held_deletions_received_at on held_deletions (event_received_at);
comment on table held_deletions is 'Deletions without a time whose row was not known: each holds until a restore, or an event whose own time is after its receipt.';
comment on column held_deletions.source is 'The configured sender.';
comment on column held_deletions.kind is 'order, product, customer or comment.';
comment on column held_deletions.record_id is 'The record''s id as the sender names it.';
comment on column held_deletions.shop_key is 'The shop, as in orders.';
comment on column held_deletions.event_id is 'The event that says so.';
comment on column held_deletions.event_received_at is 'When it was received.';
comment on column held_deletions.trusted is 'Whether that event counts as verified.';
comment on column held_deletions.hash is 'The last element of its clock.';
comment on column held_deletions.patch is 'What it says of the row.';
comment on column held_deletions.extra is 'The fields that the ledger does not know; null for none.';
comment on column held_deletions.record_row is 'The row, as soon as it is there; null before.';

create table acceptances (
    id bigint generated always as identity primary key,
    source text not null,
    before timestamptz not null,
    accepted_at timestamptz not null default now(),
    accepted_by text not null
);
create index acceptances_source on acceptances (source);
comment on table acceptances is 'Unverified events that an operator trusts: those of a source that were received before a moment.';
comment on column acceptances.id is 'The row''s id.';
comment on column acceptances.source is 'The configured sender.';
comment on column acceptances.before is 'Its events that were received before this count as verified.';
comment on column acceptances.accepted_at is 'When that was decided.';
comment on column acceptances.accepted_by is 'Who decided.';

create table heartbeats (
    is_batch boolean primary key default true,
    beat_at timestamptz not null,
    constraint one_row check (is_batch)
);
comment on table heartbeats is 'When the batch processor last reported: one row.';
comment on column heartbeats.is_batch is 'Always true.';
comment on column heartbeats.beat_at is 'When it last reported.';

-- Jobs can be held. The mechanism of holding and releasing is the batch processor's; the door holds jobs of shops that
-- are not listed.
alter table jobs
    drop constraint state_known,
    add constraint state_known check (state in (0, 1, 2, 3)),
    add column hold_reason text,
    add column held_at timestamptz;
comment on column jobs.state is '0 ready, 1 running, 2 dead letter, 3 held.';
comment on column jobs.hold_reason is 'Why it is held, such as shop; null of a job that is not.';
comment on column jobs.held_at is 'Since when it is held; null of a job that is not.';

-- Functions with other parameters than they had must not stay beside the new ones.
do $$
declare
    f regprocedure;
begin
    for f in
        select oid from pg_proc where pronamespace = 'hookledger'::regnamespace and proname in (
            'order_clock', 'apply_to_orders', 'apply_to_records', 'lock_orders', 'find_receipts', 'make_shared_jobs',
            'rebuild_orders')
    loop
        execute format('drop function %s', f);
    end loop;
end
$$;
