-- Which cells a reader's statement leaves out.

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
        for v_silent in select a.* from ask_cells(
            v_ask, 'hookledger_api', '-c search_path=pg_catalog', 'select null::text', interval '2 seconds') as a
            where a.state is distinct from '00000'
        loop
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
