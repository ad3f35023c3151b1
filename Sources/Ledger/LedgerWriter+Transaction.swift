import Platform
public import Postgres
public import Webhooks

extension LedgerWriter {
    /// Records one delivery in a transaction that the caller has open, for data that must be stored together with
    /// something else, such as the end of the job that fetched it. A row that another transaction holds is waited for,
    /// up to two seconds.
    ///
    /// - Parameter connection: of a role that may execute `record_2`.
    /// - Throws: ``PostgresError``; the transaction has then failed. 55P03 if the row is still held: nothing was recorded.
    public static func record(
        _ delivery: Recordable, inTransactionOf connection: Connection
    ) throws(PostgresError) -> Receipt {
        try connection.renewPlans(before: 1)
        for attempt in 0..<100 {
            if attempt > 0 { SystemClock.sleep(milliseconds: 20) }
            let rows = try connection.query(RecordStatement.sql, RecordStatement.parameters([delivery]))
            if let receipt = try RecordStatement.receipts(rows, count: 1)[0] { return receipt }
        }
        throw PostgresError(state: .lockNotAvailable, message: "another transaction holds a row of this delivery")
    }
}
