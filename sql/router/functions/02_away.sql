-- Cells that cannot be reached. A batch that fails at one notes it; from then on its deliveries are not sent. The responders'
-- counters arrive every two seconds, and with them the question whether it is back. No batch waits for that answer.

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

create or replace function ask_cell(p_slot int) returns text language plproxy security definer as $$
    cluster 'cells';
    run on p_slot;
    select case when not pg_is_in_recovery() then current_database()::text end;
$$;
comment on function ask_cell is 'The name of the cell of a slot, if it takes writes.';

-- Each cell that is away is asked once a second at most, by one session.
create or replace function ask_away_cells() returns void language plpgsql volatile security definer
set search_path = hookledger, pg_temp as $$
declare
    v_cell record;
    v_name text;
begin
    for v_cell in
        select c.name, (select min(s.slot) from slots as s where s.cell = c.name) as slot from cells as c
        where c.away_since is not null and c.asked_at < clock_timestamp() - interval '900 ms'
        for update skip locked
    loop
        begin
            v_name := ask_cell(v_cell.slot);
            -- The first question after a restart may fail with the old session.
        exception when others or query_canceled then
            begin
                v_name := ask_cell(v_cell.slot);
            exception when others or query_canceled then
                v_name := null;
            end;
        end;
        update cells as c set away_since = case when v_name is distinct from v_cell.name then c.away_since end,
            asked_at = clock_timestamp()
        where c.name = v_cell.name;
    end loop;
end
$$;
comment on function ask_away_cells is 'Asks the cells that are away whether they are back.';

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
