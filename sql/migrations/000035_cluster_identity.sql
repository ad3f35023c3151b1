-- Transaction numbers mean something in the cluster only that assigned them. A database that was dumped and restored into
-- another cluster is recognized by this row, and `hookledger migrate` removes them.
create table cluster_identity (
    one boolean primary key default true check (one),
    system_identifier bigint not null,
    since timestamptz not null default now()
);
comment on table cluster_identity is 'The cluster that assigned the transaction numbers of this database: one row.';
comment on column cluster_identity.one is 'Always true: there is one row.';
comment on column cluster_identity.system_identifier is 'Its system identifier (pg_control_system).';
comment on column cluster_identity.since is 'Since when the database is in it.';
insert into cluster_identity (system_identifier) select system_identifier from pg_control_system();
