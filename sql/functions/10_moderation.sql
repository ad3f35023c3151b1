-- Stores the decision about a comment. The rules do not override a person's decision. Runs as the owner:
-- batch processor, operator and API may call it.
--
-- needs_deletion means that the comment must be deleted now: that was just decided, and the sender has not reported its
-- deletion. With p_expected nothing is decided if the state has changed.
drop function if exists decide_comment(text, text, text, text, text);
create or replace function decide_comment(
    p_source text, p_comment_id text, p_moderation text, p_reason text, p_by text, p_expected text default null
) returns table (
    comment_row bigint, previous text, is_decided boolean, needs_deletion boolean, event_id bigint,
    event_received_at timestamptz
) language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
#variable_conflict use_column
declare
    c record;
begin
    select * into c from comments as c where c.source = p_source and c.comment_id = p_comment_id for update;
    if not found then
        return;
    end if;
    comment_row := c.id;
    previous := c.moderation;
    event_id := c.last_event_id;
    event_received_at := c.last_event_received_at;
    -- A deletion that was ordered cannot be cancelled.
    is_decided := previous is distinct from 'delete' and (p_expected is null or previous is not distinct from p_expected)
        and (p_by <> 'rules' or coalesce(c.moderated_by, 'rules') = 'rules');
    needs_deletion := is_decided and p_moderation = 'delete' and not c.deleted;
    if is_decided and (c.moderation, c.moderation_reason, c.moderated_by)
        is distinct from (p_moderation, p_reason, p_by) then
        update comments set moderation = p_moderation, moderation_reason = p_reason, moderated_by = p_by,
            moderated_at = now()
        where id = c.id;
    end if;
    return next;
end
$$;
comment on function decide_comment is 'Stores the decision of rules or a person about a comment; a person''s decision takes precedence.';
