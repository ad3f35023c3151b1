-- The rest of the door: each row goes to the cell of its source. What is about a cell that is away is left out: these rows are
-- samples, and the sender retries its deliveries. A row that names no source has the slot of the empty name.

create or replace function send_refusals(
    p_refused_at timestamptz[], p_source text[], p_kind text[], p_reason text[], p_status int[], p_request_id text[],
    p_remote_addr text[], p_method text[], p_path text[], p_body bytea[], p_body_length bigint[], p_unrecorded int[]
) returns setof text language plproxy security definer as $$
    cluster 'cells';
    split all;
    run on hookledger.source_slot(p_source);
    select hookledger.refuse(
        p_refused_at, p_source, p_kind, p_reason, p_status, p_request_id, p_remote_addr, p_method, p_path, p_body,
        p_body_length, p_unrecorded)::text;
$$;
comment on function send_refusals is 'Sends rows of refuse() to the cells of their sources.';

create or replace function refuse(
    p_refused_at timestamptz[], p_source text[], p_kind text[], p_reason text[], p_status int[], p_request_id text[],
    p_remote_addr text[], p_method text[], p_path text[], p_body bytea[], p_body_length bigint[], p_unrecorded int[]
) returns void language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_at int[] := reachable_places(p_source);
begin
    if v_at = '{}' then
        return;
    end if;
    perform send_refusals(
            chosen(v_at, p_refused_at), chosen(v_at, p_source), chosen(v_at, p_kind), chosen(v_at, p_reason),
            chosen(v_at, p_status), chosen(v_at, p_request_id), chosen(v_at, p_remote_addr), chosen(v_at, p_method),
            chosen(v_at, p_path), chosen(v_at, p_body), chosen(v_at, p_body_length), chosen(v_at, p_unrecorded));
exception when others or query_canceled then
    if not noted_away(sqlstate, sqlerrm) then
        raise;
    end if;
end
$$;
comment on function refuse is 'The same function of the cells, for rows of all cells.';

create or replace function send_handshakes(
    p_received_at timestamptz[], p_source text[], p_provider text[], p_is_signed boolean[], p_key_id text[],
    p_status int[], p_request_id text[], p_remote_addr text[], p_method text[], p_path text[], p_headers jsonb[],
    p_body bytea[], p_body_length bigint[], p_unrecorded int[]
) returns setof text language plproxy security definer as $$
    cluster 'cells';
    split all;
    run on hookledger.source_slot(p_source);
    select hookledger.note_handshakes(
        p_received_at, p_source, p_provider, p_is_signed, p_key_id, p_status, p_request_id, p_remote_addr, p_method,
        p_path, p_headers, p_body, p_body_length, p_unrecorded)::text;
$$;
comment on function send_handshakes is 'Sends rows of note_handshakes() to the cells of their sources.';

create or replace function note_handshakes(
    p_received_at timestamptz[], p_source text[], p_provider text[], p_is_signed boolean[], p_key_id text[],
    p_status int[], p_request_id text[], p_remote_addr text[], p_method text[], p_path text[], p_headers jsonb[],
    p_body bytea[], p_body_length bigint[], p_unrecorded int[]
) returns void language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_at int[] := reachable_places(p_source);
begin
    if v_at = '{}' then
        return;
    end if;
    perform send_handshakes(
            chosen(v_at, p_received_at), chosen(v_at, p_source), chosen(v_at, p_provider), chosen(v_at, p_is_signed),
            chosen(v_at, p_key_id), chosen(v_at, p_status), chosen(v_at, p_request_id), chosen(v_at, p_remote_addr),
            chosen(v_at, p_method), chosen(v_at, p_path), chosen(v_at, p_headers), chosen(v_at, p_body),
            chosen(v_at, p_body_length), chosen(v_at, p_unrecorded));
exception when others or query_canceled then
    if not noted_away(sqlstate, sqlerrm) then
        raise;
    end if;
end
$$;
comment on function note_handshakes is 'The same function of the cells, for rows of all cells.';

create or replace function send_quarantine(
    p_source text[], p_fingerprint bytea[], p_provider text[], p_kind text[], p_reason text[], p_status int[],
    p_received_at timestamptz[], p_request_id text[], p_remote_addr text[], p_peer text[], p_method text[],
    p_scheme text[], p_host text[], p_path text[], p_query text[], p_headers jsonb[], p_body bytea[],
    p_credential bytea[], p_credential_key text[]
) returns setof text language plproxy security definer as $$
    cluster 'cells';
    split all;
    run on hookledger.source_slot(p_source);
    select unnest(hookledger.keep_refused(
        p_source, p_fingerprint, p_provider, p_kind, p_reason, p_status, p_received_at, p_request_id, p_remote_addr,
        p_peer, p_method, p_scheme, p_host, p_path, p_query, p_headers, p_body, p_credential, p_credential_key));
$$;
comment on function send_quarantine is 'Sends rows of keep_refused() to the cells of their sources.';

create or replace function keep_refused(
    p_source text[], p_fingerprint bytea[], p_provider text[], p_kind text[], p_reason text[], p_status int[],
    p_received_at timestamptz[], p_request_id text[], p_remote_addr text[], p_peer text[], p_method text[],
    p_scheme text[], p_host text[], p_path text[], p_query text[], p_headers jsonb[], p_body bytea[],
    p_credential bytea[], p_credential_key text[]
) returns text[] language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_at int[] := reachable_places(p_source);
begin
    if v_at = '{}' then
        return '{}';
    end if;
    return array(
        select s from send_quarantine(
            chosen(v_at, p_source), chosen(v_at, p_fingerprint), chosen(v_at, p_provider), chosen(v_at, p_kind),
            chosen(v_at, p_reason), chosen(v_at, p_status), chosen(v_at, p_received_at), chosen(v_at, p_request_id),
            chosen(v_at, p_remote_addr), chosen(v_at, p_peer), chosen(v_at, p_method), chosen(v_at, p_scheme),
            chosen(v_at, p_host), chosen(v_at, p_path), chosen(v_at, p_query), chosen(v_at, p_headers),
            chosen(v_at, p_body), chosen(v_at, p_credential), chosen(v_at, p_credential_key)) as s);
exception when others or query_canceled then
    if not noted_away(sqlstate, sqlerrm) then
        raise;
    end if;
    return '{}';
end
$$;
comment on function keep_refused is 'The same function of the cells, for rows of all cells.';

create or replace function send_peers(
    p_source text[], p_peer text[]
) returns setof text language plproxy security definer as $$
    cluster 'cells';
    split all;
    run on hookledger.source_slot(p_source);
    select hookledger.note_peers(
        p_source, p_peer)::text;
$$;
comment on function send_peers is 'Sends rows of note_peers() to the cells of their sources.';

create or replace function note_peers(
    p_source text[], p_peer text[]
) returns void language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_at int[] := reachable_places(p_source);
begin
    if v_at = '{}' then
        return;
    end if;
    perform send_peers(
            chosen(v_at, p_source), chosen(v_at, p_peer));
exception when others or query_canceled then
    if not noted_away(sqlstate, sqlerrm) then
        raise;
    end if;
end
$$;
comment on function note_peers is 'The same function of the cells, for rows of all cells.';

create or replace function peers_of(p_slot int) returns table (source text, peer text) language plproxy security definer as $$
    cluster 'cells';
    run on p_slot;
    select source, peer from hookledger.noted_peers();
$$;
comment on function peers_of is 'The peers of one cell.';

create or replace function noted_peers() returns table (source text, peer text)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_slot int;
begin
    for v_slot in
        select min(s.slot) from slots as s join cells as c on c.name = s.cell where c.away_since is null group by s.cell
    loop
        begin
            return query select p.source, p.peer from peers_of(v_slot) as p;
        exception when others or query_canceled then
            null; -- the next batch notes that this cell is away
        end;
    end loop;
end
$$;
comment on function noted_peers is 'The peers of all cells that can be reached.';

-- Configurations are those of the installation: they are in the cell of slot 0.
create or replace function configuring_slot() returns int language plpgsql stable security definer
set search_path = hookledger, pg_temp as $$
begin
    if exists (select from slots as s join cells as c on c.name = s.cell where s.slot = 0 and c.away_since is not null) then
        raise exception 'the cell of slot 0 is away' using errcode = 'cannot_connect_now';
    end if;
    return 0;
end
$$;
comment on function configuring_slot is 'Slot 0; an error if its cell is known to be away.';

create or replace function send_configuration(
    p_slot int, p_host text, p_program text, p_pid int, p_hash bytea, p_file_hash bytea, p_content jsonb, p_age_ms int
) returns int language plproxy security definer as $$
    cluster 'cells';
    run on p_slot;
    select hookledger.note_configuration(p_host, p_program, p_pid, p_hash, p_file_hash, p_content, p_age_ms);
$$;
comment on function send_configuration is 'note_configuration() in the cell of a slot.';

create or replace function note_configuration(
    p_host text, p_program text, p_pid int, p_hash bytea, p_file_hash bytea, p_content jsonb, p_age_ms int
) returns int language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select send_configuration(
        configuring_slot(), p_host, p_program, p_pid, p_hash, p_file_hash, p_content, p_age_ms)
$$;
comment on function note_configuration is 'The same function of the cell of slot 0.';

create or replace function send_refused_configuration(p_slot int, p_host text, p_program text, p_pid int, p_refusal text)
returns text language plproxy security definer as $$
    cluster 'cells';
    run on p_slot;
    select hookledger.refuse_configuration(p_host, p_program, p_pid, p_refusal)::text;
$$;
comment on function send_refused_configuration is 'refuse_configuration() in the cell of a slot.';

create or replace function refuse_configuration(p_host text, p_program text, p_pid int, p_refusal text) returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select send_refused_configuration(configuring_slot(), p_host, p_program, p_pid, p_refusal)
$$;
comment on function refuse_configuration is 'The same function of the cell of slot 0.';

create or replace function send_left_configuration(p_slot int, p_host text, p_program text, p_pid int)
returns text language plproxy security definer as $$
    cluster 'cells';
    run on p_slot;
    select hookledger.leave_configuration(p_host, p_program, p_pid)::text;
$$;
comment on function send_left_configuration is 'leave_configuration() in the cell of a slot.';

create or replace function leave_configuration(p_host text, p_program text, p_pid int) returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select send_left_configuration(configuring_slot(), p_host, p_program, p_pid)
$$;
comment on function leave_configuration is 'The same function of the cell of slot 0.';

-- The counters of the programs stay here, so that they are there while a cell is away.
create or replace function add_metrics(p_program text, p_name text[], p_labels jsonb[], p_value double precision[])
returns void language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    perform add_counts(p_program, p_name, p_labels, p_value);
    perform watch_cells();
end
$$;
comment on function add_metrics is 'Adds to counters, and asks the cells whether they store.';
