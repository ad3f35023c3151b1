-- Each statistics view gets a second name, NAME_now, which always reads its tables; NAME reads the kept result while they
-- are large, and says of when it is. The rest of a view is the same under both names, its comments, too.
do $$
declare
    v record;
    c record;
begin
    for v in select * from kept_views() loop
        execute format('alter view %I rename to %I', v.name, v.name || '_now');
        execute format(
            $sql$
            create view %1$I as
            select n.*, now() as as_of from %2$I as n where (select reads_now(%1$L))
            union all
            select r.*, k.kept_at from kept_statistics as k
            cross join lateral jsonb_populate_recordset(null::%2$I, k.rows) as r
            where k.name = %1$L and not (select reads_now(%1$L))
            $sql$, v.name, v.name || '_now');
        for c in
            select a.attname, d.description, a.attnum
            from pg_description as d
            left join pg_attribute as a on a.attrelid = d.objoid and a.attnum = d.objsubid and a.attnum > 0
            where d.objoid = format('%I', v.name || '_now')::regclass
        loop
            if c.attname is null then
                execute format('comment on view %I is %L', v.name, c.description);
            else
                execute format('comment on column %I.%I is %L', v.name, c.attname, c.description);
            end if;
        end loop;
        execute format('comment on column %I.as_of is %L', v.name,
            'The time of this result: now while the tables are small, else when the batch processor last kept it.');
    end loop;
end
$$;
