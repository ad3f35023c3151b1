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
comment on column api_tokens.expires_at is 'From when on it counts no more; null for never.';
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
