-- Replays: what an operator ran again, and which event it was when it was changed.

create table replays (
    run text not null,
    event_id bigint not null,
    new_event_id bigint,
    jobs int not null,
    replayed_at timestamptz not null default now(),
    primary key (event_id, run)
);
create index replays_new_event on replays (new_event_id) where new_event_id is not null;

comment on table replays is 'One row for every event that was replayed, per run: a run that was broken off goes on where it stopped. Who and why is in operator_log.';
comment on column replays.run is 'The run''s name: details.run in operator_log.';
comment on column replays.event_id is 'The event that was replayed.';
comment on column replays.new_event_id is 'The event that a replay with changes made; null when the event itself was run again.';
comment on column replays.jobs is 'How many jobs it made or made ready again.';
comment on column replays.replayed_at is 'When.';

alter table jobs add column again text;
comment on column jobs.again is 'The replay in which its effect may happen once more although it has happened; null for all others.';

-- A job is found by its order; one that is about none, by its event.
create index jobs_event on jobs (event_id) where order_row is null;

-- Ids are nearly in the order of the rows, so a few pages of index find an event by its id alone.
create index events_id on events using brin (id) with (pages_per_range = 16, autosummarize = on);
