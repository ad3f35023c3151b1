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
