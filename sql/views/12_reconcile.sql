-- What reconciliations found missing, the newest first. A record's webhook makes an event of the record or one that only names
-- it, an event's webhook repeats the event, and a repeated delivery has its own id.
create view missing_orders as
select f.id, f.source, f.api, f.shop_key, f.kind, f.order_id, f.type, f.finding, f.changed_at as missing_since, f.found_at,
    f.run_id, f.reason, f.detail, f.event_id, f.asked_at, a.received_at as arrived_at
from (select *, time_that_orders(changed_at, found_at) as happened_at from reconcile_findings) as f
left join lateral (
    select min(w.received_at) as received_at from (
        (select e.received_at from events as e
        where f.kind = 'order' and e.order_row = f.order_row and e.received_at >= f.found_at
            and time_that_orders(e.occurred_at, e.received_at) >= f.happened_at and e.origin in ('delivery', 'spool', 'released')
        order by e.received_at limit 1)
        union all
        (select e.received_at from events as e
        where e.record_kind = f.kind and e.record_row in (
                select p.id from products as p
                where f.kind = 'product' and p.source = f.source and p.product_id = f.order_id and p.shop_key = f.shop_key
                union all
                select c.id from customers as c
                where f.kind = 'customer' and c.source = f.source and c.customer_id = f.order_id and c.shop_key = f.shop_key)
            and e.received_at >= f.found_at and time_that_orders(e.occurred_at, e.received_at) >= f.happened_at
            and e.origin in ('delivery', 'spool', 'released')
        order by e.received_at limit 1)
        union all
        select min(e.received_at) from events as e
        where f.kind in ('product', 'customer') and e.subject = f.kind || ':' || f.order_id and e.source = f.source
            and e.order_row is null and e.record_row is null and e.received_at >= f.found_at
            and time_that_orders(e.occurred_at, e.received_at) >= f.happened_at and e.origin in ('delivery', 'spool', 'released')
        union all
        select r.received_at from repetitions as r
        where f.kind = 'event' and r.event_id = f.event_id and r.origin in ('delivery', 'spool', 'released')
        union all
        select e.received_at from events as e
        where f.kind = 'delivery' and e.provider = 'github' and e.source = f.source and e.delivery_id = f.order_id
            and e.received_at >= f.changed_at and e.origin in ('delivery', 'spool', 'released')
    ) as w
) as a on true
order by f.found_at desc, f.id desc;

comment on view missing_orders is 'Orders, products, customers, events and deliveries that no webhook had brought when a reconciliation looked, and why, if known.';
comment on column missing_orders.id is 'The finding.';
comment on column missing_orders.source is 'The source.';
comment on column missing_orders.api is 'The action whose API was asked.';
comment on column missing_orders.shop_key is 'The shop, if ids are unique per shop only.';
comment on column missing_orders.kind is 'order, product, customer, event or delivery.';
comment on column missing_orders.order_id is 'The id of the order, product, customer, event or delivery as the sender names it.';
comment on column missing_orders.type is 'The provider''s type of an event or delivery; null of a record.';
comment on column missing_orders.finding is 'absent, or older: the ledger had an older state.';
comment on column missing_orders.missing_since is 'The provider''s time of the missing change, event or attempt.';
comment on column missing_orders.found_at is 'When it was found, and recorded unless it is a delivery.';
comment on column missing_orders.run_id is 'The run that found it: reconcile_runs.';
comment on column missing_orders.reason is 'refused, no_details (the webhook came, but only points at the order, or the provider''s webhooks do not name the product), spool_aside, host_away, webhook_off, not_received (nothing of it reached this host), not_recorded (it could not be recorded).';
comment on column missing_orders.detail is 'The same in words, if more is known.';
comment on column missing_orders.event_id is 'The event by which it was recorded; null if that failed, and of a delivery.';
comment on column missing_orders.asked_at is 'When the provider was asked to repeat a delivery; null if it was not.';
comment on column missing_orders.arrived_at is 'When its webhook came after all, of a record with that change or a later one; null if it has not.';

-- Where each reconciliation stands.
create view reconcile_state as
select m.source, m.api, m.shop_key, m.watermark, m.due_at, m.failures, m.unauthorized, m.last_error,
    m.leased_until is not null and m.leased_until > now() as is_running,
    m.webhook_off_from is not null and m.webhook_off_until is null as is_webhook_off,
    (select count(*) from reconcile_findings as f
        where f.source = m.source and f.api = m.api and f.found_at > now() - interval '1 day') as missing_last_day
from reconcile_marks as m
order by m.source, m.api;

comment on view reconcile_state is 'The position of each reconciliation.';
comment on column reconcile_state.source is 'The source.';
comment on column reconcile_state.api is 'The action whose API is asked.';
comment on column reconcile_state.shop_key is 'The shop that the answers name; empty if they name none.';
comment on column reconcile_state.watermark is 'All changes before it have been compared.';
comment on column reconcile_state.due_at is 'The time of the next run.';
comment on column reconcile_state.failures is 'The runs since the last complete one that ended early.';
comment on column reconcile_state.unauthorized is 'Whether the API refused the token at the last run.';
comment on column reconcile_state.last_error is 'Why the last run ended early; null after a complete one.';
comment on column reconcile_state.is_running is 'Whether a run works on it now.';
comment on column reconcile_state.is_webhook_off is 'Whether the provider had switched the webhook off when it was last asked.';
comment on column reconcile_state.missing_last_day is 'What was found missing within the last 24 hours.';

-- The runs of reconciliations, the newest first.
create view reconcile_runs as
select r.id, r.source, r.api, r.kind, r.since, r.until, r.started_at, r.last_page_at, r.ended_at, r.state, r.reason,
    r.pages, r.compared, r.absent, r.older, r.refused, r.jobs
from reconciliations as r
order by r.id desc;

comment on view reconcile_runs is 'The runs of reconciliations.';
comment on column reconcile_runs.id is 'The run.';
comment on column reconcile_runs.source is 'The source.';
comment on column reconcile_runs.api is 'The action whose API was asked.';
comment on column reconcile_runs.kind is 'scheduled; manual (hookledger reconcile); first (the first fill, which makes no jobs).';
comment on column reconcile_runs.since is 'What changed or happened from this time on was asked for.';
comment on column reconcile_runs.until is 'Later changes belong to the next run.';
comment on column reconcile_runs.started_at is 'When it began.';
comment on column reconcile_runs.last_page_at is 'When its last page was committed.';
comment on column reconcile_runs.ended_at is 'When it was complete; null until then.';
comment on column reconcile_runs.state is 'running, done, or why it ended early: stopped, unauthorized, limited, unavailable, bad_answer.';
comment on column reconcile_runs.reason is 'The same in words; of a complete run what the provider no longer listed.';
comment on column reconcile_runs.pages is 'The committed pages.';
comment on column reconcile_runs.compared is 'The orders, events or deliveries that were compared.';
comment on column reconcile_runs.absent is 'Those that the ledger did not have.';
comment on column reconcile_runs.older is 'Those of which the ledger had an older state.';
comment on column reconcile_runs.refused is 'Those that could not be recorded.';
comment on column reconcile_runs.jobs is 'The jobs that the recorded ones made.';
