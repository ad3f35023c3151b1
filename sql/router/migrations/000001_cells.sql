-- A router: holds no shop, and knows which cell holds which slot.

create table cells (
    name text primary key,
    conninfo text not null,
    added_at timestamptz not null default now(),
    away_since timestamptz,
    asked_at timestamptz
);
comment on table cells is 'The cells: databases that hold whole shops. Only the owner may read it, because a connection string may hold a password.';
comment on column cells.name is 'The name of the cell: that of its database, unique over all cells.';
comment on column cells.conninfo is 'The connection of the router as hookledger_ingest.';
comment on column cells.added_at is 'When it was added.';
comment on column cells.away_since is 'Since when it cannot be reached; null while it can.';
comment on column cells.asked_at is 'When it was last asked whether it is back.';

create table slots (
    slot int primary key,
    cell text not null references cells (name),
    moved_at timestamptz not null default now(),
    constraint slot_known check (slot between 0 and 1023)
);
create index slots_cell on slots (cell);
comment on table slots is 'Which cell holds which slot: a copy of what the cells say (cell_slots).';
comment on column slots.slot is 'The slot, 0 to 1023: a part of the hash of the source.';
comment on column slots.cell is 'Its cell.';
comment on column slots.moved_at is 'When it got there.';

create table cells_version (
    one boolean primary key default true,
    version int not null default 1,
    constraint one_row check (one)
);
insert into cells_version default values;
comment on table cells_version is 'Counts the changes of cells and slots: PL/Proxy reads them again after each. One row.';
comment on column cells_version.one is 'Always true: there is one row.';
comment on column cells_version.version is 'The number of changes.';

create type record_answer as (
    places int[], outcomes int[], event_ids bigint[], order_rows bigint[], heartbeat timestamptz
);
comment on type record_answer is 'The answer of record_2().';

create table metrics (
    program text not null,
    name text not null,
    labels jsonb not null,
    value double precision not null,
    updated_at timestamptz not null default now(),
    primary key (program, name, labels)
) with (fillfactor = 50);
comment on table metrics is 'Counters of the programs that use this router, added to every two seconds.';
comment on column metrics.program is 'Which program counted: ingest, api or batch.';
comment on column metrics.name is 'The name of the metric, such as hookledger_deliveries_total.';
comment on column metrics.labels is 'Its labels, such as {"source": "tiktok-shop"}.';
comment on column metrics.value is 'The count so far.';
comment on column metrics.updated_at is 'When it last grew.';
