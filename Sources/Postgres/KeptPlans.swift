/// How much a session's kept plans were made for.
///
/// A plan that the server keeps (`plan_cache_mode = force_generic_plan`) fits the tables as they were when it was made:
/// for a table of a few rows the planner may choose to read all of it for each input row. The server replaces it only
/// when the table's statistics change, which may be a minute and 100,000 rows later.
struct KeptPlans {
    /// The input rows of the session so far.
    private var rows = 0
    /// The input rows for which the plans are good enough.
    private var reach = 0

    /// Counts the input rows of the next statement.
    /// - Returns: whether plans must be made again before it.
    mutating func outgrown(by more: Int) -> Bool {
        rows += more
        guard rows > reach else { return false }
        reach = rows * 2
        return true
    }
}

extension Connection {
    /// To be called before a statement whose plan the server keeps. As the session handles more rows, its plans are made
    /// again: at the first statement, and each time that twice as many rows were handled as before. So no plan serves a
    /// table much larger than the one it was made for, and a session of a million rows makes its plans twenty times.
    ///
    /// - Parameter rows: the input rows of the statement.
    /// - Throws: ``PostgresError``.
    public func renewPlans(before rows: Int) throws(PostgresError) {
        guard keptPlans.outgrown(by: rows) else { return }
        do {
            try execute("discard plans")
        } catch {
            keptPlans = KeptPlans()
            throw error
        }
    }
}
