-- The order that was submitted to Printify under an id, locked until the transaction ends, so that what is recorded of it
-- next stands right after what its row says now. The id comes from Printify, so it proves nothing but which order is meant;
-- a job that is about to be recorded as done has no id yet, and is found by the name under which it was submitted.
drop function if exists printed_order(text, text, text);
create or replace function printed_order(
    p_printed text, p_effect_key text, p_prefix text, out order_row bigint, out source text, out order_id text,
    out shop_key text, out shop_id text, out stage text, out status text, out extra jsonb, out said_at bigint,
    out said_sequence bigint
) language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_column
declare
    v_row bigint;
begin
    select e.order_row into v_row from effects as e
    where e.kind = 'printify' and e.external_id = p_printed and starts_with(e.effect_key, p_prefix)
        and e.order_row is not null
    order by e.effect_key limit 1;
    if v_row is null then
        select e.order_row into v_row from effects as e where e.kind = 'printify' and e.effect_key = p_effect_key;
    end if;
    select o.id, o.source, o.order_id, o.shop_key, o.shop_id, o.order_data ->> 'stage', o.order_data ->> 'status',
        o.extra, (c.value ->> 1)::bigint, (c.value ->> 2)::bigint
    into order_row, source, order_id, shop_key, shop_id, stage, status, extra, said_at, said_sequence
    from (select * from orders as r where r.id = v_row for update) as o
    left join lateral (select value from jsonb_each(o.clocks) order by value desc limit 1) as c on true;
end
$$;
comment on function printed_order is 'The order that was submitted to Printify under that id, locked, with its greatest clock.';
