-- What belongs to the installation rather than to a shop: the tokens of the API, and what people did over the API and the command line.

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
    sources text[],
    constraint hash_is_sha256 check (octet_length(hash) = 32),
    constraint scopes_known check (scopes <@ array['read', 'replay', 'admin'] and cardinality(scopes) > 0),
    constraint sources_named check (cardinality(sources) > 0 and array_position(sources, null) is null)
);
create unique index api_tokens_name on api_tokens (name) where revoked_at is null;
comment on table api_tokens is 'Tokens of the REST API. Only their hashes are stored.';
comment on column api_tokens.id is 'The id.';
comment on column api_tokens.name is 'The name of the token, unique among those that are not revoked.';
comment on column api_tokens.hash is 'SHA-256 of the token.';
comment on column api_tokens.scopes is 'read, replay, admin: what the holder may do.';
comment on column api_tokens.created_at is 'When it was made.';
comment on column api_tokens.created_by is 'Who made it.';
comment on column api_tokens.expires_at is 'When it ends; null if it does not.';
comment on column api_tokens.revoked_at is 'When it was revoked; null if it was not.';
comment on column api_tokens.last_used_at is 'When it was last used, to the minute.';
comment on column api_tokens.sources is 'The sources that it is limited to; null for all.';

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
comment on table operator_log is 'What people did over this router; each cell has a log of what was done there.';
comment on column operator_log.id is 'The id.';
comment on column operator_log.at is 'When.';
comment on column operator_log.actor is 'Who, such as token:inspector.';
comment on column operator_log.action is 'What, such as dead.retry.';
comment on column operator_log.subject is 'On what, such as job:12.';
comment on column operator_log.reason is 'Why, in the person''s words.';
comment on column operator_log.details is 'Further facts.';
