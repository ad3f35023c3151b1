import Postgres
import Settings

/// Tells people of what `alerts:` names, and of sources without a usable secret: each cause once in a period, all that is found at one time in one message.
enum CauseAlerts {
    private static let topic = "causes"
    /// The most that one message names.
    private static let mostLines = 20

    /// Looks for causes, if no run has within half a minute.
    ///
    /// - Parameter channels: the actions that tell people. One whose destination does not answer, or that could not tell its
    ///   last alert, is skipped; without any channel left, everything waits for the next look.
    /// - Returns: how many causes are alerted.
    static func raise(
        _ settings: AlertSettings, holds: HoldSettings = .standard, through channels: [AlertChannel],
        on connection: Connection
    ) throws(PostgresError) -> Int {
        if channels.isEmpty { return 0 }
        return try connection.transaction { () throws(PostgresError) -> Int in
            guard let since = try AlertTurn.take(topic, after: 30, on: connection) else { return 0 }
            let open = try AlertChannel.working(channels, on: connection)
            if open.isEmpty { return 0 }
            let causes = try Causes(settings: settings, holds: holds, connection: connection).found(since: since)
            try AlertTurn.end([topic] + causes.map(\.topic), on: connection)
            if causes.isEmpty { return 0 }
            try Alerts.raise(text(causes), through: open.map(\.action), on: connection)
            return causes.count
        }
    }

    private static func text(_ causes: [Cause]) -> String {
        let more = causes.count - mostLines
        let lines = causes.prefix(mostLines).map(\.text) + (more > 0 ? ["And \(more) more."] : [])
        return lines.joined(separator: "\n")
    }
}
