-- Cells that cannot be reached. A batch that fails at one notes it; from then on its deliveries are not sent. The responders'
-- counters arrive every two seconds, and with them the question to each cell whether it stores: one that hangs fails no batch, and one
-- that is away may be back. No batch waits for that answer.

-- The cell that an error of PL/Proxy names; null if it names none.
create or replace function failed_cell(p_message text) returns text language sql stable as $$
    select c.name from cells as c where c.name = substring(p_message from '\): \[([^]]*)\]')
$$;
comment on function failed_cell is 'The cell that an error of PL/Proxy names.';

-- Whether the connection failed, and not a statement.
create or replace function is_lost_session(p_state text, p_message text) returns boolean
language sql immutable parallel safe as $$
    select p_state = 'XX000' and p_message like 'PL/Proxy function %' or p_state in ('57P01', '57P02')
$$;
comment on function is_lost_session is 'Whether an error of PL/Proxy is that of a session.';

-- Whether the session or the resources of the cell failed, or it takes no writes; as RecordFailure judges errors of one database.
create or replace function is_away(p_state text, p_message text) returns boolean
language sql immutable parallel safe as $$
    select is_lost_session(p_state, p_message) or left(p_state, 2) in ('08', '53', '57', '58') or p_state = '25006'
$$;
comment on function is_away is 'Whether an error says that the cell cannot store now.';

-- Another session that notes it at this moment is not waited for.
create or replace function note_away(p_cell text) returns void language plpgsql volatile as $$
begin
    update cells as c set away_since = clock_timestamp(), asked_at = clock_timestamp()
    where c.ctid = any (array(
        select a.ctid from cells as a where a.name = p_cell and a.away_since is null for update skip locked));
end
$$;
comment on function note_away is 'Notes that a cell cannot be reached.';

-- For the handler of an error: false for one that is not of a cell, and is raised again.
create or replace function noted_away(p_state text, p_message text) returns boolean language plpgsql volatile as $$
begin
    if failed_cell(p_message) is null or not is_away(p_state, p_message) then
        return false;
    end if;
    perform note_away(failed_cell(p_message));
    return true;
end
$$;
comment on function noted_away is 'Notes the cell that an error names, if the error says that it is away.';

create or replace function away_slots() returns int[] language sql stable as $$
    select array_agg(s.slot) from slots as s join cells as c on c.name = s.cell where c.away_since is not null
$$;
comment on function away_slots is 'The slots of cells that cannot be reached; null for none.';

create or replace function first_line(p_text text) returns text language sql immutable as $$
    select split_part(trim(e' \n' from p_text), e'\n', 1)
$$;
comment on function first_line is 'The first line of a text.';

-- The name of a session of dblink, which has 63 bytes at most.
create or replace function asking_session(p_user text, p_conninfo text) returns text language sql immutable as $$
    select md5(p_user || ' ' || p_conninfo)
$$;
comment on function asking_session is 'The name of the session with a host of a cell.';

-- Asks cells a question whose answer is null, or the reason why not: all at the same time, for p_patience at most. It returns those
-- that do not answer well, and with state 00000 those that do at another host than the noted one. A new connection has
-- two seconds for each host. After two seconds it begins with no other cell, which has no state then, and after three with no other
-- host, so that it has an end however many hosts have vanished. Those of a cell that is away come in any order. It goes through
-- dblink, because PL/Proxy and postgres_fdw wait for a cell that hangs as long as it hangs. The sessions stay open; one from before a
-- restart of its cell fails, and is closed (is_old).
create or replace function ask_cells(p_cells text[], p_user text, p_options text, p_question text, p_patience interval)
returns table (cell text, state text, reason text, is_old boolean, host int)
language plpgsql volatile security definer set search_path = hookledger, plproxy, pg_temp as $$
declare
    v_old text[] := coalesce(dblink_get_connections(), '{}');
    v_asked text[] := '{}';
    v_hosts jsonb := '{}';
    v_sessions jsonb := '{}';
    v_cell record;
    v_conninfo text;
    v_session text;
    v_detail text;
    v_problems text[];
    v_end timestamptz := clock_timestamp() + interval '2 seconds';
    v_pause double precision := 0.0002;
begin
    for v_cell in
        select c.name, c.conninfo, case when c.away_since is null then hosts_from(c.conninfo, c.host)
            else array(select h from unnest(hosts_from(c.conninfo, c.host)) as h order by random()) end as hosts
        from cells as c where c.name = any (p_cells)
    loop
        cell := v_cell.name;
        host := (
            select min(h) from unnest(v_cell.hosts) as h
            where asking_session(p_user, v_cell.name || ' ' || with_hosts(v_cell.conninfo, array[h])) = any (v_old));
        is_old := host is not null;
        if not is_old and clock_timestamp() > v_end then
            state := null;
            reason := 'there was no time to ask it';
            return next;
            continue;
        end if;
        v_problems := '{}';
        foreach host in array case when is_old then array[host] else v_cell.hosts end loop
            if v_problems <> '{}' and clock_timestamp() > v_end + interval '1 second' then
                v_problems := v_problems || 'there was no time to ask the next host'::text;
                exit;
            end if;
            v_conninfo := with_hosts(v_cell.conninfo, array[host]);
            v_session := asking_session(p_user, v_cell.name || ' ' || v_conninfo);
            begin
                if not is_old then
                    perform dblink_connect_u(v_session, format(
                        '%s user=%s connect_timeout=2 application_name=hookledger-router options=%L',
                        v_conninfo, p_user, p_options));
                end if;
                if dblink_send_query(v_session, p_question) <> 1 then
                    raise exception '%', dblink_error_message(v_session);
                end if;
                v_asked := v_asked || v_cell.name;
                v_hosts := v_hosts || jsonb_build_object(v_cell.name, host);
                v_sessions := v_sessions || jsonb_build_object(v_cell.name, v_session);
                v_problems := null;
                exit;
            exception when others then
                get stacked diagnostics v_detail = pg_exception_detail;
                v_problems := v_problems || first_line(coalesce(nullif(v_detail, ''), sqlerrm));
                if v_session = any (coalesce(dblink_get_connections(), '{}')) then
                    perform dblink_disconnect(v_session);
                end if;
            end;
        end loop;
        if v_problems is not null then
            state := '08006';
            reason := array_to_string(v_problems, '; ');
            return next;
        end if;
    end loop;
    v_end := clock_timestamp() + p_patience;
    while v_asked <> '{}' and clock_timestamp() < v_end loop
        foreach cell in array v_asked loop
            host := v_hosts ->> cell;
            v_session := v_sessions ->> cell;
            if dblink_is_busy(v_session) = 0 then
                v_asked := array_remove(v_asked, cell);
                begin
                    -- The result, and its end.
                    select r.reason into reason from dblink_get_result(v_session) as r (reason text);
                    perform from dblink_get_result(v_session) as r (reason text);
                    is_old := false;
                    if reason is not null then
                        state := '25006';
                        return next;
                    elsif exists (select from cells as c where c.name = cell and c.host <> ask_cells.host) then
                        state := '00000';
                        return next;
                    end if;
                exception when others then
                    state := sqlstate;
                    reason := first_line(sqlerrm);
                    is_old := v_session = any (v_old);
                    perform dblink_disconnect(v_session);
                    return next;
                end;
            end if;
        end loop;
        if v_asked <> '{}' then
            perform pg_sleep(v_pause);
            v_pause := least(2 * v_pause, 0.05);
        end if;
    end loop;
    foreach cell in array v_asked loop
        state := '08006';
        reason := format('it has not answered for %s', p_patience);
        is_old := false;
        host := v_hosts ->> cell;
        perform dblink_disconnect(v_sessions ->> cell);
        return next;
    end loop;
end
$$;
comment on function ask_cells is 'Asks cells; returns those that do not answer well or at another host than noted, why, and whether another session may help.';

-- Writes to the log and commits, so that it fails where only the disk of a cell hangs, or its standby; it leaves no row behind.
create or replace function storing_question() returns text language sql immutable as $$
    select $question$
        select case when pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' then 'it takes no writes'
            else nullif(left(pg_logical_emit_message(true, 'hookledger', '')::text, 0), '') end
        $question$
$$;
comment on function storing_question is 'The question whether a cell stores.';

-- Asks each cell that has not been asked for p_pause; of those that are away one at a time, or none. With p_in_turn nothing
-- happens while another session does this. One that does not answer within p_patience is away from then on, and one that was
-- away and stores is back. An error that is not of the cell as a whole (is_away) changes neither.
--
-- No row of a cell is locked while it is asked: a session that has to connect to a host that has vanished takes two seconds, and another one
-- may know better meanwhile.
create or replace function find_silent(p_pause interval, p_patience interval, p_in_turn boolean, p_with_away boolean)
returns void language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_begin timestamptz := clock_timestamp();
    v_watched text[];
    v_ask text[];
    v_again text[];
    v_failed text[] := '{}';
    v_hosts jsonb := '{}';
    v_moved text[];
    v_cell record;
begin
    if p_in_turn then
        perform from watch_turn for update skip locked;
        if not found then
            return;
        end if;
    end if;
    v_watched := array(
        select c.name from cells as c
        where coalesce(c.asked_at, '-infinity') < v_begin - p_pause
            and case when c.away_since is null then exists (select from slots as s where s.cell = c.name)
                else p_with_away and c.name = (
                    select a.name from cells as a where a.away_since is not null order by a.asked_at nulls first, a.name limit 1) end
        order by c.name);
    v_ask := v_watched;
    while v_ask <> '{}' loop
        v_again := '{}';
        for v_cell in
            select a.*, c.away_since is not null as was_away
            from ask_cells(
                v_ask, 'hookledger_ingest', '-c synchronous_commit=on -c statement_timeout=900ms', storing_question(),
                p_patience) as a
            join cells as c on c.name = a.cell
        loop
            if v_cell.state = '00000' then
                v_hosts := v_hosts || jsonb_build_object(v_cell.cell, v_cell.host);
            elsif v_cell.is_old then
                v_again := v_again || v_cell.cell;
            elsif v_cell.was_away or is_away(v_cell.state, v_cell.reason) then
                v_failed := v_failed || v_cell.cell;
            end if;
        end loop;
        v_ask := v_again;
    end loop;
    update cells as c set asked_at = clock_timestamp(),
        away_since = case when c.name = any (v_failed) then coalesce(c.away_since, clock_timestamp()) end,
        noticed_at = case when c.name = any (v_failed) then c.noticed_at end,
        host = coalesce((v_hosts ->> c.name)::int, c.host)
    where c.ctid = any (array(
        select a.ctid from cells as a
        where a.name = any (v_watched) and coalesce(a.asked_at, '-infinity') <= v_begin
        order by a.name for update skip locked));
    v_moved := array(
        select c.name from cells as c join jsonb_each_text(v_hosts) as h on h.key = c.name and h.value::int = c.host);
    -- In the transaction in which the cell is back: no batch goes there by the way to the host that it has lost.
    if v_moved <> '{}' then
        perform note_hosts(v_moved);
    end if;
end
$$;
comment on function find_silent is 'Asks cells whether they store, and notes those that do not.';

create or replace function watch_cells() returns void language sql volatile as $$
    select find_silent(interval '900 ms', interval '1 second', true, true)
$$;
comment on function watch_cells is 'Asks the cells whether they store, once a second at most.';

-- For a responder one of whose batches waits for its answer: asks the cells at once, but for those that have answered a moment ago.
-- They have less time than usual: they had that of the batch. While none waits, it asks all, so that this session has sessions with
-- them.
--
-- What matters is whether the batch was sent before others could see that a cell is away, and not when that was noted: a batch that notes it
-- commits later. So the time is that of the first look after the commit. A batch that was sent between the two is sent again in vain,
-- once.
create or replace function lost_cell(p_waiting_ms bigint) returns boolean language plpgsql volatile security definer
set search_path = hookledger, pg_temp as $$
declare
    v_sent timestamptz := clock_timestamp() - make_interval(secs => p_waiting_ms / 1000.0);
begin
    if p_waiting_ms is null then
        perform find_silent(interval '0', interval '1 second', false, false);
        return false;
    end if;
    update cells as c set noticed_at = clock_timestamp()
    where c.ctid = any (array(
        select a.ctid from cells as a where a.away_since is not null and a.noticed_at is null for update skip locked));
    perform find_silent(interval '250 ms', interval '700 ms', false, false);
    return exists (
        select from cells as c where c.away_since is not null and coalesce(c.noticed_at, 'infinity') > v_sent);
end
$$;
comment on function lost_cell is 'Asks the cells whether they store, and returns whether one has gone away within this time.';

-- The places of the sources whose cells are not known to be away.
create or replace function reachable_places(p_source text[]) returns int[] language sql stable as $$
    select array(
        select u.place from unnest(p_source) with ordinality as u (source, place)
        where not exists (
            select from slots as s join cells as c on c.name = s.cell
            where s.slot = source_slot(u.source) and c.away_since is not null)
        order by u.place)
$$;
comment on function reachable_places is 'The places of the sources whose cells are not known to be away.';
