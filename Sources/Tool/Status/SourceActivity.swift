import JSON
import Ledger
import Postgres
import Settings

/// What the configured sources have sent.
struct SourceActivity {
    /// A row for each source, in the order of the configuration.
    let rows: [JSONObject]

    /// The least time without a delivery that counts as silence, in seconds.
    private static let leastSilence = 300.0

    init(_ settings: Settings, on connection: Connection) throws(PostgresError) {
        let found = try SourceQueries.activity(of: settings.sources.map(\.name), on: connection)
        rows = zip(settings.sources, found.map(\.object)).map { source, activity in
            var row = JSONObject()
            row["source"] = .string(source.name)
            row["providers"] = .string(source.providers.joined(separator: " "))
            row["paths"] = .string(source.paths.joined(separator: " "))
            for key in ["events_24h", "refusals_24h", "last_event_at", "silent_seconds", "usual_seconds"] {
                row[key] = activity?[key] ?? .null
            }
            row["is_silent"] = .bool(
                Self.isSilent(
                    row["silent_seconds"]?.seconds, usual: row["usual_seconds"]?.seconds,
                    limit: settings.alerts.silent[source.name]))
            return row
        }
    }

    /// - Parameter limit: what the configuration calls silence; otherwise three times the usual pause.
    private static func isSilent(_ seconds: Double?, usual: Double?, limit: Duration?) -> Bool {
        guard let seconds else { return false }
        if let limit { return seconds > Double(limit.wholeMilliseconds) / 1000 }
        return usual.map { seconds > max(3 * $0, leastSilence) } ?? false
    }

    /// The silent ones, each with how long.
    var silent: [(source: String, seconds: Double)] {
        rows.filter { $0["is_silent"] == .bool(true) }.compactMap { row in
            guard let source = row["source"]?.string, let seconds = row["silent_seconds"]?.seconds else { return nil }
            return (source, seconds)
        }
    }

    /// The sum of a column.
    func sum(_ key: String) -> Int64 { rows.reduce(0) { $0 + ($1[key]?.integer ?? 0) } }
}

extension JSONValue {
    /// A number of seconds; nil for anything else.
    var seconds: Double? { if case .number(let number) = self { Double(number.text) } else { nil } }
}
