-- Jobs that stand for many events, timers of carts, and what is left of events whose person was forgotten.

comment on column jobs.unique_key is 'Ready jobs of the same key are one job, which stands for all of their events; null for a job of one event.';

-- The cart that an order came out of, and which orders are young: what ends the timer of a cart. Orders without a cart are
-- not in the first index, and the second costs next to nothing.
alter table orders
    add column cart_id text generated always as (
        coalesce(extra ->> 'cart_token', extra ->> 'cart_id', extra ->> 'cartId')) stored;
create index orders_cart on orders (source, cart_id) where cart_id is not null;
create index orders_created_at on orders using brin (created_at) with (pages_per_range = 32, autosummarize = on);
comment on column orders.cart_id is 'The cart that it came out of, as the sender names it.';

-- What is left of an event of a person whose data was removed.
alter table events
    add column redacted_at timestamptz,
    add column body_hash bytea,
    add column dedupe_key bytea;
comment on column events.redacted_at is 'When personal data was removed from it; null when none was.';
comment on column events.body_hash is 'SHA-256 of the body as it came, kept when personal data was removed.';
comment on column events.dedupe_key is 'The dedupe key that the body had before personal data was removed; null when none was.';
