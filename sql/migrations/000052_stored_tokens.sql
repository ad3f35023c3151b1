-- Tokens that do not expire and that a person stores (hookledger credentials store): one for each action of a source.
alter table credentials
    drop constraint credential_kind,
    add constraint credential_kind check (kind in ('tiktok_shop', 'shopify', 'tiktok_developers', 'tiktok_business',
        'woocommerce', 'bigcommerce', 'square', 'etsy', 'evershop', 'stripe', 'github')),
    drop constraint credential_obtained_by,
    add constraint credential_obtained_by check (obtained_by in ('code', 'client_credentials', 'stored'));

comment on column credentials.account is 'Whose permission it is, in the provider''s words: a seller, a shop''s domain, a user. The action, if a person stored it. Empty while there is none.';
comment on column credentials.kind is 'The provider, such as tiktok_shop, shopify or github.';
comment on column credentials.obtained_by is 'code: a person allowed it; client_credentials: the app''s own secret is enough; stored: a person stored it (hookledger credentials store).';
comment on column credentials.state is 'missing: not authorized or stored yet; valid; refused: the API refused the access token, which is refreshed at once; revoked: only a person can help (hookledger authorize, or credentials store); unreadable: the key is missing or another one.';
comment on column credentials.authorized_at is 'When a person authorized or stored it.';
comment on column credentials.access_token is 'The access token or password: nonce of 12 bytes, ciphertext, tag of 16 bytes. Source, account and column are authenticated with it.';
