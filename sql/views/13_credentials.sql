-- The tokens of the providers' APIs, without the tokens: one row for each shop, and for each
-- authorization without shops.
create view credential_status as
with held as materialized (
    select h.source, coalesce(h.account, '') as account, coalesce(t.shop, case when h.account is null then h.shop else '' end) as shop,
        count(*) as jobs
    from jobs_held_for_token() as h
    left join lateral token_shop(h.source, h.shop) as t on h.account is null
    group by 1, 2, 3
), known as (
    select c.source, c.account, c.kind, c.obtained_by, case when c.obtained_by = 'stored' then c.account else '' end as stored_for, s.shop, s.name, s.region, s.currency,
        case when c.state = 'valid' and c.expires_at <= now() then 'expired' else c.state end as state, c.reason,
        c.state_since, c.authorized_at, c.refreshed_at, c.expires_at, c.refresh_due_at, c.refresh_expires_at, c.key_id
    from credentials as c
    left join credential_shops as s on s.source = c.source and s.account = c.account
)
select coalesce(k.source, h.source) as source, k.kind, k.account, coalesce(k.shop, nullif(h.shop, '')) as shop, k.name, k.region,
    k.currency, coalesce(k.state, 'missing') as state,
    case when k.source is null then 'this shop has not authorized the app' else k.reason end as reason, k.state_since,
    k.authorized_at, k.refreshed_at, k.expires_at, k.refresh_due_at, k.refresh_expires_at, k.key_id,
    coalesce(h.jobs, 0) as held_jobs, k.obtained_by
from known as k
full join held as h on h.source = k.source and h.account = k.stored_for and h.shop = coalesce(k.shop, '')
order by 1, 3, 4;

comment on view credential_status is 'The tokens of the providers'' APIs by shop, without the tokens.';
comment on column credential_status.source is 'The source.';
comment on column credential_status.kind is 'The provider, such as tiktok_shop, shopify or github; null for a shop that has authorized nothing.';
comment on column credential_status.account is 'The account that gave the permission: a seller, a shop''s domain, a user; of a token that a person stored, the action.';
comment on column credential_status.shop is 'The shop; null for an authorization without shops.';
comment on column credential_status.name is 'The shop''s name.';
comment on column credential_status.region is 'The shop''s country.';
comment on column credential_status.currency is 'The shop''s currency.';
comment on column credential_status.state is 'valid; missing: hookledger authorize, or credentials store; expired: its refresh fails, or a stored one has ended; refused: the API refused the access token, which is refreshed at once; revoked: only a person can help; unreadable: the key is missing or another one.';
comment on column credential_status.reason is 'Why it is not valid, or why its last refresh failed.';
comment on column credential_status.state_since is 'Since when.';
comment on column credential_status.authorized_at is 'When a person authorized or stored it.';
comment on column credential_status.refreshed_at is 'When the access token was issued.';
comment on column credential_status.expires_at is 'When the access token expires; null for never.';
comment on column credential_status.refresh_due_at is 'When the next refresh is due.';
comment on column credential_status.refresh_expires_at is 'When the authorization itself ends; before that a person must authorize again.';
comment on column credential_status.key_id is 'The id of the key by which its tokens are encrypted.';
comment on column credential_status.held_jobs is 'The jobs that wait for a token.';
comment on column credential_status.obtained_by is 'code: a person allowed it; client_credentials: the app''s own secret is enough; stored: hookledger credentials store; null for a shop that has authorized nothing.';
