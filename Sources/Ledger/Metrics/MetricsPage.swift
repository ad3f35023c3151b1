import JSON
public import Postgres
import Webhooks

/// The metrics of all processes in Prometheus's text format (prometheus.io/docs/instrumenting/exposition_formats).
public enum MetricsPage {
    /// The page, without a line feed at its end: the counters as last added to the database, and the current queue.
    public static func text(on connection: Connection) throws(PostgresError) -> String {
        var lines: [String] = []
        let counted = try connection.query(MetricsSQL.totals)
        var samples: [String: [String]] = [:]
        for row in counted {
            let name = try row.text("name")
            samples[name, default: []].append(
                sample(name, labels(try row.text("labels")), "\(try row.double("value"))"))
        }
        for metric in Metric.allCases where metric.kind != .gauge {
            let isHistogram = metric.kind == .histogram
            let names = isHistogram ? ["_bucket", "_sum", "_count"].map { metric.rawValue + $0 } : [metric.rawValue]
            lines += head(metric)
            lines += names.flatMap { samples[$0] ?? [] }
        }
        return (lines + (try gauges(connection))).joined(separator: "\n")
    }

    private static func gauges(_ connection: Connection) throws(PostgresError) -> [String] {
        var (depth, age, dead) = (head(.jobs), head(.oldestJob), head(.deadLetters))
        let rows = try connection.query(MetricsSQL.depth)
        for row in rows {
            let action = ("action", try row.text("action"))
            for state in ["due", "waiting", "running", "held"] {
                depth.append(sample(Metric.jobs.rawValue, [action, ("state", state)], "\(try row.bigint(state))"))
            }
            dead.append(sample(Metric.deadLetters.rawValue, [action], "\(try row.bigint("dead"))"))
            if let oldest = try row.optionalDouble("oldest") {
                age.append(sample(Metric.oldestJob.rawValue, [action], "\(oldest)"))
            }
        }
        var seen = head(.batchSeen)
        if let seconds = try connection.query(MetricsSQL.batchSeen).only().optionalDouble(0) {
            seen.append(sample(Metric.batchSeen.rawValue, [], "\(seconds)"))
        }
        return depth + age + dead + seen + (try audits(connection)) + (try revisions(connection))
    }

    private static func audits(_ connection: Connection) throws(PostgresError) -> [String] {
        var (missing, age) = (head(.auditMissing), head(.auditAge))
        for row in try connection.query(MetricsSQL.audits) {
            let host = ("host", try row.text("host"))
            missing.append(sample(Metric.auditMissing.rawValue, [host], "\(try row.bigint("missing"))"))
            age.append(sample(Metric.auditAge.rawValue, [host], "\(try row.double("age"))"))
        }
        return missing + age
    }

    /// The oldest one of each program of each host.
    private static func revisions(_ connection: Connection) throws(PostgresError) -> [String] {
        var oldest: [[String]: Int] = [:]
        for use in try ConfigurationInUse.all(on: connection) {
            let place = [use.host, use.program]
            oldest[place] = min(oldest[place] ?? .max, use.revision ?? 0)
        }
        return head(.revision)
            + oldest.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { place, revision in
                sample(Metric.revision.rawValue, [("host", place[0]), ("program", place[1])], "\(revision)")
            }
    }

    private static func head(_ metric: Metric) -> [String] {
        ["# HELP \(metric.rawValue) \(metric.help)", "# TYPE \(metric.rawValue) \(metric.kind.rawValue)"]
    }

    private static func labels(_ text: String) -> [(String, String)] {
        let members = (try? JSONValue(parsing: Array(text.utf8)))?.object?.members ?? []
        return members.map { ($0.key, $0.value.string ?? $0.value.text) }
    }

    private static func sample(_ name: String, _ labels: [(String, String)], _ value: String) -> String {
        let pairs = labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
        return labels.isEmpty ? "\(name) \(value)" : "\(name){\(pairs)} \(value)"
    }

    private static func escaped(_ value: String) -> String {
        value.escapingScalars { $0 == "\\" ? "\\\\" : $0 == "\"" ? "\\\"" : $0 == "\n" ? "\\n" : nil }
    }
}
