public import Postgres
import Verification
import Webhooks

/// Takes a person's data out of all that is stored: step by step, each harmless to repeat, the last one together with
/// whatever the caller ends.
///
/// Of each event the body is reduced to what says nothing of a person, and the hashes of what was there stay: that of the
/// body, and the dedupe key, so that a delivery of it that comes again is known. Orders are then folded anew from their
/// reduced events, so that they agree with them. Receipts stay.
public struct Redaction: Sendable {
    private let person: Person
    private let eventID: Int64
    private var search: PersonEvents?
    private var events: Set<Int64> = []
    private var foldedOrders: Set<Int64> = []
    /// Whether only ``finish(event:on:)`` is left.
    public private(set) var isReady = false

    /// How many orders one step folds.
    private static let portion = 100

    /// - Parameter event: the event that asks for it. It holds the person's data itself and so goes last: after a crash all
    ///   begins anew with it.
    public init(of person: Person, event: Int64) {
        self.person = person
        eventID = event
    }

    /// Takes the next step, in the caller's transaction.
    public mutating func step(on connection: Connection) throws(PostgresError) {
        guard var search else {
            search = try PersonEvents(about: person, but: eventID, on: connection)
            return
        }
        if !search.isOver {
            let found = try search.next(on: connection).map(\.stored)
            try reduce(found, on: connection)
            events.formUnion(found.map(\.id))
            self.search = search
            return
        }
        let orders = Array(search.rows.orders.subtracting(foldedOrders).sorted().prefix(Self.portion))
        if orders.isEmpty {
            isReady = true
            return
        }
        // Events that came before the order was known to be the person's.
        let early = try connection.query(StoredEvent.ofOrders, [.bigints(orders)])
        var left: [StoredEvent] = []
        for row in early {
            let event = try StoredEvent(row)
            if !events.contains(event.id), event.id != eventID { left.append(event) }
        }
        try reduce(left, on: connection)
        events.formUnion(left.map(\.id))
        let others = try OrderRebuild.refold(orders, on: connection)
        if !others.isEmpty {
            _ = try connection.query("select hookledger.strip_orders($1::bigint[])", [.bigints(others)])
        }
        foldedOrders.formUnion(orders)
    }

    private func reduce(_ found: [StoredEvent], on connection: Connection) throws(PostgresError) {
        if found.isEmpty { return }
        let needles = person.needles
        _ = try connection.query(
            "select hookledger.redact_events($1::bigint[], $2::timestamptz[], $3::bytea[], $4::bytea[])",
            [
                .bigints(found.map(\.id)),
                .timestamps(found.map(\.verified.delivery.receivedAt.microseconds)),
                .bytesArray(found.map { BodyReduction.reduce($0.verified.delivery.body, needles: needles) }),
                .bytesArray(found.map { $0.event?.dedupeKey.bytes }),
            ])
    }

    // Whatever the event says that a cart's timer is about, and whenever it came: with it the timer ends.
    private static let timers = """
        select \(StoredEvent.columns) from hookledger.events
        where (received_at, id) in (
                select event_received_at, event_id from hookledger.jobs where kind = 'cart_abandoned')
            and source = $1 and subject = any ($2::text[]) and subject like 'cart:%'
        """

    /// The last step: what hangs on the person, the asking event itself, and a line in `operator_log`.
    /// - Parameter receivedAt: when the asking event was received: finds its partition.
    /// - Returns: how much there was, for people.
    public func finish(receivedAt: Int64, on connection: Connection) throws(PostgresError) -> String {
        guard let rows = search?.rows else { return "nothing" }
        let own = try connection.query(
            """
            select \(StoredEvent.columns) from hookledger.events
            where received_at = $1::timestamptz and id = $2::bigint
            """, [.timestamp(receivedAt), .bigint(eventID)])
        if let row = own.first { try reduce([StoredEvent(row)], on: connection) }
        var timers: [StoredEvent] = []
        for row in try connection.query(Self.timers, [.text(person.source), .texts(rows.subjects.sorted())]) {
            timers.append(try StoredEvent(row))
        }
        try reduce(timers, on: connection)
        let events = events.union(timers.map(\.id))
        var counts: [(kind: String, count: Int64)] = [
            ("events", Int64(events.count) + Int64(own.count)), ("orders", Int64(rows.orders.count)),
        ]
        let others = try connection.query(
            """
            select kind, count from hookledger.redact_rows($1, $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
                $6::text[])
            """,
            [
                .text(person.source), .bigints(rows.customers.sorted()), .bigints(rows.comments.sorted()),
                .bigints(rows.orders.sorted()), .bigints(events.union([eventID]).sorted()), .texts(person.needles),
            ])
        for row in others { counts.append((try row.text("kind"), try row.bigint("count"))) }
        try PersonLog.write("redact", person, event: eventID, counts, on: connection)
        return counts.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
    }
}
