-- The authorization for a shop of a source, and the shop's name there. An event that names no shop belongs to the only one.
create or replace function token_shop(p_source text, p_shop text) returns table (account text, shop text)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select s.account, s.shop from credential_shops as s where s.source = p_source and s.shop = p_shop
    union all
    select min(s.account), min(s.shop) from credential_shops as s
    where s.source = p_source and coalesce(p_shop, '') = '' having count(*) = 1
$$;
comment on function token_shop is 'The authorization for a shop of a source.';

-- Whether there is a token with which the API of that shop can be asked.
create or replace function has_token(p_source text, p_shop text) returns boolean
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select exists (
        select from token_shop(p_source, p_shop) as t
        join credentials as c on c.source = p_source and c.account = t.account
        where c.state = 'valid' and (c.expires_at is null or c.expires_at > now()))
$$;
comment on function has_token is 'Whether there is a token with which the API of that shop can be asked.';

-- The jobs that wait for a token, by source and shop.
create or replace function jobs_held_for_token() returns table (job_id bigint, source text, shop text)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select j.job_id, e.source, coalesce(e.shop_id, '')
    from jobs as j
    cross join lateral (
        select e.source, e.shop_id from events as e
        where e.received_at = j.event_received_at and e.id = j.event_id limit 1
    ) as e
    where j.state = 3 and j.hold_reason = 'token'
$$;
comment on function jobs_held_for_token is 'The jobs that wait for a token.';
