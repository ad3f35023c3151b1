-- What batch runs tell each other, and people, about actions and the places they reach.

create table action_states (
    action text primary key,
    kind text not null,
    blocks boolean not null,
    updated_at timestamptz not null default now()
);

comment on table action_states is 'The actions of the configuration that the batch processor ran with last; for views.';
comment on column action_states.action is 'The action''s name.';
comment on column action_states.kind is 'What kind of action that is.';
comment on column action_states.blocks is 'Whether a dead letter keeps later jobs of the same order and action back (after_dead: block).';
comment on column action_states.updated_at is 'When its settings last changed.';

create table destinations (
    destination text primary key,
    open_until timestamptz not null,
    openings int not null default 1,
    reason text not null,
    opened_at timestamptz not null default now()
);

comment on table destinations is 'Destinations whose breaker is open: nothing is sent there until a probe succeeds. Shared by all runs.';
comment on column destinations.destination is 'Host and port.';
comment on column destinations.open_until is 'When one request may go there again, to see whether it is back.';
comment on column destinations.openings is 'How often it has opened without a success in between: the wait grows with it.';
comment on column destinations.reason is 'Why the last request failed.';
comment on column destinations.opened_at is 'Since when it is open.';

create table alerts (
    topic text primary key,
    raised_at timestamptz not null
);

comment on table alerts is 'When people were last told about something: keeps alerts rare.';
comment on column alerts.topic is 'What about, such as dead_letters.';
comment on column alerts.raised_at is 'When they were last told.';

alter table jobs add column note text;
alter table jobs add column alerted_at timestamptz;
comment on column jobs.note is 'What an alert says; null for the jobs that rules make.';
comment on column jobs.alerted_at is 'When people were told that it is a dead letter.';
create index jobs_dead on jobs (job_id) where state = 2;
