import Postgres

/// The locks of migrations. Only the schema's owner can block one: every role could take an advisory lock, and a
/// reader's open transaction locks the views that must change.
enum MigrationLocks {
    /// The most restarts of a migration.
    static let attempts = 5

    /// Whether another try may succeed: somebody was in the way, or made the same at the same time.
    static func isPassing(_ failure: Migrator.Failure) -> Bool {
        guard case .file(let name, let error) = failure, !error.connectionLost, let state = error.state else {
            return false
        }
        if state == .lockNotAvailable || state == .deadlockDetected { return true }
        return ["migrate", "roles.sql"].contains(name) && madeTwice.contains(state)
    }

    /// "already exists" in its forms, and "tuple concurrently updated".
    private static let madeTwice: Set<SQLState> = [
        .uniqueViolation, SQLState(rawValue: "42P06"), SQLState(rawValue: "42P07"), SQLState(rawValue: "42710"),
        SQLState(rawValue: "XX000"),
    ]

    /// Ends sessions of readers that are in a transaction, and waits a moment for it. The migrating role may lack that
    /// right: then the next try reports the blocking sessions.
    static func endReaders(_ connection: Connection) {
        try? connection.execute(LedgerSQL.endReaders)
    }

    /// The failure with the sessions that may have blocked it.
    static func explained(_ failure: Migrator.Failure, _ connection: Connection) -> Migrator.Failure {
        guard case .file(let name, let error) = failure, error.state == .lockNotAvailable else { return failure }
        let rows = try? connection.query(LedgerSQL.sessionsInTheWay)
        let sessions = rows?.compactMap { try? $0.text(0) } ?? []
        return sessions.isEmpty ? failure : .held(name, by: sessions)
    }
}
