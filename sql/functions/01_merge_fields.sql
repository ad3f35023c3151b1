-- The last writer wins, field by field: a field of `patch` is written if the row has no clock for it or an older one.
-- Commutative and idempotent, so every order of arrival, with any duplicates, ends in the same fields.
--
-- The clock of a field is its own, or the one under *, which the event that made the row has left for all its fields:
-- one clock instead of ten in the rows that never change.
create or replace function merge_fields(
    fields jsonb, clocks jsonb, patch jsonb, clock jsonb, prefix text,
    out new_fields jsonb, out new_clocks jsonb, out changes jsonb
) language plpgsql immutable parallel safe as $$
begin
    select
        fields || coalesce(jsonb_object_agg(p.key, p.value), '{}'),
        clocks || coalesce(jsonb_object_agg(prefix || p.key, clock), '{}'),
        coalesce(
            jsonb_object_agg(prefix || p.key, jsonb_build_array(fields -> p.key, p.value))
                filter (where coalesce(fields -> p.key, 'null') is distinct from p.value),
            '{}')
    into new_fields, new_clocks, changes
    from jsonb_each(patch) as p
    where clock_is_newer(
        clock, coalesce(clocks -> (prefix || p.key), case when fields ? p.key then clocks -> '*' end));
end
$$;
comment on function merge_fields is 'Merges one event''s values into the fields of a row; changes holds [old, new] of every field that visibly changed.';
