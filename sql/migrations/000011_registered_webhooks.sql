-- What is registered at the providers, as each said when it was last asked.

create table registered_webhooks (
    provider text not null,
    address text not null,
    listed_at timestamptz not null default now(),
    webhooks jsonb not null,
    primary key (provider, address)
);

comment on table registered_webhooks is 'What the providers'' APIs say is registered with them; hookledger webhooks asks them and writes it down.';
comment on column registered_webhooks.provider is 'The provider, as hookledger webhooks names it.';
comment on column registered_webhooks.address is 'Where its API was asked: of shops with an address of their own there may be several.';
comment on column registered_webhooks.listed_at is 'When it was asked.';
comment on column registered_webhooks.webhooks is 'What it said: objects with id, events, url (without what could be a secret) and status.';
