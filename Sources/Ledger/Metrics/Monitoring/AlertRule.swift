/// A rule by which Prometheus alerts (prometheus.io/docs/prometheus/latest/configuration/alerting_rules).
public struct AlertRule: Sendable, Hashable {
    /// How soon a person has to look.
    public enum Severity: String, Sendable, CaseIterable {
        /// Deliveries are lost to their senders, or nothing is done: now.
        case critical
        /// Something does not work: today.
        case warning
        /// Something changed: when there is time.
        case info
    }

    /// Its name, such as `HookledgerBatchSilent`.
    public let name: String
    /// The condition, in PromQL.
    public let expression: String
    /// How long it must hold; empty for at once.
    public let duration: String
    /// How soon a person has to look.
    public let severity: Severity
    /// One line, in Prometheus's template language.
    public let summary: String
    /// What to do.
    public let advice: String

    init(
        _ name: String, _ severity: Severity, for duration: String = "", _ expression: String, _ summary: String,
        _ advice: String
    ) {
        self.name = "Hookledger\(name)"
        self.severity = severity
        self.duration = duration
        self.expression = expression
        self.summary = summary
        self.advice = advice
    }
}

extension AlertRule {
    /// All of them as a rule file.
    public static var file: String {
        var lines = [
            "# Alerts on the metrics of Hookledger, for Prometheus (docs/monitoring.md). Written by `make docs`.",
            "groups:", "  - name: hookledger", "    rules:",
        ]
        for rule in all {
            lines += ["      - alert: \(rule.name)", "        expr: \(quoted(rule.expression))"]
            if !rule.duration.isEmpty { lines.append("        for: \(rule.duration)") }
            lines += [
                "        labels:", "          severity: \(rule.severity.rawValue)", "        annotations:",
                "          summary: \(quoted(rule.summary))", "          description: \(quoted(rule.advice))",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text between single quotes, as YAML writes it.
    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
}
