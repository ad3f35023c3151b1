-- Reconciling also finds products and customers, where a rule asks for them.

alter table reconcile_findings drop constraint finding_subject, add constraint finding_subject check (
    kind in ('order', 'event', 'delivery', 'product', 'customer'));
comment on table reconcile_findings is 'What a reconciliation found missing or outdated: orders, products, customers, events and deliveries.';
comment on column reconcile_findings.kind is 'order, product, customer, event (listed by the provider with the id of its webhook) or delivery (the provider''s attempts failed, and it is asked to repeat it).';
comment on column reconcile_findings.order_id is 'The id of the order, product, customer, event or delivery as the sender names it.';
comment on column reconcile_findings.type is 'The provider''s type of an event or delivery; null of a record.';
comment on column reconcile_marks.api is 'The action whose API is asked, with its list (:products) and shop (/SHOP) where there are several.';
comment on column reconciliations.api is 'The action whose API was asked, with its list (:products) and shop (/SHOP) where there are several.';

-- It has another parameter now.
drop function if exists why_missing(text, text, timestamptz, timestamptz, boolean, boolean, timestamptz, timestamptz,
    timestamptz, timestamptz);
