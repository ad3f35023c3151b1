-- Statistics by source, for tokens that are limited to sources, and for the list of sources.
create view webhook_statistics_of_shops as
select e.source, e.shop_id, e.provider_type as event_type, count(*) as total, count(d.event_id) as failed,
    max(e.received_at) as last_received
from events as e
left join (select distinct event_id from jobs where state = 2) as d on d.event_id = e.id
where e.origin in ('delivery', 'spool')
group by e.source, e.shop_id, e.provider_type;

comment on view webhook_statistics_of_shops is 'Deliveries counted by source, shop and type, without replays and fetched events.';
comment on column webhook_statistics_of_shops.source is 'The configured sender.';
comment on column webhook_statistics_of_shops.shop_id is 'The sender''s shop.';
comment on column webhook_statistics_of_shops.event_type is 'The type in the provider''s words.';
comment on column webhook_statistics_of_shops.total is 'How many were stored.';
comment on column webhook_statistics_of_shops.failed is 'How many have a dead letter.';
comment on column webhook_statistics_of_shops.last_received is 'When the last one was received.';

-- The source of a job is that of its order, else that of its event.
create view queue_depth_of_sources as
select coalesce(o.source, source_of_event(j.event_id, j.event_received_at)) as source, j.action, j.kind,
    count(*) filter (where j.state = 0 and j.run_at <= now()) as due,
    count(*) filter (where j.state = 0 and j.run_at > now()) as waiting,
    count(*) filter (where j.state = 1) as running, count(*) filter (where j.state = 2) as dead,
    min(j.created_at) filter (where j.state <> 2) as oldest_at, count(*) filter (where j.state = 3) as held
from jobs as j
left join orders as o on o.id = j.order_row
group by 1, j.action, j.kind;

comment on view queue_depth_of_sources is 'Jobs counted by source and action.';
comment on column queue_depth_of_sources.source is 'The configured sender; null if the event is deleted.';
comment on column queue_depth_of_sources.action is 'The action.';
comment on column queue_depth_of_sources.kind is 'Its kind.';
comment on column queue_depth_of_sources.due is 'Ready, and due now.';
comment on column queue_depth_of_sources.waiting is 'Ready, and due later.';
comment on column queue_depth_of_sources.running is 'Running now.';
comment on column queue_depth_of_sources.dead is 'Dead letters.';
comment on column queue_depth_of_sources.oldest_at is 'When the oldest open one was created.';
comment on column queue_depth_of_sources.held is 'Held.';

create view source_activity as
select coalesce(e.source, r.source) as source, e.last_event_at, e.usual_seconds, coalesce(e.events_24h, 0) as events_24h,
    coalesce(r.refusals_24h, 0) as refusals_24h, r.last_refusal_id
from (
    select source, max(received_at) as last_event_at,
        case when count(*) > 10 then
            extract(epoch from max(received_at) - min(received_at)) / (count(*) - 1)
        end as usual_seconds,
        count(*) filter (where received_at > now() - interval '24 hours') as events_24h
    from events
    where received_at > now() - interval '8 days' and origin in ('delivery', 'spool') group by source
) as e
full join (
    select source, max(id) as last_refusal_id,
        coalesce(sum(1 + unrecorded) filter (where refused_at > now() - interval '24 hours'), 0) as refusals_24h
    from refusals where source is not null group by source
) as r on r.source = e.source;

comment on view source_activity is 'Deliveries and refusals of each source.';
comment on column source_activity.source is 'The configured sender.';
comment on column source_activity.last_event_at is 'When it last delivered, within eight days.';
comment on column source_activity.usual_seconds is 'The mean interval of its deliveries of eight days; null for ten or fewer.';
comment on column source_activity.events_24h is 'Deliveries of the last 24 hours.';
comment on column source_activity.refusals_24h is 'Refusals of the last 24 hours.';
comment on column source_activity.last_refusal_id is 'The last refusal: refusals.id.';
