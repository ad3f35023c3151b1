-- A database that is a cell of several holds whole shops: the slots that it holds, and its name. Both tables are empty where one
-- database has everything.

create table cell_identity (
    one boolean primary key default true,
    name text not null,
    since timestamptz not null default now(),
    constraint one_row check (one)
);
comment on table cell_identity is 'The name of this cell: one row; none where one database has everything.';
comment on column cell_identity.one is 'Always true: there is one row.';
comment on column cell_identity.name is 'The name of the database, which is the name of the cell.';
comment on column cell_identity.since is 'When the database became a cell.';

create table cell_slots (
    slot int primary key,
    state text not null default 'open',
    changed_at timestamptz not null default now(),
    constraint slot_known check (slot between 0 and 1023),
    constraint state_known check (state in ('open', 'draining', 'closed'))
);
comment on table cell_slots is 'The slots whose shops this cell holds. The cell is the authority; the table slots of a router is a copy.';
comment on column cell_slots.slot is 'The slot: a part of the hash of the source.';
comment on column cell_slots.state is 'open; draining: it is about to move, and no job of it begins; closed: it is moving, and stores nothing.';
comment on column cell_slots.changed_at is 'When the state changed.';
