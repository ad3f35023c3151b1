import JSON
public import Postgres
public import Settings
import Webhooks

/// Anonymizes orders and customers that have not changed within the retention: their personal data is removed as in a
/// redaction; ids, times and amounts stay.
public enum Anonymization {
    /// An order or a customer past its retention.
    public struct Due: Sendable, Hashable {
        /// `order` or `customer`.
        public let kind: String
        /// The row's id.
        public let id: Int64
        /// The configured sender.
        public let source: String
        /// Its id, as the provider writes it.
        public let rowID: String
        /// When it last changed, in microseconds since 1970.
        public let updatedAt: Int64
    }

    /// How many rows one transaction takes.
    private static let portion = 100

    /// Those that are due now, the oldest ids first.
    public static func due(
        _ settings: RetentionSettings, limit: Int, on connection: Connection
    ) throws(PostgresError) -> [Due] {
        var due: [Due] = []
        for (kind, age) in [(PersonDocument.Kind.order, settings.orders), (.customer, settings.customers)] {
            if let age { due += try self.due(kind, age, limit: limit - due.count, on: connection) }
        }
        return due
    }

    private static func due(
        _ kind: PersonDocument.Kind, _ age: Duration, limit: Int, on connection: Connection
    ) throws(PostgresError) -> [Due] {
        guard limit > 0 else { return [] }
        return try connection.query(
            "select * from hookledger.persons_due($1::smallint, $2::interval, $3::int)",
            [.bigint(Int64(kind.rawValue)), .interval(age.wholeMilliseconds * 1000), .integer(Int32(clamping: limit))]
        ).map { (row) throws(PostgresError) in
            Due(
                kind: kind.name, id: try row.bigint("id"), source: try row.text("source"),
                rowID: try row.text("row_id"), updatedAt: try row.timestamp("updated_at"))
        }
    }

    /// Anonymizes the due rows, unless a run started within the last hour.
    /// - Returns: how many rows; nil if a run started within the last hour.
    public static func applyWhenDue(
        _ settings: RetentionSettings, key: PersonKey?, over connection: Connection,
        until shouldStop: () -> Bool = { false }
    ) throws(PostgresError) -> Int? {
        if settings.orders == nil && settings.customers == nil { return nil }
        let isDue = try connection.query("select hookledger.begin_upkeep('anonymize', interval '1 hour')").only().bool(
            0)
        guard isDue else { return nil }
        return try apply(settings, actor: "batch", key: key, over: connection, until: shouldStop)
    }

    /// Anonymizes the due rows, portion by portion, each in its own transaction.
    /// - Returns: how many rows.
    public static func apply(
        _ settings: RetentionSettings, actor: String, key: PersonKey?, over connection: Connection,
        until shouldStop: () -> Bool = { false }
    ) throws(PostgresError) -> Int {
        var count = 0
        while !shouldStop() {
            let done = try connection.transaction { () throws(PostgresError) in
                try step(settings, actor: actor, key: key, on: connection)
            }
            if done == 0 { break }
            count += done
        }
        return count
    }

    private static func step(
        _ settings: RetentionSettings, actor: String, key: PersonKey?, on connection: Connection
    ) throws(PostgresError) -> Int {
        let due = try due(settings, limit: portion, on: connection)
        if due.isEmpty { return 0 }
        let orders = due.filter { $0.kind == PersonDocument.Kind.order.name }.map(\.id)
        let customers = due.filter { $0.kind == PersonDocument.Kind.customer.name }.map(\.id)
        let names = due.reduce(into: [PersonDocument: String]()) { names, row in
            if let kind = PersonDocument.Kind(row.kind) { names[PersonDocument(kind: kind, id: row.id)] = row.rowID }
        }
        var places: [EventPlace] = []
        for row in try connection.query(
            SearchSQL.eventsOfRows,
            [
                .bigints(orders), .texts(customers.map { _ in RecordKind.customer.rawValue }), .bigints(customers),
            ])
        {
            places.append(EventPlace(receivedAt: try row.timestamp("received_at"), id: try row.bigint("id")))
        }
        let events = try LoadedEvent.load(places, on: connection)
        let nobody = PersonMatcher(Person(source: nil))
        let found = events.map { event in
            // An event that is also about other rows keeps their part.
            let own = names.filter { event.rows.contains($0.key) }
            return PersonSearch.Found(event: event, share: own.count == event.rows.count ? .all : .parts(own))
        }
        try EventChanges(found, nobody).write(key, on: connection)
        let left = try OrderRebuild.refold(orders, on: connection)
        if !left.isEmpty {
            _ = try connection.query("select hookledger.strip_orders($1::bigint[])", [.bigints(left)])
        }
        _ = try connection.query(
            "select * from hookledger.redact_rows($1::bigint[], '{}', $2::bigint[], $3::bigint[])",
            [.bigints(customers), .bigints(orders), .bigints(found.filter(\.isOwn).map(\.stored.id))])
        try OperatorLog.write(
            actor: actor, action: "anonymize", subject: "retention", reason: "retention.orders, retention.customers",
            details: [
                "orders": .number(JSONNumber(Int64(orders.count))),
                "customers": .number(JSONNumber(Int64(customers.count))),
            ], on: connection)
        return due.count
    }
}
