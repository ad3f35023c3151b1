-- The expected webhooks and their times in each state, the newest first.
create view webhook_history as
select s.id, s.source, s.api, s.topic, s.state, s.detail, s.webhook_id, s.off_from, s.since, s.seen_at, s.until, s.alarm
from webhook_states as s
order by s.since desc, s.id desc;

comment on view webhook_history is 'The history of the webhooks that the configuration expects at the providers.';
comment on column webhook_history.id is 'The row''s id.';
comment on column webhook_history.source is 'The source.';
comment on column webhook_history.api is 'The action whose API was asked.';
comment on column webhook_history.topic is 'The topic, as the configuration names it.';
comment on column webhook_history.state is 'on; missing; disabled: by the provider; paused: by a person; elsewhere: it leads to another address; other_version.';
comment on column webhook_history.detail is 'The same in words, if more is known.';
comment on column webhook_history.webhook_id is 'The provider''s id of the webhook.';
comment on column webhook_history.off_from is 'The last look at which it was on; null if there was none.';
comment on column webhook_history.since is 'The first look at which it had this state.';
comment on column webhook_history.seen_at is 'The last one so far.';
comment on column webhook_history.until is 'The look at which it had another state; null while it has this one.';
comment on column webhook_history.alarm is 'Whether people are alerted: it is off, and nothing is done about it.';

-- What the watch knows now.
create view webhook_watch as
select l.source, l.api, s.topic, s.state, s.detail, s.since, s.alarm, l.looked_at, l.due_at, l.failures, l.unauthorized,
    l.last_error, r.repairs as repairs_last_day, r.last_at as repaired_at, r.last_result as repair_failed
from webhook_looks as l
left join webhook_states as s on s.source = l.source and s.api = l.api and s.until is null
left join lateral (
    select count(*) filter (where r.at > now() - interval '1 day') as repairs, max(r.at) as last_at,
        (array_agg(r.result order by r.at desc))[1] as last_result
    from webhook_repairs as r where r.source = s.source and r.api = s.api and r.topic = s.topic
) as r on true
order by l.source, l.api, s.topic;

comment on view webhook_watch is 'The expected webhooks as the providers last said, and what was done about those that were off.';
comment on column webhook_watch.source is 'The source.';
comment on column webhook_watch.api is 'The action whose API is asked.';
comment on column webhook_watch.topic is 'The topic, as the configuration names it; null before the first answer.';
comment on column webhook_watch.state is 'on; missing; disabled: by the provider; paused: by a person; elsewhere: it leads to another address; other_version.';
comment on column webhook_watch.detail is 'The same in words, if more is known.';
comment on column webhook_watch.since is 'The first look at which it had this state.';
comment on column webhook_watch.alarm is 'Whether people are alerted: it is off, and nothing is done about it.';
comment on column webhook_watch.looked_at is 'The last time that the provider answered.';
comment on column webhook_watch.due_at is 'The time of the next look.';
comment on column webhook_watch.failures is 'The looks since the last answer that failed.';
comment on column webhook_watch.unauthorized is 'Whether the API refused the token at the last look.';
comment on column webhook_watch.last_error is 'Why the last look failed; null after an answer.';
comment on column webhook_watch.repairs_last_day is 'How often it was registered or enabled within the last 24 hours.';
comment on column webhook_watch.repaired_at is 'The last time.';
comment on column webhook_watch.repair_failed is 'Why the last time failed; null if it did not.';
