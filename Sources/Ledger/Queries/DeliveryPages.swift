import Platform
public import Postgres
import Settings
public import Webhooks

/// Lists of deliveries, accepted and refused, and of handshakes.
public enum DeliveryPages {
    /// One page.
    public struct Page: Sendable {
        /// The deliveries.
        public var rows: [JSONText] = []
        /// Where the next older page begins; nil on the last one.
        public var next: PageCursor?
        /// The time back to which a filtered list has looked, if it has ended there rather than at its limit or at its
        /// end; ``next`` continues there.
        public var searchedTo: Timestamp?
        /// The snapshot of this response; nil at a router.
        public var live: LiveCursor?
        /// Whether there is more right now in the same direction.
        public var hasMore = false
        /// Whether the cursor belongs to another history of the database, so that nothing can be said about it.
        public var isStale = false
    }

    /// The displayed columns of `u`.
    public enum Columns: Sendable {
        /// All columns of a list of deliveries.
        case delivery
        /// The columns of the view webhook_logs.
        case log

        var sql: String {
            switch self {
            case .delivery:
                """
                u.kind, u.id, u.received_at, u.source, u.provider, u.type, u.provider_type, u.subject, u.shop_id,
                u.accepted, u.verdict, u.reason, u.status_code, u.state, u.attempts, u.origin, u.key_id, u.method,
                u.path, u.body_length, u.remote_addr, u.request_id, u.unrecorded, u.verified
                """
            case .log:
                """
                u.received_at as created_at, u.source, u.path as endpoint, u.provider_type as event_type,
                case when u.accepted then 'accepted' else u.verdict end as verdict,
                case when u.accepted then u.verdict end as verification, u.accepted as success, u.status_code,
                u.reason as error_message, case when u.accepted then u.id end as event_id, u.subject, u.body_length,
                u.request_id, u.remote_addr
                """
            }
        }
    }

    /// The newest first. A filter that rows are compared with looks no further than a step (``SearchStep``); a search for
    /// a text looks step after step, until its time is over.
    /// - Parameters:
    ///   - filter: which.
    ///   - cursor: where the page before ended; nil for the first one.
    ///   - limit: the most rows.
    ///   - patience: the time of a search for a text.
    public static func newest(
        _ filter: DeliveryFilter, before cursor: PageCursor? = nil, limit: Int, columns: Columns = .delivery,
        patience: Duration = .seconds(1), on connection: Connection
    ) throws(PostgresError) -> Page {
        let end = SystemClock.monotonicNanoseconds() + (filter.text == nil ? 0 : patience.wholeMilliseconds * 1_000_000)
        var (page, cursor) = (Page(), cursor)
        while true {
            let horizon = try DeliveryHorizon(filter, before: cursor).find(on: connection)
            try add(to: &page, filter, from: cursor, back: horizon, limit, columns, connection)
            if page.hasMore { break }
            guard let horizon else {
                (page.next, page.searchedTo) = (nil, nil)
                break
            }
            let next = PageCursor(at: horizon, rank: 0, id: 0)
            (cursor, page.next, page.searchedTo) = (next, next, horizon)
            if page.rows.count == limit || SystemClock.monotonicNanoseconds() >= end {
                page.hasMore = true
                break
            }
        }
        return page
    }

    /// Adds the rows of one step.
    private static func add(
        to page: inout Page, _ filter: DeliveryFilter, from cursor: PageCursor?, back horizon: Timestamp?, _ limit: Int,
        _ columns: Columns, _ connection: Connection
    ) throws(PostgresError) {
        let missing = limit - page.rows.count
        let arms = DeliveryArms(filter, limit: missing + 1, order: "desc", by: ("received_at", "refused_at")) { arm in
            DeliveryHorizon.bound(&arm, filter, cursor)
            arm.conditions.add("\(arm.time) >= $?::timestamptz", horizon?.microseconds) { .timestamp($0) }
        }
        for row in try arms.run("u.received_at desc, u.rank desc, u.id desc", columns, connection) {
            // Live views begin with the first step: what is committed during a later one is not in it.
            // A router has no snapshot of all cells, and no era.
            if page.live == nil, let era = try row.optionalText("era") {
                page.live = LiveCursor(era: era, seen: try row.text("snapshot"))
            }
            guard let json = try row.optionalText("json") else { break }
            page.hasMore = page.rows.count == limit
            if page.hasMore { break }
            page.rows.append(JSONText(trusted: json))
            page.next = PageCursor(
                at: Timestamp(microseconds: try row.timestamp("received_at")), rank: try row.int("rank"),
                id: try row.bigint("id"))
        }
        if page.hasMore { page.searchedTo = nil }
    }

    /// The rows committed since, oldest first.
    /// - Parameters:
    ///   - filter: which.
    ///   - cursor: the seen snapshot.
    ///   - limit: the most rows.
    /// - Returns: a stale page without rows if the database was restored or failed over since the cursor, or is a router.
    public static func since(
        _ cursor: LiveCursor, _ filter: DeliveryFilter, limit: Int, on connection: Connection
    ) throws(PostgresError) -> Page {
        let arms = DeliveryArms(filter, limit: limit + 1, order: "asc", by: ("written_by", "written_by"), isLive: true)
        {
            arm in
            let seen = arm.conditions.bind(.text(cursor.seen)) + "::pg_snapshot"
            arm.conditions.add("\(arm.time) >= pg_snapshot_xmin(\(seen))")
            arm.conditions.add("not pg_visible_in_snapshot(\(arm.time), \(seen))")
            // A number of the future is one of another cluster, which `hookledger migrate` has not removed yet.
            arm.conditions.add("\(arm.time) < pg_snapshot_xmax(pg_current_snapshot())")
            guard let showing = cursor.showing else { return }
            let until = arm.conditions.bind(.text(showing.until)) + "::pg_snapshot"
            arm.conditions.add("pg_visible_in_snapshot(\(arm.time), \(until))")
            let transaction = arm.conditions.bind(.text(String(showing.after.transaction))) + "::xid8"
            let id = arm.conditions.bind(.bigint(showing.after.id)) + "::bigint"
            let rank = showing.after.rank
            arm.conditions.add("(\(arm.time), \(arm.rank), \(arm.id)) > (\(transaction), \(rank), \(id))")
        }
        var page = Page()
        var until = cursor.showing?.until
        var era = cursor.era
        for row in try arms.run("u.written_by, u.rank, u.id", .delivery, connection) {
            if until == nil { until = try row.text("snapshot") }
            era = try row.optionalText("era")
            if era == nil || cursor.era ?? era != era {
                page.isStale = true
                return page
            }
            guard let json = try row.optionalText("json") else { break }
            page.hasMore = page.rows.count == limit
            if page.hasMore { break }
            page.rows.append(JSONText(trusted: json))
            page.live = LiveCursor(
                era: era, seen: cursor.seen,
                showing: (
                    until ?? cursor.seen,
                    LiveCursor.Place(
                        transaction: UInt64(try row.text("transaction")) ?? 0, rank: try row.int("rank"),
                        id: try row.bigint("id"))
                ))
        }
        if !page.hasMore { page.live = LiveCursor(era: era, seen: until ?? cursor.seen) }
        return page
    }
}
