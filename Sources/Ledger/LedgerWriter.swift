public import Postgres
public import Webhooks

/// Why a delivery could not be recorded.
public enum RecordFailure: Error, Sendable {
    /// Postgres cannot be reached, or did not answer in time: whether the batch was committed is not known. Recording
    /// it again is safe, because the dedupe key turns a commit that did happen into a duplicate.
    case unavailable(PostgresError)
    /// Postgres answered and refused this delivery.
    case refused(PostgresError)
}

/// Records batches over one connection, as a role without other rights. Confined to the thread that made it.
public final class LedgerWriter {
    private let connection: Connection
    private var isPrepared = false

    /// How often a batch that conflicts with another one (40001, 40P01) is retried.
    private static let attemptsAfterConflict = 5

    /// Opens a connection.
    /// - Parameters:
    ///   - conninfo: libpq's; the role needs EXECUTE on `record` and `refuse` only.
    ///   - deadline: how long one statement may take, in all.
    /// - Throws: ``PostgresError`` when Postgres cannot be reached.
    public init(conninfo: String, deadline: Duration) throws(PostgresError) {
        connection = try Connection(
            conninfo: conninfo, applicationName: "hookledger-responder",
            settings: [
                ("statement_timeout", "\(deadline.milliseconds)ms"), ("search_path", "hookledger"),
                ("plan_cache_mode", "force_generic_plan"), ("jit", "off"),
            ],
            connectTimeout: .seconds(2), queryDeadline: deadline)
    }

    /// Whether the session is open, as far as the client knows without asking the server.
    public var isUsable: Bool { connection.isUsable }

    /// Opens the connection again.
    /// - Throws: ``PostgresError`` when Postgres cannot be reached.
    public func reset() throws(PostgresError) {
        isPrepared = false
        try connection.reset()
    }

    /// Pings Postgres.
    /// - Throws: ``PostgresError`` if it does not answer.
    public func ping() throws(PostgresError) {
        _ = try connection.query("select 1", [])
    }

    /// Records a batch in one transaction; every returned receipt is committed.
    ///
    /// A delivery that Postgres refuses (a bug of ours, because every field is checked before) is found by halving the
    /// batch, and the others are recorded without it.
    /// - Parameter batch: see ``BatchPlan``: at most one delivery per event and per row.
    /// - Returns: one result per delivery, in order.
    public func record(_ batch: [Recordable]) -> [Result<Receipt, RecordFailure>] {
        if batch.isEmpty { return [] }
        do {
            return try send(batch).map { .success($0) }
        } catch {
            if error.connectionLost || error.state?.isResource == true || error.state == .queryCanceled {
                return batch.map { _ in .failure(.unavailable(error)) }
            }
            if batch.count == 1 { return [.failure(.refused(error))] }
            let half = batch.count / 2
            return record(Array(batch[..<half])) + record(Array(batch[half...]))
        }
    }

    private func send(_ batch: [Recordable]) throws(PostgresError) -> [Receipt] {
        var attempt = 1
        while true {
            do {
                if !isPrepared {
                    try connection.prepare(RecordStatement.name, RecordStatement.sql)
                    isPrepared = true
                }
                let rows = try connection.queryPrepared(RecordStatement.name, RecordStatement.parameters(batch))
                return try RecordStatement.receipts(rows, count: batch.count)
            } catch {
                guard error.state?.isTransient == true, attempt <= Self.attemptsAfterConflict else { throw error }
                attempt += 1
            }
        }
    }

    /// Writes a sample of refusals.
    /// - Throws: ``PostgresError``; nothing was written then.
    public func refuse(_ refusals: [RefusedDelivery]) throws(PostgresError) {
        if refusals.isEmpty { return }
        _ = try connection.query(RefusedDelivery.sql, RefusedDelivery.parameters(refusals))
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
