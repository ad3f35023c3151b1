public import Postgres
import Verification
import Webhooks

/// Erases a person's data from all stored rows and events, step by step. Each step is harmless to repeat; the last one
/// shares a transaction with the caller's own end.
///
/// The body of each event of the person is reduced to its non-personal parts. The hash of the body and the dedupe key
/// stay, so that a retry is recognized. In other people's events that quote the person, only the person's values are
/// removed. Orders are then rebuilt from their events, so that they agree with them. Receipts stay.
///
/// The search comes before any change, and the rows that name the person change last: a redaction that starts over
/// after a crash still finds the rest.
public struct Redaction: Sendable {
    private let request: PersonRequest
    private var search: PersonSearch
    /// Events still to change, the last ones first; nil during the search.
    private var waiting: [EventPlace]?
    private var foldedOrders: Set<Int64> = []
    /// Whether only ``finish(receivedAt:on:)`` is left.
    public private(set) var isReady = false
    /// Whether the search is complete; nothing is changed before.
    public var isLookedThrough: Bool { search.isOver }
    /// The report of the search.
    public var report: SearchReport { search.report }
    /// Whether anything of the person was found.
    public var foundSomething: Bool {
        !search.found.isEmpty || !search.rows.own.values.allSatisfy(\.isEmpty)
            || !search.rows.quoting.values.allSatisfy(\.isEmpty)
    }

    /// How many orders one step rebuilds.
    private static let portion = 100

    /// - Parameters: - request: the requester. A requesting event holds the person's data itself and so goes last:
    ///   after a crash all starts over with it. - key: that of the index; nil reads all row by row.
    public init(of person: Person, for request: PersonRequest, key: PersonKey?) {
        self.request = request
        search = PersonSearch(about: person, but: request.event, key: key)
    }

    /// Takes the next step of the search; nothing is changed.
    public mutating func look(on connection: Connection) throws(PostgresError) {
        _ = try search.next(on: connection)
    }

    /// Takes the next step, in the caller's transaction.
    public mutating func step(on connection: Connection) throws(PostgresError) {
        if !search.isOver { return try look(on: connection) }
        var waiting = waiting ?? inOrder()
        if !waiting.isEmpty {
            let portion = Array(waiting.suffix(PersonSearch.portion))
            waiting.removeLast(portion.count)
            self.waiting = waiting
            return try change(portion, on: connection)
        }
        self.waiting = waiting
        let all = search.rows.orders.union(search.rows.quoting[.order] ?? [])
        let orders = Array(all.subtracting(foldedOrders).sorted().prefix(Self.portion))
        if orders.isEmpty {
            isReady = true
            return
        }
        let left = try OrderRebuild.refold(orders, on: connection)
        let own = left.filter(search.rows.orders.contains)
        if !own.isEmpty {
            _ = try connection.query("select hookledger.strip_orders($1::bigint[])", [.bigints(own)])
        }
        try RowScrub.clean(
            Set(left.filter { !search.rows.orders.contains($0) }.map { PersonDocument(kind: .order, id: $0) }),
            search.matcher, on: connection)
        foldedOrders.formUnion(orders)
    }

    /// Those that name the person come first here, and so are changed last.
    private func inOrder() -> [EventPlace] {
        let places = search.places.values.sorted { ($0.receivedAt, $0.id) < ($1.receivedAt, $1.id) }
        return places.filter { search.naming.contains($0.id) } + places.filter { !search.naming.contains($0.id) }
    }

    private func change(_ portion: [EventPlace], on connection: Connection) throws(PostgresError) {
        let events = try LoadedEvent.load(portion, on: connection)
        let found = events.compactMap { event in
            search.found[event.stored.id].map { PersonSearch.Found(event: event, share: $0) }
        }
        try EventChanges(found, search.matcher).write(search.key, on: connection)
        // In the same transaction, so that orders agree with their events whenever a worker is killed.
        let orders = Set(events.flatMap { $0.rows.filter { $0.kind == .order }.map(\.id) })
        _ = try OrderRebuild.refold(orders.sorted(), on: connection)
    }

    /// The last step: the other data about the person, the requesting event itself, and a line in `operator_log`.
    /// - Parameter receivedAt: when the requesting event was received: finds its partition.
    /// - Returns: how much there was, for people.
    public func finish(receivedAt: Int64? = nil, on connection: Connection) throws(PostgresError) -> String {
        let rows = search.rows
        var places: [EventPlace] = []
        if let event = request.event, let receivedAt { places.append(EventPlace(receivedAt: receivedAt, id: event)) }
        for row in try connection.query(
            PersonalDataSQL.cartTimers, [.text(search.person.source), .texts(rows.subjects.sorted())])
        {
            places.append(EventPlace(receivedAt: try row.timestamp("received_at"), id: try row.bigint("id")))
        }
        let last = try LoadedEvent.load(places, on: connection).map { PersonSearch.Found(event: $0, share: .all) }
        try EventChanges(last, search.matcher).write(search.key, on: connection)
        let events = search.whole.union(last.map(\.stored.id))
        let quoting = search.inPart
        var counts: [(kind: String, count: Int64)] = [
            ("events", Int64(events.count)), ("orders", Int64(rows.orders.count)),
        ]
        if !quoting.isEmpty { counts.append(("quoting_events", Int64(quoting.count))) }
        // Before the rows change, because attempts and messages are judged by the original ones.
        let texts = try PersonTexts(of: search.person, search.matcher, on: connection).redact(on: connection)
        let others = try connection.query(
            """
            select kind, count from hookledger.redact_rows($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
            """,
            [
                .bigints(rows.customers.sorted()), .bigints(rows.comments.sorted()), .bigints(rows.orders.sorted()),
                .bigints(events.sorted()),
            ])
        for row in others { counts.append((try row.text("kind"), try row.bigint("count"))) }
        for text in texts {
            if let place = counts.firstIndex(where: { $0.kind == text.kind }) {
                counts[place].count += text.count
            } else {
                counts.append(text)
            }
        }
        try cleanRows(rows, on: connection)
        try PersonLog.write("redact", search.person, request, counts, search.report, key: search.key, on: connection)
        return counts.map { "\($0.count) \($0.kind)" }.joined(separator: ", ") + "; " + search.report.text
    }

    /// Other people's customers and comments that quote the person, and the index entries of the person's rows.
    private func cleanRows(_ rows: PersonRows, on connection: Connection) throws(PostgresError) {
        var others: Set<PersonDocument> = []
        for kind in [PersonDocument.Kind.customer, .comment] {
            others.formUnion((rows.quoting[kind] ?? []).map { PersonDocument(kind: kind, id: $0) })
        }
        try RowScrub.clean(others, search.matcher, on: connection)
        guard let key = search.key else { return }
        let values = PersonValue.all(of: search.person, search.matcher, subjects: []).filter(\.isPersonal)
        var gone = IndexEntries()
        for (kind, ids) in rows.own.merging(rows.quoting, uniquingKeysWith: { $0.union($1) }) {
            for id in ids { gone.add(key.hashes(values), kind, id) }
        }
        try gone.forget(on: connection)
    }

    /// The affected events and rows with reasons, for a dry run; changes nothing.
    public var plan: PersonPlan { PersonPlan(search) }

    /// How many texts around events quote the person, by kind; changes nothing.
    public func quotingTexts(on connection: Connection) throws(PostgresError) -> [(kind: String, count: Int64)] {
        try PersonTexts(of: search.person, search.matcher, on: connection).counts
    }
}
