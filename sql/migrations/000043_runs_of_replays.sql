-- The jobs of a replay say which one made them, for its progress and its end. A job that is not of a replay has no entry in
-- the index.
alter table jobs add column run text;
comment on column jobs.run is 'The replay that made it or made it ready again; null for others. It waits behind the jobs of live deliveries.';
create index jobs_run on jobs (run) where run is not null;
create index replays_run on replays (run);
create index operator_log_cancelled_run on operator_log ((details ->> 'run')) where action = 'replay.cancel';
