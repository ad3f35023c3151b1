-- Audits, the newest first.
create view audit_runs as
select a.id, a.host, a.kind, a.actor, a.since, a.until, a.started_at, a.ended_at, a.files, a.lines, a.answered,
    a.events, a.duplicates, a.handshakes, a.spooled, a.refused, a.too_old, a.unreadable, a.unlogged, a.canary_at,
    a.missing, a.missing_ids, a.link
from audits as a
order by a.id desc;

comment on view audit_runs is 'Audits: what nginx logged as answered 2xx, compared with what is stored.';
comment on column audit_runs.id is 'The run.';
comment on column audit_runs.host is 'The host whose log was read.';
comment on column audit_runs.kind is 'scheduled, or manual (hookledger audit).';
comment on column audit_runs.actor is 'Who started it.';
comment on column audit_runs.since is 'Answers from this time on were compared.';
comment on column audit_runs.until is 'Later answers belong to the next run.';
comment on column audit_runs.started_at is 'When it began.';
comment on column audit_runs.ended_at is 'When its result was recorded.';
comment on column audit_runs.files is 'The log files that were read.';
comment on column audit_runs.lines is 'Their lines within the time.';
comment on column audit_runs.answered is 'Requests that were answered 2xx.';
comment on column audit_runs.events is 'Those that are events.';
comment on column audit_runs.duplicates is 'Those that repeat a stored event.';
comment on column audit_runs.handshakes is 'Those that are handshakes, which store no event.';
comment on column audit_runs.spooled is 'Those that wait in the spool of the host.';
comment on column audit_runs.refused is 'Requests that were not answered 2xx.';
comment on column audit_runs.too_old is 'Answers that are older than the retention of events, and were not compared.';
comment on column audit_runs.unreadable is 'Lines that could not be read, such as the last line before a crash.';
comment on column audit_runs.unlogged is 'Events of that time without a line: of other hosts, or a line was lost.';
comment on column audit_runs.canary_at is 'The last commit of the responder''s canary before the run.';
comment on column audit_runs.missing is 'Requests that were answered 2xx and are not stored. Always 0.';
comment on column audit_runs.missing_ids is 'Their request ids, at most 1,000.';
comment on column audit_runs.link is 'The link of the chain that has its content; null until it is sealed.';

-- The last scheduled audit of each host. What a person compares by hand, of an hour or of another host's log, does not stand in
-- for the nightly one: neither a broken one nor what it found would be noticed.
create view audit_state as
select distinct on (a.host) a.host, a.id as run_id, a.until as audited_until, a.ended_at, a.missing
from audits as a
where a.kind = 'scheduled'
order by a.host, a.id desc;

comment on view audit_state is 'The last scheduled audit of each host.';
comment on column audit_state.host is 'The host whose log was read.';
comment on column audit_state.run_id is 'The run: audit_runs.';
comment on column audit_state.audited_until is 'Until which time its answers were compared.';
comment on column audit_state.ended_at is 'When the run ended.';
comment on column audit_state.missing is 'Requests that were answered 2xx and are not stored.';

-- The chain over operator_log and audits.
create view chain_state as
select h.seq as newest_link, encode(h.mac, 'hex') as newest_code,
    (select min(l.seq) from chain_links as l) as oldest_link, u.unsealed, u.unsealed_since
from chain_head as h
cross join lateral (
    select count(*) as unsealed, min(u.at) as unsealed_since from (
        select o.at from operator_log as o where o.link is null
        union all select a.ended_at from audits as a where a.link is null
    ) as u
) as u;

comment on view chain_state is 'The chain over the operator log and the audits.';
comment on column chain_state.newest_link is 'The place of the newest link; 0 before the first one.';
comment on column chain_state.newest_code is 'Its code, as in the syslog.';
comment on column chain_state.oldest_link is 'The oldest link that was not pruned.';
comment on column chain_state.unsealed is 'Rows that no link has yet: what happens to them before is not noticed.';
comment on column chain_state.unsealed_since is 'The time of the oldest of them.';
