import JSON
public import Postgres
public import Webhooks

/// One reconciliation in the database: its window, its page, its counts. Every page is one transaction with what it found.
public struct ReconcileBooks: Sendable {
    /// The kinds of runs; the raw value is `reconciliations.kind`.
    public enum Kind: String, Sendable {
        /// The batch processor's.
        case scheduled
        /// A person's.
        case manual
        /// The first fill, which makes no jobs.
        case first
    }

    /// The run.
    public let id: Int64
    /// Orders that changed from here on are asked for.
    public let since: Timestamp
    /// Later changes belong to the next run.
    public let until: Timestamp
    /// The next page; nil for the first.
    public private(set) var cursor: String?
    /// The time of the last order that was compared in this list.
    public private(set) var comparedUntil: Timestamp?
    /// The counts.
    public private(set) var counts = Counts()
    /// Whether it continues an earlier run.
    public let isContinued: Bool
    let kind: Kind
    let lease: ReconcileLease

    /// Begins a run, or continues one that was interrupted.
    /// - Parameters:
    ///   - since: the time from which on orders are asked for; nil for the watermark less the overlap.
    ///   - overlap: in microseconds.
    public static func open(
        _ lease: ReconcileLease, kind: Kind, since: Timestamp?, until: Timestamp, overlap: Int64,
        now: Timestamp, on connection: Connection
    ) throws(PostgresError) -> ReconcileBooks {
        let start = since ?? Timestamp(microseconds: lease.watermark.microseconds - overlap)
        if kind != .scheduled || lease.runID != nil {
            // A person's run continues the one that began at the same time, not whichever was left.
            let found = try connection.query(
                ReconcileSQL.unfinished,
                [
                    .text(lease.source), .text(lease.api), .text(kind.rawValue),
                    .bigint(kind == .scheduled ? lease.runID : nil),
                    .timestamp(kind == .scheduled ? nil : start.microseconds),
                ])
            if let row = found.first {
                let books = try ReconcileBooks(row, kind: kind, lease: lease)
                _ = try connection.query(ReconcileSQL.resume, [.bigint(books.id)])
                return books
            }
        }
        return try connection.transaction { () throws(PostgresError) -> ReconcileBooks in
            let id = try connection.query(
                ReconcileSQL.begin,
                [
                    .text(lease.source), .text(lease.api), .text(kind.rawValue), .timestamp(start.microseconds),
                    .timestamp(until.microseconds), .timestamp(now.microseconds),
                ]
            ).only().bigint("id")
            if kind == .scheduled { _ = try connection.query(ReconcileSQL.point, lease.key + [.bigint(id)]) }
            return ReconcileBooks(id: id, since: start, until: until, kind: kind, lease: lease)
        }
    }

    private init(
        id: Int64, since: Timestamp, until: Timestamp, kind: Kind, lease: ReconcileLease
    ) {
        self.id = id
        self.since = since
        self.until = until
        self.kind = kind
        self.lease = lease
        isContinued = false
    }

    private init(_ row: Row, kind: Kind, lease: ReconcileLease) throws(PostgresError) {
        id = try row.bigint("id")
        since = Timestamp(microseconds: try row.timestamp("since"))
        until = Timestamp(microseconds: try row.timestamp("until"))
        cursor = try row.optionalText("cursor")
        comparedUntil = try row.optionalTimestamp("compared_until").map(Timestamp.init(microseconds:))
        counts.pages = try row.int("pages")
        counts.compared = try row.int("compared")
        counts.absent = try row.int("absent")
        counts.older = try row.int("older")
        counts.refused = try row.int("refused")
        counts.jobs = try row.int("jobs")
        self.kind = kind
        self.lease = lease
        isContinued = cursor != nil
    }

    /// Begins at the first page again, because the API no longer knows the page.
    public mutating func restart(on connection: Connection) throws(PostgresError) {
        _ = try connection.query(ReconcileSQL.restart, [.bigint(id)])
        cursor = nil
        comparedUntil = nil
    }

    /// The ledger's state of these records, by their places.
    /// - Parameter kind: orders, products or customers.
    public static func known(
        _ ids: [String], of source: String, kind: RecordKind, on connection: Connection
    ) throws(PostgresError) -> [Int: [Known]] {
        if ids.isEmpty { return [:] }
        let sql = kind == .order ? ReconcileSQL.orders : ReconcileSQL.records(kind)
        var known: [Int: [Known]] = [:]
        for row in try connection.query(sql, [.text(source), .texts(ids)]) {
            known[Int(try row.bigint("place")) - 1, default: []].append(
                kind == .order ? try Known(order: row) : try Known(record: row))
        }
        return known
    }

    /// Commits a page: what was missing, the findings, the counts and the next page.
    /// - Parameters:
    ///   - compared: how many entries the page had.
    ///   - shopKey: the shop that they name; empty for none.
    ///   - until: the time of the last of them; nil to start over.
    ///   - next: the mark of the next page; nil after the last one.
    /// - Returns: the orders that were missing, each with whether it could be recorded.
    /// - Throws: ``ReconcileFailure``; then nothing of the page is committed.
    public mutating func commit(
        _ missing: [Missing], compared: Int, shopKey: String, until: Timestamp?, next: String?, evidence: Evidence,
        now: Timestamp, on connection: Connection
    ) throws(ReconcileFailure) {
        let page = Page(
            missing: missing, compared: compared, shopKey: shopKey, until: until, next: next, evidence: evidence,
            now: now)
        do throws(PostgresError) {
            if try turn(page, connection, oneByOne: false) { return }
        } catch {
            guard !missing.isEmpty, Self.mayBeOneOrder(error) else { throw .database(error) }
            // One order that Postgres refuses must not hold back the others.
            do throws(PostgresError) {
                if try turn(page, connection, oneByOne: true) { return }
            } catch {
                throw .database(error)
            }
        }
        throw .leaseLost
    }

    private struct Page {
        let missing: [Missing]
        let compared: Int
        let shopKey: String
        let until: Timestamp?
        let next: String?
        let evidence: Evidence
        let now: Timestamp
    }

    private static func mayBeOneOrder(_ error: PostgresError) -> Bool {
        if error.connectionLost || error.state?.isResource == true { return false }
        return ![.serializationFailure, .deadlockDetected, .queryCanceled, .lockNotAvailable].contains(error.state)
    }

    /// - Returns: false, with nothing changed, if another run has the lease.
    private mutating func turn(_ page: Page, _ connection: Connection, oneByOne: Bool) throws(PostgresError) -> Bool {
        let (books, missing, now) = (self, page.missing, page.now)
        let after = try connection.transaction { () throws(PostgresError) -> Counts? in
            guard try books.lease.renew(shopKey: page.shopKey, now: now, on: connection) else { return nil }
            let results = try ReconcileRecording.record(missing, oneByOne: oneByOne, on: connection)
            // What is there already was recorded by a page that was committed before.
            let found = zip(missing, results).filter { $0.1.receipt?.isDuplicate != true }
            try books.keep(found, page, on: connection)
            var counts = books.counts
            counts.pages += 1
            counts.compared += page.compared
            counts.absent += found.count { $0.0.isAbsent }
            counts.older += found.count { !$0.0.isAbsent }
            counts.refused += found.count { $0.1.trouble != nil }
            counts.jobs += found.reduce(0) { $0 + ($1.1.receipt == nil ? 0 : $1.0.recordable?.jobs.count ?? 0) }
            _ = try connection.query(
                ReconcileSQL.turnPage,
                [
                    .bigint(books.id), .text(page.next), .timestamp(page.until?.microseconds),
                    .integer(Int32(clamping: counts.pages)), .bigint(Int64(counts.compared)),
                    .bigint(Int64(counts.absent)), .bigint(Int64(counts.older)), .bigint(Int64(counts.refused)),
                    .bigint(Int64(counts.jobs)), .timestamp(now.microseconds),
                ])
            return counts
        }
        guard let after else { return false }
        counts = after
        cursor = page.next
        comparedUntil = page.until
        return true
    }

    private func keep(
        _ found: [(Missing, ReconcileRecording.Result)], _ page: Page, on connection: Connection
    ) throws(PostgresError) {
        if found.isEmpty { return }
        _ = try connection.query(
            ReconcileSQL.find,
            [
                .bigint(id), .text(lease.source), .text(lease.api), .timestamp(page.now.microseconds),
                .texts(found.map(\.0.shopKey)), .texts(found.map(\.0.orderID)),
                .texts(found.map { $0.0.isAbsent ? "absent" : "older" }),
                .timestamps(found.map(\.0.changedAt.microseconds)), .bigints(found.map(\.1.receipt?.eventID)),
                .bigints(found.map { $0.1.receipt?.orderRow }), .texts(found.map(\.1.trouble)),
                .booleans(found.map(\.0.isAside)), .timestamp(page.evidence.webhookOffFrom?.microseconds),
                .timestamp(page.evidence.webhookOffUntil?.microseconds),
                .timestamp(page.evidence.awayFrom?.microseconds),
                .booleans(found.map(\.0.isPointer)), .timestamp(page.evidence.awayUntil?.microseconds),
                .texts(found.map(\.0.kind.rawValue)), .texts(found.map { $0.0.type?.storable }),
                .texts(found.map(\.0.reason)), .texts(found.map { $0.0.detail?.storable }),
                .texts(found.map(\.0.redelivery)),
            ])
    }
}
