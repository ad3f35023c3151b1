-- The end of holds. The functions run as the owner: their callers can do this and nothing else with jobs.

-- Whether the buyer has asked to cancel the order and there is no decision yet.
create or replace function is_cancel_requested(p_order_data jsonb) returns boolean
language sql immutable parallel safe as $$
    select lower(coalesce(p_order_data ->> 'cancel_requested', '')) not in
            ('', 'false', 'no', 'none', 'declined', 'rejected', 'withdrawn')
        and lower(coalesce(p_order_data ->> 'status', '')) not like 'cancel%'
$$;
comment on function is_cancel_requested is 'Whether the buyer has asked to cancel the order and there is no decision yet.';

-- Makes held jobs ready again. The time of the hold counts neither as waiting nor as failing. A person's release
-- (p_for_good) is stored, so that the same reason does not hold the job again. A shared job ends if another one with
-- its key waits, which does its work. Returns how many were held.
create or replace function release_held(p_ids bigint[], p_for_good boolean) returns bigint
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    with chosen as materialized (
        select j.* from jobs as j where j.job_id = any (p_ids) and j.state = 3 order by j.job_id for update
    ), moving as materialized (
        select c.*, c.unique_key is not null and (
                row_number() over (partition by c.unique_key order by c.job_id) > 1
                or exists (select from jobs as w where w.unique_key = c.unique_key and w.state = 0)) as is_done_by_another
        from chosen as c
    ), ended as (
        delete from jobs as j using moving as m where m.is_done_by_another and j.job_id = m.job_id
        returning j as job
    ), logged as materialized (
        select write_attempts(array_agg(e.job order by (e.job).job_id), array_agg('skipped'::text),
            array_agg('another job that waits does its work'::text))
        from ended as e
    ), moved as (
        update jobs as j set state = 0, hold_reason = null, held_at = null, run_at = greatest(j.run_at, now()),
            held_for = j.held_for + (now() - coalesce(j.held_at, now())),
            first_failed_at = j.first_failed_at + (now() - coalesce(j.held_at, now())),
            released_hold = case when p_for_good then m.hold_reason else j.released_hold end
        from moving as m where not m.is_done_by_another and j.job_id = m.job_id
    )
    select count(*) from chosen cross join logged
$$;
comment on function release_held is 'Makes held jobs ready again.';

-- The same of the jobs that a person or a rule means; with p_write false it only lists them.
create or replace function release_jobs(
    p_ids bigint[], p_action text, p_kind text, p_rule text, p_order text, p_reason text, p_limit bigint,
    p_for_good boolean, p_write boolean
) returns table (job_id bigint, hold_reason text)
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    with chosen as materialized (
        select j.job_id, j.hold_reason from jobs as j left join orders as o on o.id = j.order_row
        where j.state = 3
            and (coalesce(cardinality(p_ids), 0) = 0 or j.job_id = any (p_ids))
            and (p_action is null or j.action = p_action) and (p_kind is null or j.kind = p_kind)
            and (p_rule is null or j.rule = p_rule) and (p_order is null or o.order_id = p_order)
            and (p_reason is null or j.hold_reason = p_reason)
            -- The rows of a slot that moves may be in another cell already.
            and not exists (select from cell_slots as s where s.slot = (j.event_id & 1023) and s.state <> 'open')
        order by j.job_id limit p_limit for update of j
    ), released as materialized (
        select case when p_write then release_held(array(select c.job_id from chosen as c order by c.job_id), p_for_good) end
    )
    select c.job_id, c.hold_reason from chosen as c cross join released order by c.job_id
$$;
comment on function release_jobs is 'Makes held jobs ready again, or with p_write false lists them.';

-- Ends the holds whose reason is over: a request to cancel that was decided, a shop that is listed, an action whose mistake was
-- corrected, a token that is there. Returns how many.
create or replace function release_decided() returns bigint
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    with decided as materialized (
        select j.job_id, j.hold_reason
        from jobs as j join orders as o on o.id = j.order_row
        where j.state = 3 and j.hold_reason = 'cancel_requested' and not is_cancel_requested(o.order_data)
        union all
        select j.job_id, j.hold_reason
        from jobs as j
        left join orders as o on o.id = j.order_row
        cross join lateral (
            select e.source, e.shop_key from events as e
            where e.received_at = j.event_received_at and e.id = j.event_id limit 1
        ) as e
        join source_shops as s on s.source = e.source and s.shop_key = coalesce(nullif(o.shop_key, ''), e.shop_key)
            and s.state = 'listed'
        where j.state = 3 and j.hold_reason = 'shop'
        union all
        select j.job_id, j.hold_reason
        from jobs as j join action_states as a on a.action = j.action and a.disabled_by is null
        where j.state = 3 and j.hold_reason = 'disabled_action'
        union all
        select h.job_id, 'token' from jobs_held_for_token() as h where has_token(h.source, h.shop, h.account)
        union
        select j, 'token' from jobs_with_another_token() as j
    ), reasons as (
        select hold_reason, array_agg(job_id) as ids from decided group by hold_reason
    )
    select count(*) from reasons as r
    cross join lateral release_jobs(r.ids, null, null, null, null, r.hold_reason, 5000, false, true)
$$;
comment on function release_decided is 'Ends the holds whose reason is over.';

-- The jobs that are held because of their shop.
create or replace function jobs_held_for_shop(p_source text, p_shop_key text) returns setof bigint
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select j.job_id from jobs as j
    left join orders as o on o.id = j.order_row
    cross join lateral (
        select e.source, to_jsonb(e) ->> 'shop_key' as shop_key from events as e
        where e.received_at = j.event_received_at and e.id = j.event_id limit 1
    ) as e
    where j.state = 3 and j.hold_reason = 'shop' and e.source = p_source
        and coalesce(nullif(o.shop_key, ''), e.shop_key, '') = p_shop_key
$$;
comment on function jobs_held_for_shop is 'The jobs that are held because of this shop.';

-- An operator's decision about a shop of a source: listed (its held jobs run) or refused (its held jobs end). Returns
-- the shop's previous state, null if it was unknown, and the number of those jobs.
drop function if exists decide_shop(text, text, text);
create or replace function decide_shop(p_source text, p_shop_key text, p_state text, p_actor text, p_reason text)
returns table (before text, jobs bigint)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_column
declare
    v_before text;
    v_jobs bigint := 0;
begin
    select s.state into v_before from source_shops as s
    where s.source = p_source and s.shop_key = p_shop_key for update;
    insert into source_shops as s (source, shop_key, state, changed_by)
    values (p_source, p_shop_key, p_state, p_actor)
    on conflict (source, shop_key) do update
        set state = excluded.state, changed_at = now(), changed_by = excluded.changed_by;
    if p_state = 'refused' then
        with gone as (
            delete from jobs as j
            where j.state = 3 and j.job_id = any (array(select jobs_held_for_shop(p_source, p_shop_key))) returning j as job)
        select write_attempts(array_agg(g.job order by (g.job).job_id), array_agg('discarded'::text),
            array_agg('its shop was refused'::text))
        into v_jobs from gone as g;
    else
        select count(*) into v_jobs from jobs_held_for_shop(p_source, p_shop_key);
        perform release_decided();
    end if;
    insert into operator_log (actor, action, subject, reason, details)
    values (p_actor, 'shop.' || p_state, 'shop:' || p_source || '/' || p_shop_key, p_reason,
        jsonb_build_object('before', v_before, 'jobs', v_jobs));
    return query select v_before, v_jobs;
end
$$;
comment on function decide_shop is 'Accepts a shop of a source, whose jobs release_decided() then releases, or refuses it and ends the jobs that were held for it.';
