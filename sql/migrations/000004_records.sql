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
