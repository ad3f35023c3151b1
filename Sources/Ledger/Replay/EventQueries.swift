public import JSON
public import Postgres

/// Queries about stored events. Each row is a JSON object.
public enum EventQueries {
    /// Events, the newest first, without their bodies.
    public static func list(
        _ filter: EventFilter, limit: Int, on connection: Connection
    ) throws(PostgresError) -> [JSONObject] {
        let (condition, parameters) = filter.condition(from: 2)
        return try connection.jsonObjects(
            """
            select e.id, e.received_at, e.source, e.provider, e.provider_type, e.type, e.subject, e.shop_id,
                hookledger.event_status(e.id, e.order_row) as status, e.origin, e.verification, e.disposition,
                octet_length(e.body) as body_length, e.request_id
            from hookledger.events as e where \(condition)
            order by e.received_at desc, e.id desc limit $1::bigint
            """, [.bigint(Int64(limit))] + parameters)
    }

    /// How many events there are.
    public static func count(_ filter: EventFilter, on connection: Connection) throws(PostgresError) -> Int {
        let (condition, parameters) = filter.condition()
        return try connection.query("select count(*) from hookledger.events as e where \(condition)", parameters)
            .only().int(0)
    }

    /// Everything about one event but its body and headers: its row, the orders that it is about, its jobs that are
    /// open, every attempt, its effects and its replays.
    /// - Returns: nil when there is no such event.
    public static func history(of id: Int64, on connection: Connection) throws(PostgresError) -> JSONObject? {
        try connection.jsonObjects(
            """
            select to_jsonb(e) - '{body,headers,record_row}'::text[] || jsonb_build_object(
                    'status', hookledger.event_status(e.id, e.order_row), 'body_length', octet_length(e.body),
                    'repetitions', (select coalesce(sum(r.repeats), 0) from hookledger.repetition_list as r
                        where r.event_id = e.id)) as event,
                (select jsonb_agg(jsonb_build_object('row', o.id, 'order_id', o.order_id, 'shop', o.shop_key,
                        'disposition', r.disposition) order by r.record_no)
                    from hookledger.event_rows as r join hookledger.orders as o on o.id = r.record_row
                    where r.event_id = e.id and r.received_at = e.received_at and r.record_kind = 'order') as orders,
                (select jsonb_agg(to_jsonb(j) - 'unique_key' order by j.job_id)
                    from hookledger.jobs_of_event(e.id, e.order_row) as j) as jobs,
                (select jsonb_agg(to_jsonb(t) order by t.finished_at, t.job_id, t.attempt)
                    from hookledger.job_attempts as t where t.event_id = e.id) as attempts,
                (select jsonb_agg(to_jsonb(f) - 'request_hash' order by f.started_at) from hookledger.effects as f
                    where f.event_id = e.id) as effects,
                (select jsonb_agg(to_jsonb(r) || jsonb_build_object('actor', l.actor, 'reason', l.reason)
                        order by r.replayed_at)
                    from hookledger.replays as r
                    left join hookledger.operator_log as l on l.action = 'replay' and l.details ->> 'run' = r.run
                        and l.subject in ('event:' || r.event_id, 'replay:' || r.run)
                    where r.event_id = e.id or r.new_event_id = e.id) as replays
            from hookledger.events as e where e.id = $1::bigint limit 1
            """, [.bigint(id)]
        ).first
    }
}
