-- The state of the jobs of each delivery of a batch by its shop: null creates them, 'unlisted' holds them, 'refused'
-- ends them at once.
create or replace function unlisted_shops(
    p_source text[], p_shop_key text[], p_shop_rule int[], p_kind text[], p_trusted boolean[], p_event_id bigint[]
) returns text[] language plpgsql volatile as $$
declare
    i int;
    v_state text;
    v_states text[] := array_fill(null::text, array[cardinality(p_source)]);
begin
    for i in
        select g from generate_series(1, cardinality(p_source)) as g
        where p_shop_rule[g] <> 0 and p_shop_key[g] <> '' and p_event_id[g] is not null
        order by p_source[g], p_shop_key[g]
    loop
        v_state := (select s.state from source_shops as s where s.source = p_source[i] and s.shop_key = p_shop_key[i]);
        if v_state is distinct from 'listed' and v_state is distinct from 'refused' and p_shop_rule[i] = 1
            and p_kind[i] = 'order' and p_trusted[i]
            and not exists (
                select from source_shops as s
                where s.source = p_source[i] and s.state = 'listed' and s.changed_by <> 'header')
        then
            -- The shop of the source, which an event of another kind may have named before. If two hosts do this at
            -- once, the second one waits here and then finds the first.
            begin
                insert into source_shops as s (source, shop_key, state, is_first, changed_by, event_id)
                values (p_source[i], p_shop_key[i], 'listed', true, 'first', p_event_id[i])
                on conflict (source, shop_key) do update
                    set state = 'listed', is_first = true, changed_at = now(), changed_by = 'first',
                        event_id = excluded.event_id;
            exception when unique_violation then
                null;
            end;
            v_state := (
                select s.state from source_shops as s where s.source = p_source[i] and s.shop_key = p_shop_key[i]);
        end if;
        if v_state is null then
            insert into source_shops (source, shop_key, state, changed_by, event_id)
            values (p_source[i], p_shop_key[i], 'unlisted', 'door', p_event_id[i])
            on conflict do nothing;
        end if;
        v_states[i] := nullif(coalesce(v_state, 'unlisted'), 'listed');
    end loop;
    return v_states;
end
$$;
comment on function unlisted_shops is 'The state of the jobs of each delivery of a batch by its shop.';
