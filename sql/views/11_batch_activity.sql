create view batch_activity as
select greatest(
    (select max(begun_at) from upkeep),
    (select max(updated_at) from metrics where program = 'batch'),
    (select max(beat_at) from heartbeats where is_batch)) as seen_at;

comment on view batch_activity is 'The last activity of a batch processor.';
comment on column batch_activity.seen_at is 'The newest sign of one: its heartbeat, a started upkeep, or counted attempts. Null if there never was one.';
