-- The quarantine: what the responder may add within its budgets, and what a release needs.

-- Keeps refused deliveries. A source has room for 64 MiB and 10,000 rows; strangers get half of it at most, a peer a tenth.
-- Only rows in the state kept take room: what was released, or had arrived, is an event and needs no more of it.
-- Returns the sources that have no room for strangers now, so that the responder stops offering them.
create or replace function keep_refused(
    p_source text[], p_fingerprint bytea[], p_provider text[], p_kind text[], p_reason text[], p_status int[],
    p_received_at timestamptz[], p_request_id text[], p_remote_addr text[], p_peer text[], p_method text[],
    p_scheme text[], p_host text[], p_path text[], p_query text[], p_headers jsonb[], p_body bytea[],
    p_credential bytea[], p_credential_key text[]
) returns text[] language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    most_bytes constant bigint := 64 * 1024 * 1024;
    most_rows constant bigint := 10000;
    v_full text[] := '{}';
    v_source text;
    v_used record;
    v_own record;
    v_known boolean;
    v_size bigint;
    g int;
begin
    insert into quarantine_locks (source) select distinct s from unnest(p_source) as s order by s on conflict do nothing;
    perform from quarantine_locks as l where l.source = any (p_source) order by l.source for update;
    for v_source in select s from (select distinct s from unnest(p_source) as s) as d where belongs_here(s) order by s loop
        select count(*) as rows, coalesce(sum(q.size), 0) as bytes, count(*) filter (where not q.is_known) as stranger_rows,
            coalesce(sum(q.size) filter (where not q.is_known), 0) as stranger_bytes
        into v_used from quarantine as q where q.source = v_source and q.state = 'kept';
        for g in select o from unnest(p_source) with ordinality as u (s, o) where s = v_source order by o loop
            update quarantine as q set repeats = q.repeats + 1, last_at = greatest(q.last_at, p_received_at[g])
            where q.source = v_source and q.fingerprint = p_fingerprint[g];
            continue when found;
            v_known := exists (select from known_peers as k where k.source = v_source and k.peer = p_peer[g]);
            v_size := 400 + octet_length(p_body[g]) + octet_length(p_headers[g]::text) + octet_length(p_query[g])
                + octet_length(p_path[g]) + octet_length(p_reason[g]);
            continue when v_used.rows + 1 > most_rows or v_used.bytes + v_size > most_bytes
                or not v_known and (v_used.stranger_rows + 1 > most_rows / 2
                    or v_used.stranger_bytes + v_size > most_bytes / 2);
            select count(*) as rows, coalesce(sum(q.size), 0) as bytes into v_own
            from quarantine as q where q.source = v_source and q.peer = p_peer[g] and q.state = 'kept';
            continue when v_own.rows + 1 > most_rows / 10 or v_own.bytes + v_size > most_bytes / 10;
            insert into quarantine (source, fingerprint, provider, kind, reason, status, received_at, last_at, request_id,
                remote_addr, peer, is_known, method, scheme, host, path, query, headers, body, credential, credential_key,
                size)
            values (v_source, p_fingerprint[g], p_provider[g], p_kind[g], left(p_reason[g], 500), p_status[g],
                p_received_at[g], p_received_at[g], left(p_request_id[g], 100), left(p_remote_addr[g], 100), p_peer[g],
                v_known, left(p_method[g], 20), p_scheme[g], p_host[g], p_path[g], p_query[g], p_headers[g], p_body[g],
                p_credential[g], p_credential_key[g], v_size);
            v_used.rows := v_used.rows + 1;
            v_used.bytes := v_used.bytes + v_size;
            if not v_known then
                v_used.stranger_rows := v_used.stranger_rows + 1;
                v_used.stranger_bytes := v_used.stranger_bytes + v_size;
            end if;
        end loop;
        if v_used.rows + 1 > most_rows or v_used.bytes + 65536 > most_bytes or v_used.stranger_rows + 1 > most_rows / 2
            or v_used.stranger_bytes + 65536 > most_bytes / 2
        then
            v_full := v_full || v_source;
        end if;
    end loop;
    return v_full;
end
$$;
comment on function keep_refused is 'Keeps refused deliveries within the budgets of their sources; returns the sources without room for strangers.';

-- Notes peers that have sent verified deliveries.
create or replace function note_peers(p_source text[], p_peer text[]) returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    insert into known_peers as k (source, peer, seen_at)
    select u.source, left(u.peer, 100), date_trunc('hour', now()) from unnest(p_source, p_peer) as u (source, peer)
    where ((select count(*) from known_peers as n where n.source = u.source) < 4096
            or exists (select from known_peers as n where n.source = u.source and n.peer = u.peer))
        and belongs_here(u.source)
    order by 1, 2
    on conflict (source, peer) do update set seen_at = excluded.seen_at where k.seen_at < excluded.seen_at
$$;
comment on function note_peers is 'Notes peers that have sent verified deliveries.';

-- The peers that a starting responder knows.
create or replace function noted_peers() returns table (source text, peer text)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select k.source, k.peer from known_peers as k order by k.seen_at desc limit 65536
$$;
comment on function noted_peers is 'The peers that have sent verified deliveries.';

-- Whether the sender itself has said something about the subject of a delivery after its receipt. A deletion without a
-- time of its own would overwrite that.
create or replace function is_said_since(
    p_source text, p_kind text, p_shop_key text, p_record_id text, p_subject text, p_received_at timestamptz
) returns boolean language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select said_between(p_source, p_kind,
        case when p_record_id is not null then rows_about(p_kind, p_source, p_shop_key, p_record_id) end, p_subject,
        p_received_at, 0, 'infinity', 9223372036854775807, true)
    -- What was imported says what it said when it was first received.
    or exists (
        select from unnest(rows_about(p_kind, p_source, p_shop_key, p_record_id)) as r (id)
        join events as e on p_kind = 'order' and e.order_row = r.id
            or p_kind <> 'order' and e.record_row = r.id and e.record_kind = p_kind
        where e.origin = 'imported' and e.first_received_at > p_received_at
            and is_trusted(e.verification, e.origin, e.trusted))
$$;
comment on function is_said_since is 'Whether the sender has said something about a record or subject since a time.';

-- Ends the quarantine of deliveries. What is recorded is released if the event has its request id; another event with the
-- same bytes had arrived in another way.
create or replace function decide_refused(p_id bigint[], p_state text[], p_event_id bigint[], p_note text[])
returns table (id bigint, state text) language sql volatile security definer set search_path = hookledger, pg_temp as $$
    update quarantine as q set state = case
            when u.state <> 'recorded' then u.state
            when exists (select from events as e
                where e.id = u.event_id and e.received_at = q.received_at and e.request_id = q.request_id
                    and e.origin = 'released') then 'released'
            else 'arrived' end,
        event_id = u.event_id, note = u.note, decided_at = case when u.state <> 'kept' then now() end
    from unnest(p_id, p_state, p_event_id, p_note) as u (id, state, event_id, note)
    where q.id = u.id and q.state = 'kept'
    returning q.id, q.state
$$;
comment on function decide_refused is 'Ends the quarantine of deliveries, or notes why it continues.';

create or replace function delete_old_quarantine(p_before timestamptz, p_limit int) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_count int;
begin
    delete from quarantine where ctid = any (array(
        select ctid from quarantine where received_at < p_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    delete from known_peers where seen_at < now() - interval '90 days';
    return v_count;
end
$$;
comment on function delete_old_quarantine is 'Deletes some of the quarantined deliveries that are older; returns how many.';

-- What is kept of a refusal, whole, for a person with every right.
create or replace function quarantined(p_request_id text, p_sources text[])
returns table (id bigint, provider text, state text, note text, event_id bigint, repeats int, is_known boolean,
    is_asked boolean, method text, path text, query text, headers text, body bytea)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select q.id, q.provider, q.state, q.note, q.event_id, q.repeats, q.is_known,
        exists (select from release_requests as r where r.quarantine_id = q.id), q.method, q.path, q.query,
        q.headers::text, q.body
    from quarantine as q
    where q.request_id = p_request_id and (p_sources is null or q.source = any (p_sources))
    order by q.id limit 1
$$;
comment on function quarantined is 'The quarantined delivery of a request, whole.';

-- Asks the batch processor to verify a quarantined delivery again; returns whether it may be released.
create or replace function ask_release(p_id bigint, p_actor text) returns boolean
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    insert into release_requests (quarantine_id, actor)
    select q.id, p_actor from quarantine as q where q.id = p_id and q.state = 'kept'
    on conflict (quarantine_id) do update set asked_at = now()
    returning true
$$;
comment on function ask_release is 'Asks the batch processor to release a quarantined delivery.';

create or replace function end_release(p_id bigint) returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    delete from release_requests as r where r.quarantine_id = p_id
$$;
comment on function end_release is 'Ends a request to release a quarantined delivery.';
