public import JSON
public import Postgres

/// What was done about one event, beside its jobs; for the command line, which may read the tables. Each row is an object.
public enum EventHistory {
    /// Its effects, the oldest first.
    public static func effects(of id: Int64, on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try connection.jsonObjects(
            """
            select f.effect_key, f.action, f.kind, f.state, f.job_id, f.external_id, f.answer, f.started_at, f.finished_at
            from hookledger.effects as f where f.event_id = $1::bigint order by f.started_at
            """, [.bigint(id)])
    }

    /// Its replays and the replay that made it, with who asked and why, the oldest first.
    public static func replays(of id: Int64, on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try connection.jsonObjects(
            """
            select r.run, r.event_id, r.new_event_id, r.jobs, r.replayed_at, l.actor, l.reason
            from hookledger.replays as r
            left join hookledger.operator_log as l on l.action = 'replay' and l.details ->> 'run' = r.run
                and l.subject in ('event:' || r.event_id, 'replay:' || r.run)
            where r.event_id = $1::bigint or r.new_event_id = $1::bigint
            order by r.replayed_at
            """, [.bigint(id)])
    }
}
