-- The REST API's functions beside the views. Each runs as the owner, so that the role needs no rights on tables.

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

-- For the responder of the previous version, which has no limits: a limited token is unknown to it.
create or replace function find_token(p_hash bytea) returns table (name text, scopes text[], expires_at timestamptz)
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select t.name, t.scopes, t.expires_at from find_token_2(p_hash) as t where t.sources is null
$$;
comment on function find_token is 'find_token_2 for the previous version: without the tokens that are limited to sources.';

-- Adds a process's counts. Rows are locked in the order of their keys, so two processes cannot deadlock.
create or replace function add_metrics(p_program text, p_name text[], p_labels jsonb[], p_value double precision[])
returns void language sql volatile security definer set search_path = hookledger, pg_temp as $$
    insert into metrics as m (program, name, labels, value)
    select left(p_program, 100), left(c.name, 100), c.labels, sum(c.value)
    from unnest(p_name, p_labels, p_value) as c (name, labels, value)
    where octet_length(c.labels::text) < 1000
    group by 1, 2, 3
    order by 1, 2, 3
    limit 5000
    on conflict (program, name, labels) do update set value = m.value + excluded.value, updated_at = now()
$$;
comment on function add_metrics is 'Adds to counters.';

-- Why the last failed attempt at the jobs of one event failed; existing jobs first.
create or replace function event_error(p_event_id bigint, p_order_row bigint) returns text
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select coalesce(
        (
            select k.last_error from jobs_of_event(p_event_id, p_order_row) as k
            where k.last_error is not null order by k.state desc, k.run_at desc limit 1
        ),
        (
            select t.reason from job_attempts as t
            where t.event_id = p_event_id and t.outcome in ('retry', 'dead', 'lost') order by t.finished_at desc limit 1
        ))
$$;
comment on function event_error is 'Why the last failed attempt at the jobs of one event failed.';

-- The state of one event, with its error and its attempts.
create or replace function event_outcome(p_event_id bigint, p_order_row bigint)
returns table (status text, attempts bigint, last_error text)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select event_status(p_event_id, p_order_row),
        (
            select count(*) from job_attempts as t
            where t.event_id = p_event_id and t.outcome not in ('released', 'discarded')
        ),
        event_error(p_event_id, p_order_row)
$$;
comment on function event_outcome is 'The state of one event, as in the view event_states, found by indexes.';
