extension Metric {
    /// The names of its labels, in the order in which they are given.
    public var labels: [String] {
        switch self {
        case .deliveries: ["source", "verdict"]
        case .duplicates: ["source"]
        case .refusals: ["source", "reason"]
        case .unstored: ["source", "spooled"]
        case .attempts: ["action", "outcome"]
        case .jobSeconds, .oldestJob, .deadLetters: ["action"]
        case .reconciles: ["source", "api", "state"]
        case .missingOrders: ["source", "finding"]
        case .webhookRepairs: ["source", "repair", "state"]
        case .schemaChanges: ["source", "change"]
        case .tokenRefreshes: ["source", "end"]
        case .telemetrySpans: ["end"]
        case .requests: ["status"]
        case .jobs: ["action", "state"]
        case .auditMissing, .auditAge: ["host"]
        case .revision: ["host", "program"]
        case .reloads: ["outcome"]
        case .ingestSeconds, .requestSeconds, .batchSeen: []
        }
    }
}
