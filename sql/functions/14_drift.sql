-- The first position of the reading: the events of the last week, as far as their transactions are known.
create or replace function begin_shapes() returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    insert into shape_progress (seen)
    select coalesce((
        select format('%1$s:%1$s:', e.written_by)::pg_snapshot from events as e
        where e.received_at > now() - interval '7 days' and e.written_by is not null
        order by e.received_at, e.id limit 1), pg_current_snapshot())
    on conflict do nothing
$$;
comment on function begin_shapes is 'Begins the reading of events for their shapes, a week ago.';

-- A path is empty for the body; otherwise its last step is a name or [].
create or replace function path_above(p_path text) returns text
language sql immutable as $$
    select regexp_replace(p_path, '(\[\]|\.?[^.\[]+)$', '')
$$;
comment on function path_above is 'The path of the object or list that a member belongs to.';

create or replace function delete_old_schema_changes(p_before timestamptz, p_limit int) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_count int;
begin
    delete from shape_changes where ctid = any (array(
        select ctid from shape_changes where seen_at < p_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
comment on function delete_old_schema_changes is 'Deletes some of the changes of shapes that are older; returns how many.';
