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
