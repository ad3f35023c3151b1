internal import CPostgres

/// LISTEN and NOTIFY. A pooler in transaction mode passes no notifications on.
extension Connection {
    /// Receives the notifications of a channel from now on, until the session ends.
    public func listen(_ channel: String) throws(PostgresError) {
        try execute("LISTEN \(SQLText.identifier(channel))")
    }

    /// Takes what has been received, without waiting for more.
    ///
    /// - Returns: whether there was a notification since the last call.
    public func takeNotifications() -> Bool {
        // Reads what has arrived; closes a session that has ended.
        guard isUsable, let handle else { return false }
        var isNotified = false
        while let notification = PQnotifies(handle) {
            PQfreemem(notification)
            isNotified = true
        }
        return isNotified
    }

    /// The socket's descriptor, to wait on: readable when a notification arrives or the session ends. nil when closed.
    public var descriptor: Int32? { handle.map { PQsocket($0) } }
}
