create view blocked_orders as
select d.order_row, o.source, o.order_id, d.action, d.kind, d.job_id as dead_job_id, d.last_error, d.first_failed_at,
    count(*) as waiting, min(w.created_at) as waiting_since
from jobs as d
join action_states as s on s.action = d.action and s.blocks
join jobs as w on w.order_row = d.order_row and w.action = d.action and w.job_id > d.job_id and w.state = 0
left join orders as o on o.id = d.order_row
where d.state = 2
group by d.job_id, o.source, o.order_id;

comment on view blocked_orders is 'Orders whose jobs wait behind a dead letter, because the action has after_dead: block.';
comment on column blocked_orders.order_row is 'The order: orders.id.';
comment on column blocked_orders.source is 'The configured sender.';
comment on column blocked_orders.order_id is 'The order''s id as the provider writes it.';
comment on column blocked_orders.action is 'The action of the configuration.';
comment on column blocked_orders.kind is 'The kind of action.';
comment on column blocked_orders.dead_job_id is 'The dead letter to retry or discard.';
comment on column blocked_orders.last_error is 'Why its last attempt failed.';
comment on column blocked_orders.first_failed_at is 'When it failed for the first time.';
comment on column blocked_orders.waiting is 'How many jobs wait behind it.';
comment on column blocked_orders.waiting_since is 'When the oldest of them was made.';

create view action_statistics as
select action, kind, count(*) filter (where outcome in ('done', 'skipped', 'dead')) as ended,
    count(*) filter (where outcome = 'done') as done, count(*) filter (where outcome = 'skipped') as skipped,
    count(*) filter (where outcome = 'dead') as dead,
    round(count(*) filter (where outcome = 'done') * 100.0
        / nullif(count(*) filter (where outcome in ('done', 'dead')), 0), 2) as success_rate,
    round(count(*) filter (where outcome in ('retry', 'lost')) * 100.0
        / nullif(count(*) filter (where outcome in ('done', 'dead', 'retry', 'lost')), 0), 2) as retry_rate,
    percentile_disc(0.5) within group (order by finished_at - job_created_at) filter (where outcome = 'done') as p50,
    percentile_disc(0.95) within group (order by finished_at - job_created_at) filter (where outcome = 'done') as p95,
    percentile_disc(0.99) within group (order by finished_at - job_created_at) filter (where outcome = 'done') as p99,
    percentile_disc(0.95) within group (order by finished_at - started_at) filter (where outcome = 'done') as call_p95
from job_attempts
where finished_at > now() - interval '7 days' and outcome not in ('released', 'discarded')
group by action, kind;

comment on view action_statistics is 'Statistics of each action for the last 7 days.';
comment on column action_statistics.action is 'The action of the configuration.';
comment on column action_statistics.kind is 'The kind of action.';
comment on column action_statistics.ended is 'Jobs that are done, skipped or dead.';
comment on column action_statistics.done is 'Jobs that are done.';
comment on column action_statistics.skipped is 'Jobs whose rule no longer matched.';
comment on column action_statistics.dead is 'Jobs that became dead letters.';
comment on column action_statistics.success_rate is 'Done among done and dead, in percent.';
comment on column action_statistics.retry_rate is 'Retried attempts among all, in percent.';
comment on column action_statistics.p50 is 'The time from the webhook to done: half of the jobs were faster.';
comment on column action_statistics.p95 is 'The same: 95 % were faster.';
comment on column action_statistics.p99 is 'The same: 99 % were faster.';
comment on column action_statistics.call_p95 is 'The duration of an attempt: 95 % were faster.';

create view slow_destinations as
select t.destination, count(*) as attempts, count(*) filter (where t.outcome in ('retry', 'dead')) as failed,
    percentile_disc(0.5) within group (order by t.finished_at - t.started_at) as p50,
    percentile_disc(0.95) within group (order by t.finished_at - t.started_at) as p95,
    percentile_disc(0.99) within group (order by t.finished_at - t.started_at) as p99,
    max(t.finished_at - t.started_at) as slowest, d.open_until, d.reason
from job_attempts as t
left join lateral (
    -- The destination, or an account there.
    select d.open_until, d.reason from destinations as d where split_part(d.destination, ' ', 1) = t.destination
    order by d.open_until desc limit 1
) as d on true
where t.finished_at > now() - interval '24 hours' and t.destination is not null
group by t.destination, d.open_until, d.reason
order by p95 desc;

comment on view slow_destinations is 'The response time of each destination in the last 24 hours, slowest first.';
comment on column slow_destinations.destination is 'Host and port.';
comment on column slow_destinations.attempts is 'How many attempts called it.';
comment on column slow_destinations.failed is 'How many of them failed.';
comment on column slow_destinations.p50 is 'Half of the calls were faster.';
comment on column slow_destinations.p95 is '95 % were faster.';
comment on column slow_destinations.p99 is '99 % were faster.';
comment on column slow_destinations.slowest is 'The slowest call.';
comment on column slow_destinations.open_until is 'Nothing is sent there before this time; null if it is not paused.';
comment on column slow_destinations.reason is 'Why it is paused.';

create view service_levels as
select metric, target, value, met
from (
    select count(*) filter (where a.outcome = 'done') as done, count(*) filter (where a.outcome = 'dead') as dead,
        -- A requested wait is not processing time.
        extract(epoch from avg(a.finished_at - a.job_created_at)
            filter (where a.outcome = 'done' and s.is_shared is not true)) as mean_seconds
    from job_attempts as a left join action_states as s on s.action = a.action
    where a.finished_at > now() - interval '24 hours'
) as t
cross join (select count(*) as depth from jobs where state in (0, 1) and unique_key is null) as q
cross join (
    select count(*) as lost from receipts as r
    where r.received_at > now() - interval '24 hours'
        and not exists (select from events as e where e.received_at = r.received_at and e.id = r.event_id)
) as l
cross join lateral (values
    (1, 'delivery success', '>= 99 %', round(t.done * 100.0 / nullif(t.done + t.dead, 0), 2),
        t.done * 100.0 / nullif(t.done + t.dead, 0) >= 99),
    (2, 'mean processing time', '< 5 s', round(t.mean_seconds, 3), t.mean_seconds < 5),
    (3, 'events in queue', '< 100', q.depth::numeric, q.depth < 100),
    (4, 'events lost', '0', l.lost::numeric, l.lost = 0)
) as v (place, metric, target, value, met)
order by v.place;

comment on view service_levels is 'The success metrics of the EverShop guide: of the last 24 hours, and of the current queue.';
comment on column service_levels.metric is 'The metric.';
comment on column service_levels.target is 'The target.';
comment on column service_levels.value is 'The measured value, in the unit of the target; null without data.';
comment on column service_levels.met is 'Whether it was reached; null without data.';

comment on column destinations.destination is 'Host and port; with an account in brackets if only its requests wait.';
