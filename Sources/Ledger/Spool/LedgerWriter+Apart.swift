import Platform
import Postgres
import Webhooks

extension LedgerWriter {
    /// A session that is lost sooner was lost by the server; a COMMIT that hangs loses it at its deadline.
    private static let soon: Int64 = 10_000_000_000
    /// How long the server may take to be back.
    private static let patience: Int64 = 10_000_000_000

    /// Records a batch like ``record(_:waitingUpTo:)``. If the server loses the session and is back a moment later, each delivery
    /// is recorded alone: one at which the server loses the session twice is the reason, and has failed.
    /// - Returns: one result per delivery, in order.
    /// - Throws: the error of a server that is not back.
    func recordApart(_ batch: [Recordable]) throws(PostgresError) -> [Result<Receipt, RecordFailure>] {
        let began = SystemClock.monotonicNanoseconds()
        var results = record(batch)
        for (place, result) in results.enumerated() {
            guard Self.isLostSession(result, since: began) else { continue }
            try awaitServer()
            results[place] = try recordAlone(batch[place])
        }
        return results
    }

    private func recordAlone(_ delivery: Recordable) throws(PostgresError) -> Result<Receipt, RecordFailure> {
        for _ in 0..<2 {
            let began = SystemClock.monotonicNanoseconds()
            let result = record([delivery])[0]
            guard Self.isLostSession(result, since: began) else { return result }
            try awaitServer()
        }
        return .failure(.failed(PostgresError(message: "the server ends the session at this delivery")))
    }

    /// A server that takes no writes loses every session.
    private static func isLostSession(_ result: Result<Receipt, RecordFailure>, since began: Int64) -> Bool {
        guard case .failure(.unavailable(let error)) = result, error.connectionLost else { return false }
        return error.state != .readOnlyTransaction && SystemClock.monotonicNanoseconds() - began < soon
    }

    private func awaitServer() throws(PostgresError) {
        let end = SystemClock.monotonicNanoseconds() + Self.patience
        while true {
            do throws(PostgresError) {
                return try ping()
            } catch {
                if SystemClock.monotonicNanoseconds() >= end { throw error }
                SystemClock.sleep(milliseconds: 100)
            }
        }
    }
}
