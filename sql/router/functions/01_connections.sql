-- The hosts of a connection string. libpq tries them in their order, each for as long as connect_timeout allows. The router notes which
-- of them stores, and begins there: the first one of the string may have vanished, and a batch waits for no host.

-- The parts of a connection string, without quotes and backslashes.
create or replace function conninfo_parts(p_conninfo text) returns table (name text, value text)
language sql immutable as $$
    select m[1], case when m[2] like '''%'
        then regexp_replace(substr(m[2], 2, length(m[2]) - 2), '\\(.)', '\1', 'g') else m[2] end
    from regexp_matches(p_conninfo, $re$([a-z_]+)\s*=\s*('(?:[^'\\]|\\.)*'|[^\s']+)$re$, 'g') as m
$$;
comment on function conninfo_parts is 'The parts of a connection string.';

create or replace function host_count(p_conninfo text) returns int language sql immutable as $$
    select coalesce(max(cardinality(string_to_array(p.value, ','))), 1)
    from conninfo_parts(p_conninfo) as p where p.name in ('host', 'hostaddr')
$$;
comment on function host_count is 'How many hosts a connection string has.';

-- The lists of hosts, addresses and ports are cut alike; one port is that of all hosts. Of several hosts the one that takes writes is
-- meant, unless the string says otherwise.
create or replace function with_hosts(p_conninfo text, p_hosts int[]) returns text language sql immutable as $$
    select case when host_count(p_conninfo) < 2 then p_conninfo else (
        select string_agg(format('%s=''%s''', p.name, regexp_replace(
            case when p.name in ('host', 'hostaddr', 'port') and p.value like '%,%' then (
                select string_agg((string_to_array(p.value, ','))[h.host], ',' order by h.place)
                from unnest(p_hosts) with ordinality as h (host, place)) else p.value end,
            '([\\''])', '\\\1', 'g')), ' ')
            || case when bool_or(p.name = 'target_session_attrs') then '' else ' target_session_attrs=read-write' end
        from conninfo_parts(p_conninfo) as p) end
$$;
comment on function with_hosts is 'A connection string with these of its hosts, in this order.';

-- Their order when one of them is the first to be tried.
create or replace function hosts_from(p_conninfo text, p_host int) returns int[] language sql immutable as $$
    select array(select h from generate_series(1, host_count(p_conninfo)) as h order by h <> p_host, h)
$$;
comment on function hosts_from is 'The hosts of a connection string, one of them first.';

create or replace function from_host(p_conninfo text, p_host int) returns text language sql immutable as $$
    select with_hosts(p_conninfo, hosts_from(p_conninfo, p_host))
$$;
comment on function from_host is 'A connection string that begins with one of its hosts.';
