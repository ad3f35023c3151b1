-- Writes a message to a customer: customer, conversation and message, in the caller's transaction. A message with an
-- existing key is not written again.
--
-- A customer without events is created from the order, without clocks: the customer's own events override it, whenever
-- they arrive. One without an id is identified by the address.
create or replace function write_message(
    p_effect_key text, p_source text, p_provider text, p_customer_id text, p_email text, p_name text, p_channel text,
    p_content text, p_order_row bigint, p_event_id bigint, p_event_received_at timestamptz
) returns table (message_id bigint, conversation_id bigint, customer_id text, is_new boolean, is_gone boolean)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_column
declare
    v_customer record;
    v_id text := coalesce(p_customer_id, 'email:' || lower(p_email));
begin
    select c.id, c.customer_id, c.deleted into v_customer from customers as c
    where c.source = p_source and c.customer_id = v_id;
    if not found and p_customer_id is null then
        select c.id, c.customer_id, c.deleted into v_customer from customers as c
        where c.source = p_source and lower(c.email) = lower(p_email)
        order by c.id limit 1;
    end if;
    if v_customer.id is null then
        insert into customers (source, customer_id, provider, customer_data, extra, clocks, last_event_id,
            last_event_received_at)
        values (p_source, v_id, p_provider, jsonb_strip_nulls(jsonb_build_object('email', p_email, 'name', p_name)),
            '{}', '{}', p_event_id, p_event_received_at)
        on conflict do nothing;
        -- A separate statement, so that it sees the rows of a faster transaction.
        select c.id, c.customer_id, c.deleted into v_customer from customers as c
        where c.source = p_source and c.customer_id = v_id;
    end if;
    customer_id := v_customer.customer_id;
    is_new := false;
    is_gone := v_customer.deleted;
    if is_gone then
        return next;
        return;
    end if;

    insert into conversations (source, customer_row, channel) values (p_source, v_customer.id, p_channel)
    on conflict do nothing;
    -- Locked, so that the ids of its messages follow their commits: a poll by the last seen id misses none.
    select c.id into conversation_id from conversations as c
    where c.customer_row = v_customer.id and c.channel = p_channel for update;

    insert into messages (conversation_id, customer_row, role, content, effect_key, order_row, event_id,
        event_received_at)
    values (conversation_id, v_customer.id, 'assistant', p_content, p_effect_key, p_order_row, p_event_id,
        p_event_received_at)
    on conflict (effect_key) do nothing
    returning id into message_id;
    is_new := message_id is not null;
    if not is_new then
        select m.id into message_id from messages as m where m.effect_key = p_effect_key;
    end if;
    return next;
end
$$;
comment on function write_message is 'Writes a message to a customer, once for each key, and creates customer and conversation if there are none.';
