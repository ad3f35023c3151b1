-- Reconciling also finds events (Stripe) and deliveries (GitHub), which the provider is asked to repeat.

alter table reconcile_findings
    add column kind text not null default 'order',
    add column type text,
    add column redelivery text,
    add column asked_at timestamptz,
    add constraint finding_subject check (kind in ('order', 'event', 'delivery'));
create index reconcile_findings_to_ask on reconcile_findings (source, api, id)
    where redelivery is not null and asked_at is null;

comment on table reconcile_findings is 'What a reconciliation found missing or outdated: orders, events and deliveries.';
comment on column reconcile_findings.kind is 'order, event (listed by the provider with the id of its webhook) or delivery (the provider''s attempts failed, and it is asked to repeat it).';
comment on column reconcile_findings.order_id is 'The id of the order, event or delivery as the sender names it.';
comment on column reconcile_findings.type is 'The provider''s type of an event or delivery; null of an order.';
comment on column reconcile_findings.changed_at is 'The provider''s time of the missing change, event or attempt.';
comment on column reconcile_findings.redelivery is 'The part of the API''s address by which the delivery is repeated; null if it is not.';
comment on column reconcile_findings.asked_at is 'When the provider was asked to repeat the delivery; null if it was not.';

-- The deliveries of a page are looked up by their ids.
create index events_github_deliveries on events (delivery_id, source) where provider = 'github';
