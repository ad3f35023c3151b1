create view batch_runs as
select slot, holder, taken_at, expires_at from run_slots where expires_at > now();

comment on view batch_runs is 'The runs of the batch processor that work now.';
comment on column batch_runs.slot is 'The slot that the run holds.';
comment on column batch_runs.holder is 'Host and process of the run.';
comment on column batch_runs.taken_at is 'When the run began.';
comment on column batch_runs.expires_at is 'When its lease ends unless it is renewed.';
