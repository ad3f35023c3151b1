-- The tokens of the REST API. A router has these functions and the table, too.

-- The valid token with that hash, and the sources that it is limited to, as a JSON array; null for all. Its use is
-- recorded at most once a minute, so that reads rarely write.
create or replace function find_token_2(p_hash bytea)
returns table (name text, scopes text[], expires_at timestamptz, sources text)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    update api_tokens as t set last_used_at = now()
    where t.hash = p_hash and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
        and (t.last_used_at is null or t.last_used_at < now() - interval '1 minute');
    return query
        select t.name, t.scopes, t.expires_at, to_json(t.sources)::text from api_tokens as t
        where t.hash = p_hash and t.revoked_at is null and (t.expires_at is null or t.expires_at > now());
end
$$;
comment on function find_token_2 is 'The token with that hash, unless it is revoked or expired.';
