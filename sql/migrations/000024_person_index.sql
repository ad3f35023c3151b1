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
