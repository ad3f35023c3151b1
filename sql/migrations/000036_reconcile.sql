-- Reconciling: a provider's API is asked which orders changed, and what the ledger lacks is recorded (docs/reconcile.md).

-- One row for each source and API through which it is reconciled: the lease, the watermark, and what the last runs met.
create table reconcile_marks (
    source text not null,
    api text not null,
    watermark timestamptz not null,
    due_at timestamptz not null,
    run_id bigint,
    holder text,
    token bigint,
    leased_until timestamptz,
    failures int not null default 0,
    unauthorized boolean not null default false,
    last_error text,
    shop_key text not null default '',
    alarm int not null default 0,
    webhook_off_from timestamptz,
    webhook_off_until timestamptz,
    away_from timestamptz,
    away_until timestamptz,
    primary key (source, api)
) with (fillfactor = 50);

comment on table reconcile_marks is 'The position of each reconciliation, and the lease of the run that works on it.';
comment on column reconcile_marks.source is 'The source.';
comment on column reconcile_marks.api is 'The action whose API is asked; each shop of a source has its own.';
comment on column reconcile_marks.watermark is 'All changes before it have been compared, and what was missing is committed.';
comment on column reconcile_marks.due_at is 'The time of the next scheduled run.';
comment on column reconcile_marks.run_id is 'The scheduled run that has not reached its end; the next run continues it.';
comment on column reconcile_marks.holder is 'Host and process of the run that holds the lease.';
comment on column reconcile_marks.token is 'The fencing token of the lease: a run with another token commits nothing.';
comment on column reconcile_marks.leased_until is 'The end of the lease, unless it is renewed.';
comment on column reconcile_marks.failures is 'The number of runs since the last complete one that ended early.';
comment on column reconcile_marks.unauthorized is 'Whether the API refused the token at the last run.';
comment on column reconcile_marks.last_error is 'Why the last run ended early; null after a complete one.';
comment on column reconcile_marks.shop_key is 'The shop that the answers name; another shop is a bad answer.';
comment on column reconcile_marks.alarm is 'The missing orders found within an hour from which on an alert is raised; 0 for none.';
comment on column reconcile_marks.webhook_off_from is 'The last time before the provider was seen to have switched the webhook off.';
comment on column reconcile_marks.webhook_off_until is 'When it was seen to be on again; null while it is off.';
comment on column reconcile_marks.away_from is 'The beginning of the last time in which no batch processor ran.';
comment on column reconcile_marks.away_until is 'The end of that time.';

create table reconciliations (
    id bigint generated always as identity primary key,
    source text not null,
    api text not null,
    kind text not null,
    since timestamptz not null,
    until timestamptz not null,
    started_at timestamptz not null,
    last_page_at timestamptz,
    ended_at timestamptz,
    state text not null default 'running',
    reason text,
    cursor text,
    compared_until timestamptz,
    pages int not null default 0,
    compared bigint not null default 0,
    absent bigint not null default 0,
    older bigint not null default 0,
    refused bigint not null default 0,
    jobs bigint not null default 0,
    constraint run_kind check (kind in ('scheduled', 'manual', 'first')),
    constraint run_state check (state in ('running', 'done', 'stopped', 'unauthorized', 'limited', 'unavailable', 'bad_answer'))
);
create index reconciliations_of_api on reconciliations (source, api, id);
create index reconciliations_by_time on reconciliations (started_at);

comment on table reconciliations is 'The runs of reconciliations.';
comment on column reconciliations.id is 'The run.';
comment on column reconciliations.source is 'The source.';
comment on column reconciliations.api is 'The action whose API was asked.';
comment on column reconciliations.kind is 'scheduled; manual (hookledger reconcile); first (the first fill, which makes no jobs).';
comment on column reconciliations.since is 'Orders that changed from this time on were asked for.';
comment on column reconciliations.until is 'Later changes belong to the next run.';
comment on column reconciliations.started_at is 'When it began.';
comment on column reconciliations.last_page_at is 'When its last page was committed.';
comment on column reconciliations.ended_at is 'When it was complete; null until then.';
comment on column reconciliations.state is 'running, done, or why it ended early: stopped, unauthorized, limited, unavailable, bad_answer.';
comment on column reconciliations.reason is 'The same in words.';
comment on column reconciliations.cursor is 'The next page, for the run that continues this one.';
comment on column reconciliations.compared_until is 'The time of the last order of the last committed page; a page with earlier ones is a bad answer.';
comment on column reconciliations.pages is 'The committed pages.';
comment on column reconciliations.compared is 'The orders that were compared.';
comment on column reconciliations.absent is 'Orders that the ledger did not have.';
comment on column reconciliations.older is 'Orders of which the ledger had an older state.';
comment on column reconciliations.refused is 'Orders that could not be recorded.';
comment on column reconciliations.jobs is 'The jobs that the recorded orders made.';

-- What was found. Events leave by retention, findings stay as long as they do.
create table reconcile_findings (
    id bigint generated always as identity primary key,
    run_id bigint not null,
    source text not null,
    api text not null,
    shop_key text not null default '',
    order_id text not null,
    finding text not null,
    changed_at timestamptz not null,
    found_at timestamptz not null,
    event_id bigint,
    order_row bigint,
    reason text not null,
    detail text,
    constraint finding_kind check (finding in ('absent', 'older')),
    constraint finding_reason check (reason in ('refused', 'webhook_off', 'no_details', 'spool_aside', 'host_away', 'not_received', 'not_recorded'))
);
create index reconcile_findings_by_time on reconcile_findings (found_at);
create index reconcile_findings_of_order on reconcile_findings (source, order_id);

comment on table reconcile_findings is 'Orders that a reconciliation found missing or outdated.';
comment on column reconcile_findings.id is 'The finding.';
comment on column reconcile_findings.run_id is 'The run: reconciliations.id.';
comment on column reconcile_findings.source is 'The source.';
comment on column reconcile_findings.api is 'The action whose API was asked.';
comment on column reconcile_findings.shop_key is 'The shop, if ids are unique per shop only.';
comment on column reconcile_findings.order_id is 'The order''s id as the sender names it.';
comment on column reconcile_findings.finding is 'absent, or older: the ledger had an older state.';
comment on column reconcile_findings.changed_at is 'The provider''s time of the missing change.';
comment on column reconcile_findings.found_at is 'When it was found.';
comment on column reconcile_findings.event_id is 'The event by which it was recorded; null if that failed.';
comment on column reconcile_findings.order_row is 'The order: orders.id.';
comment on column reconcile_findings.reason is 'Why it was missing: refused, no_details, spool_aside, host_away, webhook_off, not_received; not_recorded: it could not be recorded.';
comment on column reconcile_findings.detail is 'The same in words, if more is known.';
