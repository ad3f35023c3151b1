-- What PL/Proxy asks for: the connections of the 1,024 slots; equal ones are one connection. The functions run with the rights of
-- the caller, which is the owner of the functions in language plproxy: nobody else can read the connections.

create or replace function plproxy.get_cluster_version(cluster_name text) returns int
language sql stable set search_path = hookledger, pg_temp as $$
    select v.version from cells_version as v
$$;
comment on function plproxy.get_cluster_version is 'Counts the changes of cells and slots.';

-- A cell's session keeps its plans. It ends after two minutes, so that no plan serves tables that are much larger than when it was
-- made. A statement ends before the caller's patience does (a responder closes a session after two seconds), and waits for no lock longer
-- than a responder's own. The cluster `readers` has the API's functions. Each connection is made once, and not for each of its slots:
-- every new session of the router asks for them.
create or replace function plproxy.get_cluster_partitions(cluster_name text) returns setof text
language sql stable set search_path = hookledger, pg_temp as $$
    with connections as materialized (
        select c.name, from_host(c.conninfo, c.host) as conninfo from cells as c
    )
    select c.conninfo || case when cluster_name = 'readers' then ' user=hookledger_api' else '' end
        || ' application_name=hookledger-router options=''-c lock_timeout=200ms -c jit=off -c search_path=hookledger'
        || case when cluster_name = 'readers' then ' -c statement_timeout=4500ms'''
            else ' -c statement_timeout=1500ms -c plan_cache_mode=force_generic_plan''' end
    -- PL/Proxy wants all slots: while a router is made again, one that it does not know yet is asked for at a cell, which refuses it.
    from generate_series(0, 1023) as g (slot)
    left join slots as s on s.slot = g.slot
    join connections as c on c.name = coalesce(s.cell, (select min(m.cell) from slots as m))
    order by g.slot
$$;
comment on function plproxy.get_cluster_partitions is 'The connection of each slot.';

-- There is no use in query_timeout: PL/Proxy looks at it only when a cell sends something.
create or replace function plproxy.get_cluster_config(cluster_name text, out key text, out val text) returns setof record
language sql immutable as $$
    values ('connection_lifetime', '120')
$$;
comment on function plproxy.get_cluster_config is 'The settings of PL/Proxy.';
