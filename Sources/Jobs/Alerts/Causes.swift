import Postgres
import Settings

/// A cause of an alert.
struct Cause: Sendable, Hashable {
    /// The identity of a cause: it is alerted once in a period.
    let topic: String
    /// What is said.
    let text: String
}

/// Looks in the database for the causes in `alerts:`, and for those that are always alerted. Causes alerted within the period are skipped.
struct Causes {
    let settings: AlertSettings
    let holds: HoldSettings
    let connection: Connection

    /// The most of one sort; the others follow with the next look.
    private static let most: Int64 = 200

    /// - Parameter since: when was last looked, in microseconds since 1970.
    func found(since: Int64) throws(PostgresError) -> [Cause] {
        try lowStock() + priceChanges(since) + silentSources() + signatureFailures() + missingSecrets()
            + endingAuthorizations() + doorCauses() + oldHolds() + reconcileCauses()
    }

    func causes(_ sql: String, _ parameters: [Parameter]) throws(PostgresError) -> [Cause] {
        let rows = try connection.query(
            """
            select c.topic, c.text from (\(sql)) as c
            where not exists (select from hookledger.alerts a
                where a.topic = c.topic and a.raised_at > now() - $1::interval)
            order by c.topic limit \(Self.most)
            """, [.interval(settings.period.wholeMilliseconds * 1000)] + parameters)
        var causes: [Cause] = []
        for row in rows { causes.append(Cause(topic: try row.text("topic"), text: try row.text("text"))) }
        return causes
    }

    private func lowStock() throws(PostgresError) -> [Cause] {
        guard let limit = settings.lowStock else { return [] }
        return try causes(
            """
            select concat_ws(':', 'low_stock', source, product_id, variant_id) as topic,
                format('Low stock: %s has %s left (%s).', coalesce(sku, name, product_id), quantity, source) as text
            from hookledger.inventory_levels where quantity <= $2::bigint and not deleted
            """, [.bigint(Int64(limit))])
    }

    /// Of a product whose variants have prices, each of these; its own price is that of the first of them. Events may be
    /// stored a little after they were received.
    private func priceChanges(_ since: Int64) throws(PostgresError) -> [Cause] {
        guard let percent = settings.priceChange else { return [] }
        return try causes(
            """
            select distinct on (topic) concat_ws(':', 'price_change', e.source, e.record_row, c.variant_id) as topic,
                format('Price change: %s costs %s and no longer %s (%s).',
                    concat_ws(', ', coalesce(p.name, p.product_id), c.variant), c.new, c.old, e.source) as text
            from hookledger.events as e
            join hookledger.products as p on p.id = e.record_row
            cross join lateral (
                select n.item ->> 'variant_id' as variant_id,
                    case when count(*) over () > 1
                        then coalesce(n.item ->> 'name', n.item ->> 'sku', n.item ->> 'variant_id') end as variant,
                    (o.item ->> 'price')::numeric as old, (n.item ->> 'price')::numeric as new
                from jsonb_path_query(e.changes, '$.variants[0][*]') as o (item)
                join jsonb_path_query(e.changes, '$.variants[1][*]') as n (item)
                    on n.item ->> 'variant_id' = o.item ->> 'variant_id'
                union all
                select null, null, (e.changes -> 'price' ->> 0)::numeric, (e.changes -> 'price' ->> 1)::numeric
                where jsonb_typeof(e.changes -> 'price') = 'array'
                    and not (jsonb_path_exists(e.changes, '$.variants[0][*].price')
                        and jsonb_path_exists(e.changes, '$.variants[1][*].price'))
            ) as c
            where e.received_at > $3::timestamptz - interval '1 minute' and e.record_kind = 'product'
                and e.disposition = 'applied' and e.changes ?| array['price', 'variants']
                and c.old > 0 and abs(c.new - c.old) * 100 >= c.old * $2::bigint
            order by topic, e.received_at desc
            """, [.bigint(Int64(percent)), .timestamp(since)])
    }

    /// A source that has never sent anything is not silent yet.
    private func silentSources() throws(PostgresError) -> [Cause] {
        if settings.silent.isEmpty { return [] }
        let silent = settings.silent.sorted { $0.key < $1.key }
        return try causes(
            """
            select 'silent:' || s.source as topic,
                format('Silent source: nothing has come from %s for %s.', s.source, s.expected) as text
            from unnest($2::text[], $3::interval[]) as s (source, expected)
            where exists (select from hookledger.receipts r where r.source = s.source)
                and not exists (select from hookledger.events e
                    where e.received_at > now() - s.expected and e.source = s.source)
            """,
            [.texts(silent.map(\.key)), .intervals(silent.map { $0.value.wholeMilliseconds * 1000 })])
    }

    private func signatureFailures() throws(PostgresError) -> [Cause] {
        guard let limit = settings.refusals else { return [] }
        return try causes(
            """
            select 'refusals:' || source as topic,
                format('Signature failures: %s of %s were refused within 10 minutes, usually %s.', lately, source,
                    round(usual, 1)) as text
            from (
                select source, sum(1 + unrecorded) filter (where refused_at > now() - interval '10 minutes') as lately,
                    coalesce(sum(1 + unrecorded) filter (where refused_at <= now() - interval '10 minutes'), 0) / 143.0
                        as usual
                from hookledger.refusals
                where refused_at > now() - interval '1 day' and source is not null and kind in ('missing_signature',
                    'malformed_signature', 'no_secret_matched', 'missing_timestamp', 'malformed_timestamp',
                    'outside_tolerance')
                group by source
            ) as r
            where lately >= $2::bigint and lately >= usual * $3::bigint
            """, [.bigint(Int64(limit.atLeast)), .bigint(Int64(limit.factor))])
    }

    /// Shops that took back what they allowed, or whose permission ends soon. Told whatever `alerts:` says: without it no
    /// order can be fetched, and nothing more comes. Each event is reported once; a daily warning every day.
    /// One that was spooled may be stored long after it was received.
    private func endingAuthorizations() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select distinct on (topic) concat_ws(':', 'authorization', e.source, e.shop_id, e.id) as topic,
                case e.type when 'authorization.removed'
                    then format('Authorization removed: %s of %s no longer lets this app in; have it authorized again.',
                        coalesce('shop ' || e.shop_id, 'a shop'), e.source)
                    else format('Authorization expiring: %s of %s must be authorized again.',
                        coalesce('shop ' || e.shop_id, 'a shop'), e.source) end as text
            from hookledger.events as e
            where e.received_at > now() - least($1::interval, interval '7 days') and e.provider like 'tiktok\\_shop%'
                and e.type in ('authorization.removed', 'authorization.expiring')
                and e.origin in ('delivery', 'spool', 'released')
            order by topic
            """, [])
    }

    /// Jobs that wait for a decision for too long. Told whatever `alerts:` says.
    private func oldHolds() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select concat_ws(':', 'held', hold_reason, action) as topic,
                format('Held: %s of %s for %s, the oldest since %s UTC (hookledger jobs release).',
                    case count(*) when 1 then '1 job' else count(*) || ' jobs' end, action, hold_reason,
                    to_char(min(held_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI')) as text
            from hookledger.jobs where state = 3 and held_at <= now() - $2::interval
            group by hold_reason, action
            """, [.interval(holds.alarm.wholeMilliseconds * 1000)])
    }

    /// Deliveries that were answered 503 because their source has no usable secret. Told whatever `alerts:` says: nothing
    /// of such a source is stored.
    private func missingSecrets() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select 'no_secret:' || source as topic,
                format('No usable secret: %s of %s were answered 503 within 10 minutes: %s.',
                    case sum(1 + unrecorded) when 1 then '1 delivery' else sum(1 + unrecorded) || ' deliveries' end,
                    source, (array_agg(reason order by refused_at desc))[1]) as text
            from hookledger.refusals
            where refused_at > now() - interval '10 minutes' and source is not null and kind = 'no_usable_secret'
            group by source
            """, [])
    }
}
