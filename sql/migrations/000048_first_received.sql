-- When the sender's delivery of an imported event was first received: its clock, and what a deletion without a time ends,
-- go by that (docs/transfer.md). The time of the import is received_at, which finds the partition.

alter table events add column first_received_at timestamptz;
comment on column events.first_received_at is 'Of an imported event: when its delivery was first received; null for all others.';

alter table held_deletions add column first_received_at timestamptz;
comment on column held_deletions.first_received_at is 'Of an imported deletion: when it was first received; null for all others.';
