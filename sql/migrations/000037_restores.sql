-- A restored database does not know what happened after its dump. Nothing is sent from it until a person has released it.

-- Grows while batch processors run, and each of their hosts keeps it in a file: a database with a lower number was restored.
alter table cluster_identity add column generation bigint not null default 0;
comment on table cluster_identity is 'The cluster that assigned the transaction numbers of this database, and its generation: one row.';
comment on column cluster_identity.generation is 'Grows while batch processors run; each of their hosts keeps the highest number that it has seen.';

create table restores (
    id bigint generated always as identity primary key,
    noticed_at timestamptz not null default now(),
    reason text not null,
    known_until timestamptz,
    seen_generation bigint not null default 0,
    last_event_id bigint not null default 0,
    released_at timestamptz,
    released_by text
);
create unique index restores_open on restores ((released_at is null)) where released_at is null;
comment on table restores is 'Restores of this database. While one is not released, the batch processor runs no job.';
comment on column restores.id is 'The number of the restore.';
comment on column restores.noticed_at is 'When it was noticed: what happened before it and after the dump is unknown here.';
comment on column restores.reason is 'How it was noticed.';
comment on column restores.known_until is 'The last report of a batch processor that the restored data has; null for none.';
comment on column restores.seen_generation is 'The highest generation that a host reported.';
comment on column restores.last_event_id is 'The last event at that time; later ones with an earlier time may have been here before.';
comment on column restores.released_at is 'When a person let the jobs run again; null while they are held.';
comment on column restores.released_by is 'Who did.';

alter table jobs add column in_doubt boolean;
comment on column jobs.in_doubt is 'true: it may have run after the dump from which it was restored, so its effect is treated as one that was begun; false: a person has decided; null: it is not in a restored dump.';
