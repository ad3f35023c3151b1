create view comment_log as
select e.received_at as "timestamp", e.source, e.provider_type as event_type, c.comment_id, c.video_id,
    case e.type
        when 'comment.deleted' then 'deleted'
        when 'comment.created' then coalesce(c.moderation, 'pending')
        else 'none'
    end as action,
    e.id as event_id
from events as e
join comments as c on c.id = e.record_row
where e.record_kind = 'comment' and e.record_row is not null;

comment on view comment_log is 'Every event about a comment, with the action on it; the log of the comment moderation guide.';
comment on column comment_log."timestamp" is 'When the event was received.';
comment on column comment_log.source is 'The configured sender.';
comment on column comment_log.event_type is 'The type in the provider''s words.';
comment on column comment_log.comment_id is 'The comment''s id as the provider writes it.';
comment on column comment_log.video_id is 'The comment''s video.';
comment on column comment_log.action is 'deleted for a deletion; for a new comment the decision so far: allow, review, delete, or pending; else none.';
comment on column comment_log.event_id is 'The event.';
