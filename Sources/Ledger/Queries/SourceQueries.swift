public import Postgres

/// The state of the configured sources.
public enum SourceQueries {
    /// For each of these sources an object, in their order: its last delivery, deliveries and refusals of 24 hours, its
    /// shops.
    ///
    /// One pass over the deliveries, however many sources there are. The last event is searched in the last eight days;
    /// for a source that has been silent longer, the time of its last count is used.
    public static func activity(
        of sources: [String], on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        try connection.jsonRows(
            """
            select e.id as last_event_id, coalesce(e.received_at, m.updated_at) as last_event_at,
                extract(epoch from now() - coalesce(e.received_at, m.updated_at)) as silent_seconds,
                e.key_id as last_key_id, e.verification as last_verification,
                c.usual_seconds, coalesce(c.events, 0) as events_24h, coalesce(r.refusals, 0) as refusals_24h,
                l.refused_at as last_refusal_at, l.kind as last_refusal_kind, l.reason as last_refusal_reason,
                (
                    select coalesce(json_agg(json_build_object('shop', h.shop_key, 'state', h.state) order by h.shop_key),
                        '[]')
                    from (
                        select * from hookledger.shop_list as h where h.source = s.name order by h.shop_key limit 100
                    ) as h
                ) as shops
            from unnest($1::text[]) with ordinality as s (name, place)
            left join (
                select source, max(received_at) as at,
                    case when count(*) > 10 then
                        extract(epoch from max(received_at) - min(received_at)) / (count(*) - 1)
                    end as usual_seconds,
                    count(*) filter (where received_at > now() - interval '24 hours') as events
                from hookledger.event_list
                where received_at > now() - interval '8 days' and origin in ('delivery', 'spool') group by source
            ) as c on c.source = s.name
            left join lateral (
                select e.id, e.received_at, e.key_id, e.verification from hookledger.event_list as e
                where e.received_at = c.at and e.source = s.name and e.origin in ('delivery', 'spool')
                order by e.id desc limit 1
            ) as e on true
            left join lateral (
                select max(m.updated_at) as updated_at from hookledger.metric_totals as m
                where m.name = 'hookledger_deliveries_total' and m.labels ->> 'source' = s.name
                    and m.labels ->> 'verdict' <> 'refused'
            ) as m on true
            left join (
                select source, max(id) as id,
                    sum(1 + unrecorded) filter (where refused_at > now() - interval '24 hours') as refusals
                from hookledger.refusal_list group by source
            ) as r on r.source = s.name
            left join hookledger.refusal_list as l on l.id = r.id
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

    /// Deliveries (no replays, nothing fetched) counted by the type that the provider names, of one shop or of all.
    /// - Parameter sources: of these; nil for all.
    public static func eventsByType(
        shop: String?, of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        var conditions = Conditions()
        conditions.add("e.shop_id = $?::text", shop) { .text($0) }
        conditions.add("e.source = any ($?::text[])", sources) { .texts($0) }
        return try connection.jsonRows(
            """
            select e.provider_type as event_type, count(*) as total, count(*) - count(d.event_id) as successful,
                count(d.event_id) as failed, max(e.received_at) as last_received
            from hookledger.event_list as e
            left join (select distinct event_id from hookledger.job_list where state = 'dead') as d on d.event_id = e.id
            where e.origin in ('delivery', 'spool') and \(conditions.sql)
            group by e.provider_type order by total desc, event_type limit 1000
            """, conditions.parameters)
    }
}
