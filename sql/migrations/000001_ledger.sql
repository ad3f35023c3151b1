-- The schema of commit b6287ea. A database that has it is stamped and not altered (FormerMigrations).

-- Events

-- What arrived: receipts (what counts as the same), events (everything that counted), refusals (what did not).

create table receipts (
    source text not null,
    dedupe_key bytea not null,
    event_id bigint not null,
    received_at timestamptz not null,
    primary key (source, dedupe_key)
) with (autovacuum_vacuum_insert_scale_factor = 0.05);
create index receipts_received_at on receipts using brin (received_at) with (pages_per_range = 32, autosummarize = on);

comment on table receipts is 'One row for every event: what makes a second delivery of it a duplicate. Not partitioned: an event that is repeated weeks later is still the same.';
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

comment on table refusals is 'Deliveries that were not accepted: a sample, at most 60 rows per source and minute, so that a forger cannot make us write.';
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

-- Orders

-- What the events say about orders. One mechanism keeps the state: a clock per field, the last writer wins, so that
-- every order of arrival gives the same row.

create table orders (
    id bigint generated always as identity primary key,
    source text not null,
    order_id text not null,
    provider text not null,
    order_data jsonb not null,
    extra jsonb not null,
    clocks jsonb not null,
    status text generated always as (order_data ->> 'status') stored,
    shop_id text generated always as (order_data ->> 'shop_id') stored,
    order_number text generated always as (order_data ->> 'order_number') stored,
    total_amount numeric generated always as ((order_data ->> 'total_amount')::numeric) stored,
    shipping_fee numeric generated always as ((order_data ->> 'shipping_fee')::numeric) stored,
    currency text generated always as (order_data ->> 'currency') stored,
    email text generated always as (order_data ->> 'email') stored,
    customer_name text generated always as (order_data ->> 'customer_name') stored,
    tracking_number text generated always as (order_data ->> 'tracking_number') stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    last_event_id bigint not null,
    last_event_received_at timestamptz not null,
    unique (source, order_id)
) with (fillfactor = 80);

comment on table orders is 'The current state of every order. Whether it is processed, and what went wrong, is derived from its jobs: see the view tiktok_orders.';
comment on column orders.id is 'The row''s id, the order''s name inside this database.';
comment on column orders.source is 'The configured sender.';
comment on column orders.order_id is 'The order''s id as the sender names it.';
comment on column orders.provider is 'The contract of the first event about it.';
comment on column orders.order_data is 'All normalized fields; the columns below are taken from it.';
comment on column orders.extra is 'Fields that the sender has and the ledger does not know, under the sender''s names.';
comment on column orders.clocks is 'The clock of the event that wrote each field: [time in microseconds, sequence, status rank, hash]; under * the one of all fields that have none of their own.';
comment on column orders.status is 'The sender''s own status word.';
comment on column orders.shop_id is 'The shop that the order belongs to.';
comment on column orders.order_number is 'The human-readable order number.';
comment on column orders.total_amount is 'What the buyer pays.';
comment on column orders.shipping_fee is 'The part of it that is for shipping.';
comment on column orders.currency is 'ISO 4217 code.';
comment on column orders.email is 'The buyer''s e-mail address.';
comment on column orders.customer_name is 'The buyer''s name.';
comment on column orders.tracking_number is 'The carrier''s tracking number.';
comment on column orders.created_at is 'When the first event about it was stored.';
comment on column orders.updated_at is 'When it last changed.';
comment on column orders.last_event_id is 'The event that last changed it.';
comment on column orders.last_event_received_at is 'When that event was received.';

create table order_items (
    order_row bigint not null,
    line_no int not null,
    line_id text not null,
    product_id text,
    product_name text,
    variant_id text,
    variant_name text,
    sku text,
    quantity int,
    unit_price numeric,
    list_price numeric,
    image_url text,
    primary key (order_row, line_id)
);

comment on table order_items is 'The lines of every order, as its newest event with lines has them.';
comment on column order_items.order_row is 'The order: orders.id.';
comment on column order_items.line_no is 'The line''s place in the order, from 1.';
comment on column order_items.line_id is 'The line''s own id, or # and its place when the sender gives none.';
comment on column order_items.product_id is 'The sender''s product id.';
comment on column order_items.product_name is 'The product''s name.';
comment on column order_items.variant_id is 'The sender''s variant id.';
comment on column order_items.variant_name is 'The variant''s name.';
comment on column order_items.sku is 'The shop''s own article number.';
comment on column order_items.quantity is 'How many.';
comment on column order_items.unit_price is 'The price of one.';
comment on column order_items.list_price is 'The price of one before reductions.';
comment on column order_items.image_url is 'A picture of it.';

-- Jobs

-- The slow work. The hot table holds only what is still to do; what was done is in job_attempts.

create sequence lease_tokens;
comment on sequence lease_tokens is 'A number per claim. A worker that comes back after its lease was given to another holds an old one and can change nothing.';

create table jobs (
    job_id bigint generated always as identity primary key,
    action text not null,
    kind text not null,
    rule text not null,
    state smallint not null default 0,
    priority smallint not null default 0,
    attempt smallint not null default 0,
    max_attempts smallint not null default 4,
    uncounted int not null default 0,
    run_at timestamptz not null default now(),
    first_failed_at timestamptz,
    order_row bigint,
    event_id bigint not null,
    event_received_at timestamptz not null,
    lease_token bigint,
    lease_until timestamptz,
    unique_key bytea,
    last_error text,
    created_at timestamptz not null default now(),
    constraint state_known check (state in (0, 1, 2))
) with (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.01,
    autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.05,
    autovacuum_vacuum_insert_scale_factor = 0.2
);
create index jobs_ready on jobs (priority, run_at, job_id) where state = 0;
create index jobs_lease on jobs (lease_until) where state = 1;
create index jobs_chain on jobs (order_row, action, job_id) where order_row is not null;
create unique index jobs_unique on jobs (unique_key) where unique_key is not null and state = 0;

comment on table jobs is 'Work still to do, and dead letters. A job that is done leaves this table; its attempts stay in job_attempts.';
comment on column jobs.job_id is 'The job''s id; jobs of one order have ids in the order of their events'' commits.';
comment on column jobs.action is 'The action of the configuration that it runs.';
comment on column jobs.kind is 'What kind of action that is, such as slack.';
comment on column jobs.rule is 'The rule that made it.';
comment on column jobs.state is '0 ready, 1 running, 2 dead letter.';
comment on column jobs.priority is 'Lower runs first.';
comment on column jobs.attempt is 'How many attempts have begun, counted when the job is claimed.';
comment on column jobs.max_attempts is 'After so many failed attempts it becomes a dead letter.';
comment on column jobs.uncounted is 'How many attempts failed for a reason that does not count, such as a destination that is down.';
comment on column jobs.run_at is 'Not before.';
comment on column jobs.first_failed_at is 'When it failed for the first time: give_up counts from here.';
comment on column jobs.order_row is 'The order it is about: orders.id. Jobs of one order and one action run one after another.';
comment on column jobs.event_id is 'The event that made it.';
comment on column jobs.event_received_at is 'When that event was received.';
comment on column jobs.lease_token is 'The claim that holds it.';
comment on column jobs.lease_until is 'When the claim ends if its worker does not renew it.';
comment on column jobs.unique_key is 'Ready jobs of the same key are one job.';
comment on column jobs.last_error is 'Why the last attempt failed.';
comment on column jobs.created_at is 'When it was made.';

create table job_attempts (
    job_id bigint not null,
    attempt int not null,
    action text not null,
    kind text not null,
    rule text not null,
    event_id bigint not null,
    event_received_at timestamptz not null,
    order_row bigint,
    job_created_at timestamptz not null,
    started_at timestamptz not null,
    first_byte_at timestamptz,
    finished_at timestamptz not null,
    outcome text not null,
    reason text,
    destination text,
    status int,
    constraint outcome_known check (outcome in ('done', 'skipped', 'retry', 'dead', 'lost', 'released', 'discarded'))
) partition by range (finished_at);
create index job_attempts_event on job_attempts (event_id);
create index job_attempts_job on job_attempts (job_id);

comment on table job_attempts is 'Every attempt at a job, append only; partitioned by the week of finished_at.';
comment on column job_attempts.job_id is 'The job.';
comment on column job_attempts.attempt is 'Which attempt, from 1.';
comment on column job_attempts.action is 'The action of the configuration that ran.';
comment on column job_attempts.kind is 'What kind of action that is.';
comment on column job_attempts.rule is 'The rule that made the job.';
comment on column job_attempts.event_id is 'The event that made the job.';
comment on column job_attempts.event_received_at is 'When that event was received.';
comment on column job_attempts.order_row is 'The order it was about: orders.id.';
comment on column job_attempts.job_created_at is 'When the job was made.';
comment on column job_attempts.started_at is 'When the attempt began.';
comment on column job_attempts.first_byte_at is 'When the first byte went out to the destination.';
comment on column job_attempts.finished_at is 'When the attempt ended.';
comment on column job_attempts.outcome is 'done, skipped (no longer called for), retry, dead, lost (its worker died), released (handed back unstarted) or discarded (by an operator).';
comment on column job_attempts.reason is 'Why, when it is not done.';
comment on column job_attempts.destination is 'Host and port that were called.';
comment on column job_attempts.status is 'The status that the destination answered.';

create table effects (
    effect_key text primary key,
    action text not null,
    kind text not null,
    state text not null,
    job_id bigint not null,
    event_id bigint not null,
    event_received_at timestamptz not null,
    order_row bigint,
    request_hash bytea,
    external_id text,
    answer text,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    constraint state_known check (state in ('started', 'done', 'uncertain'))
);
create index effects_uncertain on effects (started_at) where state <> 'done';

comment on table effects is 'One row for every effect on the world outside: what happened once does not happen again.';
comment on column effects.effect_key is 'What makes two effects the same, such as printify:17:987654321.';
comment on column effects.action is 'The action of the configuration.';
comment on column effects.kind is 'What kind of action that is.';
comment on column effects.state is 'started: the call was begun; done: it happened; uncertain: a worker died in between and the destination cannot be asked.';
comment on column effects.job_id is 'The job that made it.';
comment on column effects.event_id is 'The event that made the job.';
comment on column effects.event_received_at is 'When that event was received.';
comment on column effects.order_row is 'The order it was about: orders.id.';
comment on column effects.request_hash is 'SHA-256 of the request that was sent.';
comment on column effects.external_id is 'What the destination calls it.';
comment on column effects.answer is 'The beginning of what the destination answered.';
comment on column effects.started_at is 'When the call was begun.';
comment on column effects.finished_at is 'When its answer was in.';

-- Records

-- What the events say about products, customers and comments, kept as orders are: a clock per field, the last writer
-- wins. A deletion marks the row; nothing is erased.

alter table events add column record_kind text;
alter table events add column record_row bigint;
alter table events add constraint record_kind_known check (record_kind in ('product', 'customer', 'comment'));
create index events_record on events (record_kind, record_row, id) where record_row is not null;
comment on column events.record_kind is 'What else it is about: product, customer or comment; null for orders, which order_row names.';
comment on column events.record_row is 'The row of that record: products.id, customers.id or comments.id.';

-- record() takes one parameter more from here on; the old one must not stay beside it.
do $$
declare
    f regprocedure;
begin
    for f in select oid from pg_proc where pronamespace = 'hookledger'::regnamespace and proname = 'record' loop
        execute format('drop function %s', f);
    end loop;
end
$$;

-- The columns of the guide for orders from other software; status, email, customer_name and tracking_number are there.
-- A sender that lists lines has its first line's product here.
alter table orders
    add column product text generated always as (
        coalesce(order_data ->> 'product', order_data #>> '{items,0,product_name}')) stored,
    add column price numeric generated always as (
        coalesce(order_data ->> 'price', order_data #>> '{items,0,unit_price}')::numeric) stored,
    add column total numeric generated always as ((order_data ->> 'total_amount')::numeric) stored,
    add column commission numeric generated always as ((order_data ->> 'commission')::numeric) stored,
    add column quantity numeric generated always as (
        coalesce(order_data ->> 'quantity', order_data #>> '{items,0,quantity}')::numeric) stored,
    add column profile text generated always as (order_data ->> 'profile') stored,
    add column proxy_list text generated always as (order_data ->> 'proxy_list') stored,
    add column reference_number text generated always as (order_data ->> 'reference_number') stored,
    add column order_date text generated always as (order_data ->> 'placed_at') stored;
comment on column orders.product is 'The product; of an order with lines that of its first line.';
comment on column orders.price is 'The price of one.';
comment on column orders.total is 'The same as total_amount.';
comment on column orders.commission is 'What the sale earns.';
comment on column orders.quantity is 'How many; of an order with lines those of its first line.';
comment on column orders.profile is 'The profile that the order was placed with.';
comment on column orders.proxy_list is 'The proxy list that the order was placed with.';
comment on column orders.reference_number is 'The sender''s reference.';
comment on column orders.order_date is 'When it was placed, as RFC 3339 text in UTC.';

create table products (
    id bigint generated always as identity primary key,
    source text not null,
    product_id text not null,
    provider text not null,
    product_data jsonb not null,
    extra jsonb not null,
    clocks jsonb not null,
    name text generated always as (product_data ->> 'name') stored,
    sku text generated always as (product_data ->> 'sku') stored,
    price numeric generated always as ((product_data ->> 'price')::numeric) stored,
    currency text generated always as (product_data ->> 'currency') stored,
    quantity numeric generated always as ((product_data ->> 'quantity')::numeric) stored,
    status text generated always as (product_data ->> 'status') stored,
    deleted boolean generated always as (coalesce(product_data -> 'deleted' = 'true', false)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    last_event_id bigint not null,
    last_event_received_at timestamptz not null,
    unique (source, product_id)
) with (fillfactor = 80);
create index products_sku on products (sku) where sku is not null;

comment on table products is 'The current state of every product.';
comment on column products.id is 'The row''s id.';
comment on column products.source is 'The configured sender.';
comment on column products.product_id is 'The product''s id as the sender names it.';
comment on column products.provider is 'The contract of the first event about it.';
comment on column products.product_data is 'All normalized fields; the columns below are taken from it.';
comment on column products.extra is 'Fields that the sender has and the ledger does not know, under the sender''s names.';
comment on column products.clocks is 'The clock of the event that wrote each field, as in orders.';
comment on column products.name is 'The product''s name.';
comment on column products.sku is 'The shop''s own article number.';
comment on column products.price is 'The price of one.';
comment on column products.currency is 'ISO 4217 code.';
comment on column products.quantity is 'How many are in stock, by the sender; what is left after sales is in inventory.';
comment on column products.status is 'The sender''s own status word.';
comment on column products.deleted is 'Whether the sender deleted it.';
comment on column products.created_at is 'When the first event about it was stored.';
comment on column products.updated_at is 'When it last changed.';
comment on column products.last_event_id is 'The event that last changed it.';
comment on column products.last_event_received_at is 'When that event was received.';

create table inventory (
    id bigint generated always as identity primary key,
    source text not null,
    product_id text not null,
    variant_id text not null default '',
    sku text,
    counted numeric,
    counted_at timestamptz,
    quantity numeric not null default 0,
    updated_at timestamptz not null default now(),
    unique (source, product_id, variant_id)
) with (fillfactor = 80);
create index inventory_sku on inventory (sku) where sku is not null;

comment on table inventory is 'How many of every product or variant are left: what the sender last counted, and the movements since then.';
comment on column inventory.id is 'The row''s id.';
comment on column inventory.source is 'The configured sender.';
comment on column inventory.product_id is 'The product''s id as the sender names it.';
comment on column inventory.variant_id is 'The variant''s id as the sender names it; empty for the product as a whole.';
comment on column inventory.sku is 'The shop''s own article number.';
comment on column inventory.counted is 'What the newest product event with a quantity says; null when none does.';
comment on column inventory.counted_at is 'When that was so, by that event''s clock.';
comment on column inventory.quantity is 'What is left: counted, and all movements after counted_at.';
comment on column inventory.updated_at is 'When it last changed.';

create table inventory_movements (
    movement_key text primary key,
    inventory_id bigint not null,
    delta numeric not null,
    reason text not null,
    occurred_at timestamptz not null,
    order_row bigint,
    job_id bigint,
    created_at timestamptz not null default now()
);
create index inventory_movements_inventory on inventory_movements (inventory_id, occurred_at);

comment on table inventory_movements is 'Every quantity that was taken from or put back to the inventory, once each.';
comment on column inventory_movements.movement_key is 'What makes two movements the same: source, order, line, and sold or returned.';
comment on column inventory_movements.inventory_id is 'What moved: inventory.id.';
comment on column inventory_movements.delta is 'How many: negative when they left.';
comment on column inventory_movements.reason is 'Why, such as sold or returned.';
comment on column inventory_movements.occurred_at is 'When they moved: a later count has them in it already.';
comment on column inventory_movements.order_row is 'The order: orders.id.';
comment on column inventory_movements.job_id is 'The job that moved them.';
comment on column inventory_movements.created_at is 'When it was written down.';

create table customers (
    id bigint generated always as identity primary key,
    source text not null,
    customer_id text not null,
    provider text not null,
    customer_data jsonb not null,
    extra jsonb not null,
    clocks jsonb not null,
    email text generated always as (customer_data ->> 'email') stored,
    name text generated always as (coalesce(customer_data ->> 'name',
        nullif(trim(coalesce(customer_data ->> 'first_name', '') || ' ' || coalesce(customer_data ->> 'last_name', '')),
            ''))) stored,
    phone text generated always as (customer_data ->> 'phone') stored,
    status text generated always as (customer_data ->> 'status') stored,
    deleted boolean generated always as (coalesce(customer_data -> 'deleted' = 'true', false)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    last_event_id bigint not null,
    last_event_received_at timestamptz not null,
    unique (source, customer_id)
) with (fillfactor = 80);
create index customers_email on customers (lower(email)) where email is not null;

comment on table customers is 'The current state of every customer.';
comment on column customers.id is 'The row''s id.';
comment on column customers.source is 'The configured sender.';
comment on column customers.customer_id is 'The customer''s id as the sender names it.';
comment on column customers.provider is 'The contract of the first event about it.';
comment on column customers.customer_data is 'All normalized fields; the columns below are taken from it.';
comment on column customers.extra is 'Fields that the sender has and the ledger does not know, under the sender''s names.';
comment on column customers.clocks is 'The clock of the event that wrote each field, as in orders.';
comment on column customers.email is 'The e-mail address.';
comment on column customers.name is 'The whole name, put together when the sender gives its parts only.';
comment on column customers.phone is 'The telephone number.';
comment on column customers.status is 'The sender''s own status word.';
comment on column customers.deleted is 'Whether the sender deleted it or asked for its data to be redacted.';
comment on column customers.created_at is 'When the first event about it was stored.';
comment on column customers.updated_at is 'When it last changed.';
comment on column customers.last_event_id is 'The event that last changed it.';
comment on column customers.last_event_received_at is 'When that event was received.';

create table comments (
    id bigint generated always as identity primary key,
    source text not null,
    comment_id text not null,
    provider text not null,
    comment_data jsonb not null,
    extra jsonb not null,
    clocks jsonb not null,
    video_id text generated always as (comment_data ->> 'video_id') stored,
    parent_comment_id text generated always as (comment_data ->> 'parent_comment_id') stored,
    text text generated always as (comment_data ->> 'text') stored,
    user_id text generated always as (comment_data ->> 'user_id') stored,
    username text generated always as (comment_data ->> 'username') stored,
    status text generated always as (comment_data ->> 'status') stored,
    written_at text generated always as (comment_data ->> 'written_at') stored,
    deleted boolean generated always as (coalesce(comment_data -> 'deleted' = 'true', false)) stored,
    moderation text,
    moderation_reason text,
    moderated_at timestamptz,
    moderated_by text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    last_event_id bigint not null,
    last_event_received_at timestamptz not null,
    unique (source, comment_id),
    constraint moderation_known check (moderation in ('allow', 'review', 'delete'))
) with (fillfactor = 80);
create index comments_video on comments (source, video_id);
create index comments_review on comments (moderated_at) where moderation = 'review';

comment on table comments is 'The current state of every comment, and what moderation decided about it.';
comment on column comments.id is 'The row''s id.';
comment on column comments.source is 'The configured sender.';
comment on column comments.comment_id is 'The comment''s id as the sender names it.';
comment on column comments.provider is 'The contract of the first event about it.';
comment on column comments.comment_data is 'All normalized fields; the columns below are taken from it.';
comment on column comments.extra is 'Fields that the sender has and the ledger does not know, under the sender''s names.';
comment on column comments.clocks is 'The clock of the event that wrote each field, as in orders.';
comment on column comments.video_id is 'The video that it stands under.';
comment on column comments.parent_comment_id is 'The comment that it answers.';
comment on column comments.text is 'What it says.';
comment on column comments.user_id is 'The author''s id.';
comment on column comments.username is 'The author''s name as shown.';
comment on column comments.status is 'The sender''s own word for its state.';
comment on column comments.written_at is 'When it was written, as RFC 3339 text in UTC.';
comment on column comments.deleted is 'Whether it was deleted.';
comment on column comments.moderation is 'What was decided: allow, review (a person is to decide) or delete; null when nothing was.';
comment on column comments.moderation_reason is 'Why.';
comment on column comments.moderated_at is 'When that was decided.';
comment on column comments.moderated_by is 'Who decided: rules, or a person''s name.';
comment on column comments.created_at is 'When the first event about it was stored.';
comment on column comments.updated_at is 'When the sender''s events last changed it.';
comment on column comments.last_event_id is 'The event that last changed it.';
comment on column comments.last_event_received_at is 'When that event was received.';

create table conversations (
    id bigint generated always as identity primary key,
    source text not null,
    customer_row bigint not null,
    channel text not null default 'default',
    created_at timestamptz not null default now(),
    unique (customer_row, channel)
);

comment on table conversations is 'What is said to and by one customer on one channel.';
comment on column conversations.id is 'The row''s id.';
comment on column conversations.source is 'The configured sender that the customer belongs to.';
comment on column conversations.customer_row is 'The customer: customers.id.';
comment on column conversations.channel is 'Where it takes place.';
comment on column conversations.created_at is 'When the first message was written.';

create table messages (
    id bigint generated always as identity primary key,
    conversation_id bigint not null,
    customer_row bigint not null,
    role text not null,
    message_type text not null default 'text',
    content text not null,
    effect_key text unique,
    order_row bigint,
    event_id bigint,
    event_received_at timestamptz,
    created_at timestamptz not null default now(),
    delivered_at timestamptz,
    constraint role_known check (role in ('assistant', 'user', 'system'))
);
create index messages_conversation on messages (conversation_id, id);

comment on table messages is 'Every message of a conversation; seen by a polling live view as soon as it is written.';
comment on column messages.id is 'The row''s id; rises with time within a conversation.';
comment on column messages.conversation_id is 'The conversation: conversations.id.';
comment on column messages.customer_row is 'The customer: customers.id.';
comment on column messages.role is 'Who speaks: assistant (the shop), user (the customer) or system.';
comment on column messages.message_type is 'What the content is, such as text.';
comment on column messages.content is 'What is said.';
comment on column messages.effect_key is 'What makes two messages of the shop the same, so that each is written once.';
comment on column messages.order_row is 'The order it is about: orders.id.';
comment on column messages.event_id is 'The event that it follows from.';
comment on column messages.event_received_at is 'When that event was received.';
comment on column messages.created_at is 'When it was written.';
comment on column messages.delivered_at is 'When it was handed on by e-mail or the like; null when it was not.';

create table upkeep (
    task text primary key,
    begun_at timestamptz not null,
    dropped_before timestamptz
);

comment on table upkeep is 'When each recurring task was last begun, so that overlapping runs of the batch processor share them.';
comment on column upkeep.task is 'The task, such as retention.';
comment on column upkeep.begun_at is 'When it was last begun.';
comment on column upkeep.dropped_before is 'Of the task retention: events received before this are not kept any more.';

-- Destinations

-- What batch runs tell each other, and people, about actions and the places they reach.

create table action_states (
    action text primary key,
    kind text not null,
    blocks boolean not null,
    updated_at timestamptz not null default now()
);

comment on table action_states is 'The actions of the configuration that the batch processor ran with last; for views.';
comment on column action_states.action is 'The action''s name.';
comment on column action_states.kind is 'What kind of action that is.';
comment on column action_states.blocks is 'Whether a dead letter keeps later jobs of the same order and action back (after_dead: block).';
comment on column action_states.updated_at is 'When its settings last changed.';

create table destinations (
    destination text primary key,
    open_until timestamptz not null,
    openings int not null default 1,
    reason text not null,
    opened_at timestamptz not null default now()
);

comment on table destinations is 'Destinations whose breaker is open: nothing is sent there until a probe succeeds. Shared by all runs.';
comment on column destinations.destination is 'Host and port.';
comment on column destinations.open_until is 'When one request may go there again, to see whether it is back.';
comment on column destinations.openings is 'How often it has opened without a success in between: the wait grows with it.';
comment on column destinations.reason is 'Why the last request failed.';
comment on column destinations.opened_at is 'Since when it is open.';

create table alerts (
    topic text primary key,
    raised_at timestamptz not null
);

comment on table alerts is 'When people were last told about something: keeps alerts rare.';
comment on column alerts.topic is 'What about, such as dead_letters.';
comment on column alerts.raised_at is 'When they were last told.';

alter table jobs add column note text;
alter table jobs add column alerted_at timestamptz;
comment on column jobs.note is 'What an alert says; null for the jobs that rules make.';
comment on column jobs.alerted_at is 'When people were told that it is a dead letter.';
create index jobs_dead on jobs (job_id) where state = 2;

-- Operator log

-- Who did what by hand: replays, discards, decisions about comments, tokens, redactions.

create table operator_log (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    actor text not null,
    action text not null,
    subject text not null,
    reason text,
    details jsonb not null default '{}'
);

create index operator_log_subject on operator_log (subject);

comment on table operator_log is 'What people did by hand, with the command line or the API. Rows are only ever added.';
comment on column operator_log.id is 'Counts up.';
comment on column operator_log.at is 'When it was done; in the transaction of the deed itself.';
comment on column operator_log.actor is 'Who: cli:<login name> or token:<name of the token>.';
comment on column operator_log.action is 'What, such as replay, dead.discard, comment.allow.';
comment on column operator_log.subject is 'On what, such as event:4711, job:12, comment:tiktok/77.';
comment on column operator_log.reason is 'Why, in the person''s words; null when they gave none.';
comment on column operator_log.details is 'What else belongs to it: counts, filters, changed fields. Never a secret, never a body.';

-- Replays

-- Replays: what an operator ran again, and which event it was when it was changed.

create table replays (
    run text not null,
    event_id bigint not null,
    new_event_id bigint,
    jobs int not null,
    replayed_at timestamptz not null default now(),
    primary key (event_id, run)
);
create index replays_new_event on replays (new_event_id) where new_event_id is not null;

comment on table replays is 'One row for every event that was replayed, per run: a run that was broken off goes on where it stopped. Who and why is in operator_log.';
comment on column replays.run is 'The run''s name: details.run in operator_log.';
comment on column replays.event_id is 'The event that was replayed.';
comment on column replays.new_event_id is 'The event that a replay with changes made; null when the event itself was run again.';
comment on column replays.jobs is 'How many jobs it made or made ready again.';
comment on column replays.replayed_at is 'When.';

alter table jobs add column again text;
comment on column jobs.again is 'The replay in which its effect may happen once more although it has happened; null for all others.';

-- A job is found by its order; one that is about none, by its event.
create index jobs_event on jobs (event_id) where order_row is null;

-- Ids are nearly in the order of the rows, so a few pages of index find an event by its id alone.
create index events_id on events using brin (id) with (pages_per_range = 16, autosummarize = on);

-- Api

-- What the REST API needs: tokens, counters, and a cursor for live views.

create table api_tokens (
    id bigint generated always as identity primary key,
    name text not null,
    hash bytea not null unique,
    scopes text[] not null,
    created_at timestamptz not null default now(),
    created_by text not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    constraint scopes_known check (scopes <@ array['read', 'replay', 'admin'] and cardinality(scopes) > 0),
    constraint hash_is_sha256 check (octet_length(hash) = 32)
);
create unique index api_tokens_name on api_tokens (name) where revoked_at is null;

comment on table api_tokens is 'Who may use the REST API. The tokens themselves are kept nowhere.';
comment on column api_tokens.id is 'The row''s id.';
comment on column api_tokens.name is 'What people call it; one valid token of a name at a time.';
comment on column api_tokens.hash is 'SHA-256 of the token: 256 random bits, so no salt and no slow hash are needed.';
comment on column api_tokens.scopes is 'What it may: read, replay (which includes read), admin (which includes both).';
comment on column api_tokens.created_at is 'When it was made.';
comment on column api_tokens.created_by is 'Who made it.';
comment on column api_tokens.expires_at is 'When it expires; null for never.';
comment on column api_tokens.revoked_at is 'When it was revoked; null when it was not.';
comment on column api_tokens.last_used_at is 'When it was last used, to the minute.';

create table metrics (
    program text not null,
    name text not null,
    labels jsonb not null,
    value double precision not null,
    updated_at timestamptz not null default now(),
    primary key (program, name, labels)
) with (fillfactor = 50);

comment on table metrics is 'Counters of all processes, added to every two seconds, outside the transactions of webhooks and jobs.';
comment on column metrics.program is 'Which program counted: ingest, api or batch.';
comment on column metrics.name is 'The name of the metric, such as hookledger_deliveries_total.';
comment on column metrics.labels is 'Its labels, such as {"source": "tiktok-shop"}.';
comment on column metrics.value is 'The count so far.';
comment on column metrics.updated_at is 'When it last grew.';

-- The cursor of live views is a snapshot: what is in it was seen. A row is compared with it by the transaction that
-- wrote it, so none is missed however late its transaction commits. Rows from before have none: they were always seen.
alter table events add column written_by xid8;
alter table events alter column written_by set default pg_current_xact_id();
create index events_written_by on events (written_by) where written_by is not null;
comment on column events.written_by is 'The transaction that wrote it, for the cursor of live views; null for events from before there were any.';

alter table refusals add column written_by xid8;
alter table refusals alter column written_by set default pg_current_xact_id();
create index refusals_written_by on refusals (written_by) where written_by is not null;
create index refusals_page on refusals (refused_at, id);
comment on column refusals.written_by is 'The transaction that wrote it, for the cursor of live views; null for refusals from before there were any.';

-- Pages of a shop's orders.
create index orders_shop on orders (shop_id, id);

-- Follow ups

-- Jobs that follow from other jobs: the delivery of a message, the deletion of a comment.

comment on column jobs.note is 'What an alert says, or what a follow-up has to do as JSON; null for the jobs that rules make.';
comment on column jobs.rule is 'The rule that made it; (alert) and (follow-up) are nobody''s.';

-- Shared jobs

-- Jobs that stand for many events, timers of carts, and what is left of events whose person was forgotten.

comment on column jobs.unique_key is 'Ready jobs of the same key are one job, which stands for all of their events; null for a job of one event.';

-- The cart that an order came out of, and which orders are young: what ends the timer of a cart. Orders without a cart are
-- not in the first index, and the second costs next to nothing.
alter table orders
    add column cart_id text generated always as (
        coalesce(extra ->> 'cart_token', extra ->> 'cart_id', extra ->> 'cartId')) stored;
create index orders_cart on orders (source, cart_id) where cart_id is not null;
create index orders_created_at on orders using brin (created_at) with (pages_per_range = 32, autosummarize = on);
comment on column orders.cart_id is 'The cart that it came out of, as the sender names it.';

-- What is left of an event of a person whose data was removed.
alter table events
    add column redacted_at timestamptz,
    add column body_hash bytea,
    add column dedupe_key bytea;
comment on column events.redacted_at is 'When personal data was removed from it; null when none was.';
comment on column events.body_hash is 'SHA-256 of the body as it came, kept when personal data was removed.';
comment on column events.dedupe_key is 'The dedupe key that the body had before personal data was removed; null when none was.';

-- Registered webhooks

-- What is registered at the providers, as each said when it was last asked.

create table registered_webhooks (
    provider text not null,
    address text not null,
    listed_at timestamptz not null default now(),
    webhooks jsonb not null,
    primary key (provider, address)
);

comment on table registered_webhooks is 'What the providers'' APIs say is registered with them; hookledger webhooks asks them and writes it down.';
comment on column registered_webhooks.provider is 'The provider, as hookledger webhooks names it.';
comment on column registered_webhooks.address is 'Where its API was asked: of shops with an address of their own there may be several.';
comment on column registered_webhooks.listed_at is 'When it was asked.';
comment on column registered_webhooks.webhooks is 'What it said: objects with id, events, url (without what could be a secret) and status.';

-- Lists by time

-- Lists of orders, the newest first. Orders come in the order of their time, so the index grows at its end only; it does
-- for young orders what the coarser one did.
drop index orders_created_at;
create index orders_created_at on orders (created_at);

-- Refusals that are only counted are written by kind.
comment on column refusals.unrecorded is 'How many more refusals of that source and kind this row stands for: they were only counted.';

-- Order links

-- Whose an order is and which checkout it came out of: what else ends the timer of a cart. Both are cut to what fits into an
-- index whatever the sender writes, and so is the cart in its index.

alter table orders
    add column customer_id text generated always as (left(coalesce(nullif(extra ->> 'customerId', '0'),
        nullif(extra ->> 'customer_id', '0'), extra -> 'customer' ->> 'id'), 200)) stored,
    add column checkout_token text generated always as (left(extra ->> 'checkout_token', 200)) stored;
create index orders_customer on orders (source, customer_id) where customer_id is not null;
create index orders_checkout on orders (source, checkout_token) where checkout_token is not null;
drop index orders_cart;
create index orders_cart on orders (source, left(cart_id, 200)) where cart_id is not null;
comment on column orders.customer_id is 'The buyer''s id as the sender names it; null for a guest.';
comment on column orders.checkout_token is 'The checkout that it came out of, as the sender names it.';

-- Replay requests

-- What a replay's run was asked for is in operator_log, and is found by the run.
create index operator_log_run on operator_log ((details ->> 'run')) where action = 'replay';
comment on column operator_log.details is 'What else belongs to it: counts, changed fields; of a replay its run, filter, set and again, and in "now" the moment it was begun, in microseconds since 1970. Never a secret, never a body.';

-- Orders by their id

-- People ask for an order by its id alone. With the id before the source one index serves them and the door alike.
alter table orders drop constraint orders_source_order_id_key, add unique (order_id, source);

-- Movements of orders

-- A cancelled order gives back what was sold of it, whatever its lines say by then: found by the order.
create index inventory_movements_order on inventory_movements (order_row);
comment on column inventory_movements.movement_key is
    'What makes two movements the same: source, order, line (its id, else # and product/variant/sku/count), and sold or returned.';
