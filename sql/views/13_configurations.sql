create view configurations_in_use as
select u.host, u.program, u.pid, u.revision, c.activated_at, u.loaded_at, u.seen_at, u.refused_at, u.refusal,
    u.revision is not distinct from (select max(n.revision) from configurations as n) as is_newest
from configuration_uses as u
left join configurations as c on c.revision = u.revision
where u.seen_at > now() - interval '5 minutes';

comment on view configurations_in_use is 'The configuration that each running program uses.';
comment on column configurations_in_use.host is 'The host.';
comment on column configurations_in_use.program is 'ingest, api or batch.';
comment on column configurations_in_use.pid is 'The process id.';
comment on column configurations_in_use.revision is 'The revision in use; null while it has no number.';
comment on column configurations_in_use.activated_at is 'When that revision was first used.';
comment on column configurations_in_use.loaded_at is 'When the program last read it.';
comment on column configurations_in_use.seen_at is 'When the program last reported, every minute.';
comment on column configurations_in_use.refused_at is 'When it last refused a new configuration; null if it used the last one.';
comment on column configurations_in_use.refusal is 'Every error of that one.';
comment on column configurations_in_use.is_newest is 'Whether no program uses a newer one.';

create view configuration_revisions as
select revision, activated_at, host, content from configurations;

comment on view configuration_revisions is 'The configurations that programs have used, without secrets.';
comment on column configuration_revisions.revision is 'Its number, as events and jobs name it.';
comment on column configuration_revisions.activated_at is 'When it was first used.';
comment on column configuration_revisions.host is 'The host that used it first.';
comment on column configuration_revisions.content is 'The file without comments, and the names of the variables beside it.';
