-- The functions of the REST API beside the views. What is about one row is asked in the cell of its id. PL/Proxy waits for a cell that
-- hangs, so answers() is asked before.

-- The slot of the row with an id; an error if its cell is missing.
create or replace function answering_slot(p_slot int) returns int language plpgsql volatile security definer
set search_path = hookledger, pg_temp as $$
declare
    v_cell text := (select s.cell from slots as s where s.slot = p_slot);
begin
    if v_cell is null or not answers(v_cell) then
        raise exception 'the cell % is missing', coalesce(v_cell, 'of slot ' || p_slot) using errcode = 'cannot_connect_now';
    end if;
    return p_slot;
end
$$;
comment on function answering_slot is 'A slot, if its cell answers.';

create or replace function slot_of_id(p_id bigint) returns int language sql immutable as $$
    select (p_id & 1023)::int
$$;
comment on function slot_of_id is 'The slot of a row: the low 10 bits of its id.';

-- One slot of each cell that answers and has one of the rows; of all that answer if there are no ids.
create or replace function slots_of_ids(p_ids bigint[]) returns setof int language plpgsql volatile security definer
set search_path = hookledger, pg_temp as $$
declare
    v_slot int;
begin
    if coalesce(cardinality(p_ids), 0) = 0 then
        return query select min(s.slot) from slots as s where answers(s.cell) group by s.cell order by 1;
        return;
    end if;
    for v_slot in
        select min(s.slot) from slots as s where s.slot in (select slot_of_id(i) from unnest(p_ids) as i) group by s.cell order by 1
    loop
        return next answering_slot(v_slot);
    end loop;
end
$$;
comment on function slots_of_ids is 'One slot of each cell that has one of the rows.';

-- Live cursors are snapshots of one database, so a router has none.
create or replace function cluster_era() returns text language sql immutable as $$ select null::text $$;
comment on function cluster_era is 'Null: a router has no live cursors.';

create or replace function send_event_outcome(p_event_id bigint, p_order_row bigint, p_received_at timestamptz)
returns table (status text, attempts bigint, last_error text, processed_at timestamptz)
language plproxy security definer as $$
    cluster 'readers';
    run on hookledger.slot_of_id(p_event_id);
    target hookledger.event_outcome;
$$;
comment on function send_event_outcome is 'event_outcome() in the cell of the event.';

create or replace function event_outcome(
    p_event_id bigint, p_order_row bigint, p_received_at timestamptz default '-infinity'
) returns table (status text, attempts bigint, last_error text, processed_at timestamptz)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    perform answering_slot(slot_of_id(p_event_id));
    return query select * from send_event_outcome(p_event_id, p_order_row, p_received_at);
end
$$;
comment on function event_outcome is 'The state of one event.';

create or replace function event_status(p_event_id bigint, p_order_row bigint) returns text language sql volatile security definer
set search_path = hookledger, pg_temp as $$
    select o.status from event_outcome(p_event_id, p_order_row) as o
$$;
comment on function event_status is 'The state of one event in one word.';

create or replace function send_order_outcome(p_order_row bigint, p_created_at timestamptz, p_updated_at timestamptz)
returns table (
    processed boolean, processed_at timestamptz, dead_jobs bigint, open_jobs bigint, held_jobs bigint, error_message text,
    hold_reason text
) language plproxy security definer as $$
    cluster 'readers';
    run on hookledger.slot_of_id(p_order_row);
    target hookledger.order_outcome;
$$;
comment on function send_order_outcome is 'order_outcome() in the cell of the order.';

create or replace function order_outcome(p_order_row bigint, p_created_at timestamptz, p_updated_at timestamptz)
returns table (
    processed boolean, processed_at timestamptz, dead_jobs bigint, open_jobs bigint, held_jobs bigint, error_message text,
    hold_reason text
) language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    perform answering_slot(slot_of_id(p_order_row));
    return query select * from send_order_outcome(p_order_row, p_created_at, p_updated_at);
end
$$;
comment on function order_outcome is 'The outcome of an order.';

create or replace function send_jobs_of_event(p_event_id bigint, p_order_row bigint) returns table (job_id bigint)
language plproxy security definer as $$
    cluster 'readers';
    run on hookledger.slot_of_id(p_event_id);
    select j.job_id from hookledger.jobs_of_event(p_event_id, p_order_row) as j;
$$;
comment on function send_jobs_of_event is 'jobs_of_event() in the cell of the event.';

create or replace function jobs_of_event(p_event_id bigint, p_order_row bigint) returns table (job_id bigint)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    perform answering_slot(slot_of_id(p_event_id));
    return query select * from send_jobs_of_event(p_event_id, p_order_row);
end
$$;
comment on function jobs_of_event is 'The ids of the open jobs of an event.';

create or replace function send_quarantined(p_slot int, p_request_id text, p_sources text[])
returns table (
    id bigint, provider text, state text, note text, event_id bigint, repeats int, is_known boolean, is_asked boolean, method text,
    path text, query text, headers text, body bytea
) language plproxy security definer as $$
    cluster 'readers';
    run on p_slot;
    select * from hookledger.quarantined(p_request_id, p_sources);
$$;
comment on function send_quarantined is 'quarantined() in one cell.';

create or replace function quarantined(p_request_id text, p_sources text[])
returns table (
    id bigint, provider text, state text, note text, event_id bigint, repeats int, is_known boolean, is_asked boolean, method text,
    path text, query text, headers text, body bytea
) language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select q.* from slots_of_ids(null) as s (slot) cross join lateral send_quarantined(s.slot, p_request_id, p_sources) as q
$$;
comment on function quarantined is 'The quarantined delivery of a request.';

create or replace function send_ask_release(p_id bigint, p_actor text) returns boolean language plproxy security definer as $$
    cluster 'readers';
    run on hookledger.slot_of_id(p_id);
    select r.asked from hookledger.keep_commit() as k cross join lateral hookledger.ask_release(p_id, p_actor) as r (asked);
$$;
comment on function send_ask_release is 'ask_release() in the cell of the delivery.';

create or replace function ask_release(p_id bigint, p_actor text) returns boolean language plpgsql volatile security definer
set search_path = hookledger, pg_temp as $$
begin
    perform answering_slot(slot_of_id(p_id));
    return send_ask_release(p_id, p_actor);
end
$$;
comment on function ask_release is 'Asks for another try of a quarantined delivery.';

-- The dead letters and held jobs: cell by cell, each with what the cells before left of the limit. Each cell commits on its own, so an
-- error in one leaves what others have done; the same request again finds the rest.
create or replace function send_retry(
    p_slot int, p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint,
    p_uncertain boolean, p_spread interval, p_write boolean
) returns table (job_id bigint, moved boolean, uncertain boolean) language plproxy security definer as $$
    cluster 'readers';
    run on p_slot;
    select r.* from hookledger.keep_commit() as k cross join lateral hookledger.retry_dead_letters(
        p_ids, p_action, p_kind, p_rule, p_order, p_error, p_limit, p_uncertain, p_spread, p_write) as r;
$$;
comment on function send_retry is 'retry_dead_letters() in one cell.';

create or replace function retry_dead_letters(
    p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint, p_uncertain boolean,
    p_spread interval, p_write boolean
) returns table (job_id bigint, moved boolean, uncertain boolean) language plpgsql volatile security definer
set search_path = hookledger, pg_temp as $$
declare
    v_left bigint := p_limit;
    v_slot int;
    v_count bigint;
begin
    for v_slot in select s from slots_of_ids(p_ids) as s loop
        exit when v_left <= 0;
        return query select * from send_retry(
            v_slot, p_ids, p_action, p_kind, p_rule, p_order, p_error, v_left, p_uncertain, p_spread, p_write);
        get diagnostics v_count = row_count;
        v_left := v_left - v_count;
    end loop;
end
$$;
comment on function retry_dead_letters is 'Tries dead letters again, in the cells that answer.';

create or replace function send_discard(
    p_slot int, p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint, p_reason text,
    p_write boolean
) returns table (job_id bigint, moved boolean, uncertain boolean) language plproxy security definer as $$
    cluster 'readers';
    run on p_slot;
    select r.* from hookledger.keep_commit() as k cross join lateral hookledger.discard_dead_letters(
        p_ids, p_action, p_kind, p_rule, p_order, p_error, p_limit, p_reason, p_write) as r;
$$;
comment on function send_discard is 'discard_dead_letters() in one cell.';

create or replace function discard_dead_letters(
    p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_error text, p_limit bigint, p_reason text,
    p_write boolean
) returns table (job_id bigint, moved boolean, uncertain boolean) language plpgsql volatile security definer
set search_path = hookledger, pg_temp as $$
declare
    v_left bigint := p_limit;
    v_slot int;
    v_count bigint;
begin
    for v_slot in select s from slots_of_ids(p_ids) as s loop
        exit when v_left <= 0;
        return query select * from send_discard(
            v_slot, p_ids, p_action, p_kind, p_rule, p_order, p_error, v_left, p_reason, p_write);
        get diagnostics v_count = row_count;
        v_left := v_left - v_count;
    end loop;
end
$$;
comment on function discard_dead_letters is 'Discards dead letters, in the cells that answer.';

create or replace function send_release(
    p_slot int, p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_reason text, p_limit bigint,
    p_for_good boolean, p_write boolean
) returns table (job_id bigint, hold_reason text) language plproxy security definer as $$
    cluster 'readers';
    run on p_slot;
    select r.* from hookledger.keep_commit() as k cross join lateral hookledger.release_jobs(
        p_ids, p_action, p_kind, p_rule, p_order, p_reason, p_limit, p_for_good, p_write) as r;
$$;
comment on function send_release is 'release_jobs() in one cell.';

create or replace function release_jobs(
    p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_reason text, p_limit bigint, p_for_good boolean,
    p_write boolean
) returns table (job_id bigint, hold_reason text) language plpgsql volatile security definer
set search_path = hookledger, pg_temp as $$
declare
    v_left bigint := p_limit;
    v_slot int;
    v_count bigint;
begin
    for v_slot in select s from slots_of_ids(p_ids) as s loop
        exit when v_left <= 0;
        return query select * from send_release(
            v_slot, p_ids, p_action, p_kind, p_rule, p_order, p_reason, v_left, p_for_good, p_write);
        get diagnostics v_count = row_count;
        v_left := v_left - v_count;
    end loop;
end
$$;
comment on function release_jobs is 'Releases held jobs, in the cells that answer.';
