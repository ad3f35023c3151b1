-- Whether an event counts as verified: something was proven of it, or it is our own.
create or replace function is_verified(p_verification text, p_origin text) returns boolean
language sql immutable parallel safe as $$
    select p_verification <> 'unverified' or p_origin in ('fetched', 'reconciled', 'replay')
$$;
comment on function is_verified is 'Whether an event counts as verified.';
