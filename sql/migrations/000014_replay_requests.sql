-- What a replay's run was asked for is in operator_log, and is found by the run.
create index operator_log_run on operator_log ((details ->> 'run')) where action = 'replay';
comment on column operator_log.details is 'What else belongs to it: counts, changed fields; of a replay its run, filter, set and again, and in "now" the moment it was begun, in microseconds since 1970. Never a secret, never a body.';
