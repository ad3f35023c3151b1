-- Idle runs are notified of new jobs. Only while one waits: a notification locks the database's commits against each other.

alter table run_slots add column is_waiting boolean not null default false;

comment on column run_slots.is_waiting is 'Whether the run that holds it is idle and listens on hookledger_jobs.';
