-- What the Express and PHP receivers write to: what Hookledger keeps, less its field history and its clocks.
create table receipts (
    source text not null,
    dedupe_key bytea not null,
    event_id bigint not null,
    received_at timestamptz not null default now(),
    primary key (source, dedupe_key)
);
create sequence event_ids;
create table orders (
    id bigint generated always as identity primary key,
    source text not null,
    order_id text not null,
    status text,
    shop_id text,
    total_amount numeric,
    shipping_fee numeric,
    currency text,
    email text,
    customer_name text,
    order_data jsonb not null,
    changed_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (source, order_id)
);
create table order_items (
    order_row bigint not null,
    line_no int not null,
    product_id text,
    product_name text,
    sku text,
    quantity int,
    unit_price numeric,
    primary key (order_row, line_no)
);
create table events (
    id bigint primary key,
    received_at timestamptz not null default now(),
    source text not null,
    type text not null,
    shop_id text,
    occurred_at timestamptz,
    order_row bigint,
    remote_addr text not null,
    headers jsonb not null,
    body bytea not null
);
create index events_order_row on events (order_row, id);
create table jobs (
    job_id bigint generated always as identity primary key,
    action text not null,
    state smallint not null default 0,
    attempt smallint not null default 0,
    run_at timestamptz not null default now(),
    order_row bigint,
    event_id bigint not null,
    created_at timestamptz not null default now()
);
create index jobs_ready on jobs (run_at, job_id) where state = 0;
create index jobs_order on jobs (order_row, job_id);
