public import Postgres

/// Timelines in words.
public enum Timelines {
    /// Of one event: its arrival, its jobs and attempts, and manual operations on them; oldest first.
    static func ofEvent(
        _ id: Int64, about orderRow: Int64?, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        try connection.jsonRows(
            """
            select at, kind, event_id, job_id, text from (\(sql(event: "e.id = $1::bigint", job:
                """
                j.job_id = any (array(select k.job_id from hookledger.jobs_of_event($1::bigint, $2::bigint) as k))
                """, attempt: "t.event_id = $1::bigint"))
                union all
                select o.at, 'operator', $1::bigint, null, concat_ws(' ', o.actor, o.action, o.reason)
                from hookledger.operator_actions as o where o.subject = 'event:' || $1::bigint::text
            ) as t order by at, event_id, job_id nulls first limit 1000
            """, [.bigint(id), .bigint(orderRow)])
    }

    /// Of one order: all its events with their jobs and attempts, the newest first.
    /// - Parameter row: the order's row.
    public static func ofOrder(
        _ row: Int64, limit: Int, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        try connection.jsonRows(
            """
            select at, kind, event_id, job_id, text from (\(sql(event: "e.order_row = $1::bigint",
                job: "j.order_row = $1::bigint", attempt: attemptsOfOrder))
                union all
                select m.received_at, 'event', m.event_id, null,
                    concat_ws(' ', m.type, 'received from', m.source || ':', 'it is about', m.about)
                from hookledger.order_mentions as m where m.order_row = $1::bigint
            ) as t
            order by at desc, event_id desc, job_id desc nulls last limit $2::bigint
            """, [.bigint(row), .bigint(Int64(limit))])
    }

    /// Of the attempts only those of an event are found by an index.
    private static let attemptsOfOrder = """
        t.order_row = $1::bigint and t.event_id = any (array(
            select r.event_id from hookledger.event_rows as r where r.record_kind = 'order' and r.record_row = $1))
        """

    private static func sql(event: String, job: String, attempt: String) -> String {
        """
        select e.received_at as at, 'event' as kind, e.id as event_id, null::bigint as job_id,
            concat_ws(' ', e.type, 'received from', e.source || ':', case e.disposition
                when 'created' then 'it made the record' when 'applied' then 'it changed the record'
                when 'stale' then 'it changed nothing: all it says was known or is older' else 'it was stored' end)
                as text
        from hookledger.event_list as e where \(event)
        union all
        select j.created_at, 'job', j.event_id, j.job_id, concat_ws(' ', 'job', j.action, 'is', case j.state
            when 'dead' then 'a dead letter' else j.state end, 'since rule', j.rule, 'made it')
        from hookledger.job_list as j where \(job)
        union all
        select t.finished_at, 'attempt', t.event_id, t.job_id, concat_ws(' ', t.action, 'attempt', t.attempt || ':',
            t.outcome, t.destination, 'answered ' || t.status, t.reason)
        from hookledger.job_log as t where \(attempt)
        """
    }
}
