-- What happened when (docs/database.md, "Activity"): what the batch processor has counted, and what it has not counted yet. A row
-- has a part of its time at least; whoever reads them adds them up.
create view activity as
select c.step, c.at, nullif(c.source, '') as source, c.deliveries, c.refusals, c.jobs_done, c.jobs_dead, c.attempts_failed,
    c.latency_steps, c.latency_counts
from activity_counts as c
where c.at >= (select p.counted_from from activity_progress as p) and c.at < (select p.counted_to from activity_progress as p)
union all
select s.step, n.at, nullif(n.source, ''), n.deliveries, n.refusals, n.jobs_done, n.jobs_dead, n.attempts_failed, n.latency_steps,
    n.latency_counts
from (values (60), (600), (3600)) as s (step) cross join lateral activity_now(s.step) as n;

comment on view activity is 'Deliveries, refusals and attempts by time and source, to be added up; name a step: where step = 3600.';
comment on column activity.step is 'The length of the time, in seconds: 60, 600 or 3600.';
comment on column activity.at is 'The start of the time, in UTC a multiple of its length.';
comment on column activity.source is 'The source; null if it is not known.';
comment on column activity.deliveries is 'Deliveries that were stored, by the time of their receipt, without replays and fetched events.';
comment on column activity.refusals is 'Refusals, with those that were only counted.';
comment on column activity.jobs_done is 'Jobs that were done, by the end of the attempt.';
comment on column activity.jobs_dead is 'Jobs that became dead letters.';
comment on column activity.attempts_failed is 'Attempts that failed, also the last ones of dead letters.';
comment on column activity.latency_steps is 'The times from webhook to done that occurred: n is up to 1.05^n milliseconds.';
comment on column activity.latency_counts is 'How often each of them occurred.';

create view job_lives as
select c.step, c.ended_at, c.opened_at, nullif(c.source, '') as source, c.jobs
from job_life_counts as c
where c.ended_at >= (select p.counted_from from activity_progress as p)
    and c.ended_at < (select p.counted_to from activity_progress as p)
union all
select s.step, n.ended_at, n.opened_at, nullif(n.source, ''), n.jobs
from (values (60), (600), (3600)) as s (step) cross join lateral lives_now(s.step) as n;

comment on view job_lives is 'Jobs that ended, by when they ended and when they were opened, without those that lie within one step. The depth of the queue at a time follows from them and from open_jobs_by_age.';
comment on column job_lives.step is 'The length of the two times, in seconds: 60, 600 or 3600.';
comment on column job_lives.ended_at is 'The start of the time in which they ended.';
comment on column job_lives.opened_at is 'The start of the time in which they were opened.';
comment on column job_lives.source is 'The source; null if it is not known.';
comment on column job_lives.jobs is 'How many.';

create view activity_state as
select nullif(p.counted_from, '-infinity') as counted_from, p.counted_to, least(now(), p.counted_to + interval '3 hours') as as_of
from activity_progress as p
union all
select u.since, u.since, now() from uncounted_time() as u
where u.since > '-infinity' and not exists (select from activity_progress);

comment on view activity_state is 'How far activity reaches; no row while all rows are counted at each request: before the first turn of the batch processor, if there are few.';
comment on column activity_state.counted_from is 'Nothing older is counted yet; null once everything is.';
comment on column activity_state.counted_to is 'What is older was counted by the batch processor.';
comment on column activity_state.as_of is 'What was stored by then is in activity, save what came late and is counted within two minutes.';

-- The queue by age. Kept together with the jobs that ended in the minute of the count, so that both belong to one moment.
create view open_jobs_by_age as
select coalesce(o.source, source_of_event(j.event_id, j.event_received_at)) as source,
    step_start(case when j.created_at > now() - interval '2 hours' then 60 else 3600 end, j.created_at) as opened_at,
    null::timestamptz as ended_at, count(*) as jobs
from jobs as j
left join orders as o on o.id = j.order_row
where j.state <> 2
group by 1, 2
union all
select nullif(l.source, ''), l.opened_at, l.ended_at, l.jobs
from lives_between(60, step_start(60, now()), now()) as l;

comment on view open_jobs_by_age is 'Open jobs by source and when they were made: by the minute for two hours, then by the hour.';
comment on column open_jobs_by_age.source is 'The source; null if it is not known.';
comment on column open_jobs_by_age.opened_at is 'The start of the minute or hour in which they were made.';
comment on column open_jobs_by_age.ended_at is 'Null for open ones; else the minute of the count, in which they ended.';
comment on column open_jobs_by_age.jobs is 'How many.';
