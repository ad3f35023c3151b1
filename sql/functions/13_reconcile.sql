-- Why a change did not arrive, as far as the ledger knows: its delivery was refused, it only points at the order and the
-- details could not be fetched, it is in aside/, no batch processor ran at that time, the provider had switched the
-- webhook off (as the reconciliation or the watch saw it: topics of products and customers name them). Otherwise nothing of
-- it was received. Without an id refusals are not searched.
create or replace function why_missing(
    p_source text, p_order_id text, p_changed_at timestamptz, p_found_at timestamptz, p_is_aside boolean,
    p_is_pointer boolean, p_off_from timestamptz, p_off_until timestamptz,
    p_away_from timestamptz, p_away_until timestamptz, p_kind text default 'order', out reason text, out detail text
) language plpgsql stable security definer set search_path = hookledger, pg_temp as $$
declare
    -- The id as a word of its own: 12 is not part of 2012.
    v_pattern text := '(^|[^0-9A-Za-z])' || regexp_replace(p_order_id, '([^0-9A-Za-z])', '\\\1', 'g') || '($|[^0-9A-Za-z])';
    r record;
    w record;
begin
    select x.refused_at, x.kind, x.reason as words into r
    from refusals as x
    where x.refused_at between p_changed_at - interval '5 minutes' and p_found_at and x.source = p_source
        and p_order_id is not null and (encode(x.body, 'escape') ~ v_pattern or octet_length(x.body) = 0 and x.body_length > 0)
    order by x.refused_at desc limit 1;
    if found then
        reason := 'refused';
        detail := r.kind || ': ' || r.words;
    elsif p_is_pointer then
        reason := 'no_details';
    elsif p_is_aside then
        reason := 'spool_aside';
    elsif p_changed_at between p_away_from and p_away_until then
        reason := 'host_away';
        detail := 'no batch processor ran from ' || to_char(p_away_from at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
            || ' to ' || to_char(p_away_until at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC';
    elsif p_off_from is not null and p_changed_at >= p_off_from
        and (p_off_until is null or p_changed_at <= p_off_until)
    then
        reason := 'webhook_off';
        detail := 'the provider had switched the webhook off after ' || to_char(p_off_from at time zone 'UTC',
            'YYYY-MM-DD HH24:MI') || ' UTC';
    else
        select h.topic, h.state, coalesce(h.off_from, h.since) as off_from into w
        from webhook_states as h
        where h.source = p_source and h.state in ('missing', 'disabled', 'paused', 'elsewhere')
            and case when p_kind in ('product', 'customer') then h.topic ~* p_kind else h.of_orders end
            and p_changed_at >= coalesce(h.off_from, h.since) and p_changed_at <= coalesce(h.until, 'infinity')
        order by h.since desc, h.id desc limit 1;
        if found then
            reason := 'webhook_off';
            detail := w.topic || ' was ' || w.state || ' after ' || to_char(w.off_from at time zone 'UTC',
                'YYYY-MM-DD HH24:MI') || ' UTC';
        else
            reason := 'not_received';
        end if;
    end if;
end
$$;
comment on function why_missing is 'Why a change of a record, an event or a delivery did not arrive, as far as the ledger knows.';

-- Removes runs and findings that are older than the events that they are about.
create or replace function delete_old_reconciles(p_before timestamptz) returns bigint
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    with gone as (delete from reconcile_findings where found_at < p_before returning 1),
    runs as (
        delete from reconciliations where started_at < p_before and ended_at is not null returning 1)
    select (select count(*) from gone) + (select count(*) from runs)
$$;
comment on function delete_old_reconciles is 'Removes runs and findings of reconciliations from before a time.';
