import Postgres

/// The table `destinations`: what runs tell each other about destinations that do not answer.
enum DestinationTable {
    /// The open ones, with the milliseconds until a probe may go there.
    static func load(on connection: Connection) throws(PostgresError) -> [String: (left: Int64, openings: Int)] {
        let rows = try connection.query(
            RunSQL.destinations)
        var open: [String: (left: Int64, openings: Int)] = [:]
        for row in rows {
            open[try row.text("destination")] = (try row.bigint("ms_left"), try row.int("openings"))
        }
        return open
    }

    /// Tells the other runs of a change. Where a destination has opened, the ready jobs of the actions that go there leave the
    /// due window in one go, so that claims need not walk over them; their attempts are not counted.
    static func tell(_ change: DestinationChange, on connection: Connection) throws(PostgresError) {
        if let opened = change.opened {
            _ = try connection.query(
                RunSQL.openDestination,
                [
                    .text(change.destination), .bigint(opened.wait), .text(String(opened.reason.prefix(500))),
                    .texts(change.actions), .boolean(opened.afterProbe),
                ])
        } else {
            try close(change.destination, on: connection)
        }
    }

    /// It answers again.
    private static func close(_ destination: String, on connection: Connection) throws(PostgresError) {
        _ = try connection.query(RunSQL.closeDestination, [.text(destination)])
    }

    /// Takes the one probe for this run.
    /// - Returns: false when another run has it.
    static func takeProbe(_ destination: String, on connection: Connection) throws(PostgresError) -> Bool {
        let rows = try connection.query(
            RunSQL.takeProbe, [.text(destination)])
        return !rows.isEmpty
    }
}
