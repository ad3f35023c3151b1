import Postgres
import Webhooks

/// Records missing orders in the transaction of their page.
enum ReconcileRecording {
    /// How one order ended.
    struct Result {
        /// Its receipt; nil if it could not be recorded.
        var receipt: Receipt?
        /// Why not.
        var trouble: String?
    }

    /// - Parameters:
    ///   - missing: each order at most once.
    ///   - oneByOne: whether an order that Postgres refuses leaves the others alone.
    /// - Returns: one result per order, in their order.
    static func record(
        _ missing: [ReconcileBooks.Missing], oneByOne: Bool, on connection: Connection
    ) throws(PostgresError) -> [Result] {
        var results = missing.map { Result(receipt: nil, trouble: $0.trouble) }
        var waiting = missing.indices.filter { missing[$0].recordable != nil }
        while !waiting.isEmpty {
            // Two shops may have orders of one id.
            let places = BatchPlan.next(
                waiting.lazy.map { missing[$0].recordable?.conflictKeys ?? [] }, limit: oneByOne ? 1 : waiting.count)
            let chosen = places.map { waiting[$0] }
            for place in places.reversed() { waiting.remove(at: place) }
            let batch = chosen.compactMap { missing[$0].recordable }
            do throws(PostgresError) {
                if oneByOne { try connection.execute("savepoint one") }
                try connection.renewPlans(before: batch.count)
                let rows = try connection.query(RecordStatement.sql, RecordStatement.parameters(batch))
                for (place, receipt) in zip(chosen, try RecordStatement.receipts(rows, count: batch.count)) {
                    results[place].receipt = receipt
                }
                if oneByOne { try connection.execute("release savepoint one") }
            } catch {
                guard oneByOne, !error.connectionLost, let place = chosen.first else { throw error }
                try connection.execute("rollback to savepoint one")
                results[place].trouble = "\(error)"
            }
        }
        return results
    }
}
