-- The receiver's operation: silent sources, refusals and reasons, latencies, duplicates.
create view provider_silence as
select source, count(*) as events, max(received_at) as last_event_at,
    percentile_disc(0.95) within group (order by gap) as expected_interval, now() - max(received_at) as silent_for,
    case when count(gap) >= 10 then
        now() - max(received_at) > greatest(3 * percentile_disc(0.95) within group (order by gap), interval '5 min')
    end as is_silent
from (
    select source, received_at, received_at - lag(received_at) over (partition by source order by received_at) as gap
    from events
    where received_at > now() - interval '7 days' and origin in ('delivery', 'spool')
) as e
group by source;

comment on view provider_silence is 'The silence of each source, compared with its usual interval. A source that has been silent for a week is not in it.';
comment on column provider_silence.source is 'The configured sender.';
comment on column provider_silence.events is 'How many events it has sent in the last 7 days.';
comment on column provider_silence.last_event_at is 'When the last one was received.';
comment on column provider_silence.expected_interval is '95 % of the pauses between two of its events in the last 7 days were shorter; null after a single event.';
comment on column provider_silence.silent_for is 'The time since its last event.';
comment on column provider_silence.is_silent is 'Whether that is more than three times the expected interval, and more than 5 minutes; null with fewer than 10 intervals.';

create view refusals_by_reason as
select source, kind, count(*) as recorded, sum(1 + unrecorded) as refused, count(distinct remote_addr) as peers,
    min(refused_at) as first_refused_at, max(refused_at) as last_refused_at,
    (array_agg(reason order by refused_at desc))[1] as last_reason,
    (array_agg(path order by refused_at desc))[1] as last_path
from refusals
group by source, kind;

comment on view refusals_by_reason is 'Refusals that are kept, counted by source and kind.';
comment on column refusals_by_reason.source is 'The configured sender; null when the path belongs to none.';
comment on column refusals_by_reason.kind is 'The kind of refusal, such as no_secret_matched or outside_tolerance.';
comment on column refusals_by_reason.recorded is 'How many have a row.';
comment on column refusals_by_reason.refused is 'How many there were, including those that were only counted.';
comment on column refusals_by_reason.peers is 'From how many addresses.';
comment on column refusals_by_reason.first_refused_at is 'When the first was refused.';
comment on column refusals_by_reason.last_refused_at is 'When the last was refused.';
comment on column refusals_by_reason.last_reason is 'The details for fixing the last one.';
comment on column refusals_by_reason.last_path is 'The path of the last one.';

-- Events about an order that are not stored in its row: those that name it, its return or its request to cancel, and a
-- destination's webhooks about an action's result (Printify's). By indexes: "offset 0" as below.
create view order_mentions as
select o.id as order_row, e.id as event_id, e.received_at, e.source, e.type, e.provider_type, e.verification, e.origin,
    n.about
from orders as o
cross join lateral (
    select o.source, null as provider, 'order:' || o.order_id as subject, 'the order' as about
    union all
    select o.source, null, 'return:' || (o.extra ->> 'return_id'), 'its return' where o.extra ? 'return_id'
    union all
    select o.source, null, 'cancellation:' || (o.extra ->> 'cancel_id'), 'its request to cancel'
    where o.extra ? 'cancel_id'
    union all
    select null, f.kind, 'order:' || f.external_id, concat_ws(' ', 'what', f.action, 'made:', f.external_id)
    from effects as f
    where f.order_row = o.id and f.external_id is not null
) as n
cross join lateral (
    select a.* from events as a
    where a.subject = n.subject and a.order_row is null and a.record_row is null offset 0
) as e
where (e.source = n.source and coalesce(e.shop_key, o.shop_key) = o.shop_key or e.provider = n.provider)
    and not exists (select from event_records as r where r.event_id = e.id and r.record_row = o.id and r.record_kind = 'order');

comment on view order_mentions is 'Events about an order that are not stored in its row: they name it, its return, its request to cancel, or an action''s result for it.';
comment on column order_mentions.order_row is 'The order: orders.id.';
comment on column order_mentions.event_id is 'The event.';
comment on column order_mentions.received_at is 'When it was received.';
comment on column order_mentions.source is 'The source that sent it.';
comment on column order_mentions.type is 'Its normalized type.';
comment on column order_mentions.provider_type is 'Its type in the provider''s words.';
comment on column order_mentions.verification is 'Its proof.';
comment on column order_mentions.origin is 'Its origin.';
comment on column order_mentions.about is 'Its relation to the order.';

-- From the order to its events and from each to its attempts, by their indexes: "offset 0" keeps the planner to it,
-- which otherwise reads whole tables before it knows their size. An event about the order without its row is found by
-- its subject.
create view order_timeline as
select o.source, o.order_id, t.at, t.what, t.event_id, t.job_id, t.description, o.id as order_row
from orders as o
cross join lateral (
    select e.received_at, e.id, e.origin, e.type, e.provider_type, e.verification, e.disposition, e.changes,
        null::text as about
    from events as e where e.order_row = o.id
    union all
    select e.received_at, e.id, e.origin, e.type, e.provider_type, e.verification, r.disposition, r.changes, null
    from event_records as r
    cross join lateral (
        select * from events as a where a.received_at = r.event_received_at and a.id = r.event_id offset 0
    ) as e
    where r.record_row = o.id and r.record_kind = 'order'
    union all
    select m.received_at, m.event_id, m.origin, m.type, m.provider_type, m.verification, null, null, m.about
    from order_mentions as m where m.order_row = o.id
    offset 0
) as e
cross join lateral (
    select e.received_at as at, case when e.origin = 'delivery' then 'event' else e.origin end as what,
        e.id as event_id, null::bigint as job_id,
        concat_ws(' ', e.type, '(' || e.provider_type || ',', e.verification || '):',
            'about ' || e.about,
            case e.disposition
                when 'created' then 'created the order'
                when 'stale' then 'has nothing newer'
                when 'stored' then 'changed nothing'
                when 'applied' then coalesce('changed ' || (
                    select string_agg(f.key || case when f.key in ('items', 'shipping_address', 'tracking_numbers') then ''
                        else ' from ' || coalesce(f.value ->> 0, '-') || ' to ' || coalesce(f.value ->> 1, '-') end,
                        ', ' order by f.key)
                    from jsonb_each(e.changes) as f where f.key <> 'changed_at'), 'changed nothing')
            end) as description
    union all
    select t.finished_at, 'attempt', e.id, t.job_id,
        concat_ws(' ', t.action, t.outcome, 'at attempt ' || t.attempt, 'to ' || t.destination, 'status ' || t.status)
            || coalesce(': ' || t.reason, '')
    from (select * from job_attempts as a where a.event_id = e.id offset 0) as t
    -- An alert is about an event, but nothing that happened to the order.
    where (t.order_row is null or t.order_row = o.id) and t.rule <> '(alert)'
    union all
    select r.replayed_at, 'replayed', r.event_id, null,
        concat_ws(' ', 'run', r.run, 'made event ' || r.new_event_id, 'with', r.jobs, 'jobs')
    from (select * from replays as a where a.event_id = e.id offset 0) as r
) as t
union all
select o.source, o.order_id, j.run_at,
    case j.state when 0 then 'waiting' when 1 then 'running' when 3 then 'held' else 'dead letter' end, j.event_id,
    j.job_id, concat_ws(' ', j.action, 'for ' || j.hold_reason, 'after attempt ' || nullif(j.attempt, 0)) || coalesce(': ' || j.last_error, ''), o.id
from orders as o
cross join lateral (select * from jobs as k where k.order_row = o.id and k.rule <> '(alert)' offset 0) as j
union all
select o.source, o.order_id, r.read_at, 'read anew', null, null,
    'changed ' || array_to_string(r.fields, ', '), o.id
from orders as o
cross join lateral (select * from order_readings as a where a.order_row = o.id offset 0) as r;

comment on view order_timeline is 'The history of an order: events with their changes, attempts at its jobs, open jobs, replays. Sort by at.';
comment on column order_timeline.source is 'The configured sender.';
comment on column order_timeline.order_id is 'The order''s id as the provider writes it.';
comment on column order_timeline.at is 'The time; for an open job, when it is due.';
comment on column order_timeline.what is 'event, spool, replay or fetched (an event and its origin), attempt, waiting, running, held, dead letter, replayed, or read anew (hookledger orders rebuild).';
comment on column order_timeline.event_id is 'The event; null for read anew.';
comment on column order_timeline.job_id is 'The job; null for events.';
comment on column order_timeline.description is 'A description in words.';
comment on column order_timeline.order_row is 'The order: orders.id.';

create view event_latency as
select e.source, count(*) as events,
    percentile_disc(0.5) within group (order by e.received_at - e.occurred_at) as sent_p50,
    percentile_disc(0.99) within group (order by e.received_at - e.occurred_at) as sent_p99,
    percentile_disc(0.5) within group (order by t.first_byte_at - e.received_at) as action_p50,
    percentile_disc(0.95) within group (order by t.first_byte_at - e.received_at) as action_p95,
    percentile_disc(0.99) within group (order by t.first_byte_at - e.received_at) as action_p99,
    percentile_disc(0.5) within group (order by t.done_at - e.received_at) as done_p50,
    percentile_disc(0.95) within group (order by t.done_at - e.received_at) as done_p95,
    percentile_disc(0.99) within group (order by t.done_at - e.received_at) as done_p99
from events as e
left join (
    select event_id, min(first_byte_at) as first_byte_at, max(finished_at) filter (where outcome = 'done') as done_at
    from job_attempts
    where finished_at > now() - interval '24 hours'
    group by event_id
) as t on t.event_id = e.id
where e.received_at > now() - interval '24 hours' and e.origin in ('delivery', 'spool')
group by e.source;

comment on view event_latency is 'How long deliveries of the last 24 hours took, by source.';
comment on column event_latency.source is 'The configured sender.';
comment on column event_latency.events is 'How many were received.';
comment on column event_latency.sent_p50 is 'From its time by the sender''s clock to its receipt: half were faster.';
comment on column event_latency.sent_p99 is 'The same: 99 % were faster.';
comment on column event_latency.action_p50 is 'From receipt to the first byte sent to an action''s destination: half were faster.';
comment on column event_latency.action_p95 is 'The same: 95 % were faster.';
comment on column event_latency.action_p99 is 'The same: 99 % were faster.';
comment on column event_latency.done_p50 is 'From receipt to the end of its last job: half were faster.';
comment on column event_latency.done_p95 is 'The same: 95 % were faster.';
comment on column event_latency.done_p99 is 'The same: 99 % were faster.';

create view duplicate_deliveries as
select a.source, a.deliveries, coalesce(d.duplicates, 0) as duplicates,
    round(coalesce(d.duplicates, 0) * 100.0 / nullif(a.deliveries, 0), 2) as share, d.last_counted_at
from (
    select labels ->> 'source' as source, sum(value)::bigint as deliveries
    from metrics
    where name = 'hookledger_deliveries_total' and labels ->> 'verdict' <> 'refused'
    group by labels ->> 'source'
) as a
left join (
    select labels ->> 'source' as source, sum(value)::bigint as duplicates, max(updated_at) as last_counted_at
    from metrics
    where name = 'hookledger_duplicates_total'
    group by labels ->> 'source'
) as d on d.source = a.source;

comment on view duplicate_deliveries is 'The duplicates among accepted deliveries, by source, since the counters began. A duplicate leaves no row: it is counted every two seconds.';
comment on column duplicate_deliveries.source is 'The configured sender.';
comment on column duplicate_deliveries.deliveries is 'How many were accepted, duplicates included.';
comment on column duplicate_deliveries.duplicates is 'How many of them were duplicates.';
comment on column duplicate_deliveries.share is 'The same in percent.';
comment on column duplicate_deliveries.last_counted_at is 'When one was last counted.';
