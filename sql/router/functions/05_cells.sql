-- Changes of the cells and of the slots' map. PL/Proxy reads both again after each.

create or replace function changed_cells() returns void language sql volatile as $$
    update cells_version set version = version + 1
$$;
comment on function changed_cells is 'Has PL/Proxy read the cells again.';

create or replace function add_cell(p_name text, p_conninfo text) returns void language plpgsql volatile as $$
begin
    insert into cells as c (name, conninfo) values (p_name, p_conninfo)
    on conflict (name) do update set conninfo = excluded.conninfo,
        host = case when c.conninfo = excluded.conninfo then c.host else excluded.host end;
    perform changed_cells();
end
$$;
comment on function add_cell is 'Adds a cell without slots, or gives it another connection.';

create or replace function map_slots(p_slots int[], p_cell text) returns void language plpgsql volatile as $$
begin
    insert into slots as s (slot, cell) select g, p_cell from unnest(p_slots) as g
    on conflict (slot) do update set cell = excluded.cell, moved_at = now() where s.cell <> excluded.cell;
    perform changed_cells();
end
$$;
comment on function map_slots is 'Notes that a cell holds these slots.';
