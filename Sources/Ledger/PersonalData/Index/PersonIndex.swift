public import Postgres

/// Fills the person index in the background, a portion at a time, each in its own transaction: older rows in the order
/// of ids and times, newer ones by their transaction. So late commits are not missed, and a killed process continues
/// where it was.
public struct PersonIndex {
    private let key: PersonKey
    private let connection: Connection

    /// How many events or rows one portion reads.
    static let portion = 1000
    /// How many bytes of bodies one portion reads at most, beside the first.
    static let bytes: Int64 = 16 << 20

    /// - Parameter connection: of the role `hookledger_batch`.
    public init(key: PersonKey, over connection: Connection) {
        self.key = key
        self.connection = connection
    }

    /// What a portion did.
    public enum Step: Sendable, Equatable {
        /// The number of events and rows read; there may be more.
        case read(Int)
        /// All there is is in the index.
        case upToDate
        /// Another process is at it.
        case busy
    }

    /// Continues until all is in the index, or the caller stops it.
    /// - Returns: how many events and rows were read.
    public func run(until shouldStop: () -> Bool = { false }) throws(PostgresError) -> Int {
        var count = 0
        while !shouldStop() {
            guard case .read(let more) = try step() else { break }
            count += more
        }
        return count
    }

    /// Takes the next portion.
    public func step() throws(PostgresError) -> Step {
        try connection.transaction { () throws(PostgresError) in
            try begin()
            let row = try connection.query(IndexSQL.lock, [.text(key.id)]).first
            guard let row else { return .busy }
            for kind in [PersonDocument.Kind.order, .customer, .comment] {
                let name = kind.name + "s"
                let (after, until) = (try row.bigint(name + "_after"), try row.bigint(name + "_until"))
                if after < until { return try rows(kind, after: after, until: until) }
            }
            if try !row.bool("is_backlog_done") {
                return try backlog(after: (try row.timestamp("events_after_at"), try row.bigint("events_after_id")))
            }
            return try live(row)
        }
    }

    /// An index of another key is started over. The row is written only if necessary.
    private func begin() throws(PostgresError) {
        let known = try connection.query(IndexSQL.key, []).first
        if let known, try known.text(0) == key.id { return }
        _ = try connection.query(IndexSQL.lockAll, [])
        let now = try connection.query(IndexSQL.key, []).first
        if let now, try now.text(0) == key.id { return }
        if now != nil { try connection.execute(IndexSQL.clear) }
        _ = try connection.query(IndexSQL.begin, [.text(key.id)])
    }

    private func rows(_ kind: PersonDocument.Kind, after: Int64, until: Int64) throws(PostgresError) -> Step {
        let page = try PersonRowPage.read(kind, source: nil, after: after, until: until, on: connection)
        var entries = Entries()
        for row in page {
            entries.add(PersonValue.all(in: .json(row.document)).union(row.own), kind, row.id, receivedAt: nil, key)
        }
        try write(entries)
        let end = page.last?.id ?? until
        _ = try connection.query(IndexSQL.rowsRead(kind), [.bigint(end), .bigint(Int64(page.count))])
        return .read(page.count)
    }

    private func backlog(after: (receivedAt: Int64, id: Int64)) throws(PostgresError) -> Step {
        let page = try EventPage.read(after: after, until: .max, on: connection)
        try write(entries(page))
        guard let last = page.last else {
            _ = try connection.query(IndexSQL.backlogDone, [])
            return .read(0)
        }
        _ = try connection.query(
            IndexSQL.backlogRead, [.timestamp(last.receivedAt), .bigint(last.id), .bigint(Int64(page.count))])
        return .read(page.count)
    }

    /// The rows of transactions that are in this round's snapshot and in no earlier one.
    private func live(_ row: Row) throws(PostgresError) -> Step {
        let target: String
        if let known = try row.optionalText("target_text") {
            target = known
        } else {
            target = try connection.query("select pg_current_snapshot()::text", []).only().text(0)
            _ = try connection.query(IndexSQL.beginRound, [.text(target)])
        }
        let seen = try row.text("seen_text")
        let isGoingOn = try row.optionalText("target_text") != nil
        let page = try EventPage.readLive(
            seen: seen, target: target,
            after: isGoingOn ? (try row.text("after_text"), try row.bigint("after_id")) : ("0", 0),
            on: connection)
        try write(entries(page))
        guard let last = page.last, let transaction = last.transaction else {
            _ = try connection.query(IndexSQL.endRound, [])
            return .upToDate
        }
        _ = try connection.query(
            IndexSQL.roundRead, [.text(transaction), .bigint(last.id), .bigint(Int64(page.count))])
        return .read(page.count)
    }

    private func entries(_ page: [EventPage]) -> Entries {
        var entries = Entries()
        for event in page {
            let values = PersonValue.all(in: BodyForm(event.body))
            if let row = event.row {
                entries.add(values, row.kind, row.id, receivedAt: nil, key)
                entries.add(values, .event, event.id, receivedAt: event.receivedAt, key)
            } else {
                let subject = event.subject.map { [PersonValue.subject($0)] } ?? []
                entries.add(values.union(subject), .event, event.id, receivedAt: event.receivedAt, key)
            }
        }
        return entries
    }

    private func write(_ entries: Entries) throws(PostgresError) {
        if entries.hashes.isEmpty { return }
        _ = try connection.query(
            """
            insert into hookledger.person_keys (hash, kind, id, received_at)
            select distinct on (1, 2, 3) * from unnest($1::bytea[], $2::smallint[], $3::bigint[], $4::timestamptz[])
            order by 1, 2, 3
            on conflict do nothing
            """,
            [
                .bytesArray(entries.hashes), .smallints(entries.kinds), .bigints(entries.ids),
                .timestamps(entries.times),
            ])
    }

    /// Rows of `person_keys`, as columns.
    private struct Entries {
        var hashes: [[UInt8]] = []
        var kinds: [Int16] = []
        var ids: [Int64] = []
        var times: [Int64?] = []

        mutating func add(
            _ values: Set<PersonValue>, _ kind: PersonDocument.Kind, _ id: Int64, receivedAt: Int64?, _ key: PersonKey
        ) {
            for value in values {
                hashes.append(key.hash(value))
                kinds.append(kind.rawValue)
                ids.append(id)
                times.append(receivedAt)
            }
        }
    }
}
