public import Postgres
public import Settings

/// Takes ready jobs for this process. Jobs of one order and one action come one after another, a lower priority
/// number comes first; not for two threads at once.
public struct Claimer {
    /// Where the next claim of a priority begins: what lies before has been claimed.
    ///
    /// Claimed rows stay in the index as dead entries until they are vacuumed; without a floor each claim would walk
    /// them all again while an old snapshot keeps them.
    private struct Floor {
        var runAt: Int64 = .min
        var jobID: Int64 = 0
    }

    private var floors: [Int: Floor] = [:]
    private var floorsMadeAt: Int64 = 0
    private var priorities: [Int] = []
    private var replays = ReplayTurns()
    private let blocking: [String]
    private let revision: ConfigurationRevision?

    /// How far behind the newest claimed job the floor stays: a job that became visible late is not skipped.
    private static let slack: Int64 = 2_000_000
    /// Milliseconds after which the floors are dropped and the priorities read anew.
    private static let renewal: Int64 = 3000

    /// - Parameters:
    ///   - blocking: the actions whose dead letters keep later jobs of the same order back.
    ///   - revision: the configuration of the run; jobs of newer ones are left where they are.
    public init(blocking: [String] = [], revision: ConfigurationRevision? = nil) {
        self.blocking = blocking
        self.revision = revision
    }

    private var ownRevision: Parameter { .integer(revision?.number ?? .max) }

    /// Claims up to `limit` due jobs and leases them for a minute. Jobs of replays come after all others, but for their
    /// turns (``ReplayTurns``).
    ///
    /// - Parameters:
    ///   - limit: how many at most. The first priority gets most of it, each later one a share, so none starves.
    ///   - but: the actions whose jobs are left where they are.
    ///   - now: milliseconds of a clock that never goes back.
    /// - Returns: the jobs, most urgent first; fewer than `limit` when no more are due.
    public mutating func claim(
        limit: Int, but crowded: [String] = [], now: Int64, on connection: Connection
    ) throws(PostgresError) -> [Job] {
        if now - floorsMadeAt >= Self.renewal || priorities.isEmpty {
            floors = [:]
            floorsMadeAt = now
            priorities = try connection.smallints(prepared: "priorities", ClaimSQL.priorities)
        }
        let live = priorities.filter { $0 < ReplayTurns.priority }
        let replayed = priorities.filter { $0 >= ReplayTurns.priority }
        let turns = replayed.isEmpty ? 0 : replays.due(limit)
        var ofReplays = turns == 0 ? [] : try claim(replayed, limit: turns, but: crowded, on: connection)
        let others = try claim(live, limit: limit - ofReplays.count, but: crowded, on: connection)
        let room = limit - ofReplays.count - others.count
        // Where none was due for their turns none is now.
        if !replayed.isEmpty, room > 0, ofReplays.count == turns {
            ofReplays += try claim(replayed, limit: room, but: crowded, on: connection)
        }
        replays.note(live: others.count, replayed: ofReplays.count)
        let jobs = others + ofReplays
        if jobs.isEmpty { priorities = [] }
        return jobs
    }

    private mutating func claim(
        _ priorities: [Int], limit: Int, but crowded: [String], on connection: Connection
    ) throws(PostgresError) -> [Job] {
        var jobs: [Job] = []
        for (place, priority) in priorities.enumerated() {
            let room = limit - jobs.count
            guard room > 0 else { break }
            let isLast = place == priorities.count - 1
            jobs += try claim(priority, limit: isLast ? room : max(1, room * 7 / 10), but: crowded, on: connection)
        }
        return jobs
    }

    /// Claims one job that was lost with its worker twice or more; it should run with no other beside it.
    public func claimSuspect(on connection: Connection) throws(PostgresError) -> Job? {
        try connection.prepare("suspects", ClaimSQL.suspects)
        let rows = try connection.queryPrepared(
            "suspects", [.text(Lease.lost), .texts(blocking), ownRevision], format: .binary)
        guard let row = rows.first else { return nil }
        return try Job(row)
    }

    /// Whether a job is due that should run with no other beside it.
    static func hasSuspects(on connection: Connection) throws(PostgresError) -> Bool {
        try connection.prepare("has_suspects", ClaimSQL.hasSuspects)
        return try connection.queryPrepared("has_suspects", [.text(Lease.lost)]).only().bool(0)
    }

    private mutating func claim(
        _ priority: Int, limit: Int, but crowded: [String], on connection: Connection
    ) throws(PostgresError) -> [Job] {
        let floor = floors[priority] ?? Floor()
        try connection.prepare("claim", ClaimSQL.claim)
        let rows = try connection.queryPrepared(
            "claim",
            [
                .bigint(Int64(priority)), .bigint(Int64(limit)), .timestamp(floor.runAt), .bigint(floor.jobID),
                .texts(blocking), .text(Lease.lost), .texts(crowded), ownRevision,
            ], format: .binary)
        var jobs: [Job] = []
        jobs.reserveCapacity(rows.count)
        for row in rows { jobs.append(try Job(row)) }
        // RETURNING keeps no order.
        jobs.sort { ($0.runAt, $0.id) < ($1.runAt, $1.id) }
        // A short claim may have skipped successors whose turn comes next, and over late commits; so has one that
        // left jobs out.
        if let last = jobs.last, jobs.count == limit, crowded.isEmpty {
            floors[priority] = Floor(runAt: last.runAt - Self.slack, jobID: 0)
        } else {
            floors[priority] = nil
        }
        return jobs
    }
}

extension Job {
    /// Reads a row that a claim returned (`ClaimSQL.columns`).
    init(_ row: Row) throws(PostgresError) {
        var cells = row.cells
        self.init(
            id: try cells.bigint(), action: try cells.text(), kind: try cells.text(),
            purpose: Purpose(rule: try cells.text(), note: try cells.optionalText()),
            priority: try cells.int(), attempt: try cells.int(), maxAttempts: try cells.int(),
            uncounted: try cells.int(), firstFailedAgo: try cells.bigint(), runAt: try cells.timestamp(),
            orderRow: try cells.optionalBigint(), eventID: try cells.bigint(), eventReceivedAt: try cells.timestamp(),
            leaseToken: try cells.bigint(), again: try cells.optionalText(), isShared: try cells.bool(),
            releasedHold: try cells.optionalText(), revision: try cells.optionalBigint().map(Int32.init))
    }
}

extension Connection {
    fileprivate func smallints(prepared name: String, _ sql: String) throws(PostgresError) -> [Int] {
        try prepare(name, sql)
        var values: [Int] = []
        for row in try queryPrepared(name) { values.append(try row.int(0)) }
        return values
    }
}
