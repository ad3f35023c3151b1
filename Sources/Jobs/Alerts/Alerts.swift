public import Postgres
import Webhooks

/// Telling people about something: a job of its own for an action that can tell it (Slack, e-mail, HTTP), with what it
/// says in `jobs.note`. So it is retried, logged and kept as everything else is.
public enum Alerts {
    static let rule = Purpose.alertRule
    /// Before all others.
    static let priority = -10

    /// Makes one alert for each of those actions.
    ///
    /// - Parameters:
    ///   - note: what it says.
    ///   - job: the job that it is about; its event is the alert's.
    ///   - actions: none is no alert.
    public static func raise(
        _ note: String, about job: Job, through actions: [String], on connection: Connection
    ) throws(PostgresError) {
        _ = try raise(note, event: (job.eventID, job.eventReceivedAt), through: actions, on: connection)
    }

    /// Makes one alert for each of those actions, about no event in particular.
    static func raise(_ note: String, through actions: [String], on connection: Connection) throws(PostgresError) {
        let now = try connection.query("select now()", []).only().timestamp(0)
        _ = try raise(note, event: (0, now), through: actions, on: connection)
    }

    /// - Parameter event: id and time of receipt of the event that it is about.
    /// - Returns: how many were made: none for an action that is no longer in the configuration.
    static func raise(
        _ note: String, event: (id: Int64, receivedAt: Int64), through actions: [String], on connection: Connection
    ) throws(PostgresError) -> Int {
        guard !actions.isEmpty else { return 0 }
        return try connection.query(
            AlertsSQL.insert,
            [
                .texts(actions), .text(rule), .bigint(event.id), .timestamp(event.receivedAt),
                .text(String(note.prefix(2000))),
            ]
        ).count
    }
}

extension Job {
    /// The subject of an alert without an event, or whose event is no longer stored.
    var alertSubject: JobSubject? {
        guard alert != nil else { return nil }
        return JobSubject(
            job: self,
            event: JobEvent(
                id: eventID, receivedAt: Timestamp(microseconds: eventReceivedAt), source: "hookledger",
                provider: "hookledger", providerType: "alert", type: "hookledger.alert"), order: nil)
    }
}
