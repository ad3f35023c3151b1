import Postgres

/// What the ledger's door has met that a person must look at. Told whatever `alerts:` says.
extension Causes {
    func doorCauses() throws(PostgresError) -> [Cause] {
        try notRecorded() + repeatsOverLimit() + unlistedShops() + idsOfSeveralShops() + unreadFields()
            + hostCauses()
    }

    /// Deliveries at which Postgres failed, at the door or when the spool was imported. What is not stored may be lost.
    private func notRecorded() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select 'not_recorded:' || source as topic,
                format('Not recorded: Postgres failed at %s of %s within 10 minutes, %s of them answered with an error: '
                    || '%s.', case sum(1 + unrecorded) when 1 then '1 delivery' else sum(1 + unrecorded) || ' deliveries'
                    end, source, coalesce(sum(1 + unrecorded) filter (where status >= 300), 0),
                    (array_agg(reason order by refused_at desc))[1]) as text
            from hookledger.refusals
            where refused_at > now() - interval '10 minutes' and source is not null and kind = 'not_recorded'
            group by source
            """, [])
    }

    /// A body that is sent more often than it may count: a sender in a loop, or a captured delivery.
    private func repeatsOverLimit() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.repeatsOverLimit, [])
    }

    private func unlistedShops() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.unlistedShops, [])
    }

    private func idsOfSeveralShops() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.idsOfSeveralShops, [])
    }

    /// A member that could not be read as its field, the first time.
    private func unreadFields() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.unreadFields, [])
    }
}
