import Platform
public import Postgres
import Settings
public import Webhooks

/// Why a delivery could not be recorded.
public enum RecordFailure: Error, Sendable {
    /// Postgres cannot be reached, or did not answer in time: whether the batch was committed is not known. Recording
    /// it again is safe, because the dedupe key turns a commit that did happen into a duplicate.
    case unavailable(PostgresError)
    /// Postgres answered and refused this delivery.
    case refused(PostgresError)
}

/// Records batches over one connection, as the role that may do nothing else: opened when it is needed, and opened again
/// when it was lost. Confined to the thread that made it.
public final class LedgerWriter {
    private let conninfo: String
    private let deadline: Duration
    private var opened: Connection?
    private var isPrepared = false
    /// What the last transaction told; nil before the first.
    public private(set) var signs: StoreSigns?

    /// How often a batch that conflicts with another one (40001, 40P01) is retried.
    private static let attemptsAfterConflict = 5

    /// Connects to nothing yet.
    /// - Parameters:
    ///   - conninfo: libpq's; the role needs EXECUTE on `record_2` only.
    ///   - deadline: how long one statement may take, in all.
    public init(conninfo: String, deadline: Duration) {
        self.conninfo = conninfo
        self.deadline = deadline
    }

    /// Pings Postgres.
    /// - Throws: ``PostgresError`` if it does not answer.
    public func ping() throws(PostgresError) {
        _ = try connection().query("select 1", [])
    }

    /// Records a batch in one transaction; what it returns receipts for has been committed.
    ///
    /// A delivery that Postgres refuses (data it cannot hold: an error of ours, for every field is checked before)
    /// is found by halving the batch, and the others are recorded without it.
    ///
    /// If the connection turns out to be dead, the batch is recorded again over a new one: what the lost one committed is
    /// a duplicate then, and is answered like the first. It is not recorded again after its time is over: nobody waits
    /// for the answer.
    /// - Parameter batch: see ``BatchPlan``: at most one delivery per event and per row.
    /// - Returns: one result per delivery, in order.
    public func record(_ batch: [Recordable]) -> [Result<Receipt, RecordFailure>] {
        let end = SystemClock.monotonicNanoseconds() + deadline.wholeNanoseconds
        var results = recordHalving(batch)
        guard SystemClock.monotonicNanoseconds() < end else { return results }
        let lost = results.contains {
            if case .failure(.unavailable(let error)) = $0 { error.connectionLost } else { false }
        }
        if lost {
            let again = batch.indices.filter { if case .failure(.unavailable) = results[$0] { true } else { false } }
            for (place, result) in zip(again, recordHalving(again.map { batch[$0] })) { results[place] = result }
        }
        precondition(results.count == batch.count, "each delivery of a batch has one result, in its order")
        return results
    }

    private func recordHalving(_ batch: [Recordable]) -> [Result<Receipt, RecordFailure>] {
        if batch.isEmpty { return [] }
        do {
            return try send(batch).map { .success($0) }
        } catch {
            if error.connectionLost || error.state?.isResource == true || error.state == .queryCanceled
                || error.state == .notInPrerequisiteState || error.state == .lockNotAvailable
            {
                return batch.map { _ in .failure(.unavailable(error)) }
            }
            if batch.count == 1 { return [.failure(.refused(error))] }
            let half = batch.count / 2
            return recordHalving(Array(batch[..<half])) + recordHalving(Array(batch[half...]))
        }
    }

    func connection() throws(PostgresError) -> Connection {
        if let opened {
            if !opened.isUsable {
                isPrepared = false
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

    private func send(_ batch: [Recordable]) throws(PostgresError) -> [Receipt] {
        var attempt = 1
        while true {
            do {
                let connection = try connection()
                if !isPrepared {
                    try connection.prepare(RecordStatement.name, RecordStatement.sql)
                    isPrepared = true
                }
                let rows = try connection.queryPrepared(RecordStatement.name, RecordStatement.parameters(batch))
                signs = try StoreSigns(rows.only())
                return try RecordStatement.receipts(rows, count: batch.count)
            } catch {
                guard error.state?.isTransient == true, attempt <= Self.attemptsAfterConflict else { throw error }
                attempt += 1
            }
        }
    }
}
