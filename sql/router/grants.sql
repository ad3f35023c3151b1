-- The rights of the roles at a router: the door. Nobody but the owner reads the connections of the cells.
revoke all on schema hookledger, plproxy from public;
revoke all on all tables in schema hookledger from public, hookledger_ingest, hookledger_api, hookledger_batch,
    hookledger_operator, hookledger_reader;
revoke all on all functions in schema hookledger from public, hookledger_ingest, hookledger_api, hookledger_batch,
    hookledger_operator, hookledger_reader;
revoke all on all functions in schema plproxy from public;

grant usage on schema hookledger
    to hookledger_ingest, hookledger_api, hookledger_batch, hookledger_operator, hookledger_reader;
grant execute on function record_2, refuse, note_handshakes, add_metrics, lost_cell, keep_refused, note_peers, noted_peers
    to hookledger_ingest;
grant execute on function note_configuration, refuse_configuration, leave_configuration
    to hookledger_ingest, hookledger_api, hookledger_batch;
-- The spool is imported through the door.
grant execute on function record_2, refuse to hookledger_batch;
grant execute on function add_metrics to hookledger_api, hookledger_batch;
grant select (name, added_at, away_since) on cells to hookledger_operator, hookledger_batch;
grant select on slots, metrics, schema_migrations to hookledger_operator;
-- What the views ask of each cell.
grant execute on function answers to hookledger_operator, hookledger_reader, hookledger_api, hookledger_batch;
-- dblink and PL/Proxy's own functions: for what the owner runs.
grant execute on all functions in schema plproxy to hookledger_owner;
-- The API, beside the views (arrange_views()).
grant execute on function find_token_2 to hookledger_api;
grant execute on function event_outcome, event_status, order_outcome, jobs_of_event, cluster_era
    to hookledger_api, hookledger_operator;
grant execute on function quarantined, ask_release to hookledger_api;
grant execute on function retry_dead_letters, discard_dead_letters, release_jobs to hookledger_api, hookledger_operator;
grant insert (actor, action, subject, reason, details) on operator_log to hookledger_api, hookledger_operator;
grant select on operator_log, api_tokens to hookledger_operator;
grant insert, update (revoked_at) on api_tokens to hookledger_operator;
grant select on missing_cells to hookledger_operator, hookledger_reader, hookledger_api, hookledger_batch;
