import JSON
public import Postgres
import Verification
import Webhooks

/// Rebuilds orders from their stored events: raw bodies normalized again, clocks from the stored columns. A difference
/// from the stored order is a mistake in one of them, or a provider that reads more than before.
public struct OrderRebuild {
    /// A field of an order that differs from its events; values as JSON text, nil for none.
    public struct Difference: Sendable, Hashable {
        /// The configured sender.
        public let source: String
        /// The order's id, as the provider writes it.
        public let orderID: String
        /// The field, `extra.` before the sender's own names, or `clock of` a field.
        public let field: String
        /// The stored value.
        public let stored: String?
        /// The value by the events.
        public let rebuilt: String?
    }

    /// The progress and the results.
    public struct Report: Sendable, Hashable {
        /// How many orders there are, including those that an earlier run has done.
        public var total = 0
        /// How many an interrupted run before had done.
        public var before = 0
        /// How many were checked.
        public var done = 0
        /// How many of these differ.
        public var different = 0
        /// How many were left alone because some of their events are deleted.
        public var incomplete = 0
        /// How many were left alone because no provider reads one of their events now.
        public var unreadable = 0
    }

    private let connection: Connection
    private let source: String?
    private let writes: Bool
    private let shop: (_ source: String, _ key: String) -> String

    /// Orders of one transaction.
    private static let pageSize = 100

    /// A rebuild over a connection of the role `hookledger_operator`.
    /// - Parameters:
    ///   - source: the only source to check; nil for all.
    ///   - writes: false only compares.
    ///   - shop: the shop that a key of that source stands for, as its `shops:` names aliases.
    public init(
        over connection: Connection, source: String? = nil, writes: Bool,
        shop: @escaping (_ source: String, _ key: String) -> String = { $1 }
    ) {
        self.connection = connection
        self.source = source
        self.writes = writes
        self.shop = shop
    }

    /// Rebuilds page by page, each in a transaction of its own; safe while deliveries come in. It makes no jobs. One
    /// that writes and was interrupted within a day continues where it stopped.
    /// - Parameters:
    ///   - fromStart: start at the first order in any case.
    ///   - shouldStop: called between pages; finished pages stay.
    ///   - progress: called after every page.
    ///   - found: called with every difference.
    /// - Throws: ``PostgresError``; earlier pages stay.
    public func run(
        fromStart: Bool = false, until shouldStop: () -> Bool = { false }, progress: (Report) -> Void = { _ in },
        found: (Difference) -> Void = { _ in }
    ) throws(PostgresError) -> Report {
        var report = Report()
        report.total = try connection.query(RebuildSQL.count, [.text(source)]).only().int(0)
        var after: Int64 = 0
        if writes, !fromStart {
            let place = try position(nil, 0)
            (after, report.before) = (place.after, place.done)
            report.done = report.before
        }
        while !shouldStop() {
            var differences: [Difference] = []
            var next = report
            let last = try connection.transaction { () throws(PostgresError) in
                next = report
                differences = []
                let last = try page(after: after, &next, &differences)
                if writes { _ = try position(last ?? -1, next.done) }
                return last
            }
            report = next
            guard let last else { return report }
            for difference in differences { found(difference) }
            progress(report)
            after = last
        }
        return report
    }

    /// Where it continues, or with a row its position: see `rebuild_position`.
    private func position(_ row: Int64?, _ done: Int) throws(PostgresError) -> (after: Int64, done: Int) {
        let row = try connection.query(
            "select after_row, done from hookledger.rebuild_position($1::text, $2::bigint, $3::bigint)",
            [.text(source), .bigint(row), .bigint(Int64(done))]
        ).only()
        return (try row.optionalBigint("after_row") ?? 0, Int(try row.optionalBigint("done") ?? 0))
    }

    /// - Returns: the row of the page's last order; nil when there is none left.
    private func page(
        after: Int64, _ report: inout Report, _ differences: inout [Difference]
    ) throws(PostgresError) -> Int64? {
        // Comparing sees one moment; writing holds the orders, and with them their events.
        if !writes { try connection.execute("set transaction isolation level repeatable read") }
        let orders = try connection.query(
            "select id, is_whole from hookledger.next_orders($1::text, $2::bigint, $3::int, $4::boolean)",
            [.text(source), .bigint(after), .integer(Int32(Self.pageSize)), .boolean(writes)])
        var whole: [Int64] = []
        for order in orders where try order.bool("is_whole") { whole.append(try order.bigint("id")) }
        let (events, unreadable) = try Self.sayings(of: whole, .order, on: connection)
        let rows = try connection.query(
            Self.rebuild,
            Self.parameters(.order, whole.filter { !unreadable.contains($0) }, events, writes: writes, shop: shop))
        var different: Set<Int64> = []
        for row in rows {
            different.insert(try row.bigint("record_row"))
            differences.append(
                Difference(
                    source: try row.text("source"), orderID: try row.text("record_id"), field: try row.text("field"),
                    stored: try row.optionalText("stored"), rebuilt: try row.optionalText("rebuilt")))
        }
        report.done += orders.count
        report.different += different.count
        report.incomplete += orders.count - whole.count
        report.unreadable += unreadable.count
        return try orders.last?.bigint("id")
    }

    /// Rebuilds these orders in the caller's transaction, and writes the differences.
    /// - Returns: the orders that were left alone: some of their events are deleted, or no provider reads them.
    static func refold(_ orders: [Int64], on connection: Connection) throws(PostgresError) -> [Int64] {
        var whole: [Int64] = []
        for order in orders {
            let row = try connection.query(
                "select id, is_whole from hookledger.next_orders(null, $1::bigint - 1, 1, true)", [.bigint(order)])
            if let found = row.first, try found.bigint("id") == order, try found.bool("is_whole") {
                whole.append(order)
            }
        }
        return try refold(whole, .order, on: connection) + orders.filter { !whole.contains($0) }
    }

    /// Rebuilds these rows of a kind, which the caller holds locked. From events before shop keys it takes no shop,
    /// because only the configuration maps names to shops.
    /// - Returns: the rows that were left alone.
    static func refold(_ rows: [Int64], _ kind: RecordKind, on connection: Connection) throws(PostgresError) -> [Int64]
    {
        let (events, unreadable) = try sayings(of: rows, kind, on: connection)
        let folded = Set(events.filter { $0.patch != nil }.map(\.row)).subtracting(unreadable)
        _ = try connection.query(rebuild, parameters(kind, folded.sorted(), events, writes: true, shop: nil))
        return rows.filter { !folded.contains($0) }
    }

    /// One event's values for one row.
    private struct Saying {
        let row: Int64
        let stored: StoredEvent
        let event: Event
        /// nil when it no longer mentions a row of that kind: there is nothing to fold.
        let patch: RecordPatch?
        /// The clock that it was assigned; nil if it follows from its own time.
        let given: String?

        init(_ stored: StoredEvent, _ event: Event, _ row: Row, _ kind: RecordKind) throws(PostgresError) {
            self.row = try row.bigint("about")
            self.stored = stored
            self.event = event
            let place = try row.int("record_no")
            let records = [event.record] + event.furtherRecords
            let patch = records.indices.contains(place) ? records[place].patch : nil
            self.patch = patch?.kind == kind ? patch : nil
            given =
                try row.optionalText("given")
                ?? Recordable.clock(ofImported: stored, event, rank: patch?.statusRank ?? 0)
        }
    }

    private static func sayings(
        of rows: [Int64], _ kind: RecordKind, on connection: Connection
    ) throws(PostgresError) -> (events: [Saying], unreadable: Set<Int64>) {
        var events: [Saying] = []
        var unreadable: Set<Int64> = []
        for row in try connection.query(LedgerSQL.eventsAbout(kind), [.bigints(rows)]) {
            let stored = try StoredEvent(row)
            precondition(events.last.map { $0.stored.id <= stored.id } ?? true, "events are folded in the order of ids")
            if let event = stored.event {
                events.append(try Saying(stored, event, row, kind))
            } else {
                unreadable.insert(try row.bigint("about"))
            }
        }
        return (events.filter { !unreadable.contains($0.row) }, unreadable)
    }

    private static let rebuild = """
        select record_row, source, record_id, field, stored, rebuilt from hookledger.rebuild_records(
            $1::text, $2::bigint[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::bigint[],
            $8::int[], $9::bytea[], $10::jsonb[], $11::jsonb[], $12::int[], $13::jsonb[], $14::boolean[], $15::text[],
            $16::boolean, $17::boolean)
        """

    /// - Parameter shop: the shop that a key of a source stands for; nil leaves older events without one.
    private static func parameters(
        _ kind: RecordKind, _ rows: [Int64], _ events: [Saying], writes: Bool, shop: ((String, String) -> String)?
    ) -> [Parameter] {
        let folded = events.compactMap { saying in saying.patch.map { (saying: saying, patch: $0) } }
        return [
            .text(kind.rawValue),
            .bigints(rows),
            .bigints(folded.map(\.saying.row)),
            .bigints(folded.map(\.saying.stored.id)),
            .timestamps(folded.map(\.saying.stored.verified.delivery.receivedAt.microseconds)),
            .timestamps(folded.map(\.saying.stored.occurredAt)),
            .bigints(folded.map(\.saying.stored.sequence)),
            .integers(folded.map { Int32(clamping: $0.patch.statusRank) }),
            .bytesArray(folded.map(\.saying.event.dedupeKey.bytes)),
            .jsonbs(folded.map(\.patch.fields)),
            .jsonbs(folded.map(\.patch.extra)),
            .integers(folded.map { Int32($0.saying.event.timing.rawValue) }),
            .jsonbs(folded.map(\.saying.given)),
            .booleans(folded.map(\.saying.stored.isTrusted)),
            .texts(
                folded.map { saying, _ in
                    saying.stored.shopKey ?? shop?(saying.stored.source, saying.event.shopKey.storable)
                }),
            .boolean(shop != nil),
            .boolean(writes),
        ]
    }
}
