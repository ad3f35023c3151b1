internal import CPostgres

extension Connection {
    /// Runs one or several statements without parameters (simple protocol): migrations, SET, BEGIN.
    ///
    /// Several statements are one transaction unless they hold BEGIN or COMMIT themselves. Rows are dropped.
    /// - Parameters:
    ///   - sql: the statements; never put values of a delivery into it.
    ///   - deadline: for all of them; nil takes ``queryDeadline``.
    /// - Throws: the error of the first statement that failed; the rest have not run.
    public func execute(_ sql: String, deadline: Duration? = nil) throws(PostgresError) {
        try checkStatement(sql)
        _ = try exchange(deadline: deadline) { PQsendQuery($0, sql) }
    }

    /// Runs one statement with parameters, planned for these values.
    ///
    /// - Parameters:
    ///   - sql: one statement with `$1`, `$2`, ….
    ///   - parameters: as many as the statement names.
    ///   - deadline: nil takes ``queryDeadline``.
    ///   - abandonment: what may end the wait sooner; the error is then ``PostgresError/isAbandoned``.
    /// - Returns: the rows; empty for a statement that returns none.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func query(
        _ sql: String, _ parameters: [Parameter] = [], deadline: Duration? = nil, abandonment: Abandonment? = nil
    ) throws(PostgresError) -> Rows {
        try checkStatement(sql)
        let buffer = try ParameterBuffer(parameters)
        let result = try exchange(deadline: deadline, abandonment: abandonment) { handle in
            buffer.withPointers { count, types, values, lengths, formats in
                PQsendQueryParams(handle, sql, count, types, values, lengths, formats, 0)
            }
        }
        return Rows(result: result)
    }

    /// Parses a statement once, for ``queryPrepared(_:_:deadline:)``. The server infers the types of the parameters:
    /// write casts (`$1::text[]`).
    ///
    /// - Parameters:
    ///   - name: unique within the connection; preparing the same name with other SQL replaces it.
    ///   - sql: one statement.
    /// - Throws: ``PostgresError``; the name is then unknown.
    public func prepare(_ name: String, _ sql: String, deadline: Duration? = nil) throws(PostgresError) {
        try checkStatement(sql)
        try checkStatement(name)
        if statements[name] == sql, prepared.contains(name) { return }
        if prepared.contains(name) {
            try execute("DEALLOCATE \(SQLText.identifier(name))", deadline: deadline)
            prepared.remove(name)
        }
        statements[name] = nil
        _ = try exchange(deadline: deadline) { PQsendPrepare($0, name, sql, 0, nil) }
        statements[name] = sql
        prepared.insert(name)
    }

    /// Runs a prepared statement; after ``reset()`` it is prepared again first.
    ///
    /// - Parameters:
    ///   - format: how the rows arrive; see ``ResultFormat``.
    ///   - abandonment: what may end the wait sooner; the error is then ``PostgresError/isAbandoned``.
    /// - Throws: ``PostgresError``; 26000 when the name was never prepared.
    @discardableResult
    public func queryPrepared(
        _ name: String, _ parameters: [Parameter] = [], format: ResultFormat = .text, deadline: Duration? = nil,
        abandonment: Abandonment? = nil
    ) throws(PostgresError) -> Rows {
        guard let sql = statements[name] else {
            throw PostgresError(state: .invalidStatementName, message: "no statement \(name) has been prepared")
        }
        let buffer = try ParameterBuffer(parameters)
        try prepare(name, sql, deadline: deadline)
        let result = try exchange(deadline: deadline, abandonment: abandonment) { handle in
            buffer.withPointers { count, _, values, lengths, formats in
                PQsendQueryPrepared(handle, name, count, values, lengths, formats, format.rawValue)
            }
        }
        return Rows(result: result)
    }

    /// libpq would cut the text at U+0000 and run the front part.
    private func checkStatement(_ sql: String) throws(PostgresError) {
        if sql.utf8.contains(0) {
            throw PostgresError(state: .characterNotInRepertoire, message: "a statement holds U+0000")
        }
    }
}
