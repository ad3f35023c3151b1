-- Whose an order is and which checkout it came out of: what else ends the timer of a cart. Both are cut to what fits into an
-- index whatever the sender writes, and so is the cart in its index.

alter table orders
    add column customer_id text generated always as (left(coalesce(nullif(extra ->> 'customerId', '0'),
        nullif(extra ->> 'customer_id', '0'), extra -> 'customer' ->> 'id'), 200)) stored,
    add column checkout_token text generated always as (left(extra ->> 'checkout_token', 200)) stored;
create index orders_customer on orders (source, customer_id) where customer_id is not null;
create index orders_checkout on orders (source, checkout_token) where checkout_token is not null;
drop index orders_cart;
create index orders_cart on orders (source, left(cart_id, 200)) where cart_id is not null;
comment on column orders.customer_id is 'The buyer''s id as the sender names it; null for a guest.';
comment on column orders.checkout_token is 'The checkout that it came out of, as the sender names it.';
