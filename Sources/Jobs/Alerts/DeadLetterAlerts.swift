import Postgres

/// Tells people of dead letters: each once, several in one message, and at most one message in five minutes. One is
/// marked as told in the transaction that makes the job of its alert, and not before.
enum DeadLetterAlerts {
    private static let topic = "dead_letters"
    private static let untoldTopic = "dead_letters:untold"
    private static let pause = 300

    private struct Letter {
        let id: Int64
        let action: String
        let error: String
        let event: (id: Int64, receivedAt: Int64)
    }

    /// Looks for dead letters without an alert.
    ///
    /// - Parameter channels: the actions that tell people. A dead letter is not told by the channel that it is of. A
    ///   channel that some are of tells the others only where no other channel works.
    /// - Returns: how many were alerted, and for how many no channel is left: those stay, and are alerted when there
    ///   is one. They too are said once in five minutes.
    static func raise(
        through channels: [AlertChannel], on connection: Connection
    ) throws(PostgresError) -> (told: Int, untold: Int) {
        guard !channels.isEmpty, try connection.query(AlertsSQL.isAny).count > 0
        else { return (0, 0) }
        return try connection.transaction { () throws(PostgresError) -> (told: Int, untold: Int) in
            // One run of all looks.
            guard try AlertTurn.take(topic, after: pause, on: connection) != nil else { return (0, 0) }
            _ = try connection.query(AlertsSQL.reopen, [.text(Alerts.rule)])
            let letters = try letters(connection)
            let told = try tell(letters, through: channels, on: connection)
            if !told.isEmpty {
                _ = try connection.query(
                    AlertsSQL.markTold,
                    [.bigints(told.sorted())])
                try AlertTurn.end([topic], on: connection)
            }
            let untold = letters.count - told.count
            guard untold > 0, try AlertTurn.take(untoldTopic, after: pause, on: connection) != nil else {
                return (told.count, 0)
            }
            try AlertTurn.end([untoldTopic], on: connection)
            return (told.count, untold)
        }
    }

    private static func letters(_ connection: Connection) throws(PostgresError) -> [Letter] {
        var letters: [Letter] = []
        for row in try connection.query(AlertsSQL.find) {
            letters.append(
                Letter(
                    id: try row.bigint("job_id"), action: try row.text("action"), error: try row.text("error"),
                    event: (try row.bigint("event_id"), try row.timestamp("event_received_at"))))
        }
        return letters
    }

    /// - Returns: those that an alert was made for.
    private static func tell(
        _ letters: [Letter], through channels: [AlertChannel], on connection: Connection
    ) throws(PostgresError) -> Set<Int64> {
        // All alerts of one time are about one event: `reopen` finds the others by it.
        guard let event = letters.first?.event else { return [] }
        let working = try AlertChannel.working(channels, on: connection)
        let actions = Set(letters.map(\.action))
        let sound = working.filter { $0.kin.isDisjoint(with: actions) }
        var told: Set<Int64> = []
        for channel in sound.isEmpty ? working : sound {
            let others = letters.filter { !channel.kin.contains($0.action) }
            if others.isEmpty { continue }
            let made = try Alerts.raise(text(others), event: event, through: [channel.action], on: connection)
            if made > 0 { told.formUnion(others.map(\.id)) }
        }
        return told
    }

    private static func text(_ letters: [Letter]) -> String {
        let actions = Dictionary(grouping: letters, by: \.action)
        let lines = actions.sorted { $0.key < $1.key }.map { action, letters in
            "\(letters.count) of \(action): \((letters.last?.error ?? "").prefix(200))"
        }
        return "\(letters.count) \(letters.count == 1 ? "job was" : "jobs were") given up (hookledger dead list). "
            + lines.joined(separator: "; ")
    }
}
