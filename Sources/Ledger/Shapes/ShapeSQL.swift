/// The statements of drift.
enum ShapeSQL {
    static let begin = "select hookledger.begin_shapes()"

    /// The position; nothing while another process is at it.
    static let lock = """
        select seen::text as seen, target::text as target, after_transaction::text as after_transaction, after_id
        from hookledger.shape_progress for update skip locked
        """

    static let beginRound = """
        update hookledger.shape_progress
        set target = $1::text::pg_snapshot, after_transaction = '0', after_id = 0
        """

    static let endRound = "update hookledger.shape_progress set seen = target, target = null"

    static let moveOn = """
        update hookledger.shape_progress set after_transaction = $1::text::xid8, after_id = $2::bigint
        """

    /// The next events that transactions wrote which are in one snapshot and not in another, few where bodies are large. Only
    /// what a sender proved to have sent, and what is still whole, has a body here.
    static let page = """
        with page as (
            select id, received_at, written_by, octet_length(body) as size,
                verification <> 'unverified' and origin in ('delivery', 'spool', 'released') and redacted_at is null as teaches
            from hookledger.events
            where \(SnapshotWindow.isNew("written_by", since: "$1")) and \(SnapshotWindow.isIn("written_by", "$2"))
                and (written_by, id) > ($3::text::xid8, $4::bigint)
            order by written_by, id limit $5::bigint),
        sized as (
            select *, sum(case when teaches then size else 0 end) over (order by written_by, id) - size as before from page)
        select e.id, e.received_at, e.source, e.provider, e.provider_type, case when s.teaches then e.body end as body,
            e.written_by::text as transaction
        from sized as s join hookledger.events as e using (received_at, id) where before < $6::bigint
        order by e.written_by, e.id
        """

    /// What the sources have sent so far.
    static let sources = """
        select source, sum(events)::bigint as events, count(*) as types
        from hookledger.event_shapes where source = any ($1::text[]) group by source
        """

    static let shapes = """
        select s.id, s.source, s.provider, s.type, s.events, s.is_full
        from unnest($1::text[], $2::text[], $3::text[]) as k (source, provider, type)
        join hookledger.event_shapes as s using (source, provider, type)
        """

    static let members = """
        select m.shape_id, m.path, m.present, m.first_at, m.last_at, m.objects, m.lists, m.texts, m.numbers, m.booleans,
            m.nulls, m.is_map, m.is_gone
        from hookledger.shape_members as m where m.shape_id = any ($1::bigint[])
        """

    static let keepShape = """
        insert into hookledger.event_shapes as s (source, provider, type, events, first_at, last_at, is_full)
        values ($1::text, $2::text, $3::text, $4::bigint, $5::timestamptz, $5::timestamptz, $6::boolean)
        on conflict (source, provider, type) do update
        set events = excluded.events, last_at = greatest(s.last_at, excluded.last_at), is_full = excluded.is_full
        returning id
        """

    static let removeMembers =
        "delete from hookledger.shape_members where shape_id = $1::bigint and path = any ($2::text[])"

    static let keepMembers = """
        insert into hookledger.shape_members (shape_id, path, present, first_at, last_at, objects, lists, texts, numbers,
            booleans, nulls, is_map, is_gone)
        select $1::bigint, m.* from unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
            $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::boolean[], $13::boolean[]) as m
        order by 2
        on conflict (shape_id, path) do update
        set present = excluded.present, first_at = excluded.first_at, last_at = excluded.last_at,
            objects = excluded.objects, lists = excluded.lists, texts = excluded.texts, numbers = excluded.numbers,
            booleans = excluded.booleans, nulls = excluded.nulls, is_map = excluded.is_map, is_gone = excluded.is_gone
        """

    static let keepChanges = """
        insert into hookledger.shape_changes (source, provider, type, shape_id, path, change, before, after, event_id,
            event_received_at, alarm)
        select $1::text, $2::text, $3::text, $4::bigint, c.path, c.change, c.before, c.after, c.event_id, c.received_at,
            $11::boolean
        from unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::timestamptz[])
            with ordinality as c (path, change, before, after, event_id, received_at, place)
        order by c.place
        """
}
