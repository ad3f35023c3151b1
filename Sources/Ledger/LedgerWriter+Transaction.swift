public import Postgres
public import Webhooks

extension LedgerWriter {
    /// Records one delivery in a transaction that the caller has open, for data that must be stored together with
    /// something else, such as the end of the job that fetched it.
    ///
    /// - Parameter connection: of a role that may execute `record_2`.
    /// - Throws: ``PostgresError``; nothing was recorded. 55P03 if another transaction holds one of its rows: later it
    ///   can be recorded.
    public static func record(
        _ delivery: Recordable, inTransactionOf connection: Connection
    ) throws(PostgresError) -> Receipt {
        let rows = try connection.query(RecordStatement.sql, RecordStatement.parameters([delivery]))
        guard let receipt = try RecordStatement.receipts(rows, count: 1)[0] else {
            throw PostgresError(state: .lockNotAvailable, message: "another transaction holds a row of this delivery")
        }
        return receipt
    }
}
