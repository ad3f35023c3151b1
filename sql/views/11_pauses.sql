create view pause_list as
select p.kind, p.name, p.paused_at, p.until, p.paused_by, p.reason,
    (select count(*) from jobs as j where j.state = 3 and j.hold_reason = pause_hold(p.kind, p.name)) as waiting_jobs
from pauses as p
where p.until is null or p.until > now();

comment on view pause_list is 'The sources, actions and destinations that an operator has paused (hookledger pause, hookledger resume).';
comment on column pause_list.kind is 'source, action or destination.';
comment on column pause_list.name is 'The source, the action, or the host with or without a port.';
comment on column pause_list.paused_at is 'The start of the pause.';
comment on column pause_list.until is 'The end of the pause; null if only a person ends it.';
comment on column pause_list.paused_by is 'Who has paused it.';
comment on column pause_list.reason is 'The reason, in the person''s words.';
comment on column pause_list.waiting_jobs is 'How many jobs are held until its end.';
