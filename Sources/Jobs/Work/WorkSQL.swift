/// The statements that read what jobs are about.
package enum WorkSQL {
    /// $1 receive times, $2 event ids, $3 order rows, $4 needs (bits of ``SubjectNeeds``). Returns the place of each from 1.
    ///
    /// LIMIT keeps the planner from joining whole partitions: each event is found by its own index probe, in the one
    /// partition that its receive time names.
    /// A statement that reads more has a name of its own: without telemetry nothing is asked about traces.
    /// - Parameter needs: those of all jobs together.
    static func subjects(_ needs: SubjectNeeds) -> (name: String, text: String) {
        switch (needs.contains(.body), needs.contains(.trace)) {
        case (false, false): plain
        case (true, false): withBodies
        case (false, true): withTraces
        case (true, true): withBodiesAndTraces
        }
    }

    private static let plain = ("subjects", subjects("null::bytea, false", of: joined()))
    private static let withBodies = ("subjects_with_bodies", subjects(bodies, of: withSizes(joined())))
    private static let withTraces = (
        "subjects_with_traces", subjects("null::bytea, false, r.parents", of: joined(parents))
    )
    private static let withBodiesAndTraces = (
        "subjects_with_bodies_and_traces", subjects(bodies + ", r.parents", of: withSizes(joined(parents)))
    )

    /// With bodies, $5 is how many bytes of them at most: further ones are left out, which the last column says.
    private static let bodies = """
        case when \(wants(.body)) and r.bytes_before < $5::bigint then r.body end,
            \(wants(.body)) and r.bytes_before >= $5::bigint
        """

    private static func withSizes(_ rows: String) -> String {
        """
        (select *, coalesce(sum(case when \(wants(.body, "j")) then octet_length(j.body) end) over (
            order by j.place rows between unbounded preceding and 1 preceding), 0) as bytes_before
        from \(rows) as j)
        """
    }

    private static let parents = ", \(parents(of: "e")) as parents"

    /// The fields traceparent of an event, a JSON array of their values; null for none.
    /// - Parameter event: the row of `events`.
    package static func parents(of event: String) -> String {
        """
        (select jsonb_agg(h -> 1)::text from jsonb_array_elements(\(event).headers) as h where h ->> 0 = 'traceparent')
        """
    }

    /// The records of one kind (product, customer, comment) by row.
    static func records(_ kind: String) -> String {
        """
        select r.id, r.\(kind)_id, r.\(kind)_data, r.extra, \(unverifiedClocks("r.clocks"))
        from hookledger.\(kind)s r where r.id = any ($1::bigint[])
        """
    }

    private static func subjects(_ bodies: String, of rows: String) -> String {
        """
        select r.place, r.source, r.provider, r.provider_type, r.type, r.subject, r.shop_id, r.occurred_at,
            r.request_id, r.record_kind, r.record_row, r.verification, r.origin, r.event_order, r.disposition,
            case when \(wants(.change)) then r.changes end,
            r.order_row, r.order_source, r.order_id, r.order_shop,
            case when \(wants(.fields)) then r.order_data end,
            case when \(wants(.fields)) then r.extra end,
            case when \(wants(.fields)) then \(unverifiedClocks("r.clocks")) end,
            case when \(wants(.fields)) and jsonb_path_exists(r.extra, '$.keyvalue() ? (@.key starts with "refunds/")')
                then (select s.refunded_amount::text from hookledger.order_states s where s.id = r.order_row) end,
            \(bodies)
        from \(rows) as r
        """
    }

    private static func joined(_ more: String = "") -> String {
        """
        (select k.place, k.needs, e.source, e.provider, e.provider_type, e.type, e.subject, e.shop_id, e.occurred_at,
            e.request_id, e.record_kind, e.record_row, e.verification, e.origin, e.order_row as event_order,
            e.disposition, e.changes, e.body, o.id as order_row, o.source as order_source, o.order_id,
            o.shop_key as order_shop, o.order_data, o.extra, o.clocks\(more)
        from unnest($1::timestamptz[], $2::bigint[], $3::bigint[], $4::int[]) with ordinality
            as k (received_at, id, order_row, needs, place)
        cross join lateral (
            select * from hookledger.events e where e.received_at = k.received_at and e.id = k.id limit 1) as e
        left join lateral (select * from hookledger.orders o where o.id = k.order_row limit 1) as o on true)
        """
    }

    private static func wants(_ need: SubjectNeeds, _ row: String = "r") -> String {
        "\(row).needs & \(need.rawValue) <> 0"
    }

    /// The clocks of a row, where a field was written by an event that was not verified.
    private static func unverifiedClocks(_ clocks: String) -> String {
        "case when jsonb_path_exists(\(clocks), 'strict $.* ? (@.size() == 5 && @[0] == 0)') then \(clocks) end"
    }
}
