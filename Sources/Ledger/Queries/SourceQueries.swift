public import Postgres

/// The state of the configured sources.
public enum SourceQueries {
    /// For each of these sources an object, in their order: its last delivery, deliveries and refusals of 24 hours, its
    /// shops, and the time of the counts.
    ///
    /// The counts are of the view source_activity. The last delivery is also searched among those since then; for a source
    /// that has been silent for eight days, the time of its last count is used.
    public static func activity(
        of sources: [String], on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        try connection.jsonRows(
            """
            with counted as materialized (select * from hookledger.source_activity),
            since as materialized (
                select source, max(received_at) as at
                from (
                    select source, received_at from hookledger.event_list
                    where received_at > (select max(as_of) from counted) and origin in ('delivery', 'spool')
                    order by received_at desc limit \(SearchStep.searched)
                ) as e group by source
            )
            select e.id as last_event_id, coalesce(e.received_at, m.updated_at) as last_event_at,
                extract(epoch from now() - coalesce(e.received_at, m.updated_at)) as silent_seconds,
                e.key_id as last_key_id, e.verification as last_verification,
                c.usual_seconds, coalesce(c.events_24h, 0) as events_24h, coalesce(c.refusals_24h, 0) as refusals_24h,
                l.refused_at as last_refusal_at, l.kind as last_refusal_kind, l.reason as last_refusal_reason,
                (
                    select coalesce(json_agg(json_build_object('shop', h.shop_key, 'state', h.state) order by h.shop_key),
                        '[]')
                    from (
                        select * from hookledger.shop_list as h where h.source = s.name order by h.shop_key limit 100
                    ) as h
                ) as shops,
                coalesce(c.as_of, (select max(as_of) from counted), now()) as as_of
            from unnest($1::text[]) with ordinality as s (name, place)
            left join counted as c on c.source = s.name
            left join since as n on n.source = s.name
            left join lateral (
                select e.id, e.received_at, e.key_id, e.verification from hookledger.event_list as e
                where e.received_at = coalesce(n.at, c.last_event_at) and e.source = s.name
                    and e.origin in ('delivery', 'spool')
                order by e.id desc limit 1
            ) as e on true
            left join lateral (
                select max(m.updated_at) as updated_at from hookledger.metric_totals as m
                where m.name = 'hookledger_deliveries_total' and m.labels ->> 'source' = s.name
                    and m.labels ->> 'verdict' <> 'refused'
            ) as m on true
            left join lateral (
                select * from hookledger.refusal_list as l where l.id = c.last_refusal_id limit 1
            ) as l on true
            order by s.place
            """, [.texts(sources)])
    }

    /// The stored tokens of providers' APIs by shop, without the tokens.
    /// - Parameter sources: of these; nil for all.
    public static func credentials(
        of sources: [String]?, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        try connection.jsonRows(
            """
            select c.source, c.kind, c.account, c.shop, c.name, c.region, c.currency, c.state, c.reason, c.state_since,
                c.authorized_at, c.refreshed_at, c.expires_at, c.refresh_due_at, c.refresh_expires_at, c.held_jobs
            from hookledger.credential_status as c
            where $1::text[] is null or c.source = any ($1)
            order by c.source, c.account, c.shop limit 1000
            """, [.optionalTexts(sources)])
    }

    /// Deliveries (no replays, nothing fetched) counted by the type that the provider names, of one shop or of all, and the
    /// time of the counts.
    /// - Parameter sources: of these; nil for all.
    public static func eventsByType(
        shop: String?, of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        var conditions = Conditions()
        conditions.add("s.shop_id = $?::text", shop) { .text($0) }
        conditions.add("s.source = any ($?::text[])", sources) { .texts($0) }
        return try connection.jsonRows(
            """
            select s.event_type, sum(s.total) as total, sum(s.total - s.failed) as successful, sum(s.failed) as failed,
                max(s.last_received) as last_received, min(s.as_of) as as_of
            from hookledger.webhook_statistics_of_shops as s where \(conditions.sql)
            group by s.event_type order by total desc, s.event_type limit 1000
            """, conditions.parameters)
    }
}
