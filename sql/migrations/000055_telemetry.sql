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
