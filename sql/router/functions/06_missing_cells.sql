-- Which cells a reader's statement leaves out.

create or replace function first_line(p_text text) returns text language sql immutable as $$
    select split_part(trim(e' \n' from p_text), e'\n', 1)
$$;
comment on function first_line is 'The first line of a text.';

-- Asks cells whether they answer readers, all at the same time, and waits two seconds at most. It goes through dblink because PL/Proxy
-- and postgres_fdw wait for a cell that hangs as long as it hangs, whatever the statement's time. The sessions stay open; one from before
-- a restart of its cell fails, and is closed (is_old).
create or replace function ask_readers(p_cells text[]) returns table (cell text, reason text, is_old boolean)
language plpgsql volatile security definer set search_path = hookledger, plproxy, pg_temp as $$
declare
    v_old text[] := coalesce(dblink_get_connections(), '{}');
    v_asked text[] := '{}';
    v_cell record;
    v_detail text;
    v_end timestamptz;
    v_pause double precision := 0.0002;
begin
    for v_cell in select c.name, c.conninfo from cells as c where c.name = any (p_cells) loop
        is_old := v_cell.name = any (v_old);
        begin
            if not is_old then
                perform dblink_connect_u(v_cell.name, v_cell.conninfo || ' user=hookledger_api connect_timeout=2'
                    || ' application_name=hookledger-router options=''-c search_path=pg_catalog''');
            end if;
            if dblink_send_query(v_cell.name, 'select true') <> 1 then
                raise exception '%', dblink_error_message(v_cell.name);
            end if;
            v_asked := v_asked || v_cell.name;
        exception when others then
            get stacked diagnostics v_detail = pg_exception_detail;
            cell := v_cell.name;
            reason := first_line(coalesce(nullif(v_detail, ''), sqlerrm));
            if cell = any (coalesce(dblink_get_connections(), '{}')) then
                perform dblink_disconnect(cell);
            end if;
            return next;
        end;
    end loop;
    v_end := clock_timestamp() + interval '2 seconds';
    while v_asked <> '{}' and clock_timestamp() < v_end loop
        foreach cell in array v_asked loop
            if dblink_is_busy(cell) = 0 then
                v_asked := array_remove(v_asked, cell);
                begin
                    -- The result, and its end.
                    perform from dblink_get_result(cell) as r (answers boolean);
                    perform from dblink_get_result(cell) as r (answers boolean);
                exception when others then
                    reason := first_line(sqlerrm);
                    is_old := cell = any (v_old);
                    perform dblink_disconnect(cell);
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
        reason := 'it has not answered for two seconds';
        is_old := false;
        perform dblink_disconnect(cell);
        return next;
    end loop;
end
$$;
comment on function ask_readers is 'Asks cells whether they answer; returns those that do not, why, and whether another session may help.';

-- Whether rows of a cell can be had. The planner must leave a cell that is away out of the query, because a connection that fails
-- would fail all of it. Therefore the function is declared immutable, which it is not: the planner replaces it by its result. So a plan is
-- good for one execution (plan_cache_mode = force_custom_plan). A statement asks all cells once, and a cell that has not answered is
-- taken for away for five more seconds of the session: hookledger.missing keeps which, and why.
create or replace function answers(p_cell text) returns boolean language plpgsql immutable security definer
set search_path = hookledger, pg_temp as $$
declare
    v_known jsonb := nullif(current_setting('hookledger.missing', true), '');
    v_reason text;
begin
    if (v_known ->> 'at')::timestamptz is distinct from statement_timestamp() then
        v_known := jsonb_build_object('at', statement_timestamp(), 'said', '[]'::jsonb, 'cells', known_missing(v_known));
    end if;
    v_reason := v_known -> 'cells' -> p_cell ->> 'reason';
    if v_reason is not null and not v_known -> 'said' ? p_cell then
        v_known := jsonb_set(v_known, '{said}', v_known -> 'said' || to_jsonb(p_cell));
        raise warning 'the rows of the cell % are missing: %', p_cell, v_reason using errcode = '01HC1', hint = 'missing_cells lists such cells.';
    end if;
    perform set_config('hookledger.missing', v_known::text, false);
    return v_reason is null;
end
$$;
comment on function answers is 'Whether rows of a cell can be had; a warning says so if they cannot.';

-- The cells that are missing now: known to be away, not answering a moment ago, or not answering. Each with its reason, and when
-- it was last asked.
create or replace function known_missing(p_before jsonb) returns jsonb language plpgsql volatile security definer
set search_path = hookledger, pg_temp as $$
declare
    v_cells jsonb;
    v_ask text[];
    v_silent record;
    v_again text[];
begin
    select coalesce(jsonb_object_agg(c.name, case when c.away_since is null then p_before -> 'cells' -> c.name
        else jsonb_build_object('reason', 'away since ' || date_trunc('second', c.away_since)) end), '{}') into v_cells
    from cells as c
    where c.away_since is not null
        or (p_before -> 'cells' -> c.name ->> 'asked')::timestamptz > clock_timestamp() - interval '5 seconds';
    v_ask := array(
        select c.name from cells as c
        where not v_cells ? c.name and exists (select from slots as s where s.cell = c.name));
    while v_ask <> '{}' loop
        v_again := '{}';
        for v_silent in select a.* from ask_readers(v_ask) as a loop
            if v_silent.is_old then
                v_again := v_again || v_silent.cell;
            else
                v_cells := v_cells || jsonb_build_object(
                    v_silent.cell, jsonb_build_object('reason', v_silent.reason, 'asked', clock_timestamp()));
            end if;
        end loop;
        v_ask := v_again;
    end loop;
    return v_cells;
end
$$;
comment on function known_missing is 'The cells that are missing now, by their names.';
