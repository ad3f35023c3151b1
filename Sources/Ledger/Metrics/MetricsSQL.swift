/// The statements of metrics.
enum MetricsSQL {
    /// What all processes have counted.
    static let totals = """
        select name, labels::text, value from hookledger.metric_totals
        order by name, labels - 'le', (labels ->> 'le')::double precision
        """

    /// What the queue holds now.
    static let depth = """
        select action, due, waiting, running, held, dead, extract(epoch from oldest) as oldest
        from hookledger.queue_depth order by action
        """

    /// The last scheduled audit of each host.
    static let audits = """
        select host, missing, extract(epoch from now() - audited_until) as age from hookledger.audit_state order by host
        """

    /// How long ago the batch processor reported; null if it never has.
    static let batchSeen = "select extract(epoch from now() - seen_at) from hookledger.batch_activity"
}
