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
    private let cells: CellWatch?
    /// Whether this session has recorded something.
    private var hasRecorded = false
    /// How long the session was last told to wait for a lock.
    private var patienceOfSession: Duration?
    /// How long its statements may take.
    private var timeOfSession: Duration?
    /// What the last transaction told; nil before the first.
    public private(set) var signs: StoreSigns?

    /// The server of the session; nil while there is none.
    public var server: ConnectedServer? { opened?.server }

    /// Whether the session is one with a router, which waits for its cells.
    public var waitsForCells: Bool { opened?.endsByClosing ?? false }

    /// Connects to nothing yet.
    /// - Parameters:
    ///   - conninfo: libpq's; the role needs EXECUTE on `record_2` only.
    ///   - deadline: how long one statement may take, in all.
    ///   - inDoubt: what the writers of one program share.
    ///   - cells: what has the cells of a router asked while a batch waits; nil waits until the deadline.
    public init(
        conninfo: String, deadline: Duration, inDoubt: SessionsInDoubt = SessionsInDoubt(), cells: CellWatch? = nil
    ) {
        self.conninfo = conninfo
        self.deadline = deadline
        self.inDoubt = inDoubt
        self.cells = cells
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
    /// Postgres fails, or that takes too long, is found by halving the batch, and the others are recorded without it.
    ///
    /// If the connection turns out to be dead, the batch is recorded again over a new one: what the lost one committed is
    /// a duplicate then, and is answered like the first. The same if a session that has recorded before fails at
    /// everything: what it had prepared may be the reason. Nothing is recorded again after its time is over: nobody waits
    /// for the answer.
    ///
    /// A router answers when the last cell has. If one goes away meanwhile (``CellWatch``), the batch is recorded again over a new
    /// session, too: the router leaves that cell out, and what the others have committed is a duplicate.
    /// - Parameters:
    ///   - batch: see ``BatchPlan``: at most one delivery per event and per row.
    ///   - wereBusy: whether these deliveries were busy a moment ago, so that a lock is waited for more briefly.
    /// - Returns: one result per delivery, in order.
    public func recordOnce(_ batch: [Recordable], wereBusy: Bool = false) -> [Result<Receipt, RecordFailure>] {
        let begin = SystemClock.monotonicNanoseconds()
        let end = begin + deadline.wholeNanoseconds
        var plan = RecordPlan(count: batch.count, wereBusy: wereBusy, from: begin, until: end)
        while true {
            let session = RecordPlan.Session(isUsable: opened?.isUsable == true, hasRecorded: hasRecorded)
            switch plan.next(session, at: SystemClock.monotonicNanoseconds()) {
            case .send(let places, let patience, let time):
                let answer = Result { () throws(PostgresError) in
                    try send(places.map { batch[$0] }, patience: patience, time: time, until: end)
                }
                plan.heard(answer, at: SystemClock.monotonicNanoseconds())
            case .closeSession: opened?.close()
            case .finished(let results): return results
            }
        }
    }

    func connection() throws(PostgresError) -> Connection {
        if let opened {
            if !opened.isUsable {
                isPrepared = false
                patienceOfSession = nil
                timeOfSession = nil
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
        if made.endsByClosing { cells?.use() }
        return made
    }

    /// - Returns: one result per delivery, in order: stored, busy or away.
    private func send(
        _ batch: [Recordable], patience: Duration, time: Duration, until end: Int64
    ) throws(PostgresError) -> [Result<Receipt, RecordFailure>] {
        var pid: Int32?
        do {
            let connection = try connection()
            try inDoubt.check(over: connection)
            pid = connection.backendPID
            if patienceOfSession != patience {
                try connection.execute("set lock_timeout = '\(patience.wholeMilliseconds)ms'")
                patienceOfSession = patience
            }
            // The first statement of a batch, which may take all of its time: another session would know no cell yet. A cell that has
            // answered it with an error does not hang, and ends later ones.
            let endsByClosing = connection.endsByClosing && time >= deadline / 2
            let limit = endsByClosing ? .zero : time
            let left = max(
                Duration.nanoseconds(end - SystemClock.monotonicNanoseconds()), Duration.milliseconds(100))
            if timeOfSession != limit {
                try connection.execute("set statement_timeout = '\(limit.wholeMilliseconds)ms'")
                timeOfSession = limit
            }
            if !isPrepared {
                try connection.prepare(RecordStatement.name, RecordStatement.sql)
                isPrepared = true
            }
            try connection.renewPlans(before: batch.count)
            let rows = try connection.queryPrepared(
                RecordStatement.name, RecordStatement.parameters(batch), deadline: endsByClosing ? left : nil,
                abandonment: abandonment(connection))
            signs = try StoreSigns(rows.only())
            let results = try RecordStatement.results(rows, count: batch.count)
            hasRecorded = true
            return results
        } catch {
            // The router ends a session that was given up; no COMMIT of its own hangs.
            if error.connectionLost, !error.isAbandoned, let pid { inDoubt.add(pid) }
            throw error
        }
    }

    /// What ends the wait for a router one of whose cells has gone away; nil for one database.
    func abandonment(_ connection: Connection) -> Abandonment? {
        guard connection.endsByClosing, let cells, !Mutation.isOn("batches-wait-for-a-lost-cell") else { return nil }
        let sent = SystemClock.monotonicNanoseconds()
        return Abandonment(after: CellWatch.patience, every: CellWatch.pause) { cells.isLost(since: sent) }
    }
}
