import Postgres

/// The locks of migrations. Only the schema's owner can block one: every role could take an advisory lock, and a
/// reader's open transaction locks the views that must change.
enum MigrationLocks {
    /// The most restarts of a migration.
    static let attempts = 5

    /// Waits for another run. A new database has no such table yet: there the second of two runs fails to create the
    /// schema, and starts over.
    static let first = """
        do $$
        begin
            if to_regclass('hookledger.schema_migrations') is not null then
                lock table hookledger.schema_migrations in share row exclusive mode;
            end if;
        end
        $$;
        """

    /// The same for an existing table; then other locks are waited for briefly.
    static let second = """
        lock table hookledger.schema_migrations in share row exclusive mode;
        set local lock_timeout = '3s';
        """

    /// Whether a retry may succeed: another session blocked it, or created the same at the same time.
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
        try? connection.execute(
            """
            select pg_terminate_backend(pid, 2000) from pg_stat_activity
            where datname = current_database() and usename = 'hookledger_reader'
                and xact_start < clock_timestamp() - interval '1 second'
            """)
    }

    /// The failure with the sessions that may have blocked it.
    static func explained(_ failure: Migrator.Failure, _ connection: Connection) -> Migrator.Failure {
        guard case .file(let name, let error) = failure, error.state == .lockNotAvailable else { return failure }
        let rows = try? connection.query(
            """
            select format('process %s of %s (%s), %s, in a transaction since %s', pid, usename,
                coalesce(nullif(application_name, ''), 'no name'), state, xact_start::timestamptz(0))
            from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and usename is not null
                and xact_start < clock_timestamp() - interval '1 second'
            order by xact_start limit 10
            """)
        let sessions = rows?.compactMap { try? $0.text(0) } ?? []
        return sessions.isEmpty ? failure : .held(name, by: sessions)
    }
}
