import Postgres

/// What migrations wait for. Nobody but the schema's owner can hold one up: an advisory lock could be taken by every
/// role, and a reader's open transaction holds the views that have to change.
enum MigrationLocks {
    /// How often a migration begins anew at most.
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

    /// Ends sessions of readers that are in a transaction, and waits a moment for it. Whoever runs the migration may
    /// lack that right: then the next try says who is in the way.
    static func endReaders(_ connection: Connection) {
        try? connection.execute(LedgerSQL.endReaders)
    }

    /// The failure with the sessions that may have been in the way.
    static func explained(_ failure: Migrator.Failure, _ connection: Connection) -> Migrator.Failure {
        guard case .file(let name, let error) = failure, error.state == .lockNotAvailable else { return failure }
        let rows = try? connection.query(LedgerSQL.sessionsInTheWay)
        let sessions = rows?.compactMap { try? $0.text(0) } ?? []
        return sessions.isEmpty ? failure : .held(name, by: sessions)
    }
}
