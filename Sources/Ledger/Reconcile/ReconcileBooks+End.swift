import JSON
public import Postgres
public import Webhooks

extension ReconcileBooks {
    /// Ends a complete run. The watermark of a scheduled run moves to the end of its window.
    /// - Parameters:
    ///   - due: when the next scheduled run is due.
    ///   - note: what it could not compare; nil if it has compared everything.
    /// - Returns: false, with nothing changed, if another run has the lease.
    public func finish(
        due: Timestamp, note: String? = nil, now: Timestamp, on connection: Connection
    ) throws(PostgresError) -> Bool {
        try connection.transaction { () throws(PostgresError) -> Bool in
            if kind == .scheduled {
                let ended = try connection.query(
                    ReconcileSQL.finish,
                    lease.key + [.timestamp(until.microseconds), .timestamp(due.microseconds)])
                if ended.isEmpty { return false }
            } else {
                try lease.release(on: connection)
            }
            _ = try connection.query(ReconcileSQL.complete, [.bigint(id), .timestamp(now.microseconds), .text(note)])
            return true
        }
    }

    /// Ends a run early: its page is kept, and the watermark stays.
    /// - Parameters:
    ///   - state: one of `reconciliations.state`.
    ///   - reason: for people.
    ///   - due: when it is continued.
    public func interrupt(
        state: String, reason: String, due: Timestamp, on connection: Connection
    ) throws(PostgresError) {
        try connection.transaction { () throws(PostgresError) in
            _ = try connection.query(ReconcileSQL.interrupt, [.bigint(id), .text(state), .text(reason.storable)])
            if kind == .scheduled {
                let isFailure = state != "stopped"
                _ = try connection.query(
                    ReconcileSQL.postpone,
                    lease.key + [
                        .timestamp(due.microseconds), .integer(isFailure ? 1 : 0), .boolean(state == "unauthorized"),
                        .text(isFailure ? reason.storable : nil),
                    ])
            } else {
                try lease.release(on: connection)
            }
        }
    }
}
