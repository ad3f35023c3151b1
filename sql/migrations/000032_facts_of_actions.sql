-- What the batch processor knows of its actions, for views and functions. Null until its first run of this version.

alter table action_states add column settles_doubt boolean, add column is_shared boolean;

comment on column action_states.settles_doubt is 'Whether the next attempt can settle whether an effect has happened: the destination accepts a repeated request as one, or can be asked.';
comment on column action_states.is_shared is 'Whether one job does the work of many events and waits for them.';
