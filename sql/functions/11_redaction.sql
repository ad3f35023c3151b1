-- Removes a person's data. Rows stay with ids, times and amounts; personal values are removed.

-- The non-personal fields of orders, customers and comments.
create or replace function impersonal_fields() returns text[] language sql immutable parallel safe as $$
    select array['status', 'total_amount', 'shipping_fee', 'currency', 'shop_id', 'order_number', 'placed_at',
        'changed_at', 'product', 'price', 'quantity', 'commission', 'needs_detail', 'refunded_amount',
        'return_status', 'cancel_requested', 'stage', 'deleted', 'video_id',
        'parent_comment_id', 'written_at']
$$;
comment on function impersonal_fields is 'The non-personal fields of records.';

-- An object with only these members.
create or replace function members_of(object jsonb, names text[]) returns jsonb
language sql immutable parallel safe as $$
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(object) where key = any (names)
$$;
comment on function members_of is 'An object with only these members.';

-- Replaces bodies by reduced ones, and keeps the hashes of the originals. p_changes is the rest of the field history;
-- null keeps the non-personal fields.
create or replace function redact_events(
    p_event_id bigint[], p_received_at timestamptz[], p_body bytea[], p_dedupe_key bytea[], p_changes jsonb[]
) returns void language sql volatile security definer
set search_path = hookledger, pg_temp set enable_hashjoin = off set enable_mergejoin = off as $$
    update events as e
    set body_hash = coalesce(e.body_hash, sha256(e.body)), dedupe_key = coalesce(e.dedupe_key, k.dedupe_key),
        body = k.body, query = case when k.changes is null then '' else e.query end,
        changes = coalesce(k.changes, nullif(members_of(e.changes, impersonal_fields()), '{}')),
        redacted_at = coalesce(e.redacted_at, now())
    from unnest(p_event_id, p_received_at, p_body, p_dedupe_key, p_changes)
        as k (id, received_at, body, dedupe_key, changes)
    where e.received_at = k.received_at and e.id = k.id
$$;
comment on function redact_events is 'Replaces bodies by reduced ones.';

-- The same for the history of the further records of events: null keeps the non-personal fields.
create or replace function redact_event_records(p_event_id bigint[], p_record_no int[], p_changes jsonb[]) returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    update event_records as r
    set changes = coalesce(k.changes, nullif(members_of(r.changes, impersonal_fields()), '{}'))
    from unnest(p_event_id, p_record_no, p_changes) as k (event_id, record_no, changes)
    where r.event_id = k.event_id and r.record_no = k.record_no
$$;
comment on function redact_event_records is 'Removes a person''s values from the history of events'' further records.';

-- Removes personal fields from orders that cannot be rebuilt, because some of their events are deleted.
create or replace function strip_orders(p_orders bigint[]) returns void
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    perform from orders where id = any (p_orders) order by source, order_id for update;
    update orders as o
    set order_data = members_of(o.order_data, impersonal_fields()) || coalesce((
            select jsonb_build_object('items', jsonb_agg(i.item - 'extra' order by i.place))
            from jsonb_array_elements(case jsonb_typeof(o.order_data -> 'items')
                when 'array' then o.order_data -> 'items' else '[]' end) with ordinality as i (item, place)
            where jsonb_typeof(i.item) = 'object'
            having count(*) > 0), '{}'),
        extra = '{}', clocks = members_of(o.clocks, impersonal_fields() || array['items', '*'])
    where o.id = any (p_orders);
end
$$;
comment on function strip_orders is 'Removes personal fields from orders.';

-- The same for data that depends on a person's row or event: customers and comments, messages to them, effects and
-- waiting deliveries.
create or replace function redact_rows(
    p_customers bigint[], p_comments bigint[], p_orders bigint[], p_events bigint[]
) returns table (kind text, count bigint)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_column
begin
    update orders set anonymized_at = now() where id = any (p_orders);

    perform from customers where id = any (p_customers) order by source, customer_id for update;
    -- A customer identified by the address has it as the id.
    update customers
    set customer_data = '{"deleted": true}', extra = '{}', updated_at = now(), anonymized_at = now(),
        customer_id = case when customer_id like 'email:%' then 'redacted:' || id else customer_id end
    where id = any (p_customers);
    get diagnostics count = row_count;
    kind := 'customers';
    return next;

    perform from comments where id = any (p_comments) order by source, comment_id for update;
    update comments
    set comment_data = members_of(comment_data, impersonal_fields()), extra = '{}', moderation_reason = null,
        updated_at = now()
    where id = any (p_comments);
    get diagnostics count = row_count;
    kind := 'comments';
    return next;

    update messages set content = '[redacted]'
    where (customer_row = any (p_customers) or order_row = any (p_orders)) and content <> '[redacted]';
    get diagnostics count = row_count;
    kind := 'messages';
    return next;

    -- Waiting messages to the person are not sent: the delivery of a message ends when its note is gone.
    update jobs set note = '[redacted]'
    where event_id = any (p_events) and action like '%:delivery' and note is not null;
    update effects set answer = null where event_id = any (p_events) and answer is not null;
end
$$;
comment on function redact_rows is 'Removes a person''s data from all dependent rows; returns how many rows of each kind.';

-- The cleaned row of somebody else that quoted the person.
create or replace function replace_person_rows(p_kind smallint[], p_id bigint[], p_data jsonb[], p_extra jsonb[])
returns void language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    update orders as o set order_data = k.data, extra = k.extra
    from unnest(p_kind, p_id, p_data, p_extra) as k (kind, id, data, extra) where k.kind = 1 and o.id = k.id;
    update customers as c set customer_data = k.data, extra = k.extra
    from unnest(p_kind, p_id, p_data, p_extra) as k (kind, id, data, extra) where k.kind = 2 and c.id = k.id;
    update comments as c set comment_data = k.data, extra = k.extra
    from unnest(p_kind, p_id, p_data, p_extra) as k (kind, id, data, extra) where k.kind = 3 and c.id = k.id;
end
$$;
comment on function replace_person_rows is 'Writes rows after another person''s values were removed.';
