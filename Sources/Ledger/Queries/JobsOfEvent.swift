import Postgres

/// The jobs of one event, open and ended, each with its attempts.
enum JobsOfEvent {
    /// Jobs are found by the orders that the event is about, or by the event when it is about none; attempts by the event.
    static func rows(
        of id: Int64, about orderRow: Int64?, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        try connection.jsonRows(
            """
            select coalesce(j.job_id, a.job_id) as job_id, coalesce(j.action, a.action) as action,
                coalesce(j.kind, a.kind) as kind, coalesce(j.rule, a.rule) as rule,
                coalesce(j.state, case when a.last in ('done', 'skipped', 'discarded') then a.last else 'ended' end)
                    as state,
                coalesce(j.created_at, a.created_at) as created_at, j.run_at, j.last_error,
                j.hold_reason,
                coalesce(a.attempts, '[]') as attempts
            from (
                select * from hookledger.job_list as j
                where j.job_id = any (array(
                    select k.job_id from hookledger.jobs_of_event($1::bigint, $2::bigint) as k))
            ) as j
            full join (
                select t.job_id, min(t.action) as action, min(t.kind) as kind, min(t.rule) as rule,
                    min(t.job_created_at) as created_at,
                    (array_agg(t.outcome order by t.finished_at desc, t.attempt desc))[1] as last,
                    json_agg(json_build_object(
                        'attempt', t.attempt, 'outcome', t.outcome, 'reason', t.reason, 'destination', t.destination,
                        'status', t.status, 'started_at', t.started_at, 'first_byte_at', t.first_byte_at,
                        'finished_at', t.finished_at) order by t.finished_at, t.attempt) as attempts
                from hookledger.job_log as t where t.event_id = $1::bigint group by t.job_id
            ) as a on a.job_id = j.job_id
            order by 1
            """, [.bigint(id), .bigint(orderRow)])
    }
}
