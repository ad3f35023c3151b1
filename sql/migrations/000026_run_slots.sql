-- Who may work at the same time is a matter of rows that only the roles concerned may write. An advisory lock is open to
-- every role that can log in: a reader who takes it would hold up all actions.
create table run_slots (
    slot smallint primary key,
    holder text,
    token bigint,
    taken_at timestamptz,
    expires_at timestamptz,
    constraint slot_range check (slot between 1 and 64),
    constraint held_whole check (num_nulls(holder, token, taken_at, expires_at) in (0, 4))
) with (fillfactor = 50);
insert into run_slots (slot) select generate_series(1, 64);

comment on table run_slots is 'Bounds how many runs of the batch processor work at the same time: each holds a slot by a lease.';
comment on column run_slots.slot is 'The number of the slot; a run takes the lowest free one that batch.slots allows.';
comment on column run_slots.holder is 'Host and process of the run that holds it; null while it is free.';
comment on column run_slots.token is 'The fencing token of the lease: a run whose token is not here has lost the slot.';
comment on column run_slots.taken_at is 'When the run took it.';
comment on column run_slots.expires_at is 'When the lease ends unless it is renewed; then the slot is free.';

create table exclusive_work (
    work text primary key
);
insert into exclusive_work (work) values ('partitions'), ('replay');

comment on table exclusive_work is 'Work that one transaction does at a time: it holds the row of that work until it ends.';
comment on column exclusive_work.work is 'partitions: weekly partitions are made; replay: events are replayed.';
