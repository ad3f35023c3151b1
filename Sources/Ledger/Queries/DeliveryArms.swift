import Postgres

/// The parts of a list of deliveries: events, refusals and handshakes, each with its own limit, so that each is an
/// index scan that ends early. The state of an event is looked up for displayed rows only.
struct DeliveryArms {
    /// One part while its conditions are built.
    struct Arm {
        let alias: String
        let rank: Int
        /// The column that it is sorted by.
        let time: String
        var conditions: Conditions
        /// The column that is sorted by next.
        lazy var id = alias + ".id"
    }

    private var halves: [String] = []
    private var parameters: [Parameter] = []

    /// - Parameters:
    ///   - filter: which deliveries.
    ///   - limit: rows of each part.
    ///   - order: asc or desc.
    ///   - columns: what events and refusals are sorted by.
    ///   - isLive: whether it is a live view, which may show replays.
    ///   - bound: adds where the list begins.
    init(
        _ filter: DeliveryFilter, limit: Int, order: String, by columns: (events: String, refusals: String),
        isLive: Bool = false, bound: (inout Arm) -> Void
    ) {
        // An empty list still has its columns.
        let others = filter.wantsRefusals || filter.wantsHandshakes || filter.wantsReplays && isLive
        if filter.wantsEvents || !others {
            var arm = Arm(alias: "e", rank: 1, time: "e." + columns.events, conditions: Conditions())
            if filter.wantsEvents { filter.addEvents(to: &arm.conditions) } else { arm.conditions.add("false") }
            bound(&arm)
            parameters = arm.conditions.parameters
            halves.append(
                """
                select 'event' as kind, 1 as rank, e.id, e.received_at, e.source, e.provider, e.type, e.provider_type,
                    e.subject, e.shop_id, true as accepted, e.verification as verdict, o.last_error as reason,
                    200 as status_code, o.status as state, o.attempts, e.origin, e.key_id, e.method, e.path,
                    e.body_length, e.remote_addr, e.request_id, 0 as unrecorded, e.written_by, e.verified
                from (
                    select e.*, octet_length(e.body)::bigint as body_length from hookledger.event_list as e
                    where \(arm.conditions.sql) order by \(arm.time) \(order), e.id \(order) limit \(limit)
                ) as e
                cross join lateral hookledger.event_outcome(e.id, e.order_row) as o
                """)
        }
        if filter.wantsRefusals {
            var arm = Arm(
                alias: "r", rank: 0, time: "r." + columns.refusals, conditions: Conditions(after: parameters))
            filter.addRefusals(to: &arm.conditions)
            bound(&arm)
            parameters = arm.conditions.parameters
            halves.append(
                """
                (select 'refusal' as kind, 0 as rank, r.id, r.refused_at as received_at, r.source,
                    null::text as provider, null::text as type, null::text as provider_type, null::text as subject,
                    null::text as shop_id, false as accepted, r.kind as verdict, r.reason, r.status as status_code,
                    null::text as state, 0::bigint as attempts, null::text as origin, null::text as key_id, r.method,
                    r.path, r.body_length, r.remote_addr, r.request_id, r.unrecorded, r.written_by,
                    null::boolean as verified
                from hookledger.refusal_list as r
                where \(arm.conditions.sql) order by \(arm.time) \(order), r.id \(order) limit \(limit))
                """)
        }
        if filter.wantsHandshakes {
            var arm = Arm(alias: "h", rank: 2, time: "h." + columns.events, conditions: Conditions(after: parameters))
            filter.addHandshakes(to: &arm.conditions)
            bound(&arm)
            parameters = arm.conditions.parameters
            halves.append(
                """
                (select 'handshake' as kind, 2 as rank, h.id, h.received_at, h.source, h.provider, null::text as type,
                    null::text as provider_type, null::text as subject, null::text as shop_id, true as accepted,
                    case when h.is_signed then 'signature' else 'unverified' end as verdict, null::text as reason,
                    h.status as status_code, null::text as state, 0::bigint as attempts, null::text as origin, h.key_id,
                    h.method, h.path, h.body_length, h.remote_addr, h.request_id, h.unrecorded, h.written_by,
                    h.is_signed as verified
                from hookledger.handshake_list as h
                where \(arm.conditions.sql) order by \(arm.time) \(order), h.id \(order) limit \(limit))
                """)
        }
        if filter.wantsReplays, isLive {
            var arm = Arm(alias: "p", rank: 3, time: "p.written_by", conditions: Conditions(after: parameters))
            arm.id = "p.event_id"
            filter.addReplays(to: &arm.conditions)
            bound(&arm)
            parameters = arm.conditions.parameters
            halves.append(
                """
                (select 'replay' as kind, 3 as rank, p.event_id as id, p.replayed_at as received_at, p.source, p.provider,
                    p.type, p.provider_type, p.subject, p.shop_id, true as accepted, p.verification as verdict,
                    p.run as reason, 200 as status_code, null::text as state, 0::bigint as attempts,
                    'replay' as origin, p.key_id, p.method, p.path, p.body_length, p.remote_addr, p.request_id,
                    0 as unrecorded, p.written_by, p.verification <> 'unverified' as verified
                from hookledger.live_replays as p
                where \(arm.conditions.sql) order by \(arm.time) \(order), p.event_id \(order) limit \(limit))
                """)
        }
    }

    /// At least one row: it has the statement's snapshot and the era, and otherwise nulls if the list is empty.
    func run(
        _ order: String, _ columns: DeliveryPages.Columns, _ connection: Connection
    ) throws(PostgresError) -> Rows {
        try connection.query(
            """
            select pg_current_snapshot()::text as snapshot, one.era, d.json::text, u.received_at, u.rank, u.id,
                u.written_by::text as transaction
            from (select hookledger.cluster_era() as era) as one
            left join (\(halves.joined(separator: " union all "))) as u on true
            left join lateral (select row_to_json(d) as json from (select \(columns.sql)) as d where u.id is not null)
                as d on true
            order by \(order)
            """, parameters)
    }
}
