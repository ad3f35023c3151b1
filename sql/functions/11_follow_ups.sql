-- A job that is created by another one, or by a person's decision: its rule is one that no configuration can name, and
-- its note has its task. Runs as the owner, so that the decision needs no right to write jobs.
create or replace function make_follow_up(
    p_action text, p_kind text, p_attempts int, p_order_row bigint, p_event_id bigint, p_event_received_at timestamptz,
    p_note text
) returns void language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select lift_replayed(array[p_order_row], array[p_action], array[0]);
    insert into jobs (action, kind, rule, max_attempts, order_row, event_id, event_received_at, note)
    values (p_action, p_kind, '(follow-up)', p_attempts::smallint, p_order_row, p_event_id, p_event_received_at, p_note)
$$;
comment on function make_follow_up is 'Creates a job that follows from another one or from a decision.';
