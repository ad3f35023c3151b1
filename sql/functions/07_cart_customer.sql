-- Whose a cart is, by the body of its event, where a person's id may stand. A body may hold anything.
create or replace function cart_customer(body bytea) returns text language plpgsql immutable as $$
declare
    v_object jsonb;
begin
    v_object := body_text(body)::jsonb;
    v_object := coalesce(v_object -> 'data', v_object);
    return coalesce(v_object ->> 'customerId', v_object ->> 'customer_id', v_object -> 'customer' ->> 'id');
exception when data_exception or program_limit_exceeded then
    return null;
end
$$;
comment on function cart_customer is 'The id of the customer that the body of a cart''s event names.';
