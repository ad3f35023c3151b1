public import Postgres
public import Webhooks

/// One event or refusal with all its details.
public enum DeliveryDetail {
    /// The parts of an event.
    public struct Event: Sendable {
        /// The columns of a list, and those of the event itself.
        public let row: JSONText
        /// The request.
        public let request: StoredRequest
        /// The verdict.
        public let verdict: Verdict
        /// Its jobs, each with its attempts.
        public let jobs: [JSONText]
        /// What happened, in words.
        public let timeline: [JSONText]
    }

    /// The stored part of a request.
    public struct StoredRequest: Sendable {
        /// Method, path, query.
        public let method, path, query: String
        /// The header fields, without credentials.
        public let headers: HeaderFields
        /// The stored part of the body.
        public let body: [UInt8]
        /// The length of the full body.
        public let bodyLength: Int64
    }

    /// The parts of a refusal.
    public struct Refused: Sendable {
        /// The columns of a list.
        public let row: JSONText
        /// The stored part of the request.
        public let request: StoredRequest
        /// Its kind and reason, and nginx's request id.
        public let kind, reason, requestID: String
    }

    /// The same request whole, if it is kept.
    public struct Quarantined: Sendable {
        /// The row's id.
        public let id: Int64
        /// Its state, as an object.
        public let row: JSONText
        /// The request, without credentials.
        public let request: StoredRequest
    }

    /// One event.
    /// - Parameter sources: of one of these; nil for all.
    /// - Returns: nil when there is none of that id.
    public static func event(
        _ id: Int64, of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> Event? {
        // With its time, the key of the table finds it; by the id alone a coarser index does.
        let times = try connection.query(
            "select received_at from hookledger.event_list where id = $1::bigint limit 1", [.bigint(id)])
        guard let receivedAt = try times.first?.timestamp(0) else { return nil }
        var filter = DeliveryFilter()
        filter.events.since = Timestamp(microseconds: receivedAt)
        filter.events.until = Timestamp(microseconds: receivedAt + 1)
        filter.events.ids = [id]
        filter.events.sources = sources
        filter.accepted = true
        guard let listed = try DeliveryPages.newest(filter, limit: 1, on: connection).rows.first,
            let row = try connection.query(
                """
                select e.order_row, e.verification, e.scheme, e.key_id, e.method, e.path, e.query, e.headers, e.body,
                    (select row_to_json(d) from (
                        select e.occurred_at, e.disposition, e.changes, e.scheme, e.claimed_type, e.reason as why,
                            e.unread, e.delivery_id, e.repeatable, e.shop_key, (
                                select coalesce(sum(r.repeats), 0) from hookledger.repetition_list as r
                                where r.event_id = e.id) as repetitions,
                            case when o.id is not null then json_build_object(
                                'id', o.id, 'source', o.source, 'order_id', o.order_id) end as "order",
                            (select coalesce(json_agg(json_build_object(
                                    'id', p.id, 'source', p.source, 'order_id', p.order_id, 'shop_key', p.shop_key,
                                    'disposition', r.disposition) order by r.record_no), '[]')
                                from hookledger.event_rows as r cross join lateral (
                                    select * from hookledger.order_list as p where p.id = r.record_row limit 1) as p
                                where r.event_id = e.id and r.received_at = e.received_at
                                    and r.record_kind = 'order') as orders,
                            case when e.record_row is not null then json_build_object(
                                'kind', e.record_kind, 'id', e.record_row) end as record) as d)::text as more
                from hookledger.event_list as e
                left join lateral (select * from hookledger.order_list as o where o.id = e.order_row limit 1) as o on true
                where e.id = $1::bigint and e.received_at = $2::timestamptz
                """, [.bigint(id), .timestamp(receivedAt)]
            ).first
        else { return nil }
        let orderRow = try row.optionalBigint("order_row")
        let body = try row.bytes("body")
        return Event(
            row: listed.merging(JSONText(trusted: try row.text("more"))),
            request: StoredRequest(
                method: try row.text("method"), path: try row.text("path"), query: try row.text("query"),
                headers: HeaderFields(stored: try row.text("headers")), body: body, bodyLength: Int64(body.count)),
            verdict: Verdict(
                strength: Verdict.Strength(rawValue: try row.text("verification")) ?? .unverified,
                scheme: try row.optionalText("scheme") ?? "none", keyID: try row.optionalText("key_id")),
            jobs: try JobsOfEvent.rows(of: id, about: orderRow, on: connection),
            timeline: try Timelines.ofEvent(id, about: orderRow, on: connection))
    }

    /// One handshake: a ping, a challenge or a portal's test.
    /// - Parameter sources: of one of these; nil for all.
    /// - Returns: nil when there is none of that id.
    public static func handshake(
        _ id: Int64, of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> (row: JSONText, request: StoredRequest)? {
        guard
            let row = try connection.query(
                """
                select h.*, (select row_to_json(d) from (
                    select 'handshake' as kind, h.id, h.received_at, h.source, h.provider, null::text as type,
                        null::text as provider_type, null::text as subject, null::text as shop_id, true as accepted,
                        case when h.is_signed then 'signature' else 'unverified' end as verdict,
                        null::text as reason, h.status as status_code, null::text as state, 0 as attempts,
                        null::text as origin, h.key_id, h.method, h.path, h.body_length, h.remote_addr, h.request_id,
                        h.unrecorded) as d)::text as json
                from hookledger.handshake_list as h
                where h.id = $1::bigint and ($2::text[] is null or h.source = any ($2))
                """, [.bigint(id), .optionalTexts(sources)]
            ).first
        else { return nil }
        return (
            JSONText(trusted: try row.text("json")),
            StoredRequest(
                method: try row.text("method"), path: try row.text("path"), query: "",
                headers: HeaderFields(stored: try row.text("headers")), body: try row.bytes("body"),
                bodyLength: try row.bigint("body_length"))
        )
    }

    /// One refusal.
    /// - Parameter sources: of one of these; nil for all.
    /// - Returns: nil when there is none of that id.
    public static func refusal(
        _ id: Int64, of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> Refused? {
        guard
            let row = try connection.query(
                """
                select r.*, (select row_to_json(d) from (
                    select 'refusal' as kind, r.id, r.refused_at as received_at, r.source, null::text as provider,
                        null::text as type, null::text as provider_type, null::text as subject,
                        null::text as shop_id, false as accepted, r.kind as verdict, r.reason,
                        r.status as status_code, null::text as state, 0 as attempts, null::text as origin,
                        null::text as key_id, r.method, r.path, r.body_length, r.remote_addr, r.request_id,
                        r.unrecorded) as d)::text as json
                from hookledger.refusal_list as r
                where r.id = $1::bigint and ($2::text[] is null or r.source = any ($2))
                """, [.bigint(id), .optionalTexts(sources)]
            ).first
        else { return nil }
        return Refused(
            row: JSONText(trusted: try row.text("json")),
            request: StoredRequest(
                method: try row.text("method"), path: try row.text("path"), query: "", headers: HeaderFields(),
                body: try row.bytes("body"), bodyLength: try row.bigint("body_length")),
            kind: try row.text("kind"), reason: try row.text("reason"), requestID: try row.text("request_id"))
    }

    /// What is kept of a refused request, whole.
    /// - Parameters:
    ///   - requestID: nginx's.
    ///   - connection: of the role `hookledger_api`.
    /// - Returns: nil if nothing is.
    public static func quarantined(
        _ requestID: String, of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> Quarantined? {
        guard
            let row = try connection.query(
                """
                select q.*, (select row_to_json(d) from (
                    select q.id, q.provider, q.state, q.note, q.event_id, q.repeats, q.is_known, q.is_asked) as d)::text as json
                from hookledger.quarantined($1::text, $2::text[]) as q
                """, [.text(requestID), .optionalTexts(sources)]
            ).first
        else { return nil }
        let body = try row.bytes("body")
        return Quarantined(
            id: try row.bigint("id"), row: JSONText(trusted: try row.text("json")),
            request: StoredRequest(
                method: try row.text("method"), path: try row.text("path"), query: try row.text("query"),
                headers: HeaderFields(stored: try row.text("headers")), body: body, bodyLength: Int64(body.count)))
    }
}
