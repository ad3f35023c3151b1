public import Postgres

/// Queries about replays.
public enum ReplayQueries {
    /// How many events a filter finds.
    public static func count(_ filter: EventFilter, on connection: Connection) throws(PostgresError) -> Int {
        var conditions = Conditions()
        filter.add(to: &conditions)
        return try connection.query(
            "select count(*) from hookledger.events as e where \(conditions.sql)", conditions.parameters
        ).only().int(0)
    }

    /// The events that a filter finds, the oldest first.
    public static func ids(
        _ filter: EventFilter, limit: Int, on connection: Connection
    ) throws(PostgresError) -> [Int64] {
        var conditions = Conditions()
        filter.add(to: &conditions)
        var ids: [Int64] = []
        for row in try connection.query(
            """
            select e.id from hookledger.events as e where \(conditions.sql) order by e.received_at, e.id limit \(limit)
            """, conditions.parameters)
        {
            ids.append(try row.bigint(0))
        }
        return ids
    }

    /// The event that this one replays with changes, and those that replay this one so.
    public static func related(
        to id: Int64, on connection: Connection
    ) throws(PostgresError) -> (original: Int64?, replays: [Int64]) {
        var original: Int64?
        var replays: [Int64] = []
        for row in try connection.query(
            """
            select event_id, new_event_id from hookledger.replay_list
            where new_event_id = $1::bigint or event_id = $1::bigint and new_event_id is not null
            order by new_event_id limit 1000
            """, [.bigint(id)])
        {
            let made = try row.bigint("new_event_id")
            if made == id { original = try row.bigint("event_id") } else { replays.append(made) }
        }
        return (original, replays)
    }
}
