-- The views of the cells, over all cells: each is a `union all` of foreign tables (postgres_fdw), which take conditions and sort
-- orders to the cells. A last column, cell, says where a row is. A cell that is away is left out with a notice.
--
-- Most rows are of a source, and each source is in one cell. Rows of something else, such as an action or a destination, appear once
-- for each cell.

-- Whether rows of a cell can be had. It is declared immutable, which it is not, so that the planner leaves the branch of a cell that
-- is away out of the query, with the connection that would fail. So a plan is good for one execution: the roles that read here
-- have plan_cache_mode = force_custom_plan.
create or replace function answers(p_cell text) returns boolean language plpgsql immutable security definer
set search_path = hookledger, pg_temp as $$
begin
    if exists (select from cells as c where c.name = p_cell and c.away_since is null) then
        return true;
    end if;
    raise notice 'the cell % is away: its rows are missing', p_cell;
    return false;
end
$$;
comment on function answers is 'Whether rows of a cell can be had; says so if they cannot.';

-- The columns of the views of a cell, with their comments.
create or replace function view_columns(p_slot int)
returns table (view_name text, column_name text, view_comment text, column_comment text)
language plproxy security definer as $$
    cluster 'cells';
    run on p_slot;
    select c.relname::text as view_name, a.attname::text as column_name,
        obj_description(c.oid, 'pg_class') as view_comment, col_description(c.oid, a.attnum) as column_comment
    from pg_class as c join pg_attribute as a on a.attrelid = c.oid
    where c.relnamespace = 'hookledger'::regnamespace and c.relkind = 'v' and a.attnum > 0
    order by c.relname, a.attnum;
$$;
comment on function view_columns is 'The columns of the views of a cell.';

-- The parts of a connection string, such as host; quotes and backslashes are taken away.
create or replace function conninfo_parts(p_conninfo text) returns table (name text, value text)
language sql immutable as $$
    select m[1], case when m[2] like '''%'
        then regexp_replace(substr(m[2], 2, length(m[2]) - 2), '\\(.)', '\1', 'g') else m[2] end
    from regexp_matches(p_conninfo, $re$([a-z_]+)\s*=\s*('(?:[^'\\]|\\.)*'|[^\s']+)$re$, 'g') as m
$$;
comment on function conninfo_parts is 'The parts of a connection string.';

-- Makes the views anew, as the cells have them now. A superuser runs it: when a cell is added, and when the schema changed.
-- Cells without slots have no rows.
create or replace function arrange_views() returns int language plpgsql volatile as $$
declare
    v_cell record;
    v_columns record;
    v_server text;
    v_options text;
    v_first int;
    v_names text;
    v_made int := 0;
begin
    for v_columns in select c.relname from pg_class as c
        where c.relnamespace = 'hookledger'::regnamespace and c.relkind = 'v'
    loop
        execute format('drop view hookledger.%I cascade', v_columns.relname);
    end loop;
    for v_server in select s.srvname from pg_foreign_server as s where s.srvname like 'cell\_%' loop
        execute format('drop server %I cascade', v_server);
        execute format('drop schema if exists %I cascade', v_server);
    end loop;
    select min(s.slot) into v_first from slots as s join cells as c on c.name = s.cell where c.away_since is null;
    if v_first is null then
        return 0;
    end if;
    create temporary table wanted on commit drop as select * from view_columns(v_first);
    select string_agg(distinct format('%I', w.view_name), ', ') into v_names from wanted as w;
    for v_cell in
        select c.name, c.conninfo from cells as c where exists (select from slots as s where s.cell = c.name) order by c.name
    loop
        v_server := 'cell_' || v_cell.name;
        select string_agg(format('%s %L', p.name, p.value), ', ') into v_options
        from conninfo_parts(v_cell.conninfo) as p where p.name not in ('user', 'password', 'application_name', 'options');
        execute format('create server %I foreign data wrapper postgres_fdw options (%s, fetch_size ''1000'', async_capable ''true'')',
            v_server, v_options);
        -- A view on foreign tables logs in as the view's owner.
        execute format(
            'create user mapping for hookledger_owner server %I options (user ''hookledger_reader'', password_required ''false''%s)',
            v_server, coalesce((
                select format(', password %L', p.value) from conninfo_parts(v_cell.conninfo) as p where p.name = 'password'), ''));
        execute format('create user mapping for current_user server %I options (user ''hookledger_reader'', password_required ''false''%s)',
            v_server, coalesce((
                select format(', password %L', p.value) from conninfo_parts(v_cell.conninfo) as p where p.name = 'password'), ''));
        execute format('create schema %I', v_server);
        begin
            execute format('import foreign schema hookledger limit to (%s) from server %I into %I', v_names, v_server, v_server);
        exception when others then
            raise notice 'the views leave the cell % out: %', v_cell.name, sqlerrm;
        end;
        execute format('grant usage on schema %I to hookledger_owner', v_server);
        execute format('grant select on all tables in schema %I to hookledger_owner', v_server);
    end loop;
    for v_columns in
        select w.view_name, min(w.view_comment) as comment, string_agg(format('%I', w.column_name), ', ') as columns
        from wanted as w group by w.view_name order by w.view_name
    loop
        execute format('create view hookledger.%I as %s', v_columns.view_name, (
            select string_agg(
                format('select %s, %L::text as cell from %s as v where hookledger.answers(%L)', v_columns.columns,
                    substr(n.nspname, 6), c.oid::regclass, substr(n.nspname, 6)),
                ' union all ' order by n.nspname)
            from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
            where n.nspname like 'cell\_%' and c.relname = v_columns.view_name and c.relkind = 'f'));
        execute format('alter view hookledger.%I owner to hookledger_owner', v_columns.view_name);
        execute format('comment on view hookledger.%I is %L', v_columns.view_name, v_columns.comment);
        execute format('grant select on hookledger.%I to hookledger_reader, hookledger_operator, hookledger_api, hookledger_batch',
            v_columns.view_name);
        v_made := v_made + 1;
    end loop;
    for v_columns in select * from wanted as w where w.column_comment is not null loop
        execute format('comment on column hookledger.%I.%I is %L', v_columns.view_name, v_columns.column_name,
            v_columns.column_comment);
    end loop;
    drop table wanted;
    return v_made;
end
$$;
comment on function arrange_views is 'Makes the views over all cells; returns how many.';
