-- The audit's result, and the chain over the operator log (docs/audit.md). The codes are made by programs that have the
-- key; the database only keeps them in order.

-- Keeps the result of a complete audit.
create or replace function record_audit(
    p_host text, p_kind text, p_actor text, p_since timestamptz, p_until timestamptz, p_started_at timestamptz,
    p_files int, p_lines bigint, p_answered bigint, p_events bigint, p_duplicates bigint, p_handshakes bigint,
    p_spooled bigint, p_refused bigint, p_too_old bigint, p_unreadable bigint, p_unlogged bigint,
    p_canary_at timestamptz, p_missing bigint, p_missing_ids text[]
) returns bigint language sql volatile security definer set search_path = hookledger, pg_temp as $$
    insert into audits (host, kind, actor, since, until, started_at, files, lines, answered, events, duplicates,
        handshakes, spooled, refused, too_old, unreadable, unlogged, canary_at, missing, missing_ids)
    values (p_host, p_kind, p_actor, p_since, p_until, p_started_at, p_files, p_lines, p_answered, p_events,
        p_duplicates, p_handshakes, p_spooled, p_refused, p_too_old, p_unreadable, p_unlogged, p_canary_at, p_missing,
        p_missing_ids)
    returning id
$$;
comment on function record_audit is 'Keeps the result of an audit; returns its id.';

-- The newest link, locked until the caller's transaction ends, so that links are appended one after the other.
create or replace function lock_chain(out seq bigint, out mac bytea)
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    select h.seq, h.mac from chain_head as h for update
$$;
comment on function lock_chain is 'Locks the chain and returns its newest link.';

-- The rows that a link is made of: what never changes of it, and its texts, which a redaction may remove. The texts of
-- jsonb are Postgres' own form, in which equal values are equal texts.
create or replace function sealed_content(p_kind text, p_id bigint, out fixed text[], out texts text[], out link bigint)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select array[o.id::text, (extract(epoch from o.at) * 1000000)::bigint::text, o.actor, o.action],
        array[o.subject, o.reason, o.details::text], o.link
    from operator_log as o where p_kind in ('deed', 'redaction') and o.id = p_id
    union all
    select array[a.id::text, a.host, a.kind, a.actor, (extract(epoch from a.since) * 1000000)::bigint::text,
            (extract(epoch from a.until) * 1000000)::bigint::text,
            (extract(epoch from a.started_at) * 1000000)::bigint::text,
            (extract(epoch from a.ended_at) * 1000000)::bigint::text,
            a.files::text, a.lines::text, a.answered::text, a.events::text, a.duplicates::text, a.handshakes::text,
            a.spooled::text, a.refused::text, a.too_old::text, a.unreadable::text, a.unlogged::text,
            (extract(epoch from a.canary_at) * 1000000)::bigint::text, a.missing::text,
            array_to_string(a.missing_ids, ' ')],
        '{}'::text[], a.link
    from audits as a where p_kind = 'audit' and a.id = p_id
$$;
comment on function sealed_content is 'What a link has a keyed hash of: the parts of a row that never change, its texts, and the link that it has now.';

-- The rows that no link has yet, the oldest first. A deed whose texts were redacted since has one already; before is the
-- content of that link.
create or replace function unsealed_rows(p_limit int)
returns table (kind text, id bigint, fixed text[], texts text[], before bytea)
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select case when l.content is null then u.kind else 'redaction' end, u.id, c.fixed, c.texts, l.content
    from (
        (select 'deed' as kind, o.id, o.at from operator_log as o where o.link is null order by o.id limit p_limit)
        union all
        (select 'audit', a.id, a.ended_at from audits as a where a.link is null order by a.id limit p_limit)
    ) as u
    cross join lateral sealed_content(u.kind, u.id) as c
    left join lateral (
        select l.content from chain_links as l
        where l.ref = u.id and u.kind = 'deed' and l.kind in ('deed', 'redaction') order by l.seq desc limit 1
    ) as l on true
    order by u.at, u.kind, u.id
    limit p_limit
$$;
comment on function unsealed_rows is 'Rows of operator_log and audits without a link.';

-- Appends links after the one at p_after. The caller has locked the chain.
create or replace function append_links(
    p_after bigint, p_at timestamptz, p_kind text[], p_ref bigint[], p_content bytea[], p_note text[], p_key_id text,
    p_mac bytea[]
) returns void language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    n constant int := cardinality(p_kind);
begin
    update chain_head set seq = p_after + n, mac = p_mac[n] where seq = p_after;
    if not found then
        raise exception 'link % is not the newest one', p_after using errcode = 'serialization_failure';
    end if;
    insert into chain_links (seq, at, kind, ref, content, note, key_id, mac)
    select p_after + g, p_at, p_kind[g], p_ref[g], p_content[g], p_note[g], p_key_id, p_mac[g]
    from generate_series(1, n) as g order by g;
    update operator_log as o set link = p_after + g
    from generate_series(1, n) as g where p_kind[g] in ('deed', 'redaction') and o.id = p_ref[g];
    update audits as a set link = p_after + g
    from generate_series(1, n) as g where p_kind[g] = 'audit' and a.id = p_ref[g];
end
$$;
comment on function append_links is 'Appends links to the chain, which the caller has locked.';

-- Deletes the links up to a checkpoint, with the rows whose newest link is among them.
create or replace function prune_chain(p_until bigint, out links bigint, out deeds bigint, out audits bigint)
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    if not exists (
        select from chain_links as c join chain_links as l on l.seq = c.ref and encode(l.mac, 'hex') = c.note
        where c.kind = 'checkpoint' and c.ref = p_until and c.seq > p_until)
    then
        raise exception 'link % has no checkpoint', p_until using errcode = 'invalid_parameter_value';
    end if;
    delete from operator_log as o where o.link <= p_until;
    get diagnostics deeds = row_count;
    delete from audits as a where a.link <= p_until;
    get diagnostics audits = row_count;
    delete from chain_links as l where l.seq <= p_until;
    get diagnostics links = row_count;
end
$$;
comment on function prune_chain is 'Deletes the links up to a checkpoint, and their rows.';

create or replace function delete_old_spooled_duplicates(p_before timestamptz, p_limit int) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_count int;
begin
    delete from spooled_duplicates where ctid = any (array(
        select ctid from spooled_duplicates where received_at < p_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
comment on function delete_old_spooled_duplicates is 'Deletes some of the traces of spooled duplicates that are older; returns how many.';
