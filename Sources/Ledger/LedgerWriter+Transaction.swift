public import Postgres
public import Webhooks

extension LedgerWriter {
    /// Records one delivery in a transaction that the caller has open, for data that must be stored together with
    /// something else, such as the end of the job that fetched it.
    ///
    /// - Parameter connection: of a role that may execute `record_2`.
    /// - Throws: ``PostgresError``; the transaction has then failed.
    public static func record(
        _ delivery: Recordable, inTransactionOf connection: Connection
    ) throws(PostgresError) -> Receipt {
        let rows = try connection.query(RecordStatement.sql, RecordStatement.parameters([delivery]))
        guard let receipt = try RecordStatement.receipts(rows, count: 1).first else {
            throw PostgresError(message: "record_2() returned nothing")
        }
        return receipt
    }
}
