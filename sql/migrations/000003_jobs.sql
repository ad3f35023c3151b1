-- The slow work. The hot table holds only what is still to do; what was done is in job_attempts.

create sequence lease_tokens;
comment on sequence lease_tokens is 'A number per claim. A worker that comes back after its lease was given to another holds an old one and can change nothing.';

create table jobs (
    job_id bigint generated always as identity primary key,
    action text not null,
    kind text not null,
    rule text not null,
    state smallint not null default 0,
    priority smallint not null default 0,
    attempt smallint not null default 0,
    max_attempts smallint not null default 4,
    uncounted int not null default 0,
    run_at timestamptz not null default now(),
    first_failed_at timestamptz,
    order_row bigint,
    event_id bigint not null,
    event_received_at timestamptz not null,
    lease_token bigint,
    lease_until timestamptz,
    unique_key bytea,
    last_error text,
    created_at timestamptz not null default now(),
    constraint state_known check (state in (0, 1, 2))
) with (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.01,
    autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.05,
    autovacuum_vacuum_insert_scale_factor = 0.2
);
create index jobs_ready on jobs (priority, run_at, job_id) where state = 0;
create index jobs_lease on jobs (lease_until) where state = 1;
create index jobs_chain on jobs (order_row, action, job_id) where order_row is not null;
create unique index jobs_unique on jobs (unique_key) where unique_key is not null and state = 0;

comment on table jobs is 'Work still to do, and dead letters. A job that is done leaves this table; its attempts stay in job_attempts.';
comment on column jobs.job_id is 'The job''s id; jobs of one order have ids in the order of their events'' commits.';
comment on column jobs.action is 'The action of the configuration that it runs.';
comment on column jobs.kind is 'What kind of action that is, such as slack.';
comment on column jobs.rule is 'The rule that made it.';
comment on column jobs.state is '0 ready, 1 running, 2 dead letter.';
comment on column jobs.priority is 'Lower runs first.';
comment on column jobs.attempt is 'How many attempts have begun, counted when the job is claimed.';
comment on column jobs.max_attempts is 'After so many failed attempts it becomes a dead letter.';
comment on column jobs.uncounted is 'How many attempts failed for a reason that does not count, such as a destination that is down.';
comment on column jobs.run_at is 'Not before.';
comment on column jobs.first_failed_at is 'When it failed for the first time: give_up counts from here.';
comment on column jobs.order_row is 'The order it is about: orders.id. Jobs of one order and one action run one after another.';
comment on column jobs.event_id is 'The event that made it.';
comment on column jobs.event_received_at is 'When that event was received.';
comment on column jobs.lease_token is 'The claim that holds it.';
comment on column jobs.lease_until is 'When the claim ends if its worker does not renew it.';
comment on column jobs.unique_key is 'Ready jobs of the same key are one job.';
comment on column jobs.last_error is 'Why the last attempt failed.';
comment on column jobs.created_at is 'When it was made.';

create table job_attempts (
    job_id bigint not null,
    attempt int not null,
    action text not null,
    kind text not null,
    rule text not null,
    event_id bigint not null,
    event_received_at timestamptz not null,
    order_row bigint,
    job_created_at timestamptz not null,
    started_at timestamptz not null,
    first_byte_at timestamptz,
    finished_at timestamptz not null,
    outcome text not null,
    reason text,
    destination text,
    status int,
    constraint outcome_known check (outcome in ('done', 'skipped', 'retry', 'dead', 'lost', 'released', 'discarded'))
) partition by range (finished_at);
create index job_attempts_event on job_attempts (event_id);
create index job_attempts_job on job_attempts (job_id);

comment on table job_attempts is 'Every attempt at a job, append only; partitioned by the week of finished_at.';
comment on column job_attempts.job_id is 'The job.';
comment on column job_attempts.attempt is 'Which attempt, from 1.';
comment on column job_attempts.action is 'The action of the configuration that ran.';
comment on column job_attempts.kind is 'What kind of action that is.';
comment on column job_attempts.rule is 'The rule that made the job.';
comment on column job_attempts.event_id is 'The event that made the job.';
comment on column job_attempts.event_received_at is 'When that event was received.';
comment on column job_attempts.order_row is 'The order it was about: orders.id.';
comment on column job_attempts.job_created_at is 'When the job was made.';
comment on column job_attempts.started_at is 'When the attempt began.';
comment on column job_attempts.first_byte_at is 'When the first byte went out to the destination.';
comment on column job_attempts.finished_at is 'When the attempt ended.';
comment on column job_attempts.outcome is 'done, skipped (no longer called for), retry, dead, lost (its worker died), released (handed back unstarted) or discarded (by an operator).';
comment on column job_attempts.reason is 'Why, when it is not done.';
comment on column job_attempts.destination is 'Host and port that were called.';
comment on column job_attempts.status is 'The status that the destination answered.';

create table effects (
    effect_key text primary key,
    action text not null,
    kind text not null,
    state text not null,
    job_id bigint not null,
    event_id bigint not null,
    event_received_at timestamptz not null,
    order_row bigint,
    request_hash bytea,
    external_id text,
    answer text,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    constraint state_known check (state in ('started', 'done', 'uncertain'))
);
create index effects_uncertain on effects (started_at) where state <> 'done';

comment on table effects is 'One row for every effect on the world outside: what happened once does not happen again.';
comment on column effects.effect_key is 'What makes two effects the same, such as printify:17:987654321.';
comment on column effects.action is 'The action of the configuration.';
comment on column effects.kind is 'What kind of action that is.';
comment on column effects.state is 'started: the call was begun; done: it happened; uncertain: a worker died in between and the destination can not be asked.';
comment on column effects.job_id is 'The job that made it.';
comment on column effects.event_id is 'The event that made the job.';
comment on column effects.event_received_at is 'When that event was received.';
comment on column effects.order_row is 'The order it was about: orders.id.';
comment on column effects.request_hash is 'SHA-256 of the request that was sent.';
comment on column effects.external_id is 'What the destination calls it.';
comment on column effects.answer is 'The beginning of what the destination answered.';
comment on column effects.started_at is 'When the call was begun.';
comment on column effects.finished_at is 'When its answer was in.';
