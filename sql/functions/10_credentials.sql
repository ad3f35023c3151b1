-- The authorization for a shop of a source, and the shop's name there. An event that names no shop belongs to the only one.
-- TikTok's apps have accounts and no shops: there the shop is empty, and the account null if there are several.
create or replace function token_shop(p_source text, p_shop text) returns table (account text, shop text)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select s.account, s.shop from credential_shops as s where s.source = p_source and s.shop = p_shop
    union all
    select min(s.account), min(s.shop) from credential_shops as s
    where s.source = p_source and coalesce(p_shop, '') = '' having count(*) = 1
    union all
    select case when count(*) = 1 then min(c.account) end, '' from credentials as c
    where c.source = p_source and c.kind in ('tiktok_developers', 'tiktok_business') having count(*) > 0
$$;
comment on function token_shop is 'The authorization for a shop of a source.';

-- Whether there is a token with which the API of that shop can be asked. The account is that of an action whose token a person
-- stores, null for others.
create or replace function has_token(p_source text, p_shop text, p_account text default null) returns boolean
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select exists (
        select from credentials as c
        where c.source = p_source and c.state = 'valid' and (c.expires_at is null or c.expires_at > now())
            and c.account in (
                select p_account where p_account is not null
                union all select t.account from token_shop(p_source, p_shop) as t where p_account is null))
$$;
comment on function has_token is 'Whether there is a token with which the API of that shop can be asked.';

-- The jobs that wait for the token of one of several accounts. Only their action says which one, so each tries again when one
-- of the accounts has a better token than when it was held.
create or replace function jobs_with_another_token() returns setof bigint
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select j.job_id
    from jobs as j
    cross join lateral (
        select e.source from events as e where e.received_at = j.event_received_at and e.id = j.event_id limit 1
    ) as e
    where j.state = 3 and j.hold_reason = 'token' and exists (
        select from credentials as c
        where c.source = e.source and c.kind in ('tiktok_developers', 'tiktok_business') and c.state = 'valid'
            and (c.expires_at is null or c.expires_at > now())
            and greatest(c.state_since, c.refreshed_at) >= j.held_at)
$$;
comment on function jobs_with_another_token is 'The jobs that wait for the token of one of several accounts, of which one has a better token since.';

-- The jobs that wait for a token, by source and shop, or by the account of an action whose token a person stores.
create or replace function jobs_held_for_token() returns table (job_id bigint, source text, shop text, account text)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select j.job_id, e.source, coalesce(e.shop_id, ''), (
            select c.account from credentials as c
            where c.source = e.source and c.account = j.action and c.obtained_by = 'stored')
    from jobs as j
    cross join lateral (
        select e.source, e.shop_id from events as e
        where e.received_at = j.event_received_at and e.id = j.event_id limit 1
    ) as e
    where j.state = 3 and j.hold_reason = 'token'
$$;
comment on function jobs_held_for_token is 'The jobs that wait for a token.';
