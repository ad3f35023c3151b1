import Postgres

/// Tells people of dead letters: each once, several in one message, and at most one message in five minutes.
enum DeadLetterAlerts {
    private static let topic = "dead_letters"

    private static let due = """
        insert into hookledger.alerts as a (topic, raised_at)
        select $1, now() where exists (select from hookledger.jobs where state = 2 and alerted_at is null)
        on conflict (topic) do update set raised_at = now()
            where a.raised_at < now() - interval '5 minutes'
        returning topic
        """

    private static let take = """
        update hookledger.jobs set alerted_at = now() where state = 2 and alerted_at is null
        returning job_id, action, last_error, event_id, event_received_at
        """

    private static let destinations = """
        select distinct destination from hookledger.job_attempts
        where job_id = any ($1::bigint[]) and outcome = 'dead' and destination is not null
        union select destination from hookledger.destinations
        """

    /// Looks for dead letters that nobody was told of.
    ///
    /// - Parameter channels: the actions that tell people, each with where it goes. One that is among the dead
    ///   letters itself, or goes where they went, or to a destination that does not answer, is passed over.
    /// - Returns: how many people were told of, and how many had no channel left.
    static func raise(
        through channels: [(action: String, destination: String?)], on connection: Connection
    ) throws(PostgresError) -> (told: Int, untold: Int) {
        guard !channels.isEmpty else { return (0, 0) }
        return try connection.transaction { () throws(PostgresError) -> (told: Int, untold: Int) in
            // One run of all takes it: the row is locked until the end.
            if try connection.query(due, [.text(topic)]).isEmpty { return (0, 0) }
            let rows = try connection.query(take)
            var (ids, actions): ([Int64], [String: (count: Int, error: String)]) = ([], [:])
            for row in rows {
                ids.append(try row.bigint("job_id"))
                let action = try row.text("action")
                let error = try row.optionalText("last_error") ?? ""
                actions[action] = ((actions[action]?.count ?? 0) + 1, error)
            }
            guard let first = rows.first else { return (0, 0) }
            var broken = Set<String>()
            for row in try connection.query(destinations, [.bigints(ids)]) { broken.insert(try row.text(0)) }
            let open = channels.filter { channel in
                actions[channel.action] == nil && channel.destination.map { !broken.contains($0) } ?? true
            }
            guard !open.isEmpty else { return (0, ids.count) }
            let event = (try first.bigint("event_id"), try first.timestamp("event_received_at"))
            try Alerts.raise(text(ids.count, actions), event: event, through: open.map(\.action), on: connection)
            return (ids.count, 0)
        }
    }

    private static func text(_ count: Int, _ actions: [String: (count: Int, error: String)]) -> String {
        let lines = actions.sorted { $0.key < $1.key }.map { action, found in
            "\(found.count) of \(action): \(found.error.prefix(200))"
        }
        return "\(count) \(count == 1 ? "job was" : "jobs were") given up (hookledger dead list). "
            + lines.joined(separator: "; ")
    }
}
