-- A job that another one, or a person's decision, makes: of a rule that no configuration can name, with what it has to
-- do in its note. Runs as the owner, so that whoever decides needs no right to write jobs.
create or replace function make_follow_up(
    p_action text, p_kind text, p_attempts int, p_order_row bigint, p_event_id bigint, p_event_received_at timestamptz,
    p_note text
) returns void language sql volatile security definer set search_path = hookledger, pg_temp as $$
    insert into jobs (action, kind, rule, max_attempts, order_row, event_id, event_received_at, note)
    values (p_action, p_kind, '(follow-up)', p_attempts::smallint, p_order_row, p_event_id, p_event_received_at, p_note)
$$;
comment on function make_follow_up is 'Makes a job that follows from another one or from a decision.';
