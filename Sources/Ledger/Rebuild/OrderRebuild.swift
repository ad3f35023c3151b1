import JSON
public import Postgres
import Verification
import Webhooks

/// Folds orders anew from their stored events: raw bodies normalized again, clocks from the stored columns. What then
/// differs from the orders as they are stored is a mistake in one of them, or a provider that reads more than it did.
public struct OrderRebuild {
    /// A field of an order that is stored otherwise than its events have it; values as JSON text, nil for none.
    public struct Difference: Sendable, Hashable {
        /// The configured sender.
        public let source: String
        /// The order's id as the sender names it.
        public let orderID: String
        /// The field, `extra.` before the sender's own names, or `clock of` a field.
        public let field: String
        /// What is stored.
        public let stored: String?
        /// What the events make.
        public let rebuilt: String?
    }

    /// How far it is, and what was found.
    public struct Report: Sendable, Hashable {
        /// How many orders there are to look at.
        public var total = 0
        /// How many were looked at.
        public var done = 0
        /// How many of these differ.
        public var different = 0
        /// How many were left alone, because some of their events are not kept any more.
        public var incomplete = 0
        /// How many were left alone, because no provider reads one of their events any more.
        public var unreadable = 0
    }

    private let connection: Connection
    private let source: String?
    private let writes: Bool

    /// Orders of one transaction.
    private static let pageSize = 100

    /// A rebuild over a connection of the role `hookledger_operator`.
    /// - Parameters:
    ///   - source: the only source to look at; nil for all.
    ///   - writes: false only compares.
    public init(over connection: Connection, source: String? = nil, writes: Bool) {
        self.connection = connection
        self.source = source
        self.writes = writes
    }

    /// Rebuilds page by page, each in a transaction of its own; safe while deliveries come in.
    /// - Parameters:
    ///   - progress: told after every page.
    ///   - found: told of every difference.
    /// - Throws: ``PostgresError``; what was written before stays.
    public func run(
        progress: (Report) -> Void = { _ in }, found: (Difference) -> Void = { _ in }
    ) throws(PostgresError) -> Report {
        var report = Report()
        report.total = try connection.query(
            "select count(*) from hookledger.orders where $1::text is null or source = $1", [.text(source)]
        ).only().int(0)
        var after: Int64 = 0
        while true {
            var differences: [Difference] = []
            let last = try connection.transaction { () throws(PostgresError) in
                try page(after: after, &report, &differences)
            }
            guard let last else { return report }
            for difference in differences { found(difference) }
            progress(report)
            after = last
        }
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
        let (events, unreadable) = try events(of: whole)
        let rows = try connection.query(
            Self.rebuild, parameters(whole.filter { !unreadable.contains($0) }, events))
        var different: Set<Int64> = []
        for row in rows {
            different.insert(try row.bigint("order_row"))
            differences.append(
                Difference(
                    source: try row.text("source"), orderID: try row.text("order_id"), field: try row.text("field"),
                    stored: try row.optionalText("stored"), rebuilt: try row.optionalText("rebuilt")))
        }
        report.done += orders.count
        report.different += different.count
        report.incomplete += orders.count - whole.count
        report.unreadable += unreadable.count
        return try orders.last?.bigint("id")
    }

    /// Folds these orders anew in the caller's transaction, and writes what differs.
    /// - Returns: the orders that were left alone: some of their events are not kept any more, or no provider reads them.
    static func refold(_ orders: [Int64], on connection: Connection) throws(PostgresError) -> [Int64] {
        var whole: [Int64] = []
        for order in orders {
            let row = try connection.query(
                "select id, is_whole from hookledger.next_orders(null, $1::bigint - 1, 1, true)", [.bigint(order)])
            if let found = row.first, try found.bigint("id") == order, try found.bool("is_whole") {
                whole.append(order)
            }
        }
        let rebuild = OrderRebuild(over: connection, writes: true)
        let (events, unreadable) = try rebuild.events(of: whole)
        let folded = Set(events.filter { $0.patch != nil }.map(\.row)).subtracting(unreadable)
        _ = try connection.query(Self.rebuild, rebuild.parameters(folded.sorted(), events))
        return orders.filter { !folded.contains($0) }
    }

    /// What one event says about one order.
    private struct Saying {
        let row: Int64
        let stored: StoredEvent
        let event: Event
        /// nil when it says nothing of an order any more: there is nothing to fold.
        let patch: RecordPatch?
        /// The clock that it was given; nil where its own time tells.
        let given: String?

        init(_ stored: StoredEvent, _ event: Event, _ row: Row) throws(PostgresError) {
            self.row = try row.bigint("about")
            self.stored = stored
            self.event = event
            given = try row.optionalText("given")
            let place = try row.int("record_no")
            let records = [event.record] + event.furtherRecords
            let patch = records.indices.contains(place) ? records[place].patch : nil
            self.patch = patch?.kind == .order ? patch : nil
        }
    }

    private func events(
        of orders: [Int64]
    ) throws(PostgresError) -> (events: [Saying], unreadable: Set<Int64>) {
        var events: [Saying] = []
        var unreadable: Set<Int64> = []
        for row in try connection.query(StoredEvent.ofOrders, [.bigints(orders)]) {
            let stored = try StoredEvent(row)
            if let event = stored.event {
                events.append(try Saying(stored, event, row))
            } else {
                unreadable.insert(try row.bigint("about"))
            }
        }
        return (events.filter { !unreadable.contains($0.row) }, unreadable)
    }

    private static let rebuild = """
        select order_row, source, order_id, field, stored, rebuilt from hookledger.rebuild_orders(
            $1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::bigint[], $7::int[],
            $8::bytea[], $9::jsonb[], $10::jsonb[], $11::int[], $12::jsonb[], $13::boolean[], $14::text[], $15::boolean)
        """

    private func parameters(_ orders: [Int64], _ events: [Saying]) -> [Parameter] {
        let folded = events.compactMap { saying in saying.patch.map { (saying: saying, patch: $0) } }
        return [
            .bigints(orders),
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
            .texts(folded.map { $0.saying.stored.shopKey ?? $0.saying.event.shopKey.storable }),
            .boolean(writes),
        ]
    }
}
