extension Connection {
    /// Runs `body` between BEGIN and COMMIT.
    ///
    /// - Parameter body: uses this same connection. When it throws, the transaction is rolled back.
    /// - Returns: what `body` returned, after COMMIT was confirmed.
    /// - Throws: what `body` threw; 25001 when a transaction is open already; 25P02 when `body` swallowed the error of
    ///   a statement, so that the server rolled back. `connectionLost` from COMMIT means that it is unknown whether it
    ///   was committed.
    public func transaction<T>(_ body: () throws(PostgresError) -> T) throws(PostgresError) -> T {
        if isInTransaction {
            throw PostgresError(state: .activeTransaction, message: "a transaction is open already")
        }
        try execute("BEGIN")
        let value: T
        do {
            value = try body()
        } catch {
            rollBack()
            throw error
        }
        let result = try query("COMMIT").result
        guard result.tag == "COMMIT" else {
            throw PostgresError(
                state: .failedTransaction, message: "a statement of the transaction failed: it was rolled back")
        }
        return value
    }

    /// ROLLBACK; a session that cannot even do that is closed, which rolls back as well.
    private func rollBack() {
        guard isInTransaction else { return }
        do { try execute("ROLLBACK", deadline: .seconds(5)) } catch { close() }
    }
}
