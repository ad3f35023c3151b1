-- How long a job was held, and which hold a person has ended: time that does not count against it, and a reason that does
-- not hold it again.
alter table jobs add column held_for interval not null default interval '0';
alter table jobs add column released_hold text;
create index jobs_held on jobs (hold_reason, job_id) where state = 3;
comment on column jobs.held_for is 'How long it was held so far; give_up stands still meanwhile.';
comment on column jobs.released_hold is 'The reason of the hold that a person has ended: it does not hold the job again.';

-- Which sources took unsigned deliveries of late, found without reading all events.
create index events_unverified on events (source, received_at)
    where verification = 'unverified' and origin in ('delivery', 'spool');
