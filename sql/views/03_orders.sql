-- The lines of every order. A line keeps its id; one without an id gets # and its place. Of two with one id the first is
-- used.
create view order_items as
select o.id as order_row, l.line_no, l.line_id, l.item ->> 'product_id' as product_id,
    l.item ->> 'product_name' as product_name, l.item ->> 'variant_id' as variant_id,
    l.item ->> 'variant_name' as variant_name, l.item ->> 'sku' as sku, (l.item ->> 'quantity')::numeric as quantity,
    (l.item ->> 'unit_price')::numeric as unit_price, (l.item ->> 'list_price')::numeric as list_price,
    l.item ->> 'image_url' as image_url
from orders as o
cross join lateral (
    select distinct on (line_id)
        i.no::int as line_no, coalesce(nullif(i.item ->> 'line_id', ''), '#' || i.no) as line_id, i.item
    from jsonb_array_elements(
        case when jsonb_typeof(o.order_data -> 'items') = 'array' then o.order_data -> 'items' else '[]' end)
        with ordinality as i (item, no)
    where jsonb_typeof(i.item) = 'object'
    order by line_id, i.no
) as l;

comment on view order_items is 'The lines of every order, as its newest event with lines has them.';
comment on column order_items.order_row is 'The order: orders.id.';
comment on column order_items.line_no is 'The line''s place in the order, from 1.';
comment on column order_items.line_id is 'The line''s own id, or # and its place when the sender gives none.';
comment on column order_items.product_id is 'The sender''s product id.';
comment on column order_items.product_name is 'The product''s name.';
comment on column order_items.variant_id is 'The sender''s variant id.';
comment on column order_items.variant_name is 'The variant''s name.';
comment on column order_items.sku is 'The shop''s own article number.';
comment on column order_items.quantity is 'How many, with a fraction where goods are sold by weight or length.';
comment on column order_items.unit_price is 'The price of one.';
comment on column order_items.list_price is 'The price of one before reductions.';
comment on column order_items.image_url is 'A picture of it.';

-- Orders with the state of their jobs; the base of the views below. As in event_states each column queries the indexes
-- for its own row. It counts, because for "not exists" the planner reads all jobs.
create view order_states as
select o.*, unverified_fields(o.order_data, o.extra, o.clocks) as unverified_fields,
    (select count(*) from jobs as j where j.order_row = o.id) = 0 as processed,
    case when (select count(*) from jobs as j where j.order_row = o.id) = 0 then coalesce(
        (
            select max(a.finished_at)
            from events as e
            cross join lateral (
                select max(t.finished_at) as finished_at from job_attempts as t
                where t.event_id = e.id and t.finished_at >= o.created_at - interval '1 day'
                    and t.finished_at <= now() + interval '1 day'
            ) as a
            where e.order_row = o.id and e.received_at >= o.created_at - interval '14 days'
                and e.received_at <= now() + interval '14 days'
        ), o.updated_at)
    end as processed_at,
    (select count(*) filter (where j.state = 2) from jobs as j where j.order_row = o.id) as dead_jobs,
    (select count(*) filter (where j.state < 2) from jobs as j where j.order_row = o.id) as open_jobs,
    (select count(*) filter (where j.state = 3) from jobs as j where j.order_row = o.id) as held_jobs,
    (
        select j.last_error from jobs as j where j.order_row = o.id and j.last_error is not null
        order by j.state desc, j.run_at desc limit 1
    ) as error_message,
    o.order_data ->> 'stage' as stage, greatest(
        (o.order_data ->> 'refunded_amount')::numeric,
        (
            -- Refunds that the sender reports one by one.
            select sum(case when r.value ~ '^[0-9]+(\.[0-9]+)?$' then r.value::numeric end)
            from jsonb_each_text(o.extra) as r where starts_with(r.key, 'refunds/')
        )) as refunded_amount,
    o.order_data ->> 'return_status' as return_status, (o.order_data ->> 'cancel_requested')::boolean as cancel_requested
from orders as o;

comment on view order_states is 'Every order with the state of its jobs.';
comment on column order_states.id is 'The row''s id.';
comment on column order_states.source is 'The configured sender.';
comment on column order_states.order_id is 'The order''s id as the provider writes it.';
comment on column order_states.provider is 'The contract of the first event about it.';
comment on column order_states.order_data is 'All normalized fields.';
comment on column order_states.extra is 'Fields unknown to the ledger.';
comment on column order_states.clocks is 'The clock of every field''s event.';
comment on column order_states.status is 'The sender''s own status word.';
comment on column order_states.shop_id is 'The shop that the order belongs to.';
comment on column order_states.shop_key is 'The order''s shop, if order ids are unique per shop only; else empty.';
comment on column order_states.order_number is 'The human-readable order number.';
comment on column order_states.total_amount is 'The buyer''s total.';
comment on column order_states.shipping_fee is 'The shipping part of the total.';
comment on column order_states.currency is 'ISO 4217 code.';
comment on column order_states.email is 'The buyer''s e-mail address.';
comment on column order_states.customer_name is 'The buyer''s name.';
comment on column order_states.tracking_number is 'The carrier''s tracking number.';
comment on column order_states.product is 'The product; for an order with lines that of its first line.';
comment on column order_states.price is 'The price per piece.';
comment on column order_states.total is 'The same as total_amount.';
comment on column order_states.commission is 'The profit of the sale.';
comment on column order_states.quantity is 'The quantity; for an order with lines that of its first line.';
comment on column order_states.profile is 'The profile that the order was placed with.';
comment on column order_states.proxy_list is 'The proxy list that the order was placed with.';
comment on column order_states.reference_number is 'The sender''s reference.';
comment on column order_states.order_date is 'When it was placed.';
comment on column order_states.cart_id is 'Its cart.';
comment on column order_states.customer_id is 'The buyer''s id as the provider writes it; null for a guest.';
comment on column order_states.checkout_token is 'Its checkout.';
comment on column order_states.anonymized_at is 'When its personal data was removed; null if it was not.';
comment on column order_states.created_at is 'When the first event about it was stored.';
comment on column order_states.updated_at is 'When it last changed.';
comment on column order_states.last_event_id is 'The event that last changed it.';
comment on column order_states.last_event_received_at is 'When that event was received.';
comment on column order_states.shop_key is 'The order''s shop, if order ids are unique per shop only; empty otherwise.';
comment on column order_states.unverified_fields is 'The fields that only unverified events wrote.';
comment on column order_states.processed is 'Whether none of its jobs is open or dead.';
comment on column order_states.processed_at is 'When its last job ended; null while one is open or dead.';
comment on column order_states.dead_jobs is 'How many of its jobs are dead letters.';
comment on column order_states.held_jobs is 'How many of its jobs are held.';
comment on column order_states.open_jobs is 'How many of its jobs are open.';
comment on column order_states.error_message is 'Why the last attempt at one of its open or dead jobs failed.';
comment on column order_states.stage is 'Its stage, in one vocabulary for all senders: unpaid, on_hold, to_ship, shipped, delivered, cancelled or returned; null if unknown.';
comment on column order_states.refunded_amount is 'The sum of all known refunds.';
comment on column order_states.return_status is 'The sender''s own word for the state of its newest return.';
comment on column order_states.cancel_requested is 'Whether the buyer asks to cancel it, and nobody has decided yet.';

create view tiktok_orders as
select id, order_id, shop_id, status, status as order_status, total_amount, shipping_fee, currency, email as buyer_email,
    customer_name, tracking_number, order_data, processed, processed_at, error_message, created_at, updated_at, source, stage, refunded_amount, return_status,
    cancel_requested
from order_states
-- "like" alone counts as rare as long as nothing is known of the column, and the index by time as not worth while.
where coalesce(provider like 'tiktok%', false);

comment on view tiktok_orders is 'Orders from TikTok Shop, with its guide''s column names.';
comment on column tiktok_orders.id is 'The row''s id.';
comment on column tiktok_orders.order_id is 'TikTok''s order id.';
comment on column tiktok_orders.shop_id is 'The shop.';
comment on column tiktok_orders.status is 'TikTok''s status word.';
comment on column tiktok_orders.order_status is 'The same as status.';
comment on column tiktok_orders.total_amount is 'The buyer''s total.';
comment on column tiktok_orders.shipping_fee is 'The shipping part of the total.';
comment on column tiktok_orders.currency is 'ISO 4217 code.';
comment on column tiktok_orders.buyer_email is 'The buyer''s e-mail address.';
comment on column tiktok_orders.customer_name is 'The buyer''s name.';
comment on column tiktok_orders.tracking_number is 'The carrier''s tracking number.';
comment on column tiktok_orders.order_data is 'All normalized fields.';
comment on column tiktok_orders.processed is 'Whether none of its jobs is open or dead.';
comment on column tiktok_orders.processed_at is 'When its last job ended; null while one is open or dead.';
comment on column tiktok_orders.error_message is 'Why the last attempt at one of its open or dead jobs failed.';
comment on column tiktok_orders.created_at is 'When the first event about it was stored.';
comment on column tiktok_orders.updated_at is 'When it last changed.';
comment on column tiktok_orders.source is 'The configured sender.';
comment on column tiktok_orders.stage is 'Its stage, in one vocabulary for all senders.';
comment on column tiktok_orders.refunded_amount is 'The sum of all known refunds.';
comment on column tiktok_orders.return_status is 'TikTok''s word for the state of its newest return.';
comment on column tiktok_orders.cancel_requested is 'Whether the buyer asks to cancel it, and nobody has decided yet.';

-- From the jobs by an index in the order of their orders, whose numbers are in the order of their age: as many as are
-- asked for are looked at, however many orders and jobs there are.
create view order_processing_queue as
select open.order_row as id, s.order_id, s.source, s.shop_id, s.status, s.total_amount, s.currency, s.email, j.open_jobs, j.dead_jobs,
    j.error_message, s.created_at, s.updated_at, now() - s.created_at as age, s.order_data ->> 'stage' as stage,
    j.held_jobs, j.hold_reason
from (select distinct k.order_row from jobs as k where k.order_row is not null order by k.order_row) as open
cross join lateral (select * from orders as o where o.id = open.order_row offset 0) as s
cross join lateral order_outcome(s.id, s.created_at, s.updated_at) as j
order by open.order_row;

comment on view order_processing_queue is 'Orders with jobs that are open or dead, oldest first.';
comment on column order_processing_queue.id is 'The row''s id.';
comment on column order_processing_queue.order_id is 'The order''s id as the provider writes it.';
comment on column order_processing_queue.source is 'The configured sender.';
comment on column order_processing_queue.shop_id is 'The shop.';
comment on column order_processing_queue.status is 'The sender''s own status word.';
comment on column order_processing_queue.total_amount is 'The buyer''s total.';
comment on column order_processing_queue.currency is 'ISO 4217 code.';
comment on column order_processing_queue.email is 'The buyer''s e-mail address.';
comment on column order_processing_queue.open_jobs is 'How many of its jobs are open.';
comment on column order_processing_queue.dead_jobs is 'How many of its jobs are dead letters.';
comment on column order_processing_queue.error_message is 'Why the last attempt at one of them failed.';
comment on column order_processing_queue.created_at is 'When the first event about it was stored.';
comment on column order_processing_queue.updated_at is 'When it last changed.';
comment on column order_processing_queue.held_jobs is 'How many of its jobs are held.';
comment on column order_processing_queue.hold_reason is 'The reasons of held jobs; null if none is held.';
comment on column order_processing_queue.age is 'How long ago the first event about it was stored.';
comment on column order_processing_queue.stage is 'Its stage, in one vocabulary for all senders.';

create view order_statistics as
select o.source, o.shop_id, o.status, o.currency, count(*) as orders, sum(o.total_amount) as total_amount,
    count(j.order_row) as unprocessed, min(o.created_at) as first_created, max(o.updated_at) as last_updated
from orders as o
left join (select distinct k.order_row from jobs as k where k.order_row is not null) as j on j.order_row = o.id
group by o.source, o.shop_id, o.status, o.currency;

comment on view order_statistics is 'Orders counted and summed by source, shop, status and currency.';
comment on column order_statistics.source is 'The configured sender.';
comment on column order_statistics.shop_id is 'The shop.';
comment on column order_statistics.status is 'The sender''s own status word.';
comment on column order_statistics.currency is 'ISO 4217 code.';
comment on column order_statistics.orders is 'How many orders.';
comment on column order_statistics.total_amount is 'The sum of the buyers'' totals.';
comment on column order_statistics.unprocessed is 'How many have jobs that are open or dead.';
comment on column order_statistics.first_created is 'When the first of them was stored.';
comment on column order_statistics.last_updated is 'When one of them last changed.';

create view order_events as
select o.id as order_row, o.source, o.order_id, e.id as event_id, e.received_at, f.key as field,
    case when e.disposition <> 'created' then f.value -> 0 end as old,
    case when e.disposition = 'created' then f.value else f.value -> 1 end as new
from orders as o
-- From the order by the index, even before the planner knows the number of events.
cross join lateral (
    select a.id, a.received_at, a.disposition, a.changes from events as a where a.order_row = o.id
    union all
    select r.event_id, r.event_received_at, r.disposition, r.changes from event_records as r
    where r.record_row = o.id and r.record_kind = 'order'
    offset 0
) as e
cross join lateral jsonb_each(e.changes) as f
union all
select o.id, o.source, o.order_id, null, r.read_at, 'read anew',
    null, to_jsonb(r.fields)
from orders as o
cross join lateral (select * from order_readings as a where a.order_row = o.id offset 0) as r;

comment on view order_events is 'The field history of every order: a row per event and field that visibly changed, and one for each rebuild that changed it.';
comment on column order_events.order_row is 'The order: orders.id.';
comment on column order_events.source is 'The configured sender.';
comment on column order_events.order_id is 'The order''s id as the provider writes it.';
comment on column order_events.event_id is 'The event that changed it; null for "read anew".';
comment on column order_events.received_at is 'When that event was received, or the time of the rebuild.';
comment on column order_events.field is 'The field; with the prefix extra. if the ledger does not know it. Or "read anew": then new lists the fields that differed.';
comment on column order_events.old is 'Its value before; null if it had none.';
comment on column order_events.new is 'Its value after.';
