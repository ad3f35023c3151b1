import Postgres
import Settings

/// Tells people of what `alerts:` names: each cause once in a period, all that is found at one time in one message.
enum CauseAlerts {
    private static let topic = "causes"
    /// So many are named in one message.
    private static let mostLines = 20

    /// Looks for causes, if no run has within half a minute.
    ///
    /// - Parameter channels: the actions that tell people, each with where it goes. One whose destination does not answer,
    ///   or that could not tell its last alert, is passed over; when none is left, all waits for the next look.
    /// - Returns: how many causes people are told of.
    static func raise(
        _ settings: AlertSettings, through channels: [(action: String, destination: String?)],
        on connection: Connection
    ) throws(PostgresError) -> Int {
        if settings.isEmpty || channels.isEmpty { return 0 }
        return try connection.transaction { () throws(PostgresError) -> Int in
            guard let since = try turn(on: connection) else { return 0 }
            let open = try working(channels, on: connection)
            if open.isEmpty { return 0 }
            let causes = try Causes(settings: settings, connection: connection).found(since: since)
            _ = try connection.query(
                """
                insert into hookledger.alerts (topic, raised_at)
                select topic, now() from unnest($1::text[]) as t (topic) order by topic
                on conflict (topic) do update set raised_at = now()
                """, [.texts([topic] + causes.map(\.topic))])
            if causes.isEmpty { return 0 }
            try Alerts.raise(text(causes), through: open, on: connection)
            return causes.count
        }
    }

    /// Locks the row of this task until the end of the transaction.
    /// - Returns: when was last looked; nil when another run looks, or has just done so.
    private static func turn(on connection: Connection) throws(PostgresError) -> Int64? {
        let rows = try connection.query(
            """
            select raised_at from hookledger.alerts
            where topic = $1 and raised_at < now() - interval '30 seconds' for update skip locked
            """, [.text(topic)])
        if let row = rows.first { return try row.timestamp(0) }
        // The first look ever: from here on.
        let first = try connection.query(
            """
            insert into hookledger.alerts (topic, raised_at) values ($1, now() - interval '1 minute')
            on conflict (topic) do nothing returning raised_at
            """, [.text(topic)])
        return try first.first?.timestamp(0)
    }

    private static func working(
        _ channels: [(action: String, destination: String?)], on connection: Connection
    ) throws(PostgresError) -> [String] {
        var (away, failing): (Set<String>, Set<String>) = ([], [])
        for row in try connection.query("select destination from hookledger.destinations", []) {
            away.insert(try row.text(0))
        }
        let dead = try connection.query(
            "select distinct action from hookledger.jobs where state = 2 and rule = $1", [.text(Alerts.rule)])
        for row in dead { failing.insert(try row.text(0)) }
        return channels.filter { channel in
            !failing.contains(channel.action) && channel.destination.map { !away.contains($0) } ?? true
        }.map(\.action)
    }

    private static func text(_ causes: [Cause]) -> String {
        let more = causes.count - mostLines
        let lines = causes.prefix(mostLines).map(\.text) + (more > 0 ? ["And \(more) more."] : [])
        return lines.joined(separator: "\n")
    }
}
