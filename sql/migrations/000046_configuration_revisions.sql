-- The configurations that programs have used, in the order of their use: an event or a job names the one that made it.

create table configurations (
    revision int generated always as identity primary key,
    hash bytea not null,
    file_hash bytea not null,
    content jsonb not null,
    host text not null,
    activated_at timestamptz not null default now()
);
create index configurations_file on configurations (file_hash, revision);
comment on table configurations is 'The configurations that programs have used, without secrets; the newest 10,000.';
comment on column configurations.revision is 'Its number. A configuration that is used again after another one has a new number.';
comment on column configurations.hash is 'SHA-256 of the file and of the names of the variables beside it.';
comment on column configurations.file_hash is 'SHA-256 of the file, without comments.';
comment on column configurations.content is 'The file without comments, and the names of the variables beside it.';
comment on column configurations.host is 'The host that used it first.';
comment on column configurations.activated_at is 'When.';

-- What tells a host that has not read a newer configuration yet from one that has gone back to an older one.
create table configuration_hosts (
    host text not null,
    program text not null,
    hash bytea not null,
    revision int not null,
    noted_at timestamptz not null default now(),
    primary key (host, program)
);
comment on table configuration_hosts is 'The configuration that each program of each host last read.';
comment on column configuration_hosts.host is 'The host.';
comment on column configuration_hosts.program is 'ingest or batch.';
comment on column configuration_hosts.hash is 'As in configurations.';
comment on column configuration_hosts.revision is 'The revision that it got.';
comment on column configuration_hosts.noted_at is 'When it was read.';

create table configuration_uses (
    host text not null,
    program text not null,
    pid int not null,
    revision int,
    loaded_at timestamptz not null,
    seen_at timestamptz not null,
    refused_at timestamptz,
    refusal text,
    primary key (host, program, pid)
);
comment on table configuration_uses is 'The configuration in use, a row for each running program.';
comment on column configuration_uses.host is 'The host.';
comment on column configuration_uses.program is 'ingest, api or batch.';
comment on column configuration_uses.pid is 'The process id.';
comment on column configuration_uses.revision is 'The revision in use; null while it has no number.';
comment on column configuration_uses.loaded_at is 'When the program last read it.';
comment on column configuration_uses.seen_at is 'When the program last reported, every minute.';
comment on column configuration_uses.refused_at is 'When the program last refused a new configuration; null if it used the last one.';
comment on column configuration_uses.refusal is 'Every error of that one.';

alter table events add column revision int;
comment on column events.revision is 'The configuration that recorded it: configurations.revision; null if it had no number.';
alter table jobs add column revision int;
comment on column jobs.revision is 'The configuration whose rule made it; null if it had no number. A run with an older one leaves it alone.';
