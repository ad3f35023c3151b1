extension AlertRule {
    /// The rules, the most urgent first.
    public static let all: [AlertRule] = critical + warnings + notices

    private static let critical = [
        AlertRule(
            "BatchSilent", .critical, for: "2m", "\(Metric.batchSeen.rawValue) > 300",
            "The batch processor last reported {{ $value | humanizeDuration }} ago.",
            "No job runs. Look at cron and at the log of hookledger-batch; hookledger doctor names the reason."),
        AlertRule(
            "MetricsMissing", .critical, for: "10m", "absent(\(Metric.batchSeen.rawValue))",
            "Hookledger reports no metrics, or its batch processor never ran.",
            "Look at the target in Prometheus: the API answers /metrics with a token of the scope read."),
        AlertRule(
            "NotStored", .critical, grew(.unstored, by: ["source"], #"spooled="false""#, within: "5m"),
            "Deliveries of {{ $labels.source }} were answered 503: Postgres does not store them.",
            "Senders retry; some do so for minutes only. Look at Postgres; hookledger doctor names the reason."),
        AlertRule(
            "AuditMissing", .critical, "max by (host) (\(Metric.auditMissing.rawValue)) > 0",
            "{{ $value }} requests on {{ $labels.host }} were answered 2xx and are not stored.",
            "hookledger audit shows them; docs/audit.md says what to do."),
        AlertRule(
            "SourceRefused", .critical, for: "5m",
            """
            sum by (source) (increase(\(Metric.deliveries.rawValue){verdict="refused"}[15m])) > 10 and \
            sum by (source) (increase(\(Metric.deliveries.rawValue){verdict="refused"}[15m])) > \
            0.5 * sum by (source) (increase(\(Metric.deliveries.rawValue)[15m]))
            """,
            "Most deliveries of {{ $labels.source }} are refused.",
            "Most often a secret was changed. hookledger refusals list shows them; release imports them later."),
    ]

    private static let warnings = [
        AlertRule(
            "Spooling", .warning, grew(.unstored, by: ["source"], #"spooled="true""#, within: "5m"),
            "Deliveries of {{ $labels.source }} are in the spool: Postgres does not store them.",
            "They are imported when Postgres is back. Look at Postgres, and at the disk of the spool."),
        AlertRule(
            "DeadLetters", .warning, for: "5m", "sum by (action) (\(Metric.deadLetters.rawValue)) > 0",
            "{{ $value }} jobs of {{ $labels.action }} are dead letters.",
            "hookledger dead list shows the reasons; dead retry repeats them."),
        AlertRule(
            "JobsLate", .warning, for: "5m",
            """
            min_over_time(\(Metric.jobs.rawValue){state="due"}[10m]) > 0 and on (action) \
            \(Metric.oldestJob.rawValue) > 900
            """,
            "Jobs of {{ $labels.action }} have been due for ten minutes.",
            "The destination is slow or away, or the batch processor has too few runs: hookledger jobs."),
        AlertRule(
            "JobsHeld", .warning, for: "1h", #"sum by (action) (\#(Metric.jobs.rawValue){state="held"}) > 0"#,
            "{{ $value }} jobs of {{ $labels.action }} wait for a decision.",
            "hookledger jobs --held says what each waits for."),
        AlertRule(
            "SlowIngest", .warning, for: "10m",
            "histogram_quantile(0.99, sum by (le) (rate(\(Metric.ingestSeconds.rawValue)_bucket[5m]))) > 1",
            "One in a hundred deliveries takes longer than {{ $value | humanizeDuration }}.",
            "Senders time out after seconds. Look at Postgres: locks, disk, synchronous standbys."),
        AlertRule(
            "SourceSilent", .warning, for: "30m",
            """
            sum by (source) (increase(\(Metric.deliveries.rawValue){verdict!="refused"}[2h] offset 1d)) > 20 \
            unless sum by (source) (increase(\(Metric.deliveries.rawValue){verdict!="refused"}[2h])) > 0
            """,
            "{{ $labels.source }} has sent nothing for two hours; a day ago it did.",
            "The webhook may be switched off at the provider: hookledger webhooks diff."),
        AlertRule(
            "MissingOrders", .warning, grew(.missingOrders, by: ["source"], #"finding="absent""#, within: "1h"),
            "A comparison found orders of {{ $labels.source }} that no webhook brought.",
            "They were recorded. The view missing_orders has the reasons."),
        AlertRule(
            "ReconcileFailing", .warning,
            #"sum by (source, api) (increase(\#(Metric.reconciles.rawValue){state!~"done|stopped"}[3h])) > 2"#,
            "Comparisons of {{ $labels.source }} with {{ $labels.api }} fail.",
            "The view reconcile_state has the reason; hookledger credentials shows the tokens."),
        AlertRule(
            "TokenRefused", .warning, grew(.tokenRefreshes, by: ["source"], #"end="refused""#, within: "1h"),
            "A token of {{ $labels.source }} was not refreshed: the provider refuses it.",
            "hookledger authorize gets another one; jobs without a token are held meanwhile."),
        AlertRule(
            "SpansLost", .warning, grew(.telemetrySpans, by: ["end"], #"end=~"refused|dropped""#, within: "1h"),
            "Spans were {{ $labels.end }}: traces are incomplete.",
            "hookledger doctor asks the collector; docs/telemetry.md says what its answers mean."),
        AlertRule(
            "AuditOld", .warning, for: "1h", "max by (host) (\(Metric.auditAge.rawValue)) > 172800",
            "The answers on {{ $labels.host }} were last audited {{ $value | humanizeDuration }} ago.",
            "Look at cron and at the log of the audit: docs/audit.md."),
        AlertRule(
            "APIErrors", .warning, for: "10m",
            """
            sum(rate(\(Metric.requests.rawValue){status=~"5.."}[10m])) > \
            0.05 * sum(rate(\(Metric.requests.rawValue)[10m]))
            """,
            "{{ $value | humanize }} requests a second to the REST API fail.",
            "Look at the log of the API pool, and at Postgres."),
    ]

    private static let notices = [
        AlertRule(
            "WebhookRepaired", .info, grew(.webhookRepairs, by: ["source", "repair"], "", within: "1h"),
            "A webhook of {{ $labels.source }} was off at its provider ({{ $labels.repair }}).",
            "The view webhook_history says since when; hookledger reconcile finds what was missed."),
        AlertRule(
            "SchemaChanged", .info, grew(.schemaChanges, by: ["source", "change"], "", within: "1h"),
            "The bodies of {{ $labels.source }} have changed ({{ $labels.change }}).",
            "The view schema_changes shows the members: docs/drift.md."),
    ]

    /// Whether a counter grew. `increase()` misses the first value of a series that did not exist before; when nothing
    /// was read before, that is unknown.
    private static func grew(_ metric: Metric, by labels: [String], _ filter: String, within time: String) -> String {
        let series = metric.rawValue + (filter.isEmpty ? "" : "{\(filter)}")
        let by = "sum by (\(labels.joined(separator: ", ")))"
        let first = "(\(series) unless \(series) offset \(time)) and on () \(Metric.batchSeen.rawValue) offset \(time)"
        return "\(by) (increase(\(series)[\(time)])) > 0 or \(by) (\(first)) > 0"
    }
}
