internal import CPostgres

extension Connection {
    /// Sends one request and collects its results, within the deadline.
    ///
    /// - Parameters:
    ///   - deadline: nil takes ``queryDeadline``.
    ///   - abandonment: what may end the wait sooner.
    ///   - send: one of libpq's `PQsend…` functions; returns 1 when libpq has taken the request.
    /// - Returns: the last result.
    /// - Throws: the first error; the connection is closed when it is `connectionLost`.
    func exchange(
        deadline: Duration?, abandonment: Abandonment? = nil, _ send: (OpaquePointer) -> Int32
    ) throws(PostgresError) -> QueryResult {
        guard let handle else { throw PostgresError.closed }
        let end = (deadline ?? queryDeadline).map { ContinuousClock.now + $0 }
        guard send(handle) == 1 else {
            if PQstatus(handle) != CONNECTION_OK { throw lose(PostgresError(lost: handle)) }
            // libpq refused: a programming error, such as a statement within COPY. The session's state is unclear.
            throw lose(PostgresError(lost: handle))
        }
        guard flush(handle, until: end) else { throw giveUp() }
        return try collect(handle, until: end, abandonment)
    }

    /// Gets the whole request out. False when the deadline passed; a broken connection shows in the results.
    private func flush(_ handle: OpaquePointer, until end: ContinuousClock.Instant?) -> Bool {
        while PQflush(handle) == 1 {
            guard let ready = Wait.ready(PQsocket(handle), forWriting: true, until: end) else { return false }
            // The server may be blocked on writing (notices): read, so that it continues to read.
            if ready.read, PQconsumeInput(handle) == 0 { return true }
        }
        return true
    }

    private func collect(
        _ handle: OpaquePointer, until end: ContinuousClock.Instant?, _ abandonment: Abandonment?
    ) throws(PostgresError) -> QueryResult {
        var look = abandonment.map { ContinuousClock.now + $0.patience }
        var last: QueryResult?
        var failure: PostgresError?
        while true {
            while PQisBusy(handle) == 1 {
                let until = [end, look].compactMap(\.self).min()
                guard Wait.ready(PQsocket(handle), forWriting: false, until: until) != nil else {
                    if let end, end <= ContinuousClock.now { throw giveUp() }
                    if let abandonment {
                        if abandonment.isDue() { throw lose(.abandoned) }
                        look = ContinuousClock.now + abandonment.pause
                    }
                    continue
                }
                // On failure PQgetResult returns the server's last message, or libpq's own error.
                if PQconsumeInput(handle) == 0 { break }
            }
            guard let raw = PQgetResult(handle) else { break }
            let result = QueryResult(raw)
            switch PQresultStatus(raw) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: last = result
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw lose(PostgresError(message: "COPY is not supported here", connectionLost: true))
            default: failure = failure ?? PostgresError(result: raw)
            }
        }
        let broken = PQstatus(handle) != CONNECTION_OK
        if var failure {
            failure.connectionLost = failure.connectionLost || broken
            throw failure.connectionLost ? lose(failure) : failure
        }
        guard !broken, let last else { throw lose(PostgresError(lost: handle)) }
        return last
    }

    /// The deadline has passed: ends the statement, and the connection.
    private func giveUp() -> PostgresError {
        if let handle, !endsByClosing { Cancellation.send(handle) }
        return lose(.deadline)
    }

    /// Closes the connection and passes the error on.
    private func lose(_ error: PostgresError) -> PostgresError {
        close()
        return error
    }
}

extension PostgresError {
    /// The client's own deadline passed.
    static var deadline: PostgresError {
        PostgresError(
            message: "no answer within the deadline; whether the statement took effect is unknown",
            connectionLost: true)
    }
}
