import Postgres

/// The table `destinations`: what runs tell each other about destinations that do not answer.
enum DestinationTable {
    /// The open ones, with the milliseconds until a probe may go there.
    static func load(on connection: Connection) throws(PostgresError) -> [String: (left: Int64, openings: Int)] {
        let rows = try connection.query(
            """
            select destination, openings, greatest(0, (extract(epoch from open_until - now()) * 1000)::bigint) as ms_left
            from hookledger.destinations
            """)
        var open: [String: (left: Int64, openings: Int)] = [:]
        for row in rows {
            open[try row.text("destination")] = (try row.bigint("ms_left"), try row.int("openings"))
        }
        return open
    }

    /// Tells the other runs of a change.
    static func tell(_ change: DestinationChange, on connection: Connection) throws(PostgresError) {
        if let opened = change.opened {
            try open(
                change.destination, for: opened.wait, reason: opened.reason, actions: change.actions, on: connection)
        } else {
            try close(change.destination, on: connection)
        }
    }

    /// It has opened: nothing goes there for this many milliseconds. The ready jobs of the actions that go there leave the
    /// due window in one go, so that claims need not walk over them; their attempts are not counted.
    private static func open(
        _ destination: String, for wait: Int64, reason: String, actions: [String], on connection: Connection
    ) throws(PostgresError) {
        _ = try connection.query(
            """
            with opened as (
                insert into hookledger.destinations as d (destination, open_until, reason)
                values ($1, now() + $2::bigint * interval '1 ms', $3)
                on conflict (destination) do update set openings = d.openings + 1, reason = excluded.reason,
                    open_until = greatest(d.open_until, excluded.open_until)),
            waiting as materialized (
                select job_id from hookledger.jobs
                where state = 0 and action = any ($4::text[]) and run_at < now() + $2::bigint * interval '1 ms'
                order by job_id limit 5000 for update skip locked)
            update hookledger.jobs j
            set run_at = now() + $2::bigint * interval '1 ms' + random() * interval '2 s'
            from waiting w where j.job_id = w.job_id and j.state = 0
            """, [.text(destination), .bigint(wait), .text(String(reason.prefix(500))), .texts(actions)])
    }

    /// It answers again.
    private static func close(_ destination: String, on connection: Connection) throws(PostgresError) {
        _ = try connection.query("delete from hookledger.destinations where destination = $1", [.text(destination)])
    }

    /// Takes the one probe for this run.
    /// - Returns: false when another run has it.
    static func takeProbe(_ destination: String, on connection: Connection) throws(PostgresError) -> Bool {
        let rows = try connection.query(
            """
            update hookledger.destinations set open_until = now() + interval '\(Lease.seconds) seconds'
            where destination = $1 and open_until <= now() + interval '50 ms' returning destination
            """, [.text(destination)])
        return !rows.isEmpty
    }
}
