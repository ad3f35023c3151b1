-- Writes handshakes; the responder sends at most 60 rows per source and minute, and one every two seconds for counted
-- ones.
create or replace function note_handshakes(
    p_received_at timestamptz[], p_source text[], p_provider text[], p_is_signed boolean[], p_key_id text[],
    p_status int[], p_request_id text[], p_remote_addr text[], p_method text[], p_path text[], p_headers jsonb[],
    p_body bytea[], p_body_length bigint[], p_unrecorded int[]
) returns void language sql volatile security definer
set search_path = hookledger, pg_temp as $$
    insert into handshakes (received_at, source, provider, is_signed, key_id, status, request_id, remote_addr, method,
        path, headers, body, body_length, unrecorded)
    select h.received_at, h.source, h.provider, h.is_signed, h.key_id, h.status, left(h.request_id, 100),
        left(h.remote_addr, 100), left(h.method, 20), left(h.path, 500), h.headers, substr(h.body, 1, 4096),
        h.body_length, h.unrecorded
    from unnest(p_received_at, p_source, p_provider, p_is_signed, p_key_id, p_status, p_request_id, p_remote_addr,
        p_method, p_path, p_headers, p_body, p_body_length, p_unrecorded)
        as h (received_at, source, provider, is_signed, key_id, status, request_id, remote_addr, method, path, headers,
            body, body_length, unrecorded)
    where belongs_here(h.source)
$$;
comment on function note_handshakes is 'Writes a bounded sample of handshakes.';

create or replace function delete_old_handshakes(p_before timestamptz, p_limit int) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_count int;
begin
    delete from handshakes where ctid = any (array(
        select ctid from handshakes where received_at < p_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
comment on function delete_old_handshakes is 'Deletes some of the handshakes that are older; returns how many.';
