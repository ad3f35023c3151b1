/// What is counted and measured, by the names that Prometheus sees (prometheus.io/docs/practices/naming).
public enum Metric: String, Sendable, CaseIterable {
    /// Webhooks answered, by source and verdict; `refused` is a verdict, too.
    case deliveries = "hookledger_deliveries_total"
    /// Duplicate webhooks, by source.
    case duplicates = "hookledger_duplicates_total"
    /// Webhooks refused, by source and reason.
    case refusals = "hookledger_refusals_total"
    /// Webhooks not stored in Postgres, by source, and whether they were spooled.
    case unstored = "hookledger_unstored_total"
    /// The time of a webhook from read to answered.
    case ingestSeconds = "hookledger_ingest_seconds"
    /// Attempts at jobs, by action and outcome.
    case attempts = "hookledger_job_attempts_total"
    /// The time from webhook to done, by action.
    case jobSeconds = "hookledger_job_seconds"
    /// Comparisons with providers, by source, API and end.
    case reconciles = "hookledger_reconciles_total"
    /// Orders, events and deliveries that a comparison found missing, by source and finding.
    case missingOrders = "hookledger_missing_orders_total"
    /// Webhooks that were registered or enabled again, by source, kind and success.
    case webhookRepairs = "hookledger_webhook_repairs_total"
    /// Changes in the shape of bodies, by source and kind.
    case schemaChanges = "hookledger_schema_changes_total"
    /// Refreshes of stored tokens, by source and end.
    case tokenRefreshes = "hookledger_token_refreshes_total"
    /// Spans for the collector, by end.
    case telemetrySpans = "hookledger_telemetry_spans_total"
    /// Reloads of the configuration, by outcome.
    case reloads = "hookledger_configuration_reloads_total"
    /// Requests to the REST API, by status.
    case requests = "hookledger_api_requests_total"
    /// Their duration.
    case requestSeconds = "hookledger_api_seconds"
    /// Jobs that are still to do, by action and state.
    case jobs = "hookledger_jobs"
    /// How long the oldest of them waits, by action.
    case oldestJob = "hookledger_oldest_job_seconds"
    /// Dead letters, by action.
    case deadLetters = "hookledger_dead_letters"
    /// How long ago the batch processor reported.
    case batchSeen = "hookledger_batch_seen_seconds"
    /// What the last scheduled audit of each host found answered and not stored, by host.
    case auditMissing = "hookledger_audit_missing"
    /// Until how long ago the answers of each host were compared, by host.
    case auditAge = "hookledger_audit_age_seconds"
    /// The oldest revision of the configuration in use, by host and program.
    case revision = "hookledger_configuration_revision"

    /// What a metric is, in Prometheus's words.
    public enum Kind: String, Sendable {
        /// Only grows.
        case counter
        /// What the database says now.
        case gauge
        /// Counts in buckets.
        case histogram
    }

    /// What it is.
    public var kind: Kind {
        switch self {
        case .jobs, .oldestJob, .deadLetters, .batchSeen, .auditMissing, .auditAge, .revision: .gauge
        default: bounds.isEmpty ? .counter : .histogram
        }
    }

    /// The help text.
    public var help: String {
        switch self {
        case .deliveries: "Webhooks answered, by source and verdict."
        case .duplicates: "Duplicate webhooks, by source."
        case .refusals: "Webhooks refused, by source and reason."
        case .unstored: "Webhooks not stored in Postgres, by source, and whether they were spooled."
        case .ingestSeconds: "Time from a webhook's last byte to its answer."
        case .attempts: "Attempts at jobs, by action and outcome."
        case .jobSeconds: "Time from a webhook to the end of a job that it made, by action."
        case .reconciles: "Comparisons with providers, by source, API and end."
        case .missingOrders:
            "Orders, events and deliveries that a comparison with the provider found missing, by source and finding."
        case .webhookRepairs: "Webhooks registered or enabled again at their provider, by source, kind and success."
        case .schemaChanges: "Changes in the shape of webhooks' bodies, by source and kind."
        case .tokenRefreshes: "Refreshes of stored tokens, by source and end."
        case .telemetrySpans: "Spans for the collector, by end (sent, refused, dropped)."
        case .reloads: "Reloads of the configuration, by outcome (used, refused)."
        case .requests: "Requests to the REST API, by status."
        case .requestSeconds: "Time that a request to the REST API took."
        case .jobs: "Jobs that are still to do, and dead letters, by action and state."
        case .oldestJob: "Age of the oldest job that is still to do."
        case .deadLetters: "Jobs that were given up, by action."
        case .batchSeen: "Time since the batch processor last reported."
        case .auditMissing: "Requests answered 2xx and not stored, by host, in its last scheduled audit. Must be 0."
        case .auditAge: "Time since the last answer that a scheduled audit compared, by host."
        case .revision: "Oldest revision of the configuration in use, by host and program; 0 for one without a number."
        }
    }

    /// The upper bounds of a histogram's buckets, in seconds; empty for a counter.
    public var bounds: [Double] {
        switch self {
        case .ingestSeconds, .requestSeconds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
        case .jobSeconds: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200]
        default: []
        }
    }
}
