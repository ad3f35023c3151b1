-- The counters of the programs. A router has these functions and the table, too.

-- Rows are locked in the order of their keys, so two processes cannot deadlock.
create or replace function add_counts(p_program text, p_name text[], p_labels jsonb[], p_value double precision[])
returns void language plpgsql volatile as $$
begin
    insert into metrics as m (program, name, labels, value)
    select left(p_program, 100), left(c.name, 100), c.labels, sum(c.value)
    from unnest(p_name, p_labels, p_value) as c (name, labels, value)
    where octet_length(c.labels::text) < 1000
    group by 1, 2, 3
    order by 1, 2, 3
    limit 5000
    on conflict (program, name, labels) do update set value = m.value + excluded.value, updated_at = now();
end
$$;
comment on function add_counts is 'Adds to counters.';
