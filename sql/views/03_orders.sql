-- The lines of every order. A line keeps its id; one without gets # and its place. Of two with one id the first counts.
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

-- Orders with what became of their jobs; the base of the views below. As in event_states each column asks the indexes
-- about its own row; by counting, as for "not exists" the planner reads all jobs once.
create view order_states as
select o.*, unverified_fields(o.order_data, o.extra, o.clocks) as unverified_fields,
    (select count(*) from jobs as j where j.order_row = o.id) = 0 as processed,
    case when (select count(*) from jobs as j where j.order_row = o.id) = 0 then coalesce(
        (
            select max(a.finished_at)
            from events as e
            cross join lateral (select max(t.finished_at) as finished_at from job_attempts as t where t.event_id = e.id) as a
            where e.order_row = o.id
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
            -- Refunds that the sender tells one by one.
            select sum(case when r.value ~ '^[0-9]+(\.[0-9]+)?$' then r.value::numeric end)
            from jsonb_each_text(o.extra) as r where starts_with(r.key, 'refunds/')
        )) as refunded_amount,
    o.order_data ->> 'return_status' as return_status, (o.order_data ->> 'cancel_requested')::boolean as cancel_requested
from orders as o;

comment on view order_states is 'Every order with what became of its jobs.';
comment on column order_states.id is 'The row''s id.';
comment on column order_states.source is 'The configured sender.';
comment on column order_states.order_id is 'The order''s id as the sender names it.';
comment on column order_states.provider is 'The contract of the first event about it.';
comment on column order_states.order_data is 'All normalized fields.';
comment on column order_states.extra is 'Fields that the ledger does not know.';
comment on column order_states.clocks is 'For every field the clock of the event that wrote it.';
comment on column order_states.status is 'The sender''s own status word.';
comment on column order_states.shop_id is 'The shop that the order belongs to.';
comment on column order_states.shop_key is 'The shop whose order it is, where order ids are the shop''s own; else empty.';
comment on column order_states.order_number is 'The human-readable order number.';
comment on column order_states.total_amount is 'What the buyer pays.';
comment on column order_states.shipping_fee is 'The part of it that is for shipping.';
comment on column order_states.currency is 'ISO 4217 code.';
comment on column order_states.email is 'The buyer''s e-mail address.';
comment on column order_states.customer_name is 'The buyer''s name.';
comment on column order_states.tracking_number is 'The carrier''s tracking number.';
comment on column order_states.product is 'The product; of an order with lines that of its first line.';
comment on column order_states.price is 'The price of one.';
comment on column order_states.total is 'The same as total_amount.';
comment on column order_states.commission is 'What the sale earns.';
comment on column order_states.quantity is 'How many; of an order with lines those of its first line.';
comment on column order_states.profile is 'The profile that the order was placed with.';
comment on column order_states.proxy_list is 'The proxy list that the order was placed with.';
comment on column order_states.reference_number is 'The sender''s reference.';
comment on column order_states.order_date is 'When it was placed.';
comment on column order_states.cart_id is 'The cart that it came out of.';
comment on column order_states.customer_id is 'The buyer''s id as the sender names it; null for a guest.';
comment on column order_states.checkout_token is 'The checkout that it came out of.';
comment on column order_states.anonymized_at is 'When personal data was removed from it; null when none was.';
comment on column order_states.created_at is 'When the first event about it was stored.';
comment on column order_states.updated_at is 'When it last changed.';
comment on column order_states.last_event_id is 'The event that last changed it.';
comment on column order_states.last_event_received_at is 'When that event was received.';
comment on column order_states.shop_key is 'The shop whose order it is, where order ids are the shop''s own; empty where they are the sender''s.';
comment on column order_states.unverified_fields is 'The fields that no verified event has written.';
comment on column order_states.processed is 'Whether none of its jobs is open or dead.';
comment on column order_states.processed_at is 'When its last job ended; null while one is open or dead.';
comment on column order_states.dead_jobs is 'How many of its jobs are dead letters.';
comment on column order_states.held_jobs is 'How many of its jobs are held.';
comment on column order_states.open_jobs is 'How many of its jobs are still to do.';
comment on column order_states.error_message is 'Why the last attempt at one of its open or dead jobs failed.';
comment on column order_states.stage is 'How far it is, in the words that all senders share: unpaid, on_hold, to_ship, shipped, delivered, cancelled or returned; null where nothing tells it.';
comment on column order_states.refunded_amount is 'What was paid back by all refunds that are known.';
comment on column order_states.return_status is 'The sender''s own word for how far its newest return is.';
comment on column order_states.cancel_requested is 'Whether the buyer asks to cancel it, and nobody has decided yet.';

create view tiktok_orders as
select id, order_id, shop_id, status, status as order_status, total_amount, shipping_fee, currency, email as buyer_email,
    customer_name, tracking_number, order_data, processed, processed_at, error_message, created_at, updated_at, source, stage, refunded_amount, return_status,
    cancel_requested
from order_states
-- "like" alone counts as rare as long as nothing is known of the column, and the index by time as not worth while.
where coalesce(provider like 'tiktok%', false);

comment on view tiktok_orders is 'Orders that came from TikTok Shop, as its guide names their columns.';
comment on column tiktok_orders.id is 'The row''s id.';
comment on column tiktok_orders.order_id is 'TikTok''s order id.';
comment on column tiktok_orders.shop_id is 'The shop.';
comment on column tiktok_orders.status is 'TikTok''s status word.';
comment on column tiktok_orders.order_status is 'The same as status.';
comment on column tiktok_orders.total_amount is 'What the buyer pays.';
comment on column tiktok_orders.shipping_fee is 'The part of it that is for shipping.';
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
comment on column tiktok_orders.stage is 'How far it is, in the words that all senders share.';
comment on column tiktok_orders.refunded_amount is 'What was paid back by all refunds that are known.';
comment on column tiktok_orders.return_status is 'TikTok''s word for how far its newest return is.';
comment on column tiktok_orders.cancel_requested is 'Whether the buyer asks to cancel it, and nobody has decided yet.';

-- Found from the jobs: those are what is still to do, however many orders there are.
create view order_processing_queue as
with open as materialized (select distinct order_row from jobs where order_row is not null)
select s.id, s.order_id, s.source, s.shop_id, s.status, s.total_amount, s.currency, s.email, s.open_jobs, s.dead_jobs,
    s.error_message, s.created_at, s.updated_at, now() - s.created_at as age, s.stage, s.held_jobs,
    (select min(j.hold_reason) from jobs as j where j.order_row = s.id and j.state = 3) as hold_reason
from open
join order_states as s on s.id = open.order_row
order by s.created_at;

comment on view order_processing_queue is 'Orders with jobs that are open or dead, oldest first.';
comment on column order_processing_queue.id is 'The row''s id.';
comment on column order_processing_queue.order_id is 'The order''s id as the sender names it.';
comment on column order_processing_queue.source is 'The configured sender.';
comment on column order_processing_queue.shop_id is 'The shop.';
comment on column order_processing_queue.status is 'The sender''s own status word.';
comment on column order_processing_queue.total_amount is 'What the buyer pays.';
comment on column order_processing_queue.currency is 'ISO 4217 code.';
comment on column order_processing_queue.email is 'The buyer''s e-mail address.';
comment on column order_processing_queue.open_jobs is 'How many of its jobs are still to do.';
comment on column order_processing_queue.dead_jobs is 'How many of its jobs are dead letters.';
comment on column order_processing_queue.error_message is 'Why the last attempt at one of them failed.';
comment on column order_processing_queue.created_at is 'When the first event about it was stored.';
comment on column order_processing_queue.updated_at is 'When it last changed.';
comment on column order_processing_queue.held_jobs is 'How many of its jobs are held.';
comment on column order_processing_queue.hold_reason is 'What they wait for; null when none is held.';
comment on column order_processing_queue.age is 'How long ago the first event about it was stored.';
comment on column order_processing_queue.stage is 'How far it is, in the words that all senders share.';

create view order_statistics as
select source, shop_id, status, currency, count(*) as orders, sum(total_amount) as total_amount,
    count(*) filter (where not processed) as unprocessed, min(created_at) as first_created,
    max(updated_at) as last_updated
from order_states
group by source, shop_id, status, currency;

comment on view order_statistics is 'Orders counted and summed by source, shop, status and currency.';
comment on column order_statistics.source is 'The configured sender.';
comment on column order_statistics.shop_id is 'The shop.';
comment on column order_statistics.status is 'The sender''s own status word.';
comment on column order_statistics.currency is 'ISO 4217 code.';
comment on column order_statistics.orders is 'How many orders.';
comment on column order_statistics.total_amount is 'The sum of what the buyers pay.';
comment on column order_statistics.unprocessed is 'How many have jobs that are open or dead.';
comment on column order_statistics.first_created is 'When the first of them was stored.';
comment on column order_statistics.last_updated is 'When one of them last changed.';

create view order_events as
select o.id as order_row, o.source, o.order_id, e.id as event_id, e.received_at, f.key as field,
    case when e.disposition <> 'created' then f.value -> 0 end as old,
    case when e.disposition = 'created' then f.value else f.value -> 1 end as new
from orders as o
-- From the order by the index, even while the planner does not yet know how many events there are.
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

comment on view order_events is 'The field history of every order: a row per event and field that visibly changed, and one for each time that it was folded anew and differed.';
comment on column order_events.order_row is 'The order: orders.id.';
comment on column order_events.source is 'The configured sender.';
comment on column order_events.order_id is 'The order''s id as the sender names it.';
comment on column order_events.event_id is 'The event that changed it; null where it was read anew.';
comment on column order_events.received_at is 'When that event was received, or it was read anew.';
comment on column order_events.field is 'The field; extra. before its name when the ledger does not know it. Or read anew: then new lists the fields that differed.';
comment on column order_events.old is 'Its value before; null when it had none.';
comment on column order_events.new is 'Its value after.';
