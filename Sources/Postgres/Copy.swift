internal import CPostgres

extension Connection {
    /// Copies rows of this session's database into another one's, as they are (`COPY` in binary form), without keeping them.
    ///
    /// Both transactions, if any, stay open. There is no deadline: a table may be large.
    /// - Parameters:
    ///   - source: a `COPY … TO STDOUT (FORMAT binary)` of this session.
    ///   - destination: a `COPY … FROM STDIN (FORMAT binary)` of the target.
    /// - Returns: how many rows there were.
    /// - Throws: ``PostgresError`` of either side. Where a copy was interrupted, that session is closed.
    public func copy(
        _ source: String, into target: Connection, _ destination: String
    ) throws(PostgresError) -> Int {
        try begin(source, PGRES_COPY_OUT)
        do throws(PostgresError) {
            try target.begin(destination, PGRES_COPY_IN)
        } catch {
            close()
            throw error
        }
        var unsent = 0
        while true {
            var row: UnsafeMutablePointer<CChar>?
            guard let handle else { throw .closed }
            let length = PQgetCopyData(handle, &row, 1)
            if length == 0 {
                guard Wait.ready(PQsocket(handle), forWriting: false, until: nil) != nil, PQconsumeInput(handle) == 1
                else { throw breakOff(target) }
                continue
            }
            guard length > 0, let row else {
                if length == -2 { throw breakOff(target) }
                break
            }
            defer { PQfreemem(row) }
            try target.put(row, length)
            unsent += Int(length)
            // libpq's buffer grows without limit otherwise.
            if unsent > 1 << 16 {
                try target.flush()
                unsent = 0
            }
        }
        do throws(PostgresError) {
            _ = try finishCopy()
        } catch {
            target.close()
            throw error
        }
        return try target.putEnd()
    }

    private func begin(_ sql: String, _ expected: ExecStatusType) throws(PostgresError) {
        guard let handle, PQsendQuery(handle, sql) == 1 else { throw .closed }
        try flush()
        while PQisBusy(handle) == 1 {
            guard Wait.ready(PQsocket(handle), forWriting: false, until: nil) != nil, PQconsumeInput(handle) == 1
            else { break }
        }
        guard let raw = PQgetResult(handle) else { throw PostgresError(lost: handle) }
        let result = QueryResult(raw)
        guard PQresultStatus(raw) == expected else {
            let error = PostgresError(result: raw)
            while let rest = PQgetResult(handle) { PQclear(rest) }
            withExtendedLifetime(result) {}
            throw error
        }
    }

    /// Sends one piece.
    private func put(_ data: UnsafeMutablePointer<CChar>, _ length: Int32) throws(PostgresError) {
        while true {
            guard let handle else { throw .closed }
            switch PQputCopyData(handle, data, length) {
            case 1: return
            case 0: try flush()
            default: throw PostgresError(lost: handle)
            }
        }
    }

    /// Waits until libpq's buffer is sent.
    private func flush() throws(PostgresError) {
        while true {
            guard let handle else { throw .closed }
            switch PQflush(handle) {
            case 0: return
            case 1:
                guard let ready = Wait.ready(PQsocket(handle), forWriting: true, until: nil) else { throw .closed }
                if ready.read, PQconsumeInput(handle) == 0 { throw PostgresError(lost: handle) }
            default: throw PostgresError(lost: handle)
            }
        }
    }

    private func putEnd() throws(PostgresError) -> Int {
        while true {
            guard let handle else { throw .closed }
            let sent = PQputCopyEnd(handle, nil)
            if sent == 1 { break }
            if sent < 0 { throw PostgresError(lost: handle) }
            try flush()
        }
        try flush()
        return try finishCopy()
    }

    /// The result of the whole command: the number of rows.
    private func finishCopy() throws(PostgresError) -> Int {
        var failure: PostgresError?
        var rows = 0
        while true {
            guard let handle else { throw .closed }
            while PQisBusy(handle) == 1 {
                guard Wait.ready(PQsocket(handle), forWriting: false, until: nil) != nil, PQconsumeInput(handle) == 1
                else { break }
            }
            guard let raw = PQgetResult(handle) else { break }
            let result = QueryResult(raw)
            if PQresultStatus(raw) == PGRES_COMMAND_OK {
                rows = result.affected
            } else {
                failure = failure ?? PostgresError(result: raw)
            }
        }
        if let failure { throw failure }
        return rows
    }

    /// Ends both sessions: what has arrived must not be kept.
    private func breakOff(_ target: Connection) -> PostgresError {
        let error = handle.map { PostgresError(lost: $0) } ?? .closed
        close()
        target.close()
        return error
    }
}
