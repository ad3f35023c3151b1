/// The statements of the search for a person.
enum SearchSQL {
    /// What ``EventPage`` is read from.
    static let pageColumns = """
        id, received_at, source, provider, subject, order_row, record_kind, record_row, body
        """

    /// The next events in the order of their times and ids, few where bodies are large.
    static let page = """
        with page as (
            select id, received_at, octet_length(body) as size from hookledger.events
            where (received_at, id) > ($1::timestamptz, $2::bigint) and received_at <= $3::timestamptz
            order by received_at, id limit $4::bigint),
        sized as (
            select id, received_at, sum(size) over (order by received_at, id) - size as before from page)
        select \(pageColumns) from sized join hookledger.events using (received_at, id) where before < $5::bigint
        order by received_at, id
        """

    /// The next events that transactions wrote which are in one snapshot and not in another.
    static let livePage = """
        with page as (
            select id, received_at, written_by, octet_length(body) as size from hookledger.events
            where \(SnapshotWindow.isNew("written_by", since: "$1"))
                and ($2::text is null or \(SnapshotWindow.isIn("written_by", "$2")))
                and (written_by, id) > ($3::text::xid8, $4::bigint)
            order by written_by, id limit $5::bigint),
        sized as (
            select *, sum(size) over (order by written_by, id) - size as before from page)
        select e.id, e.received_at, e.source, e.provider, e.subject, e.order_row, e.record_kind, e.record_row, e.body,
            e.written_by::text as transaction
        from sized as s join hookledger.events as e using (received_at, id) where before < $6::bigint
        order by e.written_by, e.id
        """

    /// Events by their keys, with the records that they are about.
    static let events = """
        select \(LedgerSQL.eventColumns), record_kind, record_row, changes,
            hookledger.person_event_shop(order_row, record_kind, record_row, shop_id) as owner,
            (select jsonb_agg(jsonb_build_object('no', r.record_no, 'kind', r.record_kind, 'row', r.record_row,
                'changes', r.changes) order by r.record_no)::text
            from hookledger.event_records as r where r.event_id = id) as further
        from hookledger.events
        where (received_at, id) in (select * from unnest($1::timestamptz[], $2::bigint[]))
        order by received_at, id
        """

    /// The events about these rows.
    static let eventsOfRows = """
        select received_at, id from hookledger.events where order_row = any ($1::bigint[])
        union
        select event_received_at, event_id from hookledger.event_records
        where record_row = any ($1::bigint[]) and record_kind = 'order'
        union
        select e.received_at, e.id
        from unnest($2::text[], $3::bigint[]) as r (kind, id)
            join hookledger.events as e on e.record_kind = r.kind and e.record_row = r.id
        union
        select e.event_received_at, e.event_id
        from unnest($2::text[], $3::bigint[]) as r (kind, id)
            join hookledger.event_records as e on e.record_kind = r.kind and e.record_row = r.id
        """
}
