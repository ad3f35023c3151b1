-- Who did what by hand: replays, discards, decisions about comments, tokens, redactions.

create table operator_log (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    actor text not null,
    action text not null,
    subject text not null,
    reason text,
    details jsonb not null default '{}'
);

create index operator_log_subject on operator_log (subject);

comment on table operator_log is 'What people did by hand, with the command line or the API. Rows are only ever added.';
comment on column operator_log.id is 'Counts up.';
comment on column operator_log.at is 'When it was done; in the transaction of the deed itself.';
comment on column operator_log.actor is 'Who: cli:<login name> or token:<name of the token>.';
comment on column operator_log.action is 'What, such as replay, dead.discard, comment.allow.';
comment on column operator_log.subject is 'On what, such as event:4711, job:12, comment:tiktok/77.';
comment on column operator_log.reason is 'Why, in the person''s words; null when they gave none.';
comment on column operator_log.details is 'What else belongs to it: counts, filters, changed fields. Never a secret, never a body.';
