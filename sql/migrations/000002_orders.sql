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
