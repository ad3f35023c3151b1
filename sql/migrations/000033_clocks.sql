-- The clocks that retention compares, the canary of the responder, and actions that a mistake disables.

-- The second row is the responder's, which its canary and its batches replace.
alter table heartbeats
    drop constraint one_row,
    add column clock timestamptz;
comment on table heartbeats is 'When the programs last reported, and what their own clocks said: a row of the batch processor and one of the responder.';
comment on column heartbeats.is_batch is 'true: the batch processor; false: the responder.';
comment on column heartbeats.beat_at is 'When it last reported, by Postgres'' clock.';
comment on column heartbeats.clock is 'The same by its own clock; null for reports of earlier versions.';

alter table upkeep add column held text, add column held_since timestamptz;
comment on column upkeep.held_since is 'Since when it waits; null if it does not.';
comment on column upkeep.held is 'The reason why the task waits for a person; null if it does not.';

alter table action_states add column disabled_by text;
comment on column action_states.disabled_by is 'The mistake in the configuration because of which its jobs are held; null for none.';
