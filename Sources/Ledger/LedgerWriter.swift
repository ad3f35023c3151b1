import Platform
public import Postgres
import Settings
public import Webhooks

/// Records batches over one connection, as the role that may do nothing else: opened when it is needed, and opened again
/// when it was lost. Confined to the thread that made it.
public final class LedgerWriter {
    private let conninfo: String
    private let deadline: Duration
    private var opened: Connection?
    private var isPrepared = false
    private let inDoubt: SessionsInDoubt
    /// Whether this session has recorded something.
    private var hasRecorded = false
    /// How long a statement may wait for a lock, and what the session was last told of it.
    private var patience = LedgerWriter.patience
    private var patienceOfSession: Duration?
    /// What the last transaction told; nil before the first.
    public private(set) var signs: StoreSigns?

    /// The server of the session; nil while there is none.
    public var server: ConnectedServer? { opened?.server }

    /// The usual `lock_timeout`. It is the net below `record_2()`, which waits for no row.
    private static let patience = Duration.milliseconds(200)
    /// The `lock_timeout` for a delivery that is likely to wait, and the time that all of a batch may wait.
    private static let shortPatience = Duration.milliseconds(20)
    private static let patienceForAll = Duration.milliseconds(200)

    /// How often a batch that conflicts with another one is retried.
    private static let attemptsAfterConflict = 5

    /// Connects to nothing yet.
    /// - Parameters:
    ///   - conninfo: libpq's; the role needs EXECUTE on `record_2` only.
    ///   - deadline: how long one statement may take, in all.
    ///   - inDoubt: what the writers of one program share.
    public init(conninfo: String, deadline: Duration, inDoubt: SessionsInDoubt = SessionsInDoubt()) {
        self.conninfo = conninfo
        self.deadline = deadline
        self.inDoubt = inDoubt
    }

    /// Pings Postgres.
    /// - Throws: ``PostgresError`` if it does not answer, or if too many lost sessions are still at work there.
    public func ping() throws(PostgresError) {
        let connection = try connection()
        _ = try connection.query("select 1", [])
        try inDoubt.check(over: connection)
    }

    /// Records a batch like ``recordOnce(_:wereBusy:)``, and tries busy deliveries again.
    /// - Parameters:
    ///   - batch: see ``BatchPlan``: at most one delivery per event and per row.
    ///   - patience: how long busy deliveries are tried again.
    /// - Returns: one result per delivery, in order.
    public func record(
        _ batch: [Recordable], waitingUpTo patience: Duration = .seconds(5)
    ) -> [Result<Receipt, RecordFailure>] {
        let end = SystemClock.monotonicNanoseconds() + patience.wholeNanoseconds
        var results = recordOnce(batch)
        while SystemClock.monotonicNanoseconds() < end {
            let busy = results.indices.filter { if case .failure(.busy) = results[$0] { true } else { false } }
            if busy.isEmpty { break }
            SystemClock.sleep(milliseconds: 5)
            for (place, result) in zip(busy, recordOnce(busy.map { batch[$0] }, wereBusy: true)) {
                results[place] = result
            }
        }
        return results
    }

    /// Records a batch in one transaction; what it returns receipts for has been committed.
    ///
    /// No delivery waits for a row that another transaction holds: it is ``RecordFailure/busy``, and the others are
    /// recorded. Where Postgres has to wait nevertheless (for a table, or for a key that another transaction is about to
    /// insert), it waits for `lock_timeout`, and the deliveries are then recorded one by one. A delivery at which
    /// Postgres fails is found by halving the batch, and the others are recorded without it.
    ///
    /// If the connection turns out to be dead, the batch is recorded again over a new one: what the lost one committed is
    /// a duplicate then, and is answered like the first. The same if a session that has recorded before fails at
    /// everything: what it had prepared may be the reason. Nothing is recorded again after its time is over: nobody waits
    /// for the answer.
    /// - Parameters:
    ///   - batch: see ``BatchPlan``: at most one delivery per event and per row.
    ///   - wereBusy: whether these deliveries were busy a moment ago, so that a lock is waited for more briefly.
    /// - Returns: one result per delivery, in order.
    public func recordOnce(_ batch: [Recordable], wereBusy: Bool = false) -> [Result<Receipt, RecordFailure>] {
        let end = SystemClock.monotonicNanoseconds() + deadline.wholeNanoseconds
        patience = wereBusy ? Self.shortPatience : Self.patience
        var results = recordHalving(batch, until: end)
        let again = results.indices.filter { results[$0].mayBeTheSessions }
        if !again.isEmpty {
            let wasProven = hasRecorded
            let isLost = opened?.isUsable != true
            let failedAtAll = again.count == results.count
            if failedAtAll { opened?.close() }
            if !Mutation.isOn("lost-session-is-not-retried"), isLost || failedAtAll && wasProven,
                SystemClock.monotonicNanoseconds() < end
            {
                let second = recordHalving(again.map { batch[$0] }, until: end)
                for (place, result) in zip(again, second) { results[place] = result }
            }
        }
        precondition(results.count == batch.count, "each delivery of a batch has one result, in its order")
        return results
    }

    private func recordHalving(_ batch: [Recordable], until end: Int64) -> [Result<Receipt, RecordFailure>] {
        if batch.isEmpty { return [] }
        do {
            return try send(batch).map { $0.map { .success($0) } ?? .failure(.busy) }
        } catch {
            if batch.count == 1 || Mutation.isOn("batch-is-not-halved") || error.isFromUnreachableStore
                || SystemClock.monotonicNanoseconds() >= end
            {
                return batch.map { _ in .failure(RecordFailure(error)) }
            }
            if error.state == .lockNotAvailable, Mutation.isOn("one-lock-makes-all-busy") {
                return batch.map { _ in .failure(.busy) }
            }
            if error.state == .lockNotAvailable { return recordOneByOne(batch, until: end) }
            let half = batch.count / 2
            return recordHalving(Array(batch[..<half]), until: end) + recordHalving(Array(batch[half...]), until: end)
        }
    }

    /// Something had to be waited for: each delivery is tried with little patience, as long as the time for all lasts.
    private func recordOneByOne(_ batch: [Recordable], until end: Int64) -> [Result<Receipt, RecordFailure>] {
        patience = Self.shortPatience
        var waited: Int64 = 0
        return batch.map { delivery in
            let before = SystemClock.monotonicNanoseconds()
            guard waited < Self.patienceForAll.wholeNanoseconds, before < end else { return .failure(.busy) }
            let result = recordHalving([delivery], until: end)[0]
            if case .failure = result { waited += SystemClock.monotonicNanoseconds() - before }
            return result
        }
    }

    func connection() throws(PostgresError) -> Connection {
        if let opened {
            if !opened.isUsable {
                isPrepared = false
                patienceOfSession = nil
                hasRecorded = false
                try opened.reset()
            }
            return opened
        }
        let made = try Connection(
            conninfo: conninfo, applicationName: "hookledger-responder",
            settings: [
                ("statement_timeout", "\(deadline.wholeMilliseconds)ms"), ("search_path", "hookledger"),
                ("plan_cache_mode", "force_generic_plan"), ("jit", "off"),
            ],
            connectTimeout: .seconds(2), queryDeadline: deadline)
        opened = made
        return made
    }

    /// - Returns: the receipts; nil for a delivery that is busy.
    private func send(_ batch: [Recordable]) throws(PostgresError) -> [Receipt?] {
        var attempt = 1
        while true {
            var pid: Int32?
            do {
                let connection = try connection()
                try inDoubt.check(over: connection)
                pid = connection.backendPID
                if patienceOfSession != patience {
                    try connection.execute("set lock_timeout = '\(patience.wholeMilliseconds)ms'")
                    patienceOfSession = patience
                }
                if !isPrepared {
                    try connection.prepare(RecordStatement.name, RecordStatement.sql)
                    isPrepared = true
                }
                let rows = try connection.queryPrepared(RecordStatement.name, RecordStatement.parameters(batch))
                signs = try StoreSigns(rows.only())
                let receipts = try RecordStatement.receipts(rows, count: batch.count)
                hasRecorded = true
                return receipts
            } catch {
                if error.connectionLost, let pid { inDoubt.add(pid) }
                // A unique key that is taken now: another transaction created the row at this moment.
                let isConflict = error.state?.isTransient == true || error.state == .uniqueViolation
                guard isConflict, !Mutation.isOn("conflict-is-not-retried"), attempt <= Self.attemptsAfterConflict
                else { throw error }
                attempt += 1
            }
        }
    }
}

extension Result<Receipt, RecordFailure> {
    /// Whether another session may succeed.
    fileprivate var mayBeTheSessions: Bool {
        switch self {
        case .failure(.unavailable(let error)): error.connectionLost
        case .failure(.failed): true
        default: false
        }
    }
}
