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
