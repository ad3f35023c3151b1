create view queue_depth as
select action, kind, count(*) filter (where state = 0 and run_at <= now()) as due,
    count(*) filter (where state = 0 and run_at > now()) as waiting, count(*) filter (where state = 1) as running,
    count(*) filter (where state = 2) as dead, now() - min(created_at) filter (where state < 2) as oldest,
    count(*) filter (where state = 3) as held
from jobs
group by action, kind;

comment on view queue_depth is 'Open jobs and dead letters, by action.';
comment on column queue_depth.action is 'The action of the configuration.';
comment on column queue_depth.kind is 'The kind of action.';
comment on column queue_depth.due is 'Jobs that can run now.';
comment on column queue_depth.waiting is 'Jobs that wait for their start time, mostly after a failure.';
comment on column queue_depth.running is 'Jobs that a worker holds.';
comment on column queue_depth.dead is 'Dead letters.';
comment on column queue_depth.oldest is 'The age of the oldest job that is neither dead nor held.';
comment on column queue_depth.held is 'Jobs that wait for a decision: see held_jobs.';

create view held_jobs as
select j.job_id, j.action, j.kind, j.rule, j.hold_reason, j.held_at, now() - j.held_at as held_since, j.order_row,
    o.source, o.order_id, j.event_id, j.event_received_at, j.created_at
from jobs as j
left join orders as o on o.id = j.order_row
where j.state = 3;

comment on view held_jobs is 'Jobs that wait for a decision; they are released by an event that ends the reason, or by a person (hookledger jobs release).';
comment on column held_jobs.job_id is 'The job.';
comment on column held_jobs.action is 'The action of the configuration that it runs.';
comment on column held_jobs.kind is 'The kind of action.';
comment on column held_jobs.rule is 'The rule that made the job.';
comment on column held_jobs.hold_reason is 'The reason of the hold, such as shop, cancel_requested or paused:action:NAME.';
comment on column held_jobs.held_at is 'The start of the hold.';
comment on column held_jobs.held_since is 'The duration of the hold.';
comment on column held_jobs.order_row is 'The order: orders.id.';
comment on column held_jobs.source is 'The source of the order.';
comment on column held_jobs.order_id is 'The order''s id as the provider writes it.';
comment on column held_jobs.event_id is 'The event that made the job.';
comment on column held_jobs.event_received_at is 'When that event was received.';
comment on column held_jobs.created_at is 'When the job was made.';

create view job_log as
select t.job_id, t.attempt, t.action, t.kind, t.rule, t.outcome, t.reason, t.destination, t.status, t.event_id,
    t.event_received_at, t.order_row, o.order_id, t.job_created_at, t.started_at, t.first_byte_at, t.finished_at,
    t.finished_at - t.started_at as duration
from job_attempts as t
left join orders as o on o.id = t.order_row;

comment on view job_log is 'Every attempt at a job, with its outcome.';
comment on column job_log.job_id is 'The job.';
comment on column job_log.attempt is 'The number of the attempt, from 1.';
comment on column job_log.action is 'The action of the configuration that ran.';
comment on column job_log.kind is 'The kind of action.';
comment on column job_log.rule is 'The rule that made the job.';
comment on column job_log.outcome is 'done, skipped, retry, dead, lost, released or discarded.';
comment on column job_log.reason is 'The reason, unless it is done.';
comment on column job_log.destination is 'The called host and port.';
comment on column job_log.status is 'The destination''s status.';
comment on column job_log.event_id is 'The event that made the job.';
comment on column job_log.event_received_at is 'When that event was received.';
comment on column job_log.order_row is 'The order: orders.id.';
comment on column job_log.order_id is 'The order''s id as the provider writes it.';
comment on column job_log.job_created_at is 'When the job was made.';
comment on column job_log.started_at is 'When the attempt began.';
comment on column job_log.first_byte_at is 'When the first byte was sent to the destination.';
comment on column job_log.finished_at is 'When the attempt ended.';
comment on column job_log.duration is 'How long the attempt took.';

create view uncertain_effects as
-- The one definition of "uncertain". An effect that began and whose job is still open is settled by that job; after it, only
-- an action that can settle doubt may try again. What is not known of an action counts against it.
select e.effect_key, e.action, e.kind, e.state, e.job_id, e.event_id, e.event_received_at, e.order_row, e.external_id,
    e.started_at
from effects as e
left join action_states as s on s.action = e.action
where e.state = 'uncertain'
    or (e.state = 'started' and s.settles_doubt is not true
        and not exists (select from jobs as j where j.job_id = e.job_id and j.state <> 2));

comment on view uncertain_effects is 'Effects that may or may not have happened, and that only a person can settle: no answer came, and the destination cannot be asked.';
comment on column uncertain_effects.effect_key is 'What makes two effects the same.';
comment on column uncertain_effects.action is 'The action of the configuration.';
comment on column uncertain_effects.kind is 'What kind of action that is.';
comment on column uncertain_effects.state is 'uncertain, or started by a job that is over.';
comment on column uncertain_effects.job_id is 'The job that made it.';
comment on column uncertain_effects.event_id is 'The event that made the job.';
comment on column uncertain_effects.event_received_at is 'When that event was received.';
comment on column uncertain_effects.order_row is 'The order: orders.id.';
comment on column uncertain_effects.external_id is 'What the destination calls it, when that is known.';
comment on column uncertain_effects.started_at is 'When the call was begun.';

create view dead_letters as
select j.job_id, j.action, j.kind, j.rule, j.last_error, j.attempt as attempts, j.uncounted, j.created_at,
    j.first_failed_at, j.event_id, j.event_received_at, j.order_row, o.source, o.order_id, j.alerted_at,
    exists (select from uncertain_effects as e where e.job_id = j.job_id) as uncertain
from jobs as j
left join orders as o on o.id = j.order_row
where j.state = 2;

comment on view dead_letters is 'Jobs that failed for good; kept until an operator retries or discards them.';
comment on column dead_letters.job_id is 'The job.';
comment on column dead_letters.action is 'The action of the configuration that it runs.';
comment on column dead_letters.kind is 'The kind of action.';
comment on column dead_letters.rule is 'The rule that made the job.';
comment on column dead_letters.last_error is 'Why its last attempt failed.';
comment on column dead_letters.attempts is 'How many attempts were made.';
comment on column dead_letters.uncounted is 'How many failed for a reason that is not counted.';
comment on column dead_letters.created_at is 'When the job was made.';
comment on column dead_letters.first_failed_at is 'When it failed for the first time.';
comment on column dead_letters.event_id is 'The event that made it.';
comment on column dead_letters.event_received_at is 'When that event was received.';
comment on column dead_letters.order_row is 'The order: orders.id.';
comment on column dead_letters.source is 'The source of the order.';
comment on column dead_letters.order_id is 'The order''s id as the provider writes it.';
comment on column dead_letters.alerted_at is 'When its alert was sent; null while there was no working channel other than the job''s own.';
comment on column dead_letters.uncertain is 'Whether its effect may have happened: retrying it may do it twice.';
