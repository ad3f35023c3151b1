import Platform
import Postgres

/// The waits of a migration. Only the schema's owner can block one for long: every role could take an advisory lock, and a
/// reader's open transaction locks the views that must change.
struct MigrationLocks {
    /// The most restarts after something else was made at the same time.
    private static let attempts = 5
    /// The pause between two tries, in milliseconds: several times the lock_timeout of a try.
    private static let pause = 400
    /// After this time sessions of readers are ended.
    private static let readersMayHave = Duration.seconds(5)

    private let patience: Duration
    private let start = ContinuousClock.now
    private var attempt = 1
    private var named: [String] = []

    init(patience: Duration) { self.patience = patience }

    private var isOver: Bool { ContinuousClock.now - start > patience }

    /// Waits while transactions of other sessions use the schema.
    /// - Parameter waiting: called with them, when they change.
    /// - Throws: ``Migrator/Failure/held(_:by:)`` when the patience is over.
    mutating func waitForOthers(_ connection: Connection, _ waiting: ([String]) -> Void) throws(Migrator.Failure) {
        while true {
            let sessions = Self.sessions(connection)
            if sessions.isEmpty { return }
            if isOver { throw .held("migrate", by: sessions) }
            if sessions != named { waiting(sessions) }
            named = sessions
            if ContinuousClock.now - start > Self.readersMayHave { try? connection.execute(LedgerSQL.endReaders) }
            SystemClock.sleep(milliseconds: Self.pause)
        }
    }

    /// Waits until the next try.
    /// - Throws: the failure, if another try cannot succeed, or the patience is over.
    mutating func pause(after failure: Migrator.Failure, _ connection: Connection) throws(Migrator.Failure) {
        guard case .file(let name, let error) = failure, !error.connectionLost, let state = error.state else {
            throw failure
        }
        if state == .lockNotAvailable || state == .deadlockDetected {
            guard isOver else { return SystemClock.sleep(milliseconds: Self.pause) }
            let sessions = Self.sessions(connection)
            throw sessions.isEmpty ? failure : .held(name, by: sessions)
        }
        attempt += 1
        guard ["migrate", "roles.sql"].contains(name), Self.madeTwice.contains(state), attempt <= Self.attempts else {
            throw failure
        }
    }

    /// "already exists" in its forms, and "tuple concurrently updated".
    private static let madeTwice: Set<SQLState> = [
        .uniqueViolation, SQLState(rawValue: "42P06"), SQLState(rawValue: "42P07"), SQLState(rawValue: "42710"),
        SQLState(rawValue: "XX000"),
    ]

    private static func sessions(_ connection: Connection) -> [String] {
        (try? connection.query(LedgerSQL.sessionsInTheWay))?.compactMap { try? $0.text(0) } ?? []
    }
}
