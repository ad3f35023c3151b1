-- The same object with `prefix` before every key.
create or replace function prefix_keys(object jsonb, prefix text) returns jsonb
language sql immutable parallel safe as $$
    select coalesce(jsonb_object_agg(prefix || key, value), '{}') from jsonb_each(object)
$$;
comment on function prefix_keys is 'The same object with a prefix before every key.';
