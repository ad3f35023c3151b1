-- The queries of a request about a person. The functions run as the owner, so that the requester needs no rights on
-- tables.

-- The owner of a row: the shop in signed content, else the shop of the row's first event, else, for an order without
-- events, its field.
-- Headers with a shop are not signed, so a later event in another shop's name does not make it that shop's. 0 is an
-- event without a row.
create or replace function person_shop(p_kind smallint, p_id bigint, p_own text) returns text
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select lower(case p_kind
        when 0 then p_own
        when 1 then coalesce(
            (select nullif(o.shop_key, '') from orders as o where o.id = p_id),
            (select e.shop_id from events as e where e.order_row = p_id and e.shop_id is not null order by e.id limit 1),
            (select o.shop_id from orders as o where o.id = p_id))
        else coalesce(
            nullif(case p_kind
                when 2 then (select c.shop_key from customers as c where c.id = p_id)
                when 3 then (select c.shop_key from comments as c where c.id = p_id)
                else (select p.shop_key from products as p where p.id = p_id)
            end, ''),
            (select e.shop_id from events as e
            where e.record_kind = case p_kind when 2 then 'customer' when 3 then 'comment' else 'product' end
                and e.record_row = p_id and e.shop_id is not null
            order by e.id limit 1))
        end)
$$;
comment on function person_shop is 'The shop of a row, or of an event without one; null if unknown.';

-- The same for an event with whatever row it has.
create or replace function person_event_shop(
    p_order_row bigint, p_record_kind text, p_record_row bigint, p_shop_id text
) returns text language sql stable security definer set search_path = hookledger, pg_temp as $$
    select coalesce(
        case
            when p_order_row is not null then person_shop(1::smallint, p_order_row, null)
            when p_record_row is not null then person_shop(
                (case p_record_kind when 'customer' then 2 when 'comment' then 3 else 4 end)::smallint, p_record_row, null)
        end,
        lower(p_shop_id))
$$;
comment on function person_event_shop is 'The shop of an event; null if unknown.';

-- The rows named in a request by the sender's ids, each found by an index.
create or replace function person_rows(
    p_source text, p_customer_ids text[], p_order_ids text[], p_orders bigint[], p_customers bigint[], p_comments bigint[]
) returns table (kind smallint, id bigint, source text, provider text, row_id text, is_named boolean, shop text,
    customer_id text, data jsonb, extra jsonb)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    with found as (
        select 1::smallint as kind, o.id, true as is_named from orders as o
        where o.order_id = any (p_order_ids) and (p_source is null or o.source = p_source)
        union
        select 1::smallint, o.id, false from orders as o
        where o.customer_id = any (p_customer_ids) and (p_source is null or o.source = p_source)
        union
        select 2::smallint, c.id, true from customers as c
        where c.customer_id = any (p_customer_ids) and (p_source is null or c.source = p_source)
        union select 1::smallint, unnest(p_orders), false
        union select 2::smallint, unnest(p_customers), false
        union select 3::smallint, unnest(p_comments), false
    ), one as (
        select f.kind, f.id, bool_or(f.is_named) as is_named from found as f group by f.kind, f.id
    )
    select f.kind, f.id, o.source, o.provider, o.order_id, f.is_named, person_shop(f.kind, f.id, null),
        o.customer_id, o.order_data, o.extra
    from one as f join orders as o on f.kind = 1 and o.id = f.id
    union all
    select f.kind, f.id, c.source, c.provider, c.customer_id, f.is_named, person_shop(f.kind, f.id, null),
        c.customer_id, c.customer_data, c.extra
    from one as f join customers as c on f.kind = 2 and c.id = f.id
    union all
    select f.kind, f.id, c.source, c.provider, c.comment_id, f.is_named, person_shop(f.kind, f.id, null),
        c.user_id, c.comment_data, c.extra
    from one as f join comments as c on f.kind = 3 and c.id = f.id
    order by 1, 2
$$;
comment on function person_rows is 'The orders, customers and comments named in a request, and those of the given ids.';

-- The orders of a shop, by their own shop.
create or replace function person_shop_orders(p_source text, p_shop text) returns table (id bigint)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select o.id from orders as o
    where o.source = p_source and lower(coalesce(nullif(o.shop_key, ''), o.shop_id)) = lower(p_shop) order by 1
$$;
comment on function person_shop_orders is 'The orders of this shop.';

-- A page of the rows of one kind, for rows that are not indexed yet.
create or replace function person_row_page(
    p_kind smallint, p_source text, p_after bigint, p_until bigint, p_limit int
) returns table (kind smallint, id bigint, source text, provider text, row_id text, is_named boolean, shop text,
    customer_id text, data jsonb, extra jsonb)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select 1::smallint, o.id, o.source, o.provider, o.order_id, false, null::text, o.customer_id,
        o.order_data, o.extra
    from orders as o
    where p_kind = 1 and o.id in (
        select i.id from orders as i where i.id > p_after and i.id <= p_until order by i.id limit p_limit)
    union all
    select 2::smallint, c.id, c.source, c.provider, c.customer_id, false, null, c.customer_id, c.customer_data, c.extra
    from customers as c
    where p_kind = 2 and c.id in (
        select i.id from customers as i where i.id > p_after and i.id <= p_until order by i.id limit p_limit)
    union all
    select 3::smallint, c.id, c.source, c.provider, c.comment_id, false, null, c.user_id, c.comment_data, c.extra
    from comments as c
    where p_kind = 3 and c.id in (
        select i.id from comments as i where i.id > p_after and i.id <= p_until order by i.id limit p_limit)
    order by 2
$$;
comment on function person_row_page is 'The next rows of a kind, by their ids.';

-- The indexed events and rows with these hashes.
create or replace function person_key_rows(p_hash bytea[]) returns table (kind smallint, id bigint, received_at timestamptz)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select distinct k.kind, k.id, k.received_at from person_keys as k where k.hash = any (p_hash)
    order by k.kind, k.received_at, k.id
$$;
comment on function person_key_rows is 'The events and rows with these hashes in the index.';

-- The progress of the index, and the ends of its tables.
create or replace function person_index_state() returns table (
    key_id text, orders_after bigint, orders_until bigint, customers_after bigint, customers_until bigint,
    comments_after bigint, comments_until bigint, events_after_at timestamptz, events_after_id bigint,
    is_backlog_done boolean, seen text, last_order bigint, last_customer bigint, last_comment bigint)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select i.key_id, i.orders_after, i.orders_until, i.customers_after, i.customers_until, i.comments_after,
        i.comments_until, i.events_after_at, i.events_after_id, i.is_backlog_done, i.seen::text,
        (select max(id) from orders), (select max(id) from customers), (select max(id) from comments)
    from (select) as one left join person_index as i on true
$$;
comment on function person_index_state is 'The progress of the person index; a row of nulls if there is none.';

-- Removes the hashes of removed data from the index.
create or replace function forget_person_keys(p_hash bytea[], p_kind smallint[], p_id bigint[]) returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    delete from person_keys as k
    using unnest(p_hash, p_kind, p_id) as f (hash, kind, id)
    where k.hash = f.hash and k.kind = f.kind and k.id = f.id
$$;
comment on function forget_person_keys is 'Removes hashes from the index.';

-- Hashes of deleted events; some at a time.
create or replace function delete_old_person_keys(p_limit int) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_count int;
begin
    delete from person_keys where ctid = any (array(
        select ctid from person_keys
        where kind = 0 and received_at < (select dropped_before from upkeep where task = 'retention')
        limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
comment on function delete_old_person_keys is 'Deletes some of the hashes of deleted events; returns how many.';

-- The texts around events that may quote a person; the caller judges each. p_needles are addresses in lower case,
-- p_digits last digits of numbers: they only narrow the search. Texts of events of other sources are left out.
create or replace function person_texts(p_source text, p_needles text[], p_digits text[])
returns table (kind text, id bigint, place int, at timestamptz, body text)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    with told as (
        select 'job_attempts' as kind, t.job_id as id, t.attempt as place, t.finished_at as at, t.reason as body,
            t.event_id, t.event_received_at
        from job_attempts as t where t.reason is not null
        union all
        select 'jobs', j.job_id, 0, j.created_at, concat(j.last_error, E'\n', j.note), j.event_id, j.event_received_at
        from jobs as j where j.last_error is not null or j.note is not null
        union all
        select 'effects', e.job_id, 0, e.started_at, e.answer, e.event_id, e.event_received_at
        from effects as e where e.answer is not null
    ), quoting as (
        select t.* from told as t
        where exists (select from unnest(p_needles) as n (needle) where strpos(lower(t.body), n.needle) > 0)
            or exists (select from unnest(p_digits) as n (digits)
                where strpos(regexp_replace(t.body, '[^0-9]', '', 'g'), n.digits) > 0)
    )
    select q.kind, q.id, q.place, q.at, q.body from quoting as q
    where p_source is null or exists (
        select from events as e where e.received_at = q.event_received_at and e.id = q.event_id and e.source = p_source)
    union all
    select 'refusals', r.id, 0, r.refused_at, concat(body_text(r.body), E'\n', r.reason, E'\n', r.path) from refusals as r
    where (p_source is null or r.source = p_source) and (
        exists (select from unnest(p_needles) as n (needle)
            where strpos(replace(lower(body_text(r.body)), '%40', '@'), n.needle) > 0
                or strpos(replace(lower(r.reason || ' ' || r.path), '%40', '@'), n.needle) > 0)
        or strpos(body_text(r.body), '\u') > 0 and cardinality(p_needles) > 0
        or exists (select from unnest(p_digits) as n (digits)
            where strpos(regexp_replace(body_text(r.body), '[^0-9]', '', 'g'), n.digits) > 0))
    union all
    select 'quarantine', q.id, 0, q.received_at, concat(body_text(q.body), E'\n', q.headers::text, E'\n', q.path, '?', q.query)
    from quarantine as q
    where (p_source is null or q.source = p_source) and (
        exists (select from unnest(p_needles) as n (needle)
            where strpos(replace(lower(concat(body_text(q.body), ' ', q.headers::text, ' ', q.path, ' ', q.query)), '%40', '@'),
                n.needle) > 0)
        or strpos(body_text(q.body), '\u') > 0 and cardinality(p_needles) > 0
        or exists (select from unnest(p_digits) as n (digits)
            where strpos(regexp_replace(concat(body_text(q.body), ' ', q.query), '[^0-9]', '', 'g'), n.digits) > 0))
    union all
    select 'operator_log', o.id, 0, o.at, concat(o.subject, E'\n', o.reason, E'\n', o.details::text)
    from operator_log as o
    where exists (select from unnest(p_needles) as n (needle)
            where strpos(lower(concat(o.subject, ' ', o.reason, ' ', o.details::text)), n.needle) > 0)
        or exists (select from unnest(p_digits) as n (digits)
            where strpos(regexp_replace(concat(o.subject, ' ', o.reason, ' ', o.details::text), '[^0-9]', '', 'g'),
                n.digits) > 0)
    union all
    select 'messages', m.id, 0, m.created_at, m.content
    from messages as m left join conversations as c on c.id = m.conversation_id
    where (p_source is null or c.source = p_source) and (
        exists (select from unnest(p_needles) as n (needle) where strpos(lower(m.content), n.needle) > 0)
        or exists (select from unnest(p_digits) as n (digits)
            where strpos(regexp_replace(m.content, '[^0-9]', '', 'g'), n.digits) > 0))
$$;
comment on function person_texts is 'Texts of attempts, jobs, effects, refusals, messages and the operator log that may quote a person.';

-- Removes the texts in which the caller found the person.
create or replace function redact_texts(p_kind text[], p_id bigint[], p_place int[], p_at timestamptz[], p_body text[])
returns void language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    update job_attempts as t set reason = k.body
    from unnest(p_kind, p_id, p_place, p_at, p_body) as k (kind, id, place, at, body)
    where k.kind = 'job_attempts' and t.finished_at = k.at and t.job_id = k.id and t.attempt = k.place;
    update jobs as j set last_error = case when last_error is not null then '[redacted]' end,
        note = case when note is not null then '[redacted]' end
    from unnest(p_kind, p_id) as k (kind, id) where k.kind = 'jobs' and j.job_id = k.id;
    -- Effects started in one transaction have one time: the job distinguishes them.
    update effects as e set answer = null
    from unnest(p_kind, p_id, p_at) as k (kind, id, at)
    where k.kind = 'effects' and e.job_id = k.id and e.started_at = k.at and e.answer is not null;
    update refusals as r set body = '', reason = case when strpos(r.reason, '@') > 0 then '[redacted]' else r.reason end,
        path = case when r.path ~* '@|%40' then '[redacted]' else r.path end
    from unnest(p_kind, p_id) as k (kind, id) where k.kind = 'refusals' and r.id = k.id;
    -- It cannot be released without its content.
    delete from quarantine as q using unnest(p_kind, p_id) as k (kind, id) where k.kind = 'quarantine' and q.id = k.id;
    update operator_log as o set subject = case when strpos(o.subject, '@') > 0 then '[redacted]' else o.subject end,
        reason = case when o.reason is not null then '[redacted]' end, details = '{"redacted": true}', link = null
    from unnest(p_kind, p_id) as k (kind, id) where k.kind = 'operator_log' and o.id = k.id;
    update messages as m set content = k.body
    from unnest(p_kind, p_id, p_body) as k (kind, id, body) where k.kind = 'messages' and m.id = k.id;
end
$$;
comment on function redact_texts is 'Removes a person''s values from texts around events.';

-- The data in a person's rows, as one JSON document each.
create or replace function person_documents(p_orders bigint[], p_customers bigint[], p_comments bigint[])
returns table (kind text, document jsonb)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select 'orders', to_jsonb(t) - 'row' from (
        select id as row, source, order_id, order_data, extra, created_at, updated_at from orders
        where id = any (p_orders) order by id) as t
    union all
    select 'customers', to_jsonb(t) - 'row' from (
        select id as row, source, customer_id, customer_data, extra, created_at, updated_at from customers
        where id = any (p_customers) order by id) as t
    union all
    select 'comments', to_jsonb(t) - 'row' from (
        select id as row, source, comment_id, comment_data, extra, moderation, created_at from comments
        where id = any (p_comments) order by id) as t
    union all
    select 'messages', to_jsonb(t) - 'row' from (
        select id as row, role, content, created_at, delivered_at from messages
        where customer_row = any (p_customers) or order_row = any (p_orders) order by id) as t
$$;
comment on function person_documents is 'The data in a person''s rows, for a copy.';

-- Orders and customers past their retention, oldest ids first: those to anonymize.
create or replace function persons_due(p_kind smallint, p_age interval, p_limit int)
returns table (id bigint, source text, row_id text, updated_at timestamptz)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select o.id, o.source, o.order_id, o.updated_at from orders as o
    where p_kind = 1 and o.updated_at < now() - p_age and (o.anonymized_at is null or o.updated_at > o.anonymized_at)
    union all
    select c.id, c.source, c.customer_id, c.updated_at from customers as c
    where p_kind = 2 and c.updated_at < now() - p_age and (c.anonymized_at is null or c.updated_at > c.anonymized_at)
    order by 1 limit p_limit
$$;
comment on function persons_due is 'The orders or customers past their retention with personal data.';

-- Asks the batch processors of all hosts to search aside/ of their spools; returns the request's id.
create or replace function ask_aside(p_kind text, p_person jsonb, p_actor text) returns bigint
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    insert into aside_requests (kind, person, requested_by) values (p_kind, p_person, p_actor) returning id
$$;
comment on function ask_aside is 'Asks the batch processors of all hosts to search aside/ of their spools for a person.';
