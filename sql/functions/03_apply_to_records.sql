-- Applies what the events of one batch say to their products, customers and comments, by the same clocks as orders.
-- These are far fewer than orders, so they go one by one, in the order of kind, source and id: that, after orders, is
-- the order of locks, and a product is followed by its inventory.
create or replace function apply_to_records(
    p_kind text[], p_source text[], p_record_id text[], p_provider text[], p_patch jsonb[], p_extra jsonb[],
    p_clock jsonb[], p_event_id bigint[], p_received_at timestamptz[]
) returns table (ord bigint, record_kind text, record_row bigint, disposition text, changes jsonb)
language plpgsql volatile as $$
declare
    n record;
    v_id bigint;
    v_fields jsonb;
    v_extra jsonb;
    v_clocks jsonb;
    m record;
    e record;
begin
    for n in
        select *, i.kind || 's' as table_name, i.kind || '_id' as id_name, i.kind || '_data' as data_name
        from unnest(p_kind, p_source, p_record_id, p_provider, p_patch, p_extra, p_clock, p_event_id, p_received_at)
            with ordinality as i (kind, source, id, provider, patch, extra, clock, event_id, received_at, ord)
        where i.event_id is not null and i.id is not null and i.kind in ('product', 'customer', 'comment')
        order by array_position(array['product', 'customer', 'comment'], i.kind), i.source, i.id
    loop
        ord := n.ord;
        record_kind := n.kind;
        execute format('select id, %I, extra, clocks from %I where source = $1 and %I = $2 for update',
                n.data_name, n.table_name, n.id_name)
            into v_id, v_fields, v_extra, v_clocks using n.source, n.id;
        if v_id is null then
            execute format(
                    'insert into %I (source, %I, provider, %I, extra, clocks, last_event_id, last_event_received_at)'
                    ' values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id',
                    n.table_name, n.id_name, n.data_name)
                into v_id using n.source, n.id, n.provider, n.patch, coalesce(n.extra, '{}'),
                    jsonb_build_object('*', n.clock), n.event_id, n.received_at;
            if v_id is null then
                raise exception 'another batch created this % at the same moment', n.kind
                    using errcode = 'serialization_failure', hint = 'The caller records the batch again.';
            end if;
            disposition := 'created';
            changes := n.patch || prefix_keys(coalesce(n.extra, '{}'), 'extra.');
        else
            m := merge_fields(v_fields, v_clocks, n.patch, n.clock, '');
            e := merge_fields(v_extra, m.new_clocks, coalesce(n.extra, '{}'), n.clock, 'extra.');
            disposition := case when e.new_clocks is distinct from v_clocks then 'applied' else 'stale' end;
            changes := m.changes || e.changes;
            if disposition = 'applied' then
                execute format('update %I set %I = $2, extra = $3, clocks = $4, updated_at = now(),'
                        ' last_event_id = $5, last_event_received_at = $6 where id = $1', n.table_name, n.data_name)
                    using v_id, m.new_fields, e.new_fields, e.new_clocks, n.event_id, n.received_at;
            end if;
        end if;
        if n.kind = 'product' and disposition <> 'stale' then
            perform count_inventory(v_id);
        end if;
        record_row := v_id;
        return next;
    end loop;
end
$$;
comment on function apply_to_records is 'Applies what the events of one batch say to their products, customers and comments.';
