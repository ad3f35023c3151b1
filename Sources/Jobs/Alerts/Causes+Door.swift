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
            """
            select 'repeats:' || source as topic,
                format('Repeated deliveries: %s of %s were kept as repetitions, because their body had made as many events '
                    || 'as it may within a day. The newest repeats event %s.', sum(repeats), source, max(event_id)) as text
            from hookledger.repetitions
            where over_limit and received_at > now() - interval '2 hours'
            group by source
            """, [])
    }

    private func unlistedShops() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select 'shop:' || source || ':' || shop_key as topic,
                format('Unknown shop: %s has sent something in the name of %s. Its jobs are held: list or refuse it with '
                    || 'hookledger shops.', shop_key, source) as text
            from hookledger.source_shops where state = 'unlisted'
            """, [])
    }

    private func idsOfSeveralShops() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select 'several_shops:' || source as topic,
                format('Ambiguous id: %s deliveries of %s name no shop, and several shops have their id: nothing was '
                    || 'changed. The newest is event %s.', count(*), source, max(id)) as text
            from hookledger.events
            where received_at > now() - interval '2 hours' and disposition = 'stored'
                and reason = hookledger.ambiguous_shop_reason()
            group by source
            """, [])
    }

    /// A member that could not be read as its field, the first time.
    private func unreadFields() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select concat_ws(':', 'unread', source, provider, type, field) as topic,
                format('Unread field: %s of %s (%s) could not be read; it is kept in extra. Event %s has one.', field,
                    type, source, example_event_id) as text
            from hookledger.unread_fields where first_seen > now() - $1::interval
            """, [])
    }
}
