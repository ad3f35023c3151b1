public import JSON
import Ledger
public import Postgres

/// What an operator can see of jobs. Each row is a JSON object with the columns of the view of the same name.
public enum JobQueries {
    /// Dead letters, the oldest first.
    public static func deadLetters(
        _ filter: JobFilter, on connection: Connection
    ) throws(PostgresError) -> [JSONObject] {
        try connection.jsonObjects(
            """
            select d.* from hookledger.dead_letters d join hookledger.job_list j on j.job_id = d.job_id
            where \(JobFilter.condition) and \(SourceOfJob.condition("$8")) order by d.job_id limit $7::bigint
            """, filter.listParameters)
    }

    /// Jobs that are still to do, also those that are held, the next one first.
    public static func open(_ filter: JobFilter, on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try connection.jsonObjects(
            """
            select j.job_id, j.action, j.kind, j.rule, j.state, j.attempt, j.uncounted, j.run_at, j.created_at, j.source,
                j.order_id, j.event_id, j.last_error, j.hold_reason, j.held_at
            from hookledger.job_list j
            where j.state in ('ready', 'running', 'held') and \(JobFilter.condition) and \(SourceOfJob.condition("$8"))
            order by j.run_at, j.job_id limit $7::bigint
            """, filter.listParameters)
    }

    /// What is to do, by action.
    public static func depth(on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try connection.jsonObjects("select * from hookledger.queue_depth order by action")
    }

    /// Everything about one job: its row while it is open or dead, every attempt, its effect.
    /// - Parameter sources: of one of these; nil for all.
    /// - Returns: nil when no such job is known.
    public static func history(
        of id: Int64, in sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> JSONObject? {
        if let sources, try !isJob(id, of: sources, on: connection) { return nil }
        let found = try connection.jsonObjects(
            """
            select $1::bigint as job_id,
                (select to_jsonb(j) from hookledger.job_list j where j.job_id = $1) as job,
                (select jsonb_agg(to_jsonb(t) order by t.finished_at, t.attempt) from hookledger.job_log t
                    where t.job_id = $1) as attempts,
                (select jsonb_agg(to_jsonb(e) order by e.started_at) from hookledger.effect_list e
                    where e.job_id = $1) as effects
            """, [.bigint(id)])
        guard let history = found.first, history["job"] != .null || history["attempts"] != .null else { return nil }
        return history
    }

    /// Whether the job, open or ended, is of one of the sources: by its event, which rows of both name.
    private static func isJob(
        _ id: Int64, of sources: [String], on connection: Connection
    ) throws(PostgresError) -> Bool {
        try connection.query(
            """
            select exists (
                select from hookledger.event_list as e
                where e.source = any ($2::text[]) and (e.id, e.received_at) in (
                    select event_id, event_received_at from hookledger.job_list where job_id = $1::bigint
                    union all
                    select event_id, event_received_at from hookledger.job_log where job_id = $1::bigint))
            """, [.bigint(id), .texts(sources)]
        ).only().bool(0)
    }
}
