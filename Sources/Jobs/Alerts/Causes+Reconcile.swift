import Postgres

/// What reconciling has met that a person must look at. Told whatever `alerts:` says: until it works, missing orders stay
/// missing.
extension Causes {
    func reconcileCauses() throws(PostgresError) -> [Cause] { try missingOrders() + stoppedReconciles() }

    private func missingOrders() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select 'missing_orders:' || source || ':' || api as topic,
                format('Missing orders: %s of %s were found through %s within an hour, most of them for the reason %s '
                    || '(view missing_orders).', count(*), source, api, mode() within group (order by reason)) as text
            from (
                select m.source, m.api, m.alarm, f.reason
                from hookledger.reconcile_marks as m
                join hookledger.reconcile_findings as f on f.source = m.source and f.api = m.api
                where m.alarm > 0 and f.found_at > now() - interval '1 hour'
            ) as f
            group by source, api, alarm having count(*) >= alarm
            """, [])
    }

    /// A refused token at once, everything else after three runs.
    private func stoppedReconciles() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select concat_ws(':', 'reconcile', case when unauthorized then 'token' else 'failing' end, source, api) as topic,
                format(case when unauthorized
                    then 'Token refused: %s cannot be compared through %s since %s UTC: %s'
                    else 'Comparison fails: %s through %s has not ended since %s UTC: %s' end,
                    source, api, to_char(watermark at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), last_error) as text
            from hookledger.reconcile_marks
            where unauthorized or failures >= 3
            """, [])
    }
}
