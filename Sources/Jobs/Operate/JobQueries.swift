public import JSON
public import Postgres

/// What an operator can see of jobs. Each row is a JSON object with the columns of the view of the same name.
public enum JobQueries {
    /// Dead letters, the oldest first, each with `uncertain`: whether its effect may have happened.
    public static func deadLetters(
        _ filter: JobFilter, on connection: Connection
    ) throws(PostgresError) -> [JSONObject] {
        try rows(
            """
            select d.*, exists (select from hookledger.effects e
                where e.job_id = d.job_id and e.state in ('started', 'uncertain')) as uncertain
            from hookledger.dead_letters d
            join hookledger.jobs j on j.job_id = d.job_id left join hookledger.orders o on o.id = j.order_row
            where \(JobFilter.condition) order by d.job_id limit $7::bigint
            """, filter.parameters, connection)
    }

    /// Jobs that are still to do, the next one first.
    public static func open(_ filter: JobFilter, on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try rows(
            """
            select j.job_id, j.action, j.kind, j.rule, case j.state when 0 then 'ready' else 'running' end as state,
                j.attempt, j.uncounted, j.run_at, j.created_at, o.source, o.order_id, j.event_id, j.last_error
            from hookledger.jobs j left join hookledger.orders o on o.id = j.order_row
            where j.state in (0, 1) and \(JobFilter.condition) order by j.run_at, j.job_id limit $7::bigint
            """, filter.parameters, connection)
    }

    /// What is to do, by action.
    public static func depth(on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try rows("select * from hookledger.queue_depth order by action", [], connection)
    }

    /// Everything about one job: its row while it is open or dead, every attempt, its effect.
    /// - Returns: nil when no such job is known.
    public static func history(of id: Int64, on connection: Connection) throws(PostgresError) -> JSONObject? {
        let found = try rows(
            """
            select $1::bigint as job_id,
                (select to_jsonb(j) - 'unique_key' || jsonb_build_object('source', o.source, 'order_id', o.order_id)
                    from hookledger.jobs j left join hookledger.orders o on o.id = j.order_row
                    where j.job_id = $1) as job,
                (select jsonb_agg(to_jsonb(t) order by t.finished_at, t.attempt) from hookledger.job_log t
                    where t.job_id = $1) as attempts,
                (select jsonb_agg(to_jsonb(e) - 'request_hash' order by e.started_at) from hookledger.effects e
                    where e.job_id = $1) as effects
            """, [.bigint(id)], connection)
        guard let history = found.first, history["job"] != .null || history["attempts"] != .null else { return nil }
        return history
    }

    private static func rows(
        _ sql: String, _ parameters: [Parameter], _ connection: Connection
    ) throws(PostgresError) -> [JSONObject] {
        var objects: [JSONObject] = []
        for row in try connection.query("select to_jsonb(t)::text from (\(sql)) as t", parameters) {
            let text = try row.text(0)
            guard let object = (try? JSONValue(parsing: Array(text.utf8)))?.object else {
                throw PostgresError(message: "a row is no JSON object")
            }
            objects.append(object)
        }
        return objects
    }
}
