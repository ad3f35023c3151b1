-- Access tokens of providers' APIs that expire and are refreshed (docs/credentials.md). Tokens are encrypted; the key is
-- not in the database.
create table credentials (
    source text not null,
    account text not null,
    kind text not null,
    obtained_by text not null,
    state text not null,
    reason text,
    state_since timestamptz not null default now(),
    key_id text,
    access_token bytea,
    refresh_token bytea,
    expires_at timestamptz,
    refresh_expires_at timestamptz,
    version bigint not null default 0,
    authorized_at timestamptz,
    refreshed_at timestamptz,
    refresh_due_at timestamptz,
    failures int not null default 0,
    leased_by text,
    leased_until timestamptz,
    primary key (source, account),
    constraint credential_kind check (kind in ('tiktok_shop', 'shopify', 'tiktok_developers', 'tiktok_business')),
    constraint credential_obtained_by check (obtained_by in ('code', 'client_credentials')),
    constraint credential_state check (state in ('missing', 'valid', 'refused', 'revoked', 'unreadable')),
    constraint credential_has_token check ((state = 'missing') = (access_token is null) and (access_token is null) = (key_id is null))
);
comment on table credentials is 'Tokens of providers'' APIs, one row for each authorization. Tokens are encrypted by AES-256-GCM with a key that is not in the database.';
comment on column credentials.source is 'The source.';
comment on column credentials.account is 'Whose permission it is, in the provider''s words: a seller, a shop''s domain, a user. Empty while there is none.';
comment on column credentials.kind is 'tiktok_shop, shopify, tiktok_developers or tiktok_business.';
comment on column credentials.obtained_by is 'code: a person allowed it; client_credentials: the app''s own secret is enough.';
comment on column credentials.state is 'missing: not authorized yet; valid; refused: the API refused the access token, which is refreshed at once; revoked: only a person can help (hookledger authorize); unreadable: the key is missing or another one.';
comment on column credentials.reason is 'Why it is not valid, or why its last refresh failed.';
comment on column credentials.state_since is 'Since when it has that state.';
comment on column credentials.key_id is 'The id of the key by which its tokens and the ciphers of its shops are encrypted.';
comment on column credentials.access_token is 'The access token: nonce of 12 bytes, ciphertext, tag of 16 bytes. Source, account and column are authenticated with it.';
comment on column credentials.refresh_token is 'The refresh token, encrypted in the same way; null if the provider gave none.';
comment on column credentials.expires_at is 'When the access token expires; null for never.';
comment on column credentials.refresh_expires_at is 'When the refresh token expires: before that a person must authorize again. Null if unknown.';
comment on column credentials.version is 'Grows with each new token, so that nobody overwrites a newer one.';
comment on column credentials.authorized_at is 'When a person authorized it.';
comment on column credentials.refreshed_at is 'When the access token was issued.';
comment on column credentials.refresh_due_at is 'When the next refresh is due; null if there is nothing to refresh.';
comment on column credentials.failures is 'The failed attempts at a refresh since the last one that succeeded.';
comment on column credentials.leased_by is 'Host and process that refresh it, or did when they ended.';
comment on column credentials.leased_until is 'Until when nobody else refreshes it. In the past: that refresh was interrupted, and its answer may be lost.';

create table credential_shops (
    source text not null,
    shop text not null,
    account text not null,
    name text,
    region text,
    currency text,
    cipher bytea,
    primary key (source, shop),
    foreign key (source, account) references credentials (source, account) on delete cascade
);
create index credential_shops_of_account on credential_shops (source, account);
comment on table credential_shops is 'The shops that each authorization is for.';
comment on column credential_shops.source is 'The source.';
comment on column credential_shops.shop is 'The shop, as events name it.';
comment on column credential_shops.account is 'The authorization: credentials.account.';
comment on column credential_shops.name is 'The shop''s name.';
comment on column credential_shops.region is 'Its country, two letters.';
comment on column credential_shops.currency is 'Its currency.';
comment on column credential_shops.cipher is 'TikTok Shop''s shop_cipher, encrypted as the tokens are.';
