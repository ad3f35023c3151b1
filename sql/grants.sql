-- Who may do what. Applied last, after the functions and views were made anew; safe to run again.
revoke all on schema hookledger from public;
revoke all on all tables in schema hookledger from public;
revoke all on all functions in schema hookledger from public;
alter default privileges for role hookledger_owner revoke execute on functions from public;

grant usage on schema hookledger
    to hookledger_ingest, hookledger_api, hookledger_batch, hookledger_operator, hookledger_reader;

-- The public path: three functions.
grant execute on function record, refuse, add_metrics to hookledger_ingest;

-- The batch processor.
grant select on events, orders, order_items, receipts, refusals to hookledger_batch;
grant select, insert, update, delete on jobs to hookledger_batch;
grant select, insert on job_attempts to hookledger_batch;
grant select, insert, update, delete on effects to hookledger_batch;
grant usage on sequence lease_tokens to hookledger_batch;
grant select, insert, update, delete on action_states, destinations, alerts to hookledger_batch;
grant execute on function record, ensure_partitions, partition_days_ahead to hookledger_batch;
grant execute on function next_orders, rebuild_orders, redact_events, redact_rows, strip_orders, body_text,
    cart_customer
    to hookledger_batch;
grant execute on function begin_upkeep, drop_oldest_partition, delete_old_receipts, delete_old_refusals, move_inventory,
    return_inventory
    to hookledger_batch;
grant select on products, inventory, inventory_movements, customers, comments, conversations, messages
    to hookledger_batch;
grant insert, update on conversations, messages to hookledger_batch;
grant update (moderation, moderation_reason, moderated_at, moderated_by) on comments
    to hookledger_batch, hookledger_operator;
grant execute on function write_message to hookledger_batch;
grant execute on function decide_comment, make_follow_up to hookledger_batch, hookledger_operator, hookledger_api;

-- The API and the command line tool.
grant select on all tables in schema hookledger to hookledger_operator;
grant insert, update on api_tokens, registered_webhooks to hookledger_operator;
grant execute on function retry_dead_letters, discard_dead_letters to hookledger_operator, hookledger_api;
grant execute on function release_jobs to hookledger_operator, hookledger_api;
grant execute on function release_decided to hookledger_batch;
grant execute on function is_verified to hookledger_api, hookledger_operator, hookledger_reader, hookledger_batch;
-- Beside views: what replays read.
revoke all on all tables in schema hookledger from hookledger_api;
grant select on events, jobs, orders to hookledger_api;
grant execute on function find_token to hookledger_api;
grant execute on function event_outcome to hookledger_api, hookledger_operator;
grant execute on function add_metrics to hookledger_api, hookledger_batch;
grant execute on function body_text, partition_days_ahead to hookledger_api, hookledger_operator, hookledger_reader;
-- What views say of each row they show.
grant execute on function event_error to hookledger_api, hookledger_operator, hookledger_reader, hookledger_batch;
grant execute on function record, ensure_partitions, next_orders, rebuild_orders to hookledger_operator;
grant insert, update, delete on jobs, effects to hookledger_operator;
grant insert on job_attempts to hookledger_operator;
grant insert on operator_log to hookledger_operator, hookledger_api, hookledger_batch;

-- Replays, from either. What is changed goes through the door of every delivery, marked as an operator's.
grant execute on function record, replay_begun, replay_events, replay_changed, jobs_of_event, event_status
    to hookledger_operator, hookledger_api;

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
