import JSON
public import Postgres
import Rules
import Webhooks

/// Reads what jobs are about.
public enum SubjectLoader {
    // LIMIT keeps the planner from joining whole partitions: each event is found by its own index probe, in the one
    // partition that its receive time names.
    private static let events = """
        select id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, request_id,
            record_kind, record_row, verification, origin, order_row, disposition, changes,
            case when wants_body and before < $4::bigint then body end as body,
            wants_body and before >= $4::bigint as is_left_out
        from (
            select e.*, k.wants_body, coalesce(sum(case when k.wants_body then octet_length(e.body) end) over (
                order by k.place rows between unbounded preceding and 1 preceding), 0) as before
            from unnest($1::timestamptz[], $2::bigint[], $3::boolean[]) with ordinality
                as k (received_at, id, wants_body, place)
            cross join lateral (
                select * from hookledger.events e where e.received_at = k.received_at and e.id = k.id limit 1) as e
        ) as found
        """

    private static let orders = """
        select o.id, o.source, o.order_id, o.shop_key, o.order_data, o.extra, \(unverifiedClocks("o")),
            case when jsonb_path_exists(o.extra, '$.keyvalue() ? (@.key starts with "refunds/")')
                then (select s.refunded_amount::text from hookledger.order_states s where s.id = o.id) end as refunded
        from unnest($1::bigint[]) as k (id)
        cross join lateral (select * from hookledger.orders o where o.id = k.id limit 1) as o
        """

    /// The clocks of a row, where a field was written by an event that was not verified.
    private static func unverifiedClocks(_ row: String) -> String {
        "case when jsonb_path_exists(\(row).clocks, 'strict $.* ? (@.size() == 5 && @[0] == 0)') "
            + "then \(row).clocks::text end as clocks"
    }

    /// The subjects of those jobs, by job id. A job whose event is gone (its partition was dropped) is not among them.
    ///
    /// - Parameters:
    ///   - needsBody: whether the job's action wants the raw body.
    ///   - budget: once this many bytes of bodies are loaded, further ones are left out: see `JobEvent.isBodyLeftOut`.
    public static func load(
        _ jobs: [Job], needsBody: (Job) -> Bool, budget: Int = .max, on connection: Connection
    ) throws(PostgresError) -> [Int64: JobSubject] {
        let events = try loadEvents(jobs, needsBody, budget, connection)
        let orders = try loadOrders(Set(jobs.compactMap(\.orderRow)), connection)
        let records = try loadRecords(Set(events.values.compactMap(\.place)), connection)
        var subjects: [Int64: JobSubject] = [:]
        for job in jobs {
            guard let event = events[job.eventID] else { continue }
            subjects[job.id] = JobSubject(
                job: job, event: event.event, order: job.orderRow.flatMap { orders[$0] },
                record: event.place.flatMap { records[$0] })
        }
        return subjects
    }

    private static func loadEvents(
        _ jobs: [Job], _ needsBody: (Job) -> Bool, _ budget: Int, _ connection: Connection
    ) throws(PostgresError) -> [Int64: (event: JobEvent, place: RecordPlace?)] {
        var wanted: [Int64: (receivedAt: Int64, body: Bool)] = [:]
        for job in jobs {
            wanted[job.eventID] = (job.eventReceivedAt, needsBody(job) || wanted[job.eventID]?.body == true)
        }
        let keys = wanted.sorted { $0.key < $1.key }
        try connection.prepare("events", events)
        let rows = try connection.queryPrepared(
            "events",
            [
                .timestamps(keys.map(\.value.receivedAt)), .bigints(keys.map(\.key)),
                .booleans(keys.map(\.value.body)), .bigint(Int64(budget)),
            ])
        var found: [Int64: (event: JobEvent, place: RecordPlace?)] = [:]
        for row in rows {
            var event = JobEvent(
                id: try row.bigint("id"), receivedAt: Timestamp(microseconds: try row.timestamp("received_at")),
                source: try row.text("source"), provider: try row.text("provider"),
                providerType: try row.text("provider_type"), type: try row.text("type"),
                subject: try row.optionalText("subject"), shopID: try row.optionalText("shop_id"),
                occurredAt: try row.optionalTimestamp("occurred_at").map { Timestamp(microseconds: $0) },
                requestID: try row.text("request_id"), body: try row.optionalBytes("body") ?? [],
                trust: EventTrust(
                    verification: try row.text("verification"), origin: try row.text("origin")),
                change: EventChange(
                    disposition: try row.text("disposition"), changes: object(try row.optionalText("changes") ?? "{}")),
                orderRow: try row.optionalBigint("order_row"))
            event.origin = try row.text("origin")
            event.isBodyLeftOut = try row.bool("is_left_out")
            found[event.id] = (event, try RecordPlace(row))
        }
        return found
    }

    private static func loadOrders(
        _ ids: Set<Int64>, _ connection: Connection
    ) throws(PostgresError) -> [Int64: JobOrder] {
        guard !ids.isEmpty else { return [:] }
        try connection.prepare("orders", orders)
        var found: [Int64: JobOrder] = [:]
        for row in try connection.queryPrepared("orders", [.bigints(ids.sorted())]) {
            var fields = object(try row.text("order_data"))
            let extra = object(try row.text("extra"))
            if let refunded = try row.optionalText("refunded") { fields["refunded_amount"] = .string(refunded) }
            let order = JobOrder(
                row: try row.bigint("id"), source: try row.text("source"), orderID: try row.text("order_id"),
                fields: fields, extra: extra, shopKey: try row.text("shop_key"),
                unverified: try unverified(row, fields, extra))
            found[order.row] = order
        }
        return found
    }

    private static func loadRecords(
        _ places: Set<RecordPlace>, _ connection: Connection
    ) throws(PostgresError) -> [RecordPlace: JobRecord] {
        var found: [RecordPlace: JobRecord] = [:]
        for kind in ["product", "customer", "comment"] {
            let ids = places.filter { $0.kind == kind }.map(\.row).sorted()
            if ids.isEmpty { continue }
            let rows = try connection.query(
                """
                select r.id, r.\(kind)_id as record_id, r.\(kind)_data::text as data, r.extra::text as extra,
                    \(unverifiedClocks("r"))
                from hookledger.\(kind)s r where r.id = any ($1::bigint[])
                """, [.bigints(ids)])
            for row in rows {
                let (fields, extra) = (object(try row.text("data")), object(try row.text("extra")))
                found[RecordPlace(kind: kind, row: try row.bigint("id"))] = JobRecord(
                    kind: kind, id: try row.text("record_id"), fields: fields, extra: extra,
                    unverified: try unverified(row, fields, extra))
            }
        }
        return found
    }

    private static func unverified(
        _ row: Row, _ fields: JSONObject, _ extra: JSONObject
    ) throws(PostgresError) -> Set<String> {
        guard let clocks = try row.optionalText("clocks") else { return [] }
        return UnverifiedFields.names(fields, extra: extra, clocks: object(clocks))
    }

    private static func object(_ text: String) -> JSONObject {
        (try? JSONValue(parsing: Array(text.utf8)))?.object ?? JSONObject()
    }
}

/// Where the row of a product, customer or comment is.
private struct RecordPlace: Hashable {
    let kind: String
    let row: Int64

    init(kind: String, row: Int64) {
        self.kind = kind
        self.row = row
    }

    /// - Returns: nil when the event is about none.
    init?(_ event: Row) throws(PostgresError) {
        guard let kind = try event.optionalText("record_kind"), let row = try event.optionalBigint("record_row") else {
            return nil
        }
        self.init(kind: kind, row: row)
    }
}
