-- Writes a sample of what was refused; the responder sends at most 60 rows per source and minute, and
-- one every two seconds for each kind of those that it only counted.
create or replace function refuse(
    p_refused_at timestamptz[], p_source text[], p_kind text[], p_reason text[], p_status int[], p_request_id text[],
    p_remote_addr text[], p_method text[], p_path text[], p_body bytea[], p_body_length bigint[], p_unrecorded int[]
) returns void language sql volatile security definer
set search_path = hookledger, pg_temp as $$
    insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
        body_length, unrecorded)
    select r.refused_at, r.source, r.kind, left(r.reason, 500), r.status, left(r.request_id, 100),
        left(r.remote_addr, 100), left(r.method, 20), left(r.path, 500), substr(r.body, 1, 4096), r.body_length,
        r.unrecorded
    from unnest(p_refused_at, p_source, p_kind, p_reason, p_status, p_request_id, p_remote_addr, p_method, p_path,
        p_body, p_body_length, p_unrecorded)
        as r (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body, body_length,
            unrecorded)
$$;
comment on function refuse is 'Writes a bounded sample of refused deliveries.';
