-- What an operator has paused: its jobs wait, nothing is refused.
create table pauses (
    kind text not null,
    name text not null,
    paused_at timestamptz not null default now(),
    until timestamptz,
    paused_by text not null,
    reason text,
    primary key (kind, name),
    constraint kind_known check (kind in ('source', 'action', 'destination'))
);
comment on table pauses is 'Sources, actions and destinations that an operator has paused: their jobs wait.';
comment on column pauses.kind is 'source, action or destination.';
comment on column pauses.name is 'The source, the action, or the host with or without a port.';
comment on column pauses.paused_at is 'Since when.';
comment on column pauses.until is 'When it ends by itself; null: when a person resumes it.';
comment on column pauses.paused_by is 'Who has paused it.';
comment on column pauses.reason is 'Why, in the person''s words.';

-- A paused job that stands for many events takes the place of the one before it.
create index jobs_held_shared on jobs (unique_key) where unique_key is not null and state = 3;
