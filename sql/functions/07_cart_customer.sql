-- The owner of a cart, from a person's id in the body of its event. A body may contain anything.
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
comment on function cart_customer is 'The customer''s id in the body of a cart''s event.';
