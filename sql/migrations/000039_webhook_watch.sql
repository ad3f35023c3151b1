-- The watch over the webhooks that are registered at the providers (docs/webhooks.md).

-- One row for each source and API: when it is asked next, and the lease of the run that asks.
create table webhook_looks (
    source text not null,
    api text not null,
    due_at timestamptz not null,
    looked_at timestamptz,
    holder text,
    token bigint,
    leased_until timestamptz,
    failures int not null default 0,
    unauthorized boolean not null default false,
    last_error text,
    primary key (source, api)
) with (fillfactor = 50);

comment on table webhook_looks is 'The next look at the webhooks of each source, and the lease of the run that looks.';
comment on column webhook_looks.source is 'The source.';
comment on column webhook_looks.api is 'The action whose API is asked.';
comment on column webhook_looks.due_at is 'The time of the next look.';
comment on column webhook_looks.looked_at is 'The last time that the provider answered.';
comment on column webhook_looks.holder is 'Host and process of the run that holds the lease.';
comment on column webhook_looks.token is 'The fencing token of the lease: a run with another token writes nothing.';
comment on column webhook_looks.leased_until is 'The end of the lease.';
comment on column webhook_looks.failures is 'The number of looks since the last answer that failed.';
comment on column webhook_looks.unauthorized is 'Whether the API refused the token at the last look.';
comment on column webhook_looks.last_error is 'Why the last look failed; null after an answer.';

-- One row for each time in which a webhook had one state; the last one is open.
create table webhook_states (
    id bigint generated always as identity primary key,
    source text not null,
    api text not null,
    topic text not null,
    of_orders boolean not null,
    state text not null,
    detail text,
    webhook_id text,
    off_from timestamptz,
    since timestamptz not null,
    seen_at timestamptz not null,
    until timestamptz,
    alarm boolean not null default false,
    constraint state_known check (state in ('on', 'missing', 'disabled', 'paused', 'elsewhere', 'other_version'))
);
create unique index webhook_states_open on webhook_states (source, api, topic) where until is null;
create index webhook_states_off on webhook_states (source, since) where state <> 'on';

comment on table webhook_states is 'The history of the webhooks that are expected at the providers.';
comment on column webhook_states.id is 'The row''s id.';
comment on column webhook_states.source is 'The source.';
comment on column webhook_states.api is 'The action whose API was asked.';
comment on column webhook_states.topic is 'The topic, as the configuration names it.';
comment on column webhook_states.of_orders is 'Whether it is about orders.';
comment on column webhook_states.state is 'on; missing; disabled: by the provider; paused: by a person; elsewhere: it leads to another address; other_version.';
comment on column webhook_states.detail is 'The same in words, if more is known.';
comment on column webhook_states.webhook_id is 'The provider''s id of the webhook.';
comment on column webhook_states.off_from is 'The last look at which it was on; null if there was none.';
comment on column webhook_states.since is 'The first look at which it had this state.';
comment on column webhook_states.seen_at is 'The last one so far.';
comment on column webhook_states.until is 'The look at which it had another state; null while it has this one.';
comment on column webhook_states.alarm is 'Whether people are alerted: it is off, and nothing is done about it.';

-- Announced before the request, so that a killed process does not try more often than it may.
create table webhook_repairs (
    id bigint generated always as identity primary key,
    source text not null,
    api text not null,
    topic text not null,
    repair text not null,
    address text not null,
    at timestamptz not null,
    is_done boolean,
    result text,
    constraint repair_known check (repair in ('register', 'enable'))
);
create index webhook_repairs_of_topic on webhook_repairs (source, api, topic, at);

comment on table webhook_repairs is 'What was done about webhooks that were off.';
comment on column webhook_repairs.id is 'The row''s id.';
comment on column webhook_repairs.source is 'The source.';
comment on column webhook_repairs.api is 'The action whose API was asked.';
comment on column webhook_repairs.topic is 'The topic, as the configuration names it.';
comment on column webhook_repairs.repair is 'register or enable.';
comment on column webhook_repairs.address is 'The address of the source, without its query.';
comment on column webhook_repairs.at is 'When it was asked for.';
comment on column webhook_repairs.is_done is 'Whether the provider said that it was done; null if its answer is not known.';
comment on column webhook_repairs.result is 'Why not.';
