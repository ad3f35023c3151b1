/// For every alert rule: series by which it fires, and the like by which it does not.
struct AlertCase: Sendable {
    /// A series and its values, a ``step`` apart, as `promtool test rules` writes them.
    typealias Series = (name: String, values: String)

    let rule: String
    let fires: [Series]
    let quiet: [Series]
    /// When it has fired.
    let at: String
    let labels: [String: String]
    let summary: String
    /// How often Prometheus looks.
    var step = "1m"

    /// The page of metrics is read all the time.
    static let page: Series = ("hookledger_batch_seen_seconds", "5+0x3000")

    static let all = [
        AlertCase(
            rule: "BatchSilent", fires: [("hookledger_batch_seen_seconds", "0+60x20")],
            quiet: [("hookledger_batch_seen_seconds", "299+0x20")], at: "10m", labels: [:],
            summary: "The batch processor last reported 10m 0s ago."),
        AlertCase(
            rule: "MetricsMissing", fires: [("another", "1+0x20")], quiet: [page], at: "15m", labels: [:],
            summary: "Hookledger reports no metrics, or its batch processor never ran."),
        AlertCase(
            rule: "NotStored",
            fires: [page, (#"hookledger_unstored_total{source="a", spooled="false"}"#, "_x9 2+0x10")],
            quiet: [page, (#"hookledger_unstored_total{source="a", spooled="false"}"#, "7+0x20")], at: "11m",
            labels: ["source": "a"],
            summary: "Deliveries of a were answered 503: Postgres does not store them."),
        AlertCase(
            rule: "AuditMissing", fires: [(#"hookledger_audit_missing{host="h1"}"#, "3+0x5")],
            quiet: [(#"hookledger_audit_missing{host="h1"}"#, "0+0x5")], at: "2m", labels: ["host": "h1"],
            summary: "3 requests on h1 were answered 2xx and are not stored."),
        AlertCase(
            rule: "SourceRefused",
            fires: [
                (#"hookledger_deliveries_total{source="a", verdict="refused"}"#, "0+6x40"),
                (#"hookledger_deliveries_total{source="a", verdict="signature"}"#, "0+5x40"),
            ],
            quiet: [
                (#"hookledger_deliveries_total{source="a", verdict="refused"}"#, "0+5x40"),
                (#"hookledger_deliveries_total{source="a", verdict="signature"}"#, "0+6x40"),
            ], at: "30m", labels: ["source": "a"], summary: "Most deliveries of a are refused."),
        AlertCase(
            rule: "Spooling", fires: [page, (#"hookledger_unstored_total{source="a", spooled="true"}"#, "0+1x20")],
            quiet: [page, (#"hookledger_unstored_total{source="a", spooled="true"}"#, "7+0x20")], at: "11m",
            labels: ["source": "a"], summary: "Deliveries of a are in the spool: Postgres does not store them."),
        AlertCase(
            rule: "DeadLetters", fires: [(#"hookledger_dead_letters{action="erp"}"#, "2+0x20")],
            quiet: [(#"hookledger_dead_letters{action="erp"}"#, "0+0x20")], at: "10m", labels: ["action": "erp"],
            summary: "2 jobs of erp are dead letters."),
        AlertCase(
            rule: "JobsLate",
            fires: [
                (#"hookledger_jobs{action="erp", state="due"}"#, "5+0x40"),
                (#"hookledger_oldest_job_seconds{action="erp"}"#, "0+60x40"),
            ],
            quiet: [
                (#"hookledger_jobs{action="erp", state="due"}"#, "5 0 5 0 5 0 5 0 5 0 5 0 5 0 5 0 5 0 5 0 5 0 5 0 5"),
                (#"hookledger_oldest_job_seconds{action="erp"}"#, "0+60x40"),
            ], at: "24m", labels: ["action": "erp", "state": "due"],
            summary: "Jobs of erp have been due for ten minutes."),
        AlertCase(
            rule: "JobsHeld", fires: [(#"hookledger_jobs{action="erp", state="held"}"#, "4+0x100")],
            quiet: [(#"hookledger_jobs{action="erp", state="held"}"#, "0+0x100")], at: "90m",
            labels: ["action": "erp"], summary: "4 jobs of erp wait for a decision."),
        AlertCase(
            rule: "SlowIngest",
            fires: [
                (#"hookledger_ingest_seconds_bucket{le="1"}"#, "0+0x40"),
                (#"hookledger_ingest_seconds_bucket{le="2.5"}"#, "0+60x40"),
                (#"hookledger_ingest_seconds_bucket{le="+Inf"}"#, "0+60x40"),
            ],
            quiet: [
                (#"hookledger_ingest_seconds_bucket{le="1"}"#, "0+60x40"),
                (#"hookledger_ingest_seconds_bucket{le="2.5"}"#, "0+60x40"),
                (#"hookledger_ingest_seconds_bucket{le="+Inf"}"#, "0+60x40"),
            ], at: "30m", labels: [:],
            summary: "One in a hundred deliveries takes longer than 2.485s."),
        AlertCase(
            rule: "SourceSilent",
            fires: [(#"hookledger_deliveries_total{source="a", verdict="signature"}"#, "0+10x30 300+0x150")],
            quiet: [(#"hookledger_deliveries_total{source="a", verdict="signature"}"#, "0+10x180")], at: "1710m",
            labels: ["source": "a"], summary: "a has sent nothing for two hours; a day ago it did.",
            step: "10m"),
        AlertCase(
            rule: "MissingOrders",
            fires: [page, (#"hookledger_missing_orders_total{source="a", finding="absent"}"#, "_x70 1+0x10")],
            quiet: [page, (#"hookledger_missing_orders_total{source="a", finding="older"}"#, "_x70 1+0x10")], at: "75m",
            labels: ["source": "a"], summary: "A comparison found orders of a that no webhook brought."),
        AlertCase(
            rule: "ReconcileFailing",
            fires: [(#"hookledger_reconciles_total{source="a", api="shop", state="bad_answer"}"#, "0+1x20")],
            quiet: [
                (#"hookledger_reconciles_total{source="a", api="shop", state="done"}"#, "0+1x20"),
                (#"hookledger_reconciles_total{source="a", api="shop", state="stopped"}"#, "0+1x20"),
            ], at: "15m",
            labels: ["source": "a", "api": "shop"], summary: "Comparisons of a with shop fail."),
        AlertCase(
            rule: "TokenRefused",
            fires: [page, (#"hookledger_token_refreshes_total{source="a", end="refused"}"#, "0+1x20")],
            quiet: [page, (#"hookledger_token_refreshes_total{source="a", end="done"}"#, "0+1x20")], at: "15m",
            labels: ["source": "a"], summary: "A token of a was not refreshed: the provider refuses it."),
        AlertCase(
            rule: "SpansLost", fires: [page, (#"hookledger_telemetry_spans_total{end="refused"}"#, "_x70 1+0x10")],
            quiet: [page, (#"hookledger_telemetry_spans_total{end="sent"}"#, "_x70 1+0x10")], at: "75m",
            labels: ["end": "refused"], summary: "Spans were refused: traces are incomplete."),
        AlertCase(
            rule: "AuditOld", fires: [(#"hookledger_audit_age_seconds{host="h1"}"#, "180000+0x100")],
            quiet: [(#"hookledger_audit_age_seconds{host="h1"}"#, "172000+0x100")], at: "90m", labels: ["host": "h1"],
            summary: "The answers on h1 were last audited 2d 2h 0m 0s ago."),
        AlertCase(
            rule: "APIErrors",
            fires: [
                (#"hookledger_api_requests_total{status="503"}"#, "0+60x40"),
                (#"hookledger_api_requests_total{status="200"}"#, "0+60x40"),
            ],
            quiet: [
                (#"hookledger_api_requests_total{status="503"}"#, "0+1x40"),
                (#"hookledger_api_requests_total{status="200"}"#, "0+60x40"),
            ], at: "30m", labels: [:], summary: "1 requests a second to the REST API fail."),
        AlertCase(
            rule: "WebhookRepaired",
            fires: [
                page, (#"hookledger_webhook_repairs_total{source="a", repair="register", state="done"}"#, "0+1x20"),
            ],
            quiet: [
                page, (#"hookledger_webhook_repairs_total{source="a", repair="register", state="done"}"#, "1+0x20"),
            ], at: "15m", labels: ["source": "a", "repair": "register"],
            summary: "A webhook of a was off at its provider (register)."),
        AlertCase(
            rule: "SchemaChanged",
            fires: [page, (#"hookledger_schema_changes_total{source="a", change="new"}"#, "_x70 1+0x10")],
            // Nothing was read an hour earlier, so nothing is known to be new.
            quiet: [
                ("hookledger_batch_seen_seconds", "_x70 5+0x20"),
                (#"hookledger_schema_changes_total{source="a", change="new"}"#, "_x70 9+0x20"),
            ], at: "75m", labels: ["source": "a", "change": "new"],
            summary: "The bodies of a have changed (new)."),
    ]
}
