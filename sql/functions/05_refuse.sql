-- Writes a sample of refusals; the responder sends at most 60 rows per source and minute, and one every two seconds for
-- each kind that it only counted.
--
-- A source has a daily budget of bytes, whatever the responders send. Above 4 MiB bodies are left out; above 16 MiB a
-- refusal is added to the count of the last row of its source and kind of that day, and makes a new row only if there
-- is none.
create or replace function refuse(
    p_refused_at timestamptz[], p_source text[], p_kind text[], p_reason text[], p_status int[], p_request_id text[],
    p_remote_addr text[], p_method text[], p_path text[], p_body bytea[], p_body_length bigint[], p_unrecorded int[]
) returns void language plpgsql volatile security definer
set search_path = hookledger, pg_temp as $$
declare
    body_share constant bigint := 4 * 1024 * 1024;
    row_share constant bigint := 16 * 1024 * 1024;
    r record;
    used bigint;
    own bigint;
begin
    -- In the order of the keys, as two responders may write at once.
    insert into refusal_budget (source, day)
    select distinct coalesce(s, ''), (t at time zone 'UTC')::date
    from unnest(p_source, p_refused_at) as x (s, t) where belongs_here(s) order by 1, 2
    on conflict do nothing;
    perform 1 from refusal_budget b
    where (b.source, b.day) in (
        select coalesce(s, ''), (t at time zone 'UTC')::date from unnest(p_source, p_refused_at) as x (s, t))
    order by b.source, b.day for update;
    delete from refusal_budget where day < (now() at time zone 'UTC')::date - 7;

    for r in
        select u.refused_at, u.source, u.kind, left(u.reason, 500) as reason, u.status,
            left(u.request_id, 100) as request_id, left(u.remote_addr, 100) as remote_addr, left(u.method, 20) as method,
            left(u.path, 500) as path, substr(u.body, 1, 4096) as body, u.body_length, u.unrecorded,
            coalesce(u.source, '') as share, (u.refused_at at time zone 'UTC')::date as day
        from unnest(p_refused_at, p_source, p_kind, p_reason, p_status, p_request_id, p_remote_addr, p_method, p_path,
            p_body, p_body_length, p_unrecorded) with ordinality
            as u (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body, body_length,
                unrecorded, place)
        where belongs_here(u.source) order by u.place
    loop
        -- A row beside its texts: header, numbers, and its entries in the indexes.
        own := 200 + octet_length(r.reason) + octet_length(r.request_id) + octet_length(r.remote_addr)
            + octet_length(r.method) + octet_length(r.path);
        select b.bytes into used from refusal_budget b where b.source = r.share and b.day = r.day;
        if used + own > row_share then
            update refusals set unrecorded = least(unrecorded::bigint + r.unrecorded + 1, 2147483647)::int
            where id = (
                select l.id from refusals l
                where l.source is not distinct from r.source and l.kind = r.kind
                    and l.refused_at >= r.day at time zone 'UTC' and l.refused_at < (r.day + 1) at time zone 'UTC'
                order by l.refused_at desc, l.id desc limit 1);
            continue when found;
        end if;
        if used + own + octet_length(r.body) > body_share then r.body := ''; end if;
        insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
            body_length, unrecorded)
        values (r.refused_at, r.source, r.kind, r.reason, r.status, r.request_id, r.remote_addr, r.method, r.path,
            r.body, r.body_length, r.unrecorded);
        update refusal_budget b set bytes = b.bytes + own + octet_length(r.body)
        where b.source = r.share and b.day = r.day;
    end loop;
end $$;
comment on function refuse is 'Writes a sample of refused deliveries that is bounded in bytes per source and day.';
