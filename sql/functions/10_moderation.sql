-- Keeps what was decided about a comment. What a person has decided, the rules do not decide anew. Runs as the owner:
-- batch processor, operator and API may call it.
--
-- needs_deletion says that the comment is to be deleted now: it was decided so just now, and the sender has not said
-- that it is gone. With p_expected nothing is decided when something else stands by now.
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
    -- A deletion that was ordered can not be taken back.
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
comment on function decide_comment is 'Keeps what rules or a person decided about a comment; a person''s word counts more.';
