-- Which orders and customers were anonymized because their time was over.
alter table orders add column anonymized_at timestamptz;
alter table customers add column anonymized_at timestamptz;
comment on column orders.anonymized_at is 'When personal data was removed from it, by a request or by retention.orders; null when none was.';
comment on column customers.anonymized_at is 'When personal data was removed from it, by a request or by retention.customers; null when none was.';

-- Functions whose parameters changed: the old ones must not stay beside them.
drop function if exists redact_events(bigint[], timestamptz[], bytea[], bytea[]);
drop function if exists redact_rows(text, bigint[], bigint[], bigint[], bigint[], text[]);
