-- The webhooks that a person deleted with the command line tool and did not register again, by events or by ids.
create or replace function deleted_webhooks(p_provider text) returns table (name text)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select last.name
    from (
        select distinct on (n.name) n.name, l.action
        from operator_log as l
        cross join lateral jsonb_array_elements(
            case jsonb_typeof(l.details -> 'webhooks') when 'array' then l.details -> 'webhooks' else '[]' end) as w
        cross join lateral (
            select jsonb_array_elements_text(
                case jsonb_typeof(w -> 'events') when 'array' then w -> 'events' else '[]' end)
            union all select w ->> 'id' where w ->> 'id' is not null
        ) as n (name)
        where l.subject = 'webhooks:' || p_provider and l.action in ('webhook.register', 'webhook.delete')
        order by n.name, l.id desc
    ) as last
    where last.action = 'webhook.delete'
$$;
comment on function deleted_webhooks is 'The events and ids of webhooks that a person deleted by command and did not register again.';

-- Removes the history of webhooks that is older than the findings that it explains.
create or replace function delete_old_webhook_states(p_before timestamptz, p_limit int) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_count int;
begin
    delete from webhook_states where ctid = any (array(
        select ctid from webhook_states where until < p_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    delete from webhook_repairs where ctid = any (array(
        select ctid from webhook_repairs where at < p_before limit p_limit for update skip locked));
    return v_count;
end
$$;
comment on function delete_old_webhook_states is 'Deletes some of the history of webhooks that is older; returns how many states.';
