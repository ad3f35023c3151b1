import Postgres

/// The parts of a list of deliveries: events, refusals and handshakes, each with its own limit, so that each is an
/// index scan that ends early. The state of an event is looked up for displayed rows only.
struct DeliveryArms {
    /// The kinds of rows.
    enum Part: Int {
        case refusals, events, handshakes, replays

        /// The alias of its view.
        var alias: String {
            switch self {
            case .refusals: "r"
            case .events: "e"
            case .handshakes: "h"
            case .replays: "p"
            }
        }
    }

    /// One part while its conditions are built.
    struct Arm {
        let part: Part
        let alias: String
        /// The column that it is sorted by.
        let time: String
        /// The column that is sorted by next.
        let id: String
        var conditions: Conditions

        var rank: Int { part.rawValue }

        /// The jobs of events.
        init(jobsAfter parameters: [Parameter]) {
            (part, alias, time, id) = (.events, "j", "j.event_received_at", "j.event_id")
            conditions = Conditions(after: parameters)
        }

        init(_ part: Part, _ time: String, id: String = "id", after parameters: [Parameter]) {
            (self.part, alias) = (part, part.alias)
            (self.time, self.id) = ("\(alias).\(time)", "\(alias).\(id)")
            conditions = Conditions(after: parameters)
        }
    }

    private let filter: DeliveryFilter
    private let limit: Int
    private let order: String
    private let isLive: Bool
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
        (self.filter, self.limit, self.order, self.isLive) = (filter, limit, order, isLive)
        // An empty list still has its columns.
        let others = filter.wantsRefusals || filter.wantsHandshakes || filter.wantsReplays && isLive
        if filter.wantsEvents || !others { addEvents(columns.events, bound) }
        if filter.wantsRefusals { addRefusals(columns.refusals, bound) }
        if filter.wantsHandshakes { addHandshakes(columns.events, bound) }
        if filter.wantsReplays, isLive { addReplays(bound) }
    }

    private mutating func addEvents(_ time: String, _ bound: (inout Arm) -> Void) {
        var arm = Arm(.events, time, after: parameters)
        if filter.wantsEvents { filter.addEvents(to: &arm.conditions) } else { arm.conditions.add("false") }
        bound(&arm)
        var outcome = ""
        if isLive, let state = filter.events.state {
            arm.conditions.add("hookledger.event_status(e.id, e.order_row) = $?::text", state.rawValue) { .text($0) }
        }
        let rows: String
        if let state = filter.events.state, !isLive {
            rows = StateOfEvents.rows(state, &arm, limit: limit, bound)
            outcome = StateOfEvents.outcome(state, limit: limit)
        } else {
            rows = """
                select e.*, octet_length(e.body)::bigint as body_length from hookledger.event_list as e
                where \(arm.conditions.sql) order by \(arm.time) \(order), e.id \(order) limit \(limit)
                """
        }
        parameters = arm.conditions.parameters
        halves.append(
            """
            (select 'event' as kind, 1 as rank, e.id, e.received_at, e.source, e.provider, e.type, e.provider_type,
                e.subject, e.shop_id, true as accepted, e.verification as verdict, o.last_error as reason,
                200 as status_code, o.status as state, o.attempts, e.origin, e.key_id, e.method, e.path,
                e.body_length, e.remote_addr, e.request_id, 0 as unrecorded, e.written_by, e.verified
            from (\(rows)) as e
            cross join lateral hookledger.event_outcome(e.id, e.order_row, e.received_at) as o \(outcome))
            """)
    }

    private mutating func addRefusals(_ time: String, _ bound: (inout Arm) -> Void) {
        var arm = Arm(.refusals, time, after: parameters)
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

    private mutating func addHandshakes(_ time: String, _ bound: (inout Arm) -> Void) {
        var arm = Arm(.handshakes, time, after: parameters)
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

    private mutating func addReplays(_ bound: (inout Arm) -> Void) {
        var arm = Arm(.replays, "written_by", id: "event_id", after: parameters)
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
