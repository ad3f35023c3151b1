/// The statements of the audit. Each reads the events of a batch of log lines by key, or of a short time.
enum AuditSQL {
    /// $1 ids, $2 receive times, $3 request ids: the places (from 1) of those that are events.
    static let stored = """
        select a.n from unnest($1::bigint[], $2::timestamptz[], $3::text[])
            with ordinality as a (id, received_at, request_id, n)
        cross join lateral (
            select from hookledger.events as e
            where e.received_at = a.received_at and e.id = a.id and e.request_id = a.request_id limit 1
        ) as e
        """

    /// $1 ids, $2 and $3 a time: those that are events of that time.
    static let known = """
        select e.id from hookledger.events as e
        where e.id = any ($1::bigint[]) and e.received_at between $2::timestamptz and $3::timestamptz
        """

    /// The lowest id among the oldest events; null for none. Events with lower ids are past their retention.
    static let lowest = """
        select min(e.id) from (select f.id from hookledger.events as f order by f.received_at limit 1000) as e
        """

    /// $1 request ids, $2 and $3 a time: those of events of that time.
    static let answered = """
        select e.request_id from hookledger.events as e
        where e.received_at between $2::timestamptz and $3::timestamptz and e.request_id = any ($1::text[])
        """

    /// $1 request ids: those of spooled deliveries that repeat an event.
    static let spooledDuplicates = """
        select d.request_id from hookledger.spooled_duplicates as d where d.request_id = any ($1::text[])
        """

    /// $1 and $2 a time without its end: the deliveries that are events of it.
    static let deliveries = """
        select count(*) from hookledger.events as e
        where e.received_at >= $1::timestamptz and e.received_at < $2::timestamptz and e.origin in ('delivery', 'spool')
        """

    /// The last commit of the canary; null if there was none.
    static let canary = "select max(h.beat_at) from hookledger.heartbeats as h where not h.is_batch"

    /// $1 host, $2 now: until when the last scheduled audit compared; null for none. One of the future took place while the
    /// clock was ahead.
    static let auditedUntil = """
        select max(a.until) from hookledger.audit_runs as a
        where a.host = $1::text and a.kind = 'scheduled' and a.until <= $2::timestamptz
        """

    static let record = """
        select hookledger.record_audit($1::text, $2::text, $3::text, $4::timestamptz, $5::timestamptz, $6::timestamptz,
            $7::int, $8::bigint, $9::bigint, $10::bigint, $11::bigint, $12::bigint, $13::bigint, $14::bigint,
            $15::bigint, $16::bigint, $17::bigint, $18::timestamptz, $19::bigint, $20::text[])
        """
}
