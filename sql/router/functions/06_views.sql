-- The views of the cells, over all cells: each is a `union all` of foreign tables (postgres_fdw). Conditions and sort orders go to the
-- cells, so a list reads of each cell what it shows. A cell that does not answer is left out, with a warning.
--
-- Most rows are of a source, and each source is in one cell. What belongs to a cell as a whole, such as a run of its batch processor,
-- has a row for each cell. merged_views() has the views of which that would be wrong.

-- The columns of what the router shows of the cells, from one of them.
create or replace function shown_columns(p_slot int)
returns table (relation text, is_view boolean, column_name text, type text, relation_comment text, column_comment text)
language plproxy security definer as $$
    cluster 'cells';
    run on p_slot;
    select c.relname::text as relation, c.relkind = 'v' as is_view, a.attname::text as column_name,
        format_type(a.atttypid, a.atttypmod) as type, obj_description(c.oid, 'pg_class') as relation_comment,
        col_description(c.oid, a.attnum) as column_comment
    from pg_class as c join pg_attribute as a on a.attrelid = c.oid
    where c.relnamespace = 'hookledger'::regnamespace and a.attnum > 0 and not a.attisdropped
        and (c.relkind = 'v' or c.relname in ('events', 'event_records', 'jobs', 'orders', 'restores'))
    order by c.relname, a.attnum;
$$;
comment on function shown_columns is 'The columns of what the router shows of the cells.';

-- The rows of a relation of all cells that answer, with the name of the cell if asked.
create or replace function rows_of_cells(p_relation text, p_named boolean) returns text language sql stable as $$
    select format('(select %s from (%s) as c where hookledger.answers(c.cell_name))',
        (select string_agg(format('c.%I', a.attname), ', ' order by a.attnum) from pg_attribute as a
            where a.attrelid = min(t.oid) and a.attnum > 0) || case when p_named then ', c.cell_name as cell' else '' end,
        string_agg(format('select *, %L::text as cell_name from %s', substr(n.nspname, 6), t.oid::regclass), ' union all '
            order by n.nspname))
    from pg_class as t join pg_namespace as n on n.oid = t.relnamespace
    where n.nspname like 'cell\_%' and t.relname = p_relation and t.relkind = 'f'
$$;
comment on function rows_of_cells is 'A query of the rows of a relation in all cells that answer.';

-- The columns of the relations, from the first cell that answers.
create or replace function known_columns()
returns table (relation text, is_view boolean, column_name text, type text, relation_comment text, column_comment text)
language plpgsql volatile as $$
declare
    v_slot int;
begin
    for v_slot in
        select min(s.slot) from slots as s where answers(s.cell) group by s.cell order by 1
    loop
        begin
            return query select * from shown_columns(v_slot);
            return;
        exception when others then
            raise notice '%', sqlerrm;
        end;
    end loop;
    if v_slot is not null then
        raise exception 'no cell answers, so the views over all cells stay unchanged' using errcode = 'cannot_connect_now';
    end if;
end
$$;
comment on function known_columns is 'The columns of what the router shows of the cells.';

-- Connects the owner, as hookledger_api, with a cell, and names the relations there. What everybody may read of a server
-- (pg_foreign_server) is no secret; the mapping's options, which may hold a password, are visible to superusers and to the owner. One
-- cell is asked after the other, because asynchronous scans of Postgres 15 that stop early fail at times ("another command is already in
-- progress").
create or replace function arrange_cell_tables(p_cell text) returns void language plpgsql volatile as $$
declare
    v_schema text := 'cell_' || p_cell;
    v_relation record;
    v_conninfo text := (select from_host(c.conninfo, c.host) from cells as c where c.name = p_cell);
    v_secrets text[] := array['password', 'sslpassword', 'sslcert', 'sslkey'];
begin
    execute format(
        'create server %I foreign data wrapper postgres_fdw options (%s, options %L, connect_timeout ''2'', tcp_user_timeout ''5000'',
            fetch_size ''100'', async_capable ''false'')',
        v_schema, (
            select string_agg(format('%I %L', p.name, p.value), ', ') from conninfo_parts(v_conninfo) as p
            where p.name <> all (v_secrets || array['user', 'application_name', 'fallback_application_name', 'client_encoding',
                'replication', 'options', 'connect_timeout', 'tcp_user_timeout'])),
        -- The sort order is the list's, and a list is read at its beginning.
        '-c cursor_tuple_fraction=0.0001 -c jit=off -c statement_timeout=60s');
    execute format('create user mapping for hookledger_owner server %I options (user ''hookledger_api'', password_required ''false'' %s)',
        v_schema, (
            select string_agg(format(', %I %L', p.name, p.value), '') from conninfo_parts(v_conninfo) as p
            where p.name = any (v_secrets)));
    -- note_hosts() changes the order of its hosts.
    execute format('alter server %I owner to hookledger_owner', v_schema);
    execute format('create schema %I', v_schema);
    for v_relation in
        select w.relation, string_agg(format('%I %s', w.column_name, w.type), ', ' order by w.place) as columns
        from wanted_columns as w group by w.relation
    loop
        execute format('create foreign table %I.%I (%s) server %I options (schema_name ''hookledger'')',
            v_schema, v_relation.relation, v_relation.columns, v_schema);
    end loop;
    execute format('grant usage on schema %I to hookledger_owner', v_schema);
    execute format('grant select on all tables in schema %I to hookledger_owner', v_schema);
end
$$;
comment on function arrange_cell_tables is 'Makes the foreign tables of a cell.';

-- After a failover: new sessions begin at the host that stores. Whoever does this at the same time waits for the row of cells_version.
create or replace function note_hosts(p_cells text[]) returns void language plpgsql volatile as $$
declare
    v_server record;
begin
    perform changed_cells();
    for v_server in
        select s.srvname as name, string_agg(format('set %I %L', p.name, p.value), ', ') as options
        from cells as c join pg_foreign_server as s on s.srvname = 'cell_' || c.name
        cross join lateral conninfo_parts(from_host(c.conninfo, c.host)) as p
        where c.name = any (p_cells) and p.name in ('host', 'hostaddr', 'port')
        group by s.srvname
    loop
        execute format('alter server %I options (%s)', v_server.name, v_server.options);
    end loop;
end
$$;
comment on function note_hosts is 'Has all sessions with cells begin at the hosts that are noted.';

-- The text of a view over all cells.
create or replace function view_text(p_relation text, p_is_kept boolean) returns text language plpgsql stable as $$
declare
    v_merged record;
    v_text text;
    v_named text;
begin
    select m.body, m.as_of into v_merged from merged_views() as m where m.name = regexp_replace(p_relation, '_now$', '');
    if v_merged.body is null then
        return rows_of_cells(p_relation, false) || coalesce(' order by ' || list_order(p_relation), '');
    end if;
    v_text := replace(replace(replace(v_merged.body,
        '{as_of}', case when p_is_kept then ', ' || v_merged.as_of || ' as as_of' else '' end),
        '{kept}', case when p_is_kept then ', as_of' else '' end),
        '{cells}', rows_of_cells(p_relation, false));
    for v_named in select distinct m[1] from regexp_matches(v_text, '\{rows of (\w+)\}', 'g') as m loop
        v_text := replace(v_text, '{rows of ' || v_named || '}', rows_of_cells(
            case when p_relation like v_named || '%' then p_relation else v_named end, true));
    end loop;
    return v_text;
end
$$;
comment on function view_text is 'The text of a view over all cells.';

-- Makes the views again, as the cells have them now. A superuser runs it: when a cell was added, and when the schema changed. Cells
-- without slots have no rows.
create or replace function arrange_views() returns int language plpgsql volatile set client_min_messages = warning as $$
declare
    v record;
    v_made int := 0;
begin
    drop table if exists wanted_columns;
    create temporary table wanted_columns on commit drop as
        select k.*, row_number() over () as place from known_columns() as k;
    for v in select c.relname from pg_class as c where c.relnamespace = 'hookledger'::regnamespace and c.relkind = 'v' and c.relname <> 'missing_cells'
    loop
        execute format('drop view if exists hookledger.%I cascade', v.relname);
    end loop;
    for v in select s.srvname from pg_foreign_server as s where s.srvname like 'cell\_%' loop
        execute format('drop server %I cascade', v.srvname);
        execute format('drop schema if exists %I cascade', v.srvname);
    end loop;
    perform arrange_cell_tables(c.name) from cells as c where exists (select from slots as s where s.cell = c.name);
    -- Merged views read others, and are made after them.
    for v in
        select w.relation, bool_or(w.is_view) as is_view, min(w.relation_comment) as comment,
            string_agg(format('%I', w.column_name), ', ' order by w.place) as columns,
            bool_or(w.column_name = 'as_of') as is_kept
        from wanted_columns as w group by w.relation
        order by array_position(array(select m.name from merged_views() as m), regexp_replace(w.relation, '_now$', ''))
            nulls first, w.relation
    loop
        execute format('create view hookledger.%I (%s) as %s', v.relation, v.columns, view_text(v.relation, v.is_kept));
        execute format('alter view hookledger.%I owner to hookledger_owner', v.relation);
        execute format('comment on view hookledger.%I is %L', v.relation, v.comment);
        execute format('grant select on hookledger.%I to hookledger_operator, hookledger_api', v.relation);
        if v.is_view then
            execute format('grant select on hookledger.%I to hookledger_reader, hookledger_batch', v.relation);
        end if;
        v_made := v_made + 1;
    end loop;
    for v in select * from wanted_columns as w where w.column_comment is not null loop
        execute format('comment on column hookledger.%I.%I is %L', v.relation, v.column_name, v.column_comment);
    end loop;
    -- A plan over the cells is good for one execution (answers()), and a sort here would read all rows of the cells first.
    execute format('alter database %I set plan_cache_mode = force_custom_plan', current_database());
    execute format('alter database %I set enable_sort = off', current_database());
    return v_made;
end
$$;
comment on function arrange_views is 'Makes the views over all cells; returns how many.';
