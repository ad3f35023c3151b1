-- The rights of the roles: no more than the programs use. Applied last, after functions and views were created; safe to
-- run again. Rights that an earlier version granted and this one does not are revoked first. SECURITY.md lists it; a
-- test compares.
revoke all on schema hookledger from public;
revoke all on all tables in schema hookledger from public, hookledger_ingest, hookledger_api, hookledger_batch,
    hookledger_operator, hookledger_reader;
revoke all on all sequences in schema hookledger from public, hookledger_ingest, hookledger_api, hookledger_batch,
    hookledger_operator, hookledger_reader;
revoke all on all functions in schema hookledger from public, hookledger_ingest, hookledger_api, hookledger_batch,
    hookledger_operator, hookledger_reader;
alter default privileges for role hookledger_owner revoke execute on functions from public;

grant usage on schema hookledger
    to hookledger_ingest, hookledger_api, hookledger_batch, hookledger_operator, hookledger_reader;

-- The public path: the record functions of this and the previous version, refusals, handshakes, counters.
grant execute on function record, record_2, refuse, note_handshakes, add_metrics, keep_refused, note_peers, noted_peers
    to hookledger_ingest;
-- Each program reports the configuration that it uses.
grant execute on function note_configuration, refuse_configuration, leave_configuration
    to hookledger_ingest, hookledger_api, hookledger_batch;

-- The batch processor.
grant select on event_records, source_shops, repetitions to hookledger_batch;
grant select on events, orders, receipts, refusals, heartbeats, upkeep to hookledger_batch;
grant select, insert, update, delete on jobs to hookledger_batch;
grant select on job_attempts to hookledger_batch;
grant execute on function finish_jobs, write_attempts to hookledger_batch;
grant select, insert, update, delete on effects to hookledger_batch;
grant usage on sequence lease_tokens to hookledger_batch;
grant select on run_slots, restores to hookledger_batch;
grant execute on function advance_generation, is_in_doubt to hookledger_batch;
grant update (holder, token, taken_at, expires_at, is_waiting) on run_slots to hookledger_batch;
grant select, insert, update, delete on action_states, destinations to hookledger_batch;
grant select, insert, update on alerts to hookledger_batch;
grant execute on function record, record_2, refuse, beat, ensure_partitions, partition_days_ahead to hookledger_batch;
grant execute on function next_orders, rebuild_records, body_text, cart_customer to hookledger_batch;
grant execute on function move_inventory, return_inventory to hookledger_batch;
-- Retention: by the batch processor, and by a person whom it asked to confirm.
grant execute on function known_clocks, begin_upkeep, hold_upkeep, old_partitions, drop_oldest_partition, delete_old_receipts,
    delete_old_refusals, delete_old_repetitions, delete_old_handshakes, delete_old_person_keys
    to hookledger_batch, hookledger_operator;
grant select on products, inventory, inventory_movements, customers, comments, conversations, messages
    to hookledger_batch;
grant update (delivered_at) on messages to hookledger_batch;
grant execute on function write_message to hookledger_batch;
grant execute on function decide_comment, make_follow_up to hookledger_batch, hookledger_operator, hookledger_api;

grant select, insert, update on reconcile_marks, reconciliations, reconcile_findings
    to hookledger_batch, hookledger_operator;
grant execute on function why_missing, delete_old_reconciles to hookledger_batch, hookledger_operator;
grant usage on sequence lease_tokens to hookledger_operator;
-- The watch over the registered webhooks.
grant select, insert, update on webhook_looks, webhook_states, webhook_repairs to hookledger_batch;
grant execute on function deleted_webhooks to hookledger_batch, hookledger_operator;
grant execute on function delete_old_webhook_states to hookledger_batch, hookledger_operator;
-- The shapes of bodies.
grant select, update (seen, target, after_transaction, after_id) on shape_progress to hookledger_batch;
grant select, insert, update on event_shapes, shape_members to hookledger_batch;
grant delete on shape_members to hookledger_batch;
grant select, insert on shape_changes to hookledger_batch;
grant execute on function begin_shapes to hookledger_batch;
grant execute on function delete_old_schema_changes to hookledger_batch, hookledger_operator;
-- Telemetry.
grant select, insert, update on telemetry_progress to hookledger_batch;
grant execute on function row_transaction to hookledger_batch;
-- What views say of each row they show.
grant execute on function path_above to hookledger_api, hookledger_operator, hookledger_reader, hookledger_batch;
grant execute on function printed_order to hookledger_batch;

-- Tokens of providers' APIs: encrypted, and for these two roles only.
grant select, insert, update, delete on credentials, credential_shops to hookledger_batch, hookledger_operator;
-- What the view of them asks, which names no token.
grant execute on function token_shop, jobs_held_for_token
    to hookledger_batch, hookledger_operator, hookledger_api, hookledger_reader;

-- The API and the command line tool.
grant select on all tables in schema hookledger to hookledger_operator;
-- A backup reads sequences, too, and partitions that were made after the last migration.
grant select on all sequences in schema hookledger to hookledger_operator;
alter default privileges for role hookledger_owner in schema hookledger grant select on tables to hookledger_operator;
grant execute on function is_held, hold_restored, restored_jobs, release_restored, partition_days_ahead
    to hookledger_operator;
grant insert, update (revoked_at) on api_tokens to hookledger_operator;
grant insert, update on registered_webhooks to hookledger_operator;
grant execute on function retry_dead_letters, discard_dead_letters to hookledger_operator, hookledger_api;
-- In a cell, whoever adds a row of a source gives it the slot of the source (slot_of_source()).
grant execute on function source_slot to hookledger_batch, hookledger_operator;
-- For what a router reads here for its people.
grant select on restores to hookledger_api;
-- For the functions that a router calls over PL/Proxy.
grant execute on function keep_commit to hookledger_api;
grant execute on function release_jobs to hookledger_operator, hookledger_api;
grant execute on function release_decided, release_paused, hold_jobs to hookledger_batch;
grant select on pauses to hookledger_batch;
grant execute on function pause_hold to hookledger_batch, hookledger_operator, hookledger_api, hookledger_reader;
grant execute on function pause_jobs, resume_jobs to hookledger_operator;
grant execute on function ambiguous_shop_reason to hookledger_batch;
grant execute on function is_verified to hookledger_api, hookledger_operator, hookledger_reader, hookledger_batch;
-- Beside views: the tables that replays read.
grant select on events, event_records, jobs, orders to hookledger_api;
grant execute on function find_token, find_token_2 to hookledger_api;
grant execute on function cluster_era to hookledger_api, hookledger_operator;
grant execute on function is_from_other_cluster to hookledger_api, hookledger_batch, hookledger_operator;
grant execute on function event_outcome to hookledger_api, hookledger_operator, hookledger_reader, hookledger_batch;
grant execute on function add_metrics to hookledger_api, hookledger_batch;
grant execute on function body_text to hookledger_api, hookledger_operator, hookledger_reader;
grant execute on function partition_days_ahead to hookledger_operator;
-- What views say of each row they show.
grant execute on function unverified_fields, event_error, event_status, order_outcome, reads_now, time_that_orders
    to hookledger_api, hookledger_operator, hookledger_reader, hookledger_batch;
grant execute on function keep_statistics, kept_views, advance_activity to hookledger_batch;
-- What the views of activity count at the request.
grant execute on function activity_now, lives_now, uncounted_time, lives_between, step_start, source_of_event
    to hookledger_api, hookledger_operator, hookledger_reader, hookledger_batch;
grant execute on function record, record_2, next_orders, rebuild_records, decide_shop, accept_source,
    next_unverified_records,
    rebuild_position
    to hookledger_operator;
-- Not its number, time and link.
grant insert (actor, action, subject, reason, details) on operator_log to hookledger_operator, hookledger_api, hookledger_batch;

-- Audits, and the chain over the operator log: by the batch processor, and by a person.
grant select on spooled_duplicates to hookledger_batch;
grant execute on function record_audit, lock_chain, sealed_content, unsealed_rows, append_links,
    delete_old_spooled_duplicates to hookledger_batch, hookledger_operator;
grant execute on function prune_chain to hookledger_operator;

-- The quarantine: released by a person, or by the batch processor whom a person has asked over the API.
grant select on quarantine, release_requests to hookledger_batch;
grant execute on function is_said_since, decide_refused, end_release to hookledger_batch, hookledger_operator;
grant execute on function quarantined, ask_release to hookledger_api;
grant execute on function delete_old_quarantine to hookledger_batch, hookledger_operator;

-- Replays, from either. What is changed goes through the door of every delivery, marked as an operator's.
grant execute on function record, record_2, begin_replay, replay_begun, replay_events, replay_changed, jobs_of_event
    to hookledger_operator, hookledger_api;
grant execute on function replay_status, cancel_replay to hookledger_operator;

-- Requests about a person: from the batch processor, the command line and the API.
grant execute on function redact_events, redact_event_records, redact_rows, replace_person_rows, strip_orders, redact_texts, person_texts,
    person_rows, person_row_page, person_shop_orders, person_key_rows, person_index_state, person_event_shop, person_documents,
    forget_person_keys, next_orders, rebuild_records, persons_due
    to hookledger_batch, hookledger_operator, hookledger_api;
grant execute on function ask_aside to hookledger_batch, hookledger_operator, hookledger_api;
grant select, update (hosts), delete on aside_requests to hookledger_batch;
-- The person index, which the batch processor fills.
grant select, insert, update on person_keys, person_index to hookledger_batch;
grant delete on person_index to hookledger_batch;
grant truncate on person_keys to hookledger_batch;

-- People in psql and the API: every view, no table.
do $$
declare
    name text;
begin
    for name in select viewname from pg_views where schemaname = 'hookledger' loop
        execute format('grant select on hookledger.%I to hookledger_reader, hookledger_batch, hookledger_api', name);
    end loop;
end
$$;
