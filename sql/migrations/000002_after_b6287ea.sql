-- All that changed after commit b6287ea, in the order in which it did, for an empty database as for a filled one.

-- The door

-- What record_2() keeps beside what record() kept: shops in the keys, several records of one event, occurrences and
-- repetitions of a body, deletions that wait for their row, and how a clock was found.

-- The rows of the ledger wait until the clocks have their new shape: nothing is written in between.
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

-- Clocks of five

-- Every stored clock gets its first element: 1 where a verified event wrote the field, 0 where an unverified one did.
-- jsonb compares arrays by their length first, so clocks of both shapes must never meet: the constraint at the end.
--
-- A source without any unverified event demanded signatures: all its clocks are verified. In the others a field is
-- verified when the event with its clock's hash is there and was; where that event is gone it is unverified, and
-- `hookledger orders accept` raises it. What was fetched is vouched for by our own token, what was replayed by an operator.
create temporary table mixed_sources on commit drop as
    select distinct source from events
    where verification = 'unverified' and origin not in ('fetched', 'replay');
create temporary table verified_clocks on commit drop as
    select e.source, coalesce(e.record_kind, 'order') as kind, coalesce(e.order_row, e.record_row) as record_row,
        encode(substr(coalesce(e.dedupe_key, r.dedupe_key), 1, 8), 'hex') as hash
    from events as e
    left join receipts as r on r.event_id = e.id
    where e.source in (select source from mixed_sources) and (e.verification <> 'unverified' or e.origin in ('fetched', 'replay'))
        and coalesce(e.order_row, e.record_row) is not null;
create index on verified_clocks (kind, record_row, hash);
analyze mixed_sources;
analyze verified_clocks;

do $$
declare
    v_kind text;
begin
    foreach v_kind in array array['order', 'product', 'customer', 'comment'] loop
        execute format($sql$
            update %I as t
            set clocks = (
                select jsonb_object_agg(c.key, jsonb_build_array(case
                    when not exists (select from mixed_sources as m where m.source = t.source) then 1
                    when exists (
                        select from verified_clocks as v
                        where v.kind = %L and v.record_row = t.id and v.hash = c.value ->> 3) then 1
                    else 0
                end) || c.value)
                from jsonb_each(t.clocks) as c)
            where t.clocks <> '{}'
            $sql$, v_kind || 's', v_kind);
        execute format(
            'alter table %I add constraint clocks_have_five check (not clocks @? ''strict $.* ? (@.size() != 5)'')',
            v_kind || 's');
    end loop;
end
$$;
comment on column orders.clocks is 'The clock of the event that wrote each field: [1 when it was verified, time in microseconds, sequence, status rank, hash]; under * the one of all fields that have none of their own.';

-- Earlier shops

-- Shops that the ledger knows from before count as listed, so that no source that served several stops. Their names are
-- those of verified deliveries; the rows themselves get their shop from `hookledger orders rebuild`, or from the next
-- signed event of it.
insert into source_shops (source, shop_key, state, changed_by)
select distinct e.source,
    regexp_replace(regexp_replace(lower(e.shop_id), '^https?://', ''), '^www\.|:[0-9]+(?=/|$)|/+$', '', 'g'),
    'listed', 'upgrade'
from events as e
where e.verification <> 'unverified' and e.shop_id <> ''
on conflict do nothing;

-- Quantities

-- Quantities can have a fraction: goods by weight or length.
alter table order_items alter column quantity type numeric;
comment on column order_items.quantity is 'How many, with a fraction where goods are sold by weight or length.';

-- Refusal budget

-- How much was written of a source's refusals on a day, so that refuse() can stop.
create table refusal_budget (
    source text not null,
    day date not null,
    bytes bigint not null default 0,
    primary key (source, day)
);
comment on table refusal_budget is 'What was written of the refusals of a source on a day, in bytes: see refuse().';
comment on column refusal_budget.source is 'The source; empty for paths that belong to none.';
comment on column refusal_budget.day is 'The day, in UTC.';
comment on column refusal_budget.bytes is 'About how many bytes its rows take, bodies included.';
comment on column refusals.body is 'The first 4 KiB of the body, credentials masked; empty for rows that stand for many, and when the source''s share of the day is used up.';

-- Handshakes

-- Pings, challenges and the tests of portals: answered, and no events. Guides say "check that it arrived", so each leaves
-- a row.
create table handshakes (
    id bigint generated always as identity primary key,
    received_at timestamptz not null,
    source text not null,
    provider text not null,
    is_signed boolean not null,
    key_id text,
    status int not null,
    request_id text not null,
    remote_addr text not null,
    method text not null,
    path text not null,
    headers jsonb not null,
    body bytea not null,
    body_length bigint not null,
    unrecorded int not null default 0,
    written_by xid8 not null default pg_current_xact_id()
);
create index handshakes_page on handshakes (received_at, id);
create index handshakes_written_by on handshakes (written_by);

comment on table handshakes is 'Pings, challenges and tests of portals that were answered and are no events: a sample, at most 60 rows per source and minute, as most carry no signature.';
comment on column handshakes.id is 'The row''s id.';
comment on column handshakes.received_at is 'When the whole request had been read.';
comment on column handshakes.source is 'The source whose path was asked for.';
comment on column handshakes.provider is 'The contract that it follows.';
comment on column handshakes.is_signed is 'Whether a signature or a credential was right; most contracts have none here.';
comment on column handshakes.key_id is 'Which of the source''s secrets matched: its name, not the secret.';
comment on column handshakes.status is 'The HTTP status that was answered.';
comment on column handshakes.request_id is 'nginx''s request id: joins the logs.';
comment on column handshakes.remote_addr is 'The peer''s address as nginx saw it.';
comment on column handshakes.method is 'The request method.';
comment on column handshakes.path is 'The path of the request; its query, in which some senders put a token, is not kept.';
comment on column handshakes.headers is 'The header fields as an array of [name, value]; credentials are left out.';
comment on column handshakes.body is 'The first 4 KiB of the body, without verification tokens.';
comment on column handshakes.body_length is 'How long the whole body was, in bytes.';
comment on column handshakes.unrecorded is 'How many more handshakes of that source were only counted since the row before.';
comment on column handshakes.written_by is 'The transaction that wrote it, for the cursor of live views.';

-- Live views follow replays, too. Rows from before have none: they were always seen.
alter table replays add column written_by xid8;
alter table replays alter column written_by set default pg_current_xact_id();
create index replays_written_by on replays (written_by) where written_by is not null;
comment on column replays.written_by is 'The transaction that wrote it, for the cursor of live views; null for replays from before there were any.';


-- Shops that took back what they allowed, or whose permission ends soon: looked for at every run.
create index events_authorization on events (received_at)
    where type in ('authorization.removed', 'authorization.expiring');

-- What was made for an order, by which a destination's own webhooks name it.
create index effects_order on effects (order_row) where order_row is not null and external_id is not null;

-- Holds

-- How long a job was held, and which hold a person has ended: time that does not count against it, and a reason that does
-- not hold it again.
alter table jobs add column held_for interval not null default interval '0';
alter table jobs add column released_hold text;
create index jobs_held on jobs (hold_reason, job_id) where state = 3;
comment on column jobs.held_for is 'How long it was held so far; give_up stands still meanwhile.';
comment on column jobs.released_hold is 'The reason of the hold that a person has ended: it does not hold the job again.';

-- Which sources took unsigned deliveries of late, found without reading all events.
create index events_unverified on events (source, received_at)
    where verification = 'unverified' and origin in ('delivery', 'spool');

-- Person index

-- Who is named where: keyed hashes of e-mail addresses, telephone numbers and ids, so that a request about a person finds
-- what is stored of that person without reading all of it. Without the key, which is in no database, they tell nothing.

create table person_keys (
    hash bytea not null,
    kind smallint not null,
    id bigint not null,
    received_at timestamptz,
    primary key (hash, kind, id),
    constraint kind_known check (kind between 0 and 3)
);
create index person_keys_received_at on person_keys using brin (received_at) with (pages_per_range = 32, autosummarize = on);

comment on table person_keys is 'Which events and rows name which person, by keyed hashes; filled in the background by the batch processor.';
comment on column person_keys.hash is 'The first 16 bytes of HMAC-SHA256 over the kind of the value and the value, with the key of keys.person.';
comment on column person_keys.kind is 'What names the person: 0 an event, 1 an order, 2 a customer, 3 a comment.';
comment on column person_keys.id is 'Its id: events.id, orders.id, customers.id or comments.id.';
comment on column person_keys.received_at is 'When the event was received; null for rows.';

-- One row: how far the index is. What was stored before it was begun is read in the order of ids and times; what is
-- written later is found by its transaction, whatever the order of the commits.
create table person_index (
    is_only boolean primary key default true,
    key_id text not null,
    orders_after bigint not null default 0,
    orders_until bigint not null,
    customers_after bigint not null default 0,
    customers_until bigint not null,
    comments_after bigint not null default 0,
    comments_until bigint not null,
    events_after_at timestamptz not null default '-infinity',
    events_after_id bigint not null default 0,
    is_backlog_done boolean not null default false,
    seen pg_snapshot not null,
    target pg_snapshot,
    after_transaction xid8 not null default '0',
    after_id bigint not null default 0,
    indexed bigint not null default 0,
    begun_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint one_row check (is_only)
);

comment on table person_index is 'How far the index of persons is; no row while none was begun.';
comment on column person_index.is_only is 'Always true: there is one row.';
comment on column person_index.key_id is 'Which key the hashes were made with: the first 8 hexadecimal digits of its SHA-256.';
comment on column person_index.orders_after is 'The last order of before that is in the index: orders.id.';
comment on column person_index.orders_until is 'The last order that was there when the index was begun.';
comment on column person_index.customers_after is 'The last customer of before that is in the index: customers.id.';
comment on column person_index.customers_until is 'The last customer that was there when the index was begun.';
comment on column person_index.comments_after is 'The last comment of before that is in the index: comments.id.';
comment on column person_index.comments_until is 'The last comment that was there when the index was begun.';
comment on column person_index.events_after_at is 'When the last event of before that is in the index was received.';
comment on column person_index.events_after_id is 'The id of that event.';
comment on column person_index.is_backlog_done is 'Whether all that was there when the index was begun is in it.';
comment on column person_index.seen is 'Events that transactions of this snapshot wrote are in the index, or of before.';
comment on column person_index.target is 'The snapshot that is being worked up to; null between two rounds.';
comment on column person_index.after_transaction is 'How far the round is: the transaction of its last event.';
comment on column person_index.after_id is 'How far the round is: the id of its last event.';
comment on column person_index.indexed is 'How many events and rows were read for it so far.';
comment on column person_index.begun_at is 'When it was begun.';
comment on column person_index.updated_at is 'When it last went on.';

-- Anonymized

-- Which orders and customers were anonymized because their time was over.
alter table orders add column anonymized_at timestamptz;
alter table customers add column anonymized_at timestamptz;
comment on column orders.anonymized_at is 'When personal data was removed from it, by a request or by retention.orders; null when none was.';
comment on column customers.anonymized_at is 'When personal data was removed from it, by a request or by retention.customers; null when none was.';

-- Functions whose parameters changed: the old ones must not stay beside them.
drop function if exists redact_events(bigint[], timestamptz[], bytea[], bytea[]);
drop function if exists redact_rows(text, bigint[], bigint[], bigint[], bigint[], text[]);

-- Run slots

-- Who may work at the same time is a matter of rows that only the roles concerned may write. An advisory lock is open to
-- every role that can log in: a reader who takes it would hold up all actions.
create table run_slots (
    slot smallint primary key,
    holder text,
    token bigint,
    taken_at timestamptz,
    expires_at timestamptz,
    constraint slot_range check (slot between 1 and 64),
    constraint held_whole check (num_nulls(holder, token, taken_at, expires_at) in (0, 4))
) with (fillfactor = 50);
insert into run_slots (slot) select generate_series(1, 64);

comment on table run_slots is 'Bounds how many runs of the batch processor work at the same time: each holds a slot by a lease.';
comment on column run_slots.slot is 'The number of the slot; a run takes the lowest free one that batch.slots allows.';
comment on column run_slots.holder is 'Host and process of the run that holds it; null while it is free.';
comment on column run_slots.token is 'The fencing token of the lease: a run whose token is not here has lost the slot.';
comment on column run_slots.taken_at is 'When the run took it.';
comment on column run_slots.expires_at is 'When the lease ends unless it is renewed; then the slot is free.';

create table exclusive_work (
    work text primary key
);
insert into exclusive_work (work) values ('partitions'), ('replay');

comment on table exclusive_work is 'Work that one transaction does at a time: it holds the row of that work until it ends.';
comment on column exclusive_work.work is 'partitions: weekly partitions are made; replay: events are replayed.';

-- Tokens of sources

-- A token of the REST API may be limited to sources, so that one shop does not see the other's.
alter table api_tokens add column sources text[];
alter table api_tokens add constraint sources_named check (cardinality(sources) > 0 and array_position(sources, null) is null);
comment on column api_tokens.sources is 'The sources that it is limited to; null for all of them.';

-- Read anew

-- What `hookledger orders rebuild` leaves: an entry in the history of each order that it changed, and how far it is.
create table order_readings (
    id bigint generated always as identity primary key,
    order_row bigint not null references orders (id) on delete cascade,
    read_at timestamptz not null default now(),
    fields text[] not null
);
create index order_readings_order on order_readings (order_row, read_at);
comment on table order_readings is 'Orders that were folded anew from their events and then differed: one row each time.';
comment on column order_readings.id is 'The row''s id.';
comment on column order_readings.order_row is 'The order: orders.id.';
comment on column order_readings.read_at is 'When it was folded anew.';
comment on column order_readings.fields is 'The fields that visibly changed: names only, as values may be personal data.';

create table order_rebuilds (
    source text primary key,
    after_row bigint not null,
    done bigint not null,
    begun_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
comment on table order_rebuilds is 'Rebuilds of orders that have begun and not ended, so that one that was broken off goes on where it stopped.';
comment on column order_rebuilds.source is 'The source whose orders are rebuilt; empty for all.';
comment on column order_rebuilds.after_row is 'The last order that is done: orders.id.';
comment on column order_rebuilds.done is 'How many orders are done.';
comment on column order_rebuilds.begun_at is 'When it began.';
comment on column order_rebuilds.updated_at is 'When it last went on.';

-- The shop that the links of a WooCommerce body name, by the rule of the provider: links are signed, the header is not.
create function pg_temp.linked_shop(p_body bytea) returns text language sql immutable as $$
    select nullif(trim('/' from regexp_replace(regexp_replace(regexp_replace(
            case when strpos(l.address, '?') > 0 then regexp_replace(l.address, '(/index\.php)?\?.*$', '')
                else regexp_replace(l.address, '/[^/]*$', '') end,
            '^www\.', ''), '^([^/:]*):[0-9]*', '\1'), '//+', '/', 'g')), '')
    from (
        select lower(substring(replace(replace(encode(p_body, 'escape'), '\\/', '/'), '%2F', '/')
            from '"_links".*?"href"\s*:\s*"[a-zA-Z]+://([^"]*?)/wc/v')) as address
    ) as l
$$;

-- Names of unsigned headers are no shop of which something is known: they never make another one the second.
update source_shops as s set changed_by = 'header'
where s.changed_by = 'upgrade' and exists (
    select from events as e where e.source = s.source and e.provider = 'woocommerce');
insert into source_shops as s (source, shop_key, state, changed_by)
select distinct e.source, l.shop_key, 'listed', 'upgrade'
from events as e
cross join lateral (select pg_temp.linked_shop(e.body) as shop_key) as l
where e.provider = 'woocommerce' and e.verification <> 'unverified' and e.shop_key is null and l.shop_key is not null
on conflict (source, shop_key) do update set changed_by = 'upgrade'
    where s.changed_by = 'header';
comment on column source_shops.changed_by is 'Who decided: first, upgrade, header (from before the upgrade, by a name that was not signed), rebuild, door (a shop that nobody has listed), or a person.';

-- Aside requests

-- What requests about a person ask of the files in aside/ of the spool, which the API cannot reach: the batch processor of
-- each host looks through its own. A row stays for a day, as nobody knows how many hosts there are.
create table aside_requests (
    id bigint generated always as identity primary key,
    kind text not null,
    person jsonb not null,
    requested_at timestamptz not null default now(),
    requested_by text not null,
    hosts text[] not null default '{}',
    constraint kind_known check (kind in ('forget', 'copy'))
);
comment on table aside_requests is 'Requests about a person that the files in aside/ of the spool are still to be looked through for; kept for a day.';
comment on column aside_requests.id is 'The row''s id.';
comment on column aside_requests.kind is 'forget: take the person''s deliveries out of the files; copy: write them to the folder of copies.';
comment on column aside_requests.person is 'Whom it is about; goes with the row.';
comment on column aside_requests.requested_at is 'When it was asked for.';
comment on column aside_requests.requested_by is 'Who asked, as in operator_log.';
comment on column aside_requests.hosts is 'The hosts whose files were looked through.';

-- Person index anew

-- The index of persons is made anew in the background: of a body with very many values it held the first ones only, and a
-- request about one person took the others out of what it knew of a body that quotes several.
truncate person_keys;
delete from person_index;

-- Less to write

-- A delivery writes less: lines of orders are read from the order, long values are compressed by lz4, and an order's page
-- has room for its next state.

drop table order_items;

-- A changed order stays on its page (a HOT update), where no index has to be written.
alter table orders set (fillfactor = 50);

-- lz4 costs a fraction of pglz. A server that was built without it keeps what it has. What is set on the parent holds for
-- partitions that are made later, not for those that are there.
do $$
declare
    v_table regclass;
    v_column text;
begin
    for v_table, v_column in
        select t.t, c.c
        from (
            select 'events'::regclass as t
            union all select i.inhrelid::regclass from pg_inherits as i where i.inhparent = 'events'::regclass
        ) as t
        cross join (values ('body'), ('headers'), ('changes')) as c (c)
        union all select 'orders'::regclass, 'order_data'
    loop
        execute format('alter table %s alter column %I set compression lz4', v_table, v_column);
    end loop;
exception when feature_not_supported then
    raise notice 'this server was built without lz4: bodies stay compressed by pglz';
end
$$;

-- Facts of actions

-- What the batch processor knows of its actions, for views and functions. Null until its first run of this version.

alter table action_states add column settles_doubt boolean, add column is_shared boolean;

comment on column action_states.settles_doubt is 'Whether the next attempt can settle whether an effect has happened: the destination accepts a repeated request as one, or can be asked.';
comment on column action_states.is_shared is 'Whether one job does the work of many events and waits for them.';

-- Clocks

-- The clocks that retention compares, the canary of the responder, and actions that a mistake disables.

-- The second row is the responder's, which its canary and its batches replace.
alter table heartbeats
    drop constraint one_row,
    add column clock timestamptz;
comment on table heartbeats is 'When the programs last reported, and what their own clocks said: a row of the batch processor and one of the responder.';
comment on column heartbeats.is_batch is 'true: the batch processor; false: the responder.';
comment on column heartbeats.beat_at is 'When it last reported, by Postgres'' clock.';
comment on column heartbeats.clock is 'The same by its own clock; null for reports of earlier versions.';

alter table upkeep add column held text, add column held_since timestamptz;
comment on column upkeep.held_since is 'Since when it waits; null if it does not.';
comment on column upkeep.held is 'The reason why the task waits for a person; null if it does not.';

alter table action_states add column disabled_by text;
comment on column action_states.disabled_by is 'The mistake in the configuration because of which its jobs are held; null for none.';

-- Waiting runs

-- Idle runs are notified of new jobs. Only while one waits: a notification locks the database's commits against each other.

alter table run_slots add column is_waiting boolean not null default false;

comment on column run_slots.is_waiting is 'Whether the run that holds it is idle and listens on hookledger_jobs.';

-- Cluster identity

-- Transaction numbers mean something in the cluster only that assigned them. A database that was dumped and restored into
-- another cluster is recognized by this row, and `hookledger migrate` removes them.
create table cluster_identity (
    one boolean primary key default true check (one),
    system_identifier bigint not null,
    since timestamptz not null default now()
);
comment on table cluster_identity is 'The cluster that assigned the transaction numbers of this database: one row.';
comment on column cluster_identity.one is 'Always true: there is one row.';
comment on column cluster_identity.system_identifier is 'Its system identifier (pg_control_system).';
comment on column cluster_identity.since is 'Since when the database is in it.';
insert into cluster_identity (system_identifier) select system_identifier from pg_control_system();

-- Reconcile

-- Reconciling: a provider's API is asked which orders changed, and what the ledger lacks is recorded (docs/reconcile.md).

-- One row for each source and API through which it is reconciled: the lease, the watermark, and what the last runs met.
create table reconcile_marks (
    source text not null,
    api text not null,
    watermark timestamptz not null,
    due_at timestamptz not null,
    run_id bigint,
    holder text,
    token bigint,
    leased_until timestamptz,
    failures int not null default 0,
    unauthorized boolean not null default false,
    last_error text,
    shop_key text not null default '',
    alarm int not null default 0,
    webhook_off_from timestamptz,
    webhook_off_until timestamptz,
    away_from timestamptz,
    away_until timestamptz,
    primary key (source, api)
) with (fillfactor = 50);

comment on table reconcile_marks is 'The position of each reconciliation, and the lease of the run that works on it.';
comment on column reconcile_marks.source is 'The source.';
comment on column reconcile_marks.api is 'The action whose API is asked; each shop of a source has its own.';
comment on column reconcile_marks.watermark is 'All changes before it have been compared, and what was missing is committed.';
comment on column reconcile_marks.due_at is 'The time of the next scheduled run.';
comment on column reconcile_marks.run_id is 'The scheduled run that has not reached its end; the next run continues it.';
comment on column reconcile_marks.holder is 'Host and process of the run that holds the lease.';
comment on column reconcile_marks.token is 'The fencing token of the lease: a run with another token commits nothing.';
comment on column reconcile_marks.leased_until is 'The end of the lease, unless it is renewed.';
comment on column reconcile_marks.failures is 'The number of runs since the last complete one that ended early.';
comment on column reconcile_marks.unauthorized is 'Whether the API refused the token at the last run.';
comment on column reconcile_marks.last_error is 'Why the last run ended early; null after a complete one.';
comment on column reconcile_marks.shop_key is 'The shop that the answers name; another shop is a bad answer.';
comment on column reconcile_marks.alarm is 'The missing orders found within an hour from which on an alert is raised; 0 for none.';
comment on column reconcile_marks.webhook_off_from is 'The last time before the provider was seen to have switched the webhook off.';
comment on column reconcile_marks.webhook_off_until is 'When it was seen to be on again; null while it is off.';
comment on column reconcile_marks.away_from is 'The beginning of the last time in which no batch processor ran.';
comment on column reconcile_marks.away_until is 'The end of that time.';

create table reconciliations (
    id bigint generated always as identity primary key,
    source text not null,
    api text not null,
    kind text not null,
    since timestamptz not null,
    until timestamptz not null,
    started_at timestamptz not null,
    last_page_at timestamptz,
    ended_at timestamptz,
    state text not null default 'running',
    reason text,
    cursor text,
    compared_until timestamptz,
    pages int not null default 0,
    compared bigint not null default 0,
    absent bigint not null default 0,
    older bigint not null default 0,
    refused bigint not null default 0,
    jobs bigint not null default 0,
    constraint run_kind check (kind in ('scheduled', 'manual', 'first')),
    constraint run_state check (state in ('running', 'done', 'stopped', 'unauthorized', 'limited', 'unavailable', 'bad_answer'))
);
create index reconciliations_of_api on reconciliations (source, api, id);
create index reconciliations_by_time on reconciliations (started_at);

comment on table reconciliations is 'The runs of reconciliations.';
comment on column reconciliations.id is 'The run.';
comment on column reconciliations.source is 'The source.';
comment on column reconciliations.api is 'The action whose API was asked.';
comment on column reconciliations.kind is 'scheduled; manual (hookledger reconcile); first (the first fill, which makes no jobs).';
comment on column reconciliations.since is 'Orders that changed from this time on were asked for.';
comment on column reconciliations.until is 'Later changes belong to the next run.';
comment on column reconciliations.started_at is 'When it began.';
comment on column reconciliations.last_page_at is 'When its last page was committed.';
comment on column reconciliations.ended_at is 'When it was complete; null until then.';
comment on column reconciliations.state is 'running, done, or why it ended early: stopped, unauthorized, limited, unavailable, bad_answer.';
comment on column reconciliations.reason is 'The same in words.';
comment on column reconciliations.cursor is 'The next page, for the run that continues this one.';
comment on column reconciliations.compared_until is 'The time of the last order of the last committed page; a page with earlier ones is a bad answer.';
comment on column reconciliations.pages is 'The committed pages.';
comment on column reconciliations.compared is 'The orders that were compared.';
comment on column reconciliations.absent is 'Orders that the ledger did not have.';
comment on column reconciliations.older is 'Orders of which the ledger had an older state.';
comment on column reconciliations.refused is 'Orders that could not be recorded.';
comment on column reconciliations.jobs is 'The jobs that the recorded orders made.';

-- What was found. Events leave by retention, findings stay as long as they do.
create table reconcile_findings (
    id bigint generated always as identity primary key,
    run_id bigint not null,
    source text not null,
    api text not null,
    shop_key text not null default '',
    order_id text not null,
    finding text not null,
    changed_at timestamptz not null,
    found_at timestamptz not null,
    event_id bigint,
    order_row bigint,
    reason text not null,
    detail text,
    constraint finding_kind check (finding in ('absent', 'older')),
    constraint finding_reason check (reason in ('refused', 'webhook_off', 'no_details', 'spool_aside', 'host_away', 'not_received', 'not_recorded'))
);
create index reconcile_findings_by_time on reconcile_findings (found_at);
create index reconcile_findings_of_order on reconcile_findings (source, order_id);

comment on table reconcile_findings is 'Orders that a reconciliation found missing or outdated.';
comment on column reconcile_findings.id is 'The finding.';
comment on column reconcile_findings.run_id is 'The run: reconciliations.id.';
comment on column reconcile_findings.source is 'The source.';
comment on column reconcile_findings.api is 'The action whose API was asked.';
comment on column reconcile_findings.shop_key is 'The shop, if ids are unique per shop only.';
comment on column reconcile_findings.order_id is 'The order''s id as the sender names it.';
comment on column reconcile_findings.finding is 'absent, or older: the ledger had an older state.';
comment on column reconcile_findings.changed_at is 'The provider''s time of the missing change.';
comment on column reconcile_findings.found_at is 'When it was found.';
comment on column reconcile_findings.event_id is 'The event by which it was recorded; null if that failed.';
comment on column reconcile_findings.order_row is 'The order: orders.id.';
comment on column reconcile_findings.reason is 'Why it was missing: refused, no_details, spool_aside, host_away, webhook_off, not_received; not_recorded: it could not be recorded.';
comment on column reconcile_findings.detail is 'The same in words, if more is known.';

-- Restores

-- A restored database does not know what happened after its dump. Nothing is sent from it until a person has released it.

-- Grows while batch processors run, and each of their hosts keeps it in a file: a database with a lower number was restored.
alter table cluster_identity add column generation bigint not null default 0;
comment on table cluster_identity is 'The cluster that assigned the transaction numbers of this database, and its generation: one row.';
comment on column cluster_identity.generation is 'Grows while batch processors run; each of their hosts keeps the highest number that it has seen.';

create table restores (
    id bigint generated always as identity primary key,
    noticed_at timestamptz not null default now(),
    reason text not null,
    known_until timestamptz,
    seen_generation bigint not null default 0,
    last_event_id bigint not null default 0,
    released_at timestamptz,
    released_by text
);
create unique index restores_open on restores ((released_at is null)) where released_at is null;
comment on table restores is 'Restores of this database. While one is not released, the batch processor runs no job.';
comment on column restores.id is 'The number of the restore.';
comment on column restores.noticed_at is 'When it was noticed: what happened before it and after the dump is unknown here.';
comment on column restores.reason is 'How it was noticed.';
comment on column restores.known_until is 'The last report of a batch processor that the restored data has; null for none.';
comment on column restores.seen_generation is 'The highest generation that a host reported.';
comment on column restores.last_event_id is 'The last event at that time; later ones with an earlier time may have been here before.';
comment on column restores.released_at is 'When a person let the jobs run again; null while they are held.';
comment on column restores.released_by is 'Who did.';

alter table jobs add column in_doubt boolean;
comment on column jobs.in_doubt is 'true: it may have run after the dump from which it was restored, so its effect is treated as one that was begun; false: a person has decided; null: it is not in a restored dump.';

-- Drift

-- Drift: which members the bodies of each source and type have, and what changed in that (docs/drift.md).

-- One row: how far the events were read, by the transactions that wrote them.
create table shape_progress (
    is_only boolean primary key default true,
    seen pg_snapshot not null,
    target pg_snapshot,
    after_transaction xid8 not null default '0',
    after_id bigint not null default 0,
    constraint one_row check (is_only)
);

comment on table shape_progress is 'The position up to which events were read for their shapes; no row before the first turn.';
comment on column shape_progress.is_only is 'Always true: there is one row.';
comment on column shape_progress.seen is 'Events that transactions of this snapshot wrote were read.';
comment on column shape_progress.target is 'The snapshot that is being worked up to; null between two rounds.';
comment on column shape_progress.after_transaction is 'The position of the round: the transaction of its last event.';
comment on column shape_progress.after_id is 'The position of the round: the id of its last event.';

create table event_shapes (
    id bigint generated always as identity primary key,
    source text not null,
    provider text not null,
    type text not null,
    events bigint not null default 0,
    first_at timestamptz not null,
    last_at timestamptz not null,
    is_full boolean not null default false,
    unique (source, provider, type)
) with (fillfactor = 70);

comment on table event_shapes is 'Each type of verified events, by source.';
comment on column event_shapes.id is 'The row''s id.';
comment on column event_shapes.source is 'The source.';
comment on column event_shapes.provider is 'The contract.';
comment on column event_shapes.type is 'The type in the provider''s words.';
comment on column event_shapes.events is 'The number of events that were read.';
comment on column event_shapes.first_at is 'When the first of them was received.';
comment on column event_shapes.last_at is 'When the last of them was received.';
comment on column event_shapes.is_full is 'Whether it has 2,000 paths; further ones are not learned.';

create table shape_members (
    shape_id bigint not null,
    path text not null,
    present bigint not null,
    first_at bigint not null,
    last_at bigint not null,
    objects bigint not null,
    lists bigint not null,
    texts bigint not null,
    numbers bigint not null,
    booleans bigint not null,
    nulls bigint not null,
    is_map boolean not null default false,
    is_gone boolean not null default false,
    primary key (shape_id, path)
) with (fillfactor = 70);

comment on table shape_members is 'The members of the bodies of a type. Names that are data, such as ids and e-mail addresses, are folded to *.';
comment on column shape_members.shape_id is 'The type: event_shapes.id.';
comment on column shape_members.path is 'The path, such as order.items[].price; empty for the body itself.';
comment on column shape_members.present is 'The number of events that had it, since it was first seen or came back.';
comment on column shape_members.first_at is 'The number of events that had the object above it before this one was first seen.';
comment on column shape_members.last_at is 'The same number at its last sight.';
comment on column shape_members.objects is 'The number of events in which it was an object.';
comment on column shape_members.lists is 'The number of events in which it was a list.';
comment on column shape_members.texts is 'The number of events in which it was a text.';
comment on column shape_members.numbers is 'The number of events in which it was a number.';
comment on column shape_members.booleans is 'The number of events in which it was true or false.';
comment on column shape_members.nulls is 'The number of events in which it was null.';
comment on column shape_members.is_map is 'Whether the names of its members are data.';
comment on column shape_members.is_gone is 'Whether it was reported as gone.';

create table shape_changes (
    id bigint generated always as identity primary key,
    source text not null,
    provider text not null,
    type text not null,
    shape_id bigint not null,
    path text not null,
    change text not null,
    before text,
    after text,
    event_id bigint not null,
    event_received_at timestamptz not null,
    seen_at timestamptz not null default clock_timestamp(),
    alarm boolean not null default false,
    constraint change_known check (change in ('new_type', 'new_member', 'gone_member', 'changed_type'))
);
create index shape_changes_by_time on shape_changes (seen_at);

comment on table shape_changes is 'What changed in the shapes of bodies.';
comment on column shape_changes.id is 'The change.';
comment on column shape_changes.source is 'The source.';
comment on column shape_changes.provider is 'The contract.';
comment on column shape_changes.type is 'The type in the provider''s words.';
comment on column shape_changes.shape_id is 'The same type: event_shapes.id.';
comment on column shape_changes.path is 'The member; empty for a new type.';
comment on column shape_changes.change is 'new_type, new_member, gone_member or changed_type.';
comment on column shape_changes.before is 'The types of its values before; null for none.';
comment on column shape_changes.after is 'The types of its values in the example; null for none.';
comment on column shape_changes.event_id is 'An example: the first event that shows the change.';
comment on column shape_changes.event_received_at is 'When that event was received.';
comment on column shape_changes.seen_at is 'When the change was noticed.';
comment on column shape_changes.alarm is 'Whether people are alerted.';

-- Webhook watch

-- The watch over the webhooks that are registered at the providers (docs/webhooks.md).

-- One row for each source and API: when it is asked next, and the lease of the run that asks.
create table webhook_looks (
    source text not null,
    api text not null,
    due_at timestamptz not null,
    looked_at timestamptz,
    holder text,
    token bigint,
    leased_until timestamptz,
    failures int not null default 0,
    unauthorized boolean not null default false,
    last_error text,
    primary key (source, api)
) with (fillfactor = 50);

comment on table webhook_looks is 'The next look at the webhooks of each source, and the lease of the run that looks.';
comment on column webhook_looks.source is 'The source.';
comment on column webhook_looks.api is 'The action whose API is asked.';
comment on column webhook_looks.due_at is 'The time of the next look.';
comment on column webhook_looks.looked_at is 'The last time that the provider answered.';
comment on column webhook_looks.holder is 'Host and process of the run that holds the lease.';
comment on column webhook_looks.token is 'The fencing token of the lease: a run with another token writes nothing.';
comment on column webhook_looks.leased_until is 'The end of the lease.';
comment on column webhook_looks.failures is 'The number of looks since the last answer that failed.';
comment on column webhook_looks.unauthorized is 'Whether the API refused the token at the last look.';
comment on column webhook_looks.last_error is 'Why the last look failed; null after an answer.';

-- One row for each time in which a webhook had one state; the last one is open.
create table webhook_states (
    id bigint generated always as identity primary key,
    source text not null,
    api text not null,
    topic text not null,
    of_orders boolean not null,
    state text not null,
    detail text,
    webhook_id text,
    off_from timestamptz,
    since timestamptz not null,
    seen_at timestamptz not null,
    until timestamptz,
    alarm boolean not null default false,
    constraint state_known check (state in ('on', 'missing', 'disabled', 'paused', 'elsewhere', 'other_version'))
);
create unique index webhook_states_open on webhook_states (source, api, topic) where until is null;
create index webhook_states_off on webhook_states (source, since) where state <> 'on';

comment on table webhook_states is 'The history of the webhooks that are expected at the providers.';
comment on column webhook_states.id is 'The row''s id.';
comment on column webhook_states.source is 'The source.';
comment on column webhook_states.api is 'The action whose API was asked.';
comment on column webhook_states.topic is 'The topic, as the configuration names it.';
comment on column webhook_states.of_orders is 'Whether it is about orders.';
comment on column webhook_states.state is 'on; missing; disabled: by the provider; paused: by a person; elsewhere: it leads to another address; other_version.';
comment on column webhook_states.detail is 'The same in words, if more is known.';
comment on column webhook_states.webhook_id is 'The provider''s id of the webhook.';
comment on column webhook_states.off_from is 'The last look at which it was on; null if there was none.';
comment on column webhook_states.since is 'The first look at which it had this state.';
comment on column webhook_states.seen_at is 'The last one so far.';
comment on column webhook_states.until is 'The look at which it had another state; null while it has this one.';
comment on column webhook_states.alarm is 'Whether people are alerted: it is off, and nothing is done about it.';

-- Announced before the request, so that a killed process does not try more often than it may.
create table webhook_repairs (
    id bigint generated always as identity primary key,
    source text not null,
    api text not null,
    topic text not null,
    repair text not null,
    address text not null,
    at timestamptz not null,
    is_done boolean,
    result text,
    constraint repair_known check (repair in ('register', 'enable'))
);
create index webhook_repairs_of_topic on webhook_repairs (source, api, topic, at);

comment on table webhook_repairs is 'What was done about webhooks that were off.';
comment on column webhook_repairs.id is 'The row''s id.';
comment on column webhook_repairs.source is 'The source.';
comment on column webhook_repairs.api is 'The action whose API was asked.';
comment on column webhook_repairs.topic is 'The topic, as the configuration names it.';
comment on column webhook_repairs.repair is 'register or enable.';
comment on column webhook_repairs.address is 'The address of the source, without its query.';
comment on column webhook_repairs.at is 'When it was asked for.';
comment on column webhook_repairs.is_done is 'Whether the provider said that it was done; null if its answer is not known.';
comment on column webhook_repairs.result is 'Why not.';

-- Shipments

-- An order of Printify's is found by the id that it has there, and what was submitted of an order is found by its row.
create index effects_printed on effects (external_id) where kind = 'printify' and external_id is not null;
create index effects_printed_orders on effects (order_row) where kind = 'printify' and order_row is not null;

-- Credentials

-- Access tokens of providers' APIs that expire and are refreshed (docs/credentials.md). Tokens are encrypted; the key is
-- not in the database.
create table credentials (
    source text not null,
    account text not null,
    kind text not null,
    obtained_by text not null,
    state text not null,
    reason text,
    state_since timestamptz not null default now(),
    key_id text,
    access_token bytea,
    refresh_token bytea,
    expires_at timestamptz,
    refresh_expires_at timestamptz,
    version bigint not null default 0,
    authorized_at timestamptz,
    refreshed_at timestamptz,
    refresh_due_at timestamptz,
    failures int not null default 0,
    leased_by text,
    leased_until timestamptz,
    primary key (source, account),
    constraint credential_kind check (kind in ('tiktok_shop', 'shopify', 'tiktok_developers', 'tiktok_business')),
    constraint credential_obtained_by check (obtained_by in ('code', 'client_credentials')),
    constraint credential_state check (state in ('missing', 'valid', 'refused', 'revoked', 'unreadable')),
    constraint credential_has_token check ((state = 'missing') = (access_token is null) and (access_token is null) = (key_id is null))
);
comment on table credentials is 'Tokens of providers'' APIs, one row for each authorization. Tokens are encrypted by AES-256-GCM with a key that is not in the database.';
comment on column credentials.source is 'The source.';
comment on column credentials.account is 'Whose permission it is, in the provider''s words: a seller, a shop''s domain, a user. Empty while there is none.';
comment on column credentials.kind is 'tiktok_shop, shopify, tiktok_developers or tiktok_business.';
comment on column credentials.obtained_by is 'code: a person allowed it; client_credentials: the app''s own secret is enough.';
comment on column credentials.state is 'missing: not authorized yet; valid; refused: the API refused the access token, which is refreshed at once; revoked: only a person can help (hookledger authorize); unreadable: the key is missing or another one.';
comment on column credentials.reason is 'Why it is not valid, or why its last refresh failed.';
comment on column credentials.state_since is 'Since when it has that state.';
comment on column credentials.key_id is 'The id of the key by which its tokens and the ciphers of its shops are encrypted.';
comment on column credentials.access_token is 'The access token: nonce of 12 bytes, ciphertext, tag of 16 bytes. Source, account and column are authenticated with it.';
comment on column credentials.refresh_token is 'The refresh token, encrypted in the same way; null if the provider gave none.';
comment on column credentials.expires_at is 'When the access token expires; null for never.';
comment on column credentials.refresh_expires_at is 'When the refresh token expires: before that a person must authorize again. Null if unknown.';
comment on column credentials.version is 'Grows with each new token, so that nobody overwrites a newer one.';
comment on column credentials.authorized_at is 'When a person authorized it.';
comment on column credentials.refreshed_at is 'When the access token was issued.';
comment on column credentials.refresh_due_at is 'When the next refresh is due; null if there is nothing to refresh.';
comment on column credentials.failures is 'The failed attempts at a refresh since the last one that succeeded.';
comment on column credentials.leased_by is 'Host and process that refresh it, or did when they ended.';
comment on column credentials.leased_until is 'Until when nobody else refreshes it. In the past: that refresh was interrupted, and its answer may be lost.';

create table credential_shops (
    source text not null,
    shop text not null,
    account text not null,
    name text,
    region text,
    currency text,
    cipher bytea,
    primary key (source, shop),
    foreign key (source, account) references credentials (source, account) on delete cascade
);
create index credential_shops_of_account on credential_shops (source, account);
comment on table credential_shops is 'The shops that each authorization is for.';
comment on column credential_shops.source is 'The source.';
comment on column credential_shops.shop is 'The shop, as events name it.';
comment on column credential_shops.account is 'The authorization: credentials.account.';
comment on column credential_shops.name is 'The shop''s name.';
comment on column credential_shops.region is 'Its country, two letters.';
comment on column credential_shops.currency is 'Its currency.';
comment on column credential_shops.cipher is 'TikTok Shop''s shop_cipher, encrypted as the tokens are.';

-- Bounded lists

-- Lists of waiting and failed events begin at their jobs, in the order of the list, however many events there are. A job
-- that runs is in neither index, so a claim writes no more than before.
create index jobs_waiting on jobs (event_received_at, event_id) where state in (0, 3);
create index jobs_failed on jobs (event_received_at, event_id) where state = 2;

-- Pages of a shop's orders, by the key of the shop. An order that is alone in its source has none.
create index orders_shop_key on orders (shop_key, id) where shop_key <> '';

-- Whether the effect of a job is uncertain, asked for each dead letter of a page.
create index effects_unsettled on effects (job_id) where state <> 'done';

-- Statistics of large tables, kept by the batch processor (sql/views/20_kept.sql).
create table kept_statistics (
    name text primary key,
    kept_at timestamptz not null,
    took interval not null,
    rows jsonb not null
);
comment on table kept_statistics is 'Results of the statistics views, kept by the batch processor while the tables are too large to be read at each request.';
comment on column kept_statistics.name is 'The view.';
comment on column kept_statistics.kept_at is 'The time of the result.';
comment on column kept_statistics.took is 'How long it took; the next one waits at least twenty times as long.';
comment on column kept_statistics.rows is 'The rows of the view.';

-- Runs of replays

-- The jobs of a replay say which one made them, for its progress and its end. A job that is not of a replay has no entry in
-- the index.
alter table jobs add column run text;
comment on column jobs.run is 'The replay that made it or made it ready again; null for others. It waits behind the jobs of live deliveries.';
create index jobs_run on jobs (run) where run is not null;
create index replays_run on replays (run);
create index operator_log_cancelled_run on operator_log ((details ->> 'run')) where action = 'replay.cancel';

-- Audit

-- The proof that a 2xx is a row, and the chain over the operator log (docs/audit.md).

create table audits (
    id bigint generated always as identity primary key,
    host text not null,
    kind text not null,
    actor text not null,
    since timestamptz not null,
    until timestamptz not null,
    started_at timestamptz not null,
    ended_at timestamptz not null default now(),
    files int not null,
    lines bigint not null,
    answered bigint not null,
    events bigint not null,
    duplicates bigint not null,
    handshakes bigint not null,
    spooled bigint not null,
    refused bigint not null,
    too_old bigint not null,
    unreadable bigint not null,
    unlogged bigint not null,
    canary_at timestamptz,
    missing bigint not null,
    missing_ids text[] not null,
    link bigint,
    constraint audit_kind check (kind in ('scheduled', 'manual'))
);
create index audits_of_host on audits (host, until);
create index audits_unsealed on audits (id) where link is null;

comment on table audits is 'Complete audits: what nginx logged as answered 2xx, compared with what is stored. A run that was interrupted has no row.';
comment on column audits.id is 'The run.';
comment on column audits.host is 'The host whose log was read.';
comment on column audits.kind is 'scheduled, or manual (hookledger audit).';
comment on column audits.actor is 'Who started it.';
comment on column audits.since is 'Answers from this time on were compared.';
comment on column audits.until is 'Later answers belong to the next run.';
comment on column audits.started_at is 'When it began.';
comment on column audits.ended_at is 'When its result was recorded.';
comment on column audits.files is 'The log files that were read.';
comment on column audits.lines is 'Their lines within the time.';
comment on column audits.answered is 'Requests that were answered 2xx.';
comment on column audits.events is 'Those that are events.';
comment on column audits.duplicates is 'Those that repeat a stored event.';
comment on column audits.handshakes is 'Those that are handshakes, which store no event.';
comment on column audits.spooled is 'Those that wait in the spool of the host.';
comment on column audits.refused is 'Requests that were not answered 2xx.';
comment on column audits.too_old is 'Answers that are older than the retention of events, and were not compared.';
comment on column audits.unreadable is 'Lines that could not be read, such as the last line before a crash.';
comment on column audits.unlogged is 'Events of that time without a line: of other hosts, or a line was lost.';
comment on column audits.canary_at is 'The last commit of the responder''s canary before the run.';
comment on column audits.missing is 'Requests that were answered 2xx and are not stored.';
comment on column audits.missing_ids is 'Their request ids, at most 1,000.';
comment on column audits.link is 'The link of the chain that has its content; null until it is sealed.';

-- What the import of the spool found to be a duplicate: there is no event with its request id.
create table spooled_duplicates (
    request_id text primary key,
    received_at timestamptz not null,
    event_id bigint not null
);
create index spooled_duplicates_by_time on spooled_duplicates (received_at);
comment on table spooled_duplicates is 'Spooled deliveries that repeat a stored event, for the audit.';
comment on column spooled_duplicates.request_id is 'nginx''s request id: joins the logs.';
comment on column spooled_duplicates.received_at is 'When it was received.';
comment on column spooled_duplicates.event_id is 'The event that it repeats.';

create table chain_links (
    seq bigint primary key,
    at timestamptz not null,
    kind text not null,
    ref bigint not null,
    content bytea not null,
    note text not null default '',
    key_id text not null,
    mac bytea not null,
    constraint link_kind check (kind in ('deed', 'redaction', 'audit', 'checkpoint'))
);
comment on table chain_links is 'The chain: a keyed hash of each row of operator_log and audits, and of the link before.';
comment on column chain_links.seq is 'The place in the chain, without gaps.';
comment on column chain_links.at is 'When it was appended.';
comment on column chain_links.kind is 'deed: a row of operator_log; redaction: the same row after its texts were removed; audit: a row of audits; checkpoint: the links up to ref may be deleted.';
comment on column chain_links.ref is 'The row; of a checkpoint the last link that may be deleted.';
comment on column chain_links.content is 'Keyed hashes of the row: of what never changes, and of its texts.';
comment on column chain_links.note is 'Of a checkpoint the code of the link at ref, in hexadecimal; otherwise empty.';
comment on column chain_links.key_id is 'The key that made it.';
comment on column chain_links.mac is 'The code over this link and the code of the link before.';

create table chain_head (
    is_head boolean primary key default true,
    seq bigint not null,
    mac bytea not null,
    constraint one_head check (is_head)
);
insert into chain_head (seq, mac) values (0, '');
comment on table chain_head is 'The newest link. One row, whose lock orders all who append.';
comment on column chain_head.is_head is 'Always true: there is one row.';
comment on column chain_head.seq is 'The place of the newest link; 0 before the first one.';
comment on column chain_head.mac is 'Its code.';

alter table operator_log add column link bigint;
create index operator_log_unsealed on operator_log (id) where link is null;
comment on column operator_log.link is 'The link of the chain that has its content; null until it is sealed.';

-- Quarantine

-- Refused deliveries that look like the source's own, whole, so that they can be taken in once the secret is corrected
-- (docs/quarantine.md).

create table quarantine (
    id bigint generated always as identity primary key,
    source text not null,
    fingerprint bytea not null,
    provider text not null,
    kind text not null,
    reason text not null,
    status int not null,
    received_at timestamptz not null,
    last_at timestamptz not null,
    repeats int not null default 0,
    request_id text not null,
    remote_addr text not null,
    peer text not null,
    is_known boolean not null,
    method text not null,
    scheme text not null,
    host text not null,
    path text not null,
    query text not null,
    headers jsonb not null,
    body bytea not null,
    credential bytea,
    credential_key text,
    size bigint not null,
    state text not null default 'kept',
    event_id bigint,
    decided_at timestamptz,
    note text,
    constraint quarantine_state check (state in ('kept', 'released', 'arrived', 'superseded', 'unusable'))
);
create unique index quarantine_request on quarantine (source, fingerprint);
create index quarantine_budget on quarantine (source, peer) include (size, is_known);
create index quarantine_kept on quarantine (source, received_at, id) where state = 'kept';
create index quarantine_by_time on quarantine (received_at);
create index quarantine_request_id on quarantine (request_id);

comment on table quarantine is 'Refused deliveries that look like the source''s own, whole and without credentials, until they are released or past quarantine.keep.';
comment on column quarantine.id is 'The row''s id.';
comment on column quarantine.source is 'The source whose path was asked for.';
comment on column quarantine.fingerprint is 'A hash of what a retry repeats: the same request is one row.';
comment on column quarantine.provider is 'The contract that it follows by its headers.';
comment on column quarantine.kind is 'The kind of refusal.';
comment on column quarantine.reason is 'The details for fixing it.';
comment on column quarantine.status is 'The HTTP status that was answered.';
comment on column quarantine.received_at is 'When the first such request had been read.';
comment on column quarantine.last_at is 'When the last such request had been read.';
comment on column quarantine.repeats is 'How often it was repeated.';
comment on column quarantine.request_id is 'nginx''s request id of the first: joins the logs.';
comment on column quarantine.remote_addr is 'The peer''s address as nginx saw it.';
comment on column quarantine.peer is 'Its network: an IPv4 address, or an IPv6 network of 64 bits.';
comment on column quarantine.is_known is 'Whether the peer had sent verified deliveries of the source before.';
comment on column quarantine.method is 'The request method.';
comment on column quarantine.scheme is 'https or http.';
comment on column quarantine.host is 'The host that the client named.';
comment on column quarantine.path is 'The path of the request.';
comment on column quarantine.query is 'The query of the request, without the question mark and credentials.';
comment on column quarantine.headers is 'The header fields as an array of [name, value]; credentials are masked.';
comment on column quarantine.body is 'The whole body; a credential in it is masked.';
comment on column quarantine.credential is 'The keyed hash of the presented credential; null if the contract signs.';
comment on column quarantine.credential_key is 'The key that made it.';
comment on column quarantine.size is 'About how many bytes the row takes.';
comment on column quarantine.state is 'kept; released: it is an event now; arrived: the same bytes had arrived in another way; superseded: the sender has said something else since; unusable: verified, and its contract refuses it.';
comment on column quarantine.event_id is 'The event that it is, or that had arrived.';
comment on column quarantine.decided_at is 'When it left the state kept.';
comment on column quarantine.note is 'Why the last release did not take it; null for none.';

-- Who has sent verified deliveries: half of the quarantine is reserved for them.
create table known_peers (
    source text not null,
    peer text not null,
    seen_at timestamptz not null,
    primary key (source, peer)
);
comment on table known_peers is 'Peers that have sent verified deliveries, at most 4,096 a source.';
comment on column known_peers.source is 'The source.';
comment on column known_peers.peer is 'An IPv4 address, or an IPv6 network of 64 bits.';
comment on column known_peers.seen_at is 'When it last sent one, to the hour.';

-- One row a source, whose lock orders those who use up its budget.
create table quarantine_locks (
    source text primary key
);
comment on table quarantine_locks is 'One row a source, locked by who adds to its quarantine.';
comment on column quarantine_locks.source is 'The source.';

-- The API knows no signing secret: the batch processor does what it is asked.
create table release_requests (
    quarantine_id bigint primary key,
    actor text not null,
    asked_at timestamptz not null default now()
);
comment on table release_requests is 'Releases that were asked for over the API, until the batch processor has done them.';
comment on column release_requests.quarantine_id is 'The delivery: quarantine.id.';
comment on column release_requests.actor is 'Who asked.';
comment on column release_requests.asked_at is 'When.';

-- Configuration revisions

-- The configurations that programs have used, in the order of their use: an event or a job names the one that made it.

create table configurations (
    revision int generated always as identity primary key,
    hash bytea not null,
    file_hash bytea not null,
    content jsonb not null,
    host text not null,
    activated_at timestamptz not null default now()
);
create index configurations_file on configurations (file_hash, revision);
comment on table configurations is 'The configurations that programs have used, without secrets; the newest 10,000.';
comment on column configurations.revision is 'Its number. A configuration that is used again after another one has a new number.';
comment on column configurations.hash is 'SHA-256 of the file and of the names of the variables beside it.';
comment on column configurations.file_hash is 'SHA-256 of the file, without comments.';
comment on column configurations.content is 'The file without comments, and the names of the variables beside it.';
comment on column configurations.host is 'The host that used it first.';
comment on column configurations.activated_at is 'When.';

-- What tells a host that has not read a newer configuration yet from one that has gone back to an older one.
create table configuration_hosts (
    host text not null,
    program text not null,
    hash bytea not null,
    revision int not null,
    noted_at timestamptz not null default now(),
    primary key (host, program)
);
comment on table configuration_hosts is 'The configuration that each program of each host last read.';
comment on column configuration_hosts.host is 'The host.';
comment on column configuration_hosts.program is 'ingest or batch.';
comment on column configuration_hosts.hash is 'As in configurations.';
comment on column configuration_hosts.revision is 'The revision that it got.';
comment on column configuration_hosts.noted_at is 'When it was read.';

create table configuration_uses (
    host text not null,
    program text not null,
    pid int not null,
    revision int,
    loaded_at timestamptz not null,
    seen_at timestamptz not null,
    refused_at timestamptz,
    refusal text,
    primary key (host, program, pid)
);
comment on table configuration_uses is 'The configuration in use, a row for each running program.';
comment on column configuration_uses.host is 'The host.';
comment on column configuration_uses.program is 'ingest, api or batch.';
comment on column configuration_uses.pid is 'The process id.';
comment on column configuration_uses.revision is 'The revision in use; null while it has no number.';
comment on column configuration_uses.loaded_at is 'When the program last read it.';
comment on column configuration_uses.seen_at is 'When the program last reported, every minute.';
comment on column configuration_uses.refused_at is 'When the program last refused a new configuration; null if it used the last one.';
comment on column configuration_uses.refusal is 'Every error of that one.';

alter table events add column revision int;
comment on column events.revision is 'The configuration that recorded it: configurations.revision; null if it had no number.';
alter table jobs add column revision int;
comment on column jobs.revision is 'The configuration whose rule made it; null if it had no number. A run with an older one leaves it alone.';

-- Reconciled events

-- Reconciling also finds events (Stripe) and deliveries (GitHub), which the provider is asked to repeat.

alter table reconcile_findings
    add column kind text not null default 'order',
    add column type text,
    add column redelivery text,
    add column asked_at timestamptz,
    add constraint finding_subject check (kind in ('order', 'event', 'delivery'));
create index reconcile_findings_to_ask on reconcile_findings (source, api, id)
    where redelivery is not null and asked_at is null;

comment on table reconcile_findings is 'What a reconciliation found missing or outdated: orders, events and deliveries.';
comment on column reconcile_findings.kind is 'order, event (listed by the provider with the id of its webhook) or delivery (the provider''s attempts failed, and it is asked to repeat it).';
comment on column reconcile_findings.order_id is 'The id of the order, event or delivery as the sender names it.';
comment on column reconcile_findings.type is 'The provider''s type of an event or delivery; null of an order.';
comment on column reconcile_findings.changed_at is 'The provider''s time of the missing change, event or attempt.';
comment on column reconcile_findings.redelivery is 'The part of the API''s address by which the delivery is repeated; null if it is not.';
comment on column reconcile_findings.asked_at is 'When the provider was asked to repeat the delivery; null if it was not.';

-- The deliveries of a page are looked up by their ids.
create index events_github_deliveries on events (delivery_id, source) where provider = 'github';

-- First received

-- When the sender's delivery of an imported event was first received: its clock, and what a deletion without a time ends,
-- go by that (docs/transfer.md). The time of the import is received_at, which finds the partition.

alter table events add column first_received_at timestamptz;
comment on column events.first_received_at is 'Of an imported event: when its delivery was first received; null for all others.';

alter table held_deletions add column first_received_at timestamptz;
comment on column held_deletions.first_received_at is 'Of an imported deletion: when it was first received; null for all others.';

-- Reconciled records

-- Reconciling also finds products and customers, where a rule asks for them.

alter table reconcile_findings drop constraint finding_subject, add constraint finding_subject check (
    kind in ('order', 'event', 'delivery', 'product', 'customer'));
comment on table reconcile_findings is 'What a reconciliation found missing or outdated: orders, products, customers, events and deliveries.';
comment on column reconcile_findings.kind is 'order, product, customer, event (listed by the provider with the id of its webhook) or delivery (the provider''s attempts failed, and it is asked to repeat it).';
comment on column reconcile_findings.order_id is 'The id of the order, product, customer, event or delivery as the sender names it.';
comment on column reconcile_findings.type is 'The provider''s type of an event or delivery; null of a record.';
comment on column reconcile_marks.api is 'The action whose API is asked, with its list (:products) and shop (/SHOP) where there are several.';
comment on column reconciliations.api is 'The action whose API was asked, with its list (:products) and shop (/SHOP) where there are several.';

-- It has another parameter now.
drop function if exists why_missing(text, text, timestamptz, timestamptz, boolean, boolean, timestamptz, timestamptz,
    timestamptz, timestamptz);

-- Pauses

-- What an operator has paused: its jobs wait, nothing is refused.
create table pauses (
    kind text not null,
    name text not null,
    paused_at timestamptz not null default now(),
    until timestamptz,
    paused_by text not null,
    reason text,
    primary key (kind, name),
    constraint kind_known check (kind in ('source', 'action', 'destination'))
);
comment on table pauses is 'Sources, actions and destinations that an operator has paused: their jobs wait.';
comment on column pauses.kind is 'source, action or destination.';
comment on column pauses.name is 'The source, the action, or the host with or without a port.';
comment on column pauses.paused_at is 'Since when.';
comment on column pauses.until is 'When it ends by itself; null: when a person resumes it.';
comment on column pauses.paused_by is 'Who has paused it.';
comment on column pauses.reason is 'Why, in the person''s words.';

-- A paused job that stands for many events takes the place of the one before it.
create index jobs_held_shared on jobs (unique_key) where unique_key is not null and state = 3;

-- Cells

-- A database that is a cell of several holds whole shops: the slots that it holds, and its name. Both tables are empty where one
-- database has everything.

create table cell_identity (
    one boolean primary key default true,
    name text not null,
    since timestamptz not null default now(),
    constraint one_row check (one)
);
comment on table cell_identity is 'The name of this cell: one row; none where one database has everything.';
comment on column cell_identity.one is 'Always true: there is one row.';
comment on column cell_identity.name is 'The name of the database, which is the name of the cell.';
comment on column cell_identity.since is 'When the database became a cell.';

create table cell_slots (
    slot int primary key,
    state text not null default 'open',
    changed_at timestamptz not null default now(),
    constraint slot_known check (slot between 0 and 1023),
    constraint state_known check (state in ('open', 'draining', 'closed'))
);
comment on table cell_slots is 'The slots whose shops this cell holds. The cell is the authority; the table slots of a router is a copy.';
comment on column cell_slots.slot is 'The slot: a part of the hash of the source.';
comment on column cell_slots.state is 'open; draining: it is about to move, and no job of it begins; closed: it is moving, and stores nothing.';
comment on column cell_slots.changed_at is 'When the state changed.';

-- Stored tokens

-- Tokens that do not expire and that a person stores (hookledger credentials store): one for each action of a source.
alter table credentials
    drop constraint credential_kind,
    add constraint credential_kind check (kind in ('tiktok_shop', 'shopify', 'tiktok_developers', 'tiktok_business',
        'woocommerce', 'bigcommerce', 'square', 'etsy', 'evershop', 'stripe', 'github')),
    drop constraint credential_obtained_by,
    add constraint credential_obtained_by check (obtained_by in ('code', 'client_credentials', 'stored'));

comment on column credentials.account is 'Whose permission it is, in the provider''s words: a seller, a shop''s domain, a user. The action, if a person stored it. Empty while there is none.';
comment on column credentials.kind is 'The provider, such as tiktok_shop, shopify or github.';
comment on column credentials.obtained_by is 'code: a person allowed it; client_credentials: the app''s own secret is enough; stored: a person stored it (hookledger credentials store).';
comment on column credentials.state is 'missing: not authorized or stored yet; valid; refused: the API refused the access token, which is refreshed at once; revoked: only a person can help (hookledger authorize, or credentials store); unreadable: the key is missing or another one.';
comment on column credentials.authorized_at is 'When a person authorized or stored it.';
comment on column credentials.access_token is 'The access token or password: nonce of 12 bytes, ciphertext, tag of 16 bytes. Source, account and column are authenticated with it.';

-- Quarantine budget

-- The budgets of the quarantine count the rows in the state kept, and nothing that was released.

drop index quarantine_budget;
create index quarantine_budget on quarantine (source, peer) include (size, is_known) where state = 'kept';

-- Late attempts

-- Attempts long after their event: the state of an event is found in the weeks of its receipt, and in later ones only where this
-- says so. Without it a list of old events would look for each of them into every week since.

create table late_attempts (
    event_id bigint primary key,
    last_at timestamptz not null
);
comment on table late_attempts is 'The last attempt at the jobs of an event, where it ended more than two days after the event was received.';
comment on column late_attempts.event_id is 'The event.';
comment on column late_attempts.last_at is 'The end of the attempt.';

create function note_late_attempt() returns trigger
language plpgsql security definer set search_path = hookledger, pg_temp as $$
begin
    insert into late_attempts as l (event_id, last_at) values (new.event_id, new.finished_at)
    on conflict (event_id) do update set last_at = excluded.last_at where l.last_at < excluded.last_at;
    return null;
end
$$;
comment on function note_late_attempt is 'Trigger of job_attempts: notes an attempt that ended long after its event was received.';

create trigger late_attempt after insert on job_attempts for each row
when (new.finished_at - new.event_received_at > interval '2 days') execute function note_late_attempt();

-- Last, so that no attempt ends unseen between the two.
insert into late_attempts (event_id, last_at)
select t.event_id, max(t.finished_at) from job_attempts as t
where t.finished_at - t.event_received_at > interval '2 days'
group by t.event_id;

-- Telemetry

-- Telemetry: how far deliveries and attempts were sent to the collector as spans (docs/telemetry.md). One row, and none before
-- the first turn with telemetry.
create table telemetry_progress (
    is_only boolean primary key default true,
    seen pg_snapshot not null,
    seen_at timestamptz not null,
    target pg_snapshot,
    target_at timestamptz,
    after_transaction xid8 not null default '0',
    after_event bigint not null default 0,
    after_finish timestamptz not null default 'epoch',
    after_job bigint not null default 0,
    after_attempt int not null default 0,
    turn bigint not null default 0,
    lease_until timestamptz,
    next_at timestamptz not null default now(),
    failed_since timestamptz,
    last_error text,
    accepted_at timestamptz,
    refused_at timestamptz,
    refusal text,
    constraint one_row check (is_only)
);

comment on table telemetry_progress is 'The position up to which spans were sent to the collector; no row without telemetry.';
comment on column telemetry_progress.is_only is 'Always true: there is one row.';
comment on column telemetry_progress.seen is 'What transactions of this snapshot wrote was sent.';
comment on column telemetry_progress.seen_at is 'The time of that snapshot.';
comment on column telemetry_progress.target is 'The snapshot that is being worked up to; null between two rounds.';
comment on column telemetry_progress.target_at is 'The time of that snapshot.';
comment on column telemetry_progress.after_transaction is 'The position of the round among deliveries: the transaction of the last one.';
comment on column telemetry_progress.after_event is 'The position of the round among deliveries: the event of the last one.';
comment on column telemetry_progress.after_finish is 'The position of the round among attempts: the end of the last one.';
comment on column telemetry_progress.after_job is 'The position of the round among attempts: the job of the last one.';
comment on column telemetry_progress.after_attempt is 'The position of the round among attempts: the number of the last one.';
comment on column telemetry_progress.turn is 'Counts the workers: one whose lease was given to another changes nothing.';
comment on column telemetry_progress.lease_until is 'When the lease of the worker ends; null while none works.';
comment on column telemetry_progress.next_at is 'Not before: the collector asked to wait, or does not answer.';
comment on column telemetry_progress.failed_since is 'Since when the collector takes nothing; null while it does.';
comment on column telemetry_progress.last_error is 'Why it took nothing at the last try; null while it does.';
comment on column telemetry_progress.accepted_at is 'When it took spans last.';
comment on column telemetry_progress.refused_at is 'When it refused spans for good last: they were skipped.';
comment on column telemetry_progress.refusal is 'Why it refused them.';

-- Attempts by their time: they are written in this order, so a summary of each 16 pages is enough.
create index job_attempts_finished_at on job_attempts using brin (finished_at)
    with (pages_per_range = 16, autosummarize = on);

-- Activity

-- What happened when: counts of each minute, ten minutes and hour, which the batch processor keeps beside the rows that it counts
-- (docs/database.md, "Activity"). Whoever asks for a month reads these, and the rows of the last minutes.

create table activity_counts (
    step int not null,
    at timestamptz not null,
    source text not null,
    deliveries bigint not null default 0,
    refusals bigint not null default 0,
    jobs_done bigint not null default 0,
    jobs_dead bigint not null default 0,
    attempts_failed bigint not null default 0,
    latency_steps int[] not null default '{}',
    latency_counts bigint[] not null default '{}',
    primary key (step, at, source)
);
comment on table activity_counts is 'Deliveries, refusals and attempts by source and time, as counted by the batch processor.';
comment on column activity_counts.step is 'The length of the time, in seconds: 60, 600 or 3600.';
comment on column activity_counts.at is 'The start of the time.';
comment on column activity_counts.source is 'The source; empty if it is not known.';
comment on column activity_counts.deliveries is 'Deliveries that were stored, by the time of their receipt.';
comment on column activity_counts.refusals is 'Refusals, with those that were only counted.';
comment on column activity_counts.jobs_done is 'Jobs that were done, by the end of the attempt.';
comment on column activity_counts.jobs_dead is 'Jobs that became dead letters.';
comment on column activity_counts.attempts_failed is 'Attempts that failed.';
comment on column activity_counts.latency_steps is 'The times from webhook to done that occurred: latency_step().';
comment on column activity_counts.latency_counts is 'How often each of them occurred.';

create table job_life_counts (
    step int not null,
    ended_at timestamptz not null,
    opened_at timestamptz not null,
    source text not null,
    jobs bigint not null,
    primary key (step, ended_at, opened_at, source)
);
comment on table job_life_counts is 'Jobs that ended, by when they ended and when they were opened; without those that lie within one step.';
comment on column job_life_counts.step is 'The length of the two times, in seconds: 60, 600 or 3600.';
comment on column job_life_counts.ended_at is 'The start of the time in which they ended.';
comment on column job_life_counts.opened_at is 'The start of the time in which they were opened.';
comment on column job_life_counts.source is 'The source; empty if it is not known.';
comment on column job_life_counts.jobs is 'How many.';

create table activity_progress (
    is_only boolean primary key default true,
    counted_from timestamptz not null,
    counted_to timestamptz not null,
    seen pg_snapshot not null,
    constraint one_row check (is_only)
);
comment on table activity_progress is 'The time whose counts are kept; no row before the first turn of the batch processor.';
comment on column activity_progress.is_only is 'Always true: there is one row.';
comment on column activity_progress.counted_from is 'The start of that time: a full hour, or -infinity once all older rows are counted.';
comment on column activity_progress.counted_to is 'The end of that time: a full minute.';
comment on column activity_progress.seen is 'What transactions of this snapshot wrote is counted, if it is of that time.';

create table activity_late (
    since timestamptz not null,
    until timestamptz not null
);
comment on table activity_late is 'Times that are to be counted again: rows of them were written late, changed or deleted.';
comment on column activity_late.since is 'The start.';
comment on column activity_late.until is 'The end.';

-- No key, so that nobody waits for another one here.
create function note_late_activity() returns trigger
language plpgsql security definer set search_path = hookledger, pg_temp as $$
declare
    v_at timestamptz := case tg_table_name when 'refusals' then to_jsonb(new) ->> 'refused_at' else to_jsonb(new) ->> 'finished_at' end;
begin
    -- Where slots arrive, everything is counted again.
    if current_setting('hookledger.counts_again', true) is distinct from 'on' then
        insert into activity_late (since, until) values (v_at, v_at + interval '1 us');
    end if;
    return null;
end
$$;
comment on function note_late_activity is 'Trigger of job_attempts and refusals: notes a time whose counts are no longer right.';

-- Attempts of the last ten minutes are counted again anyway.
create trigger late_activity after insert on job_attempts for each row
when (new.finished_at < clock_timestamp() - interval '10 minutes') execute function note_late_activity();

create trigger late_activity after update of unrecorded on refusals for each row
when (new.refused_at < clock_timestamp() - interval '1 minute' and new.unrecorded <> old.unrecorded)
execute function note_late_activity();

-- Comments in plain English, for a database of that commit, too

comment on table receipts is 'One row for every event: what makes a second delivery of it a duplicate. Not partitioned: an event that is repeated weeks later is still the same.';
comment on table refusals is 'Deliveries that were not accepted: a sample, at most 60 rows per source and minute, so that a forger cannot make us write.';
comment on column effects.state is 'started: the call was begun; done: it happened; uncertain: a worker died in between and the destination cannot be asked.';
comment on column api_tokens.expires_at is 'When it expires; null for never.';
