public import Postgres

/// Bounds how many runs work at the same time: each holds one of a few slots by a lease, a row of `run_slots` that only
/// the batch processor's role may write. Taking and renewing are transactions of one statement: none stays open over a
/// run.
public enum Slots {
    /// How long a lease lasts without being renewed; the slot of a killed run is free after it.
    public static let seconds: Int64 = 30
    /// Milliseconds between two renewals.
    public static let beat: Int64 = 10_000

    /// What is notified of new jobs (sql/functions/03_make_jobs.sql).
    static let channel = "hookledger_jobs"

    /// A slot that a run holds, until its lease ends or another run has taken it.
    public struct Held: Sendable, Hashable {
        /// The slot's number, from 1.
        public let number: Int
        /// The fencing token.
        let token: Int64
    }

    /// Takes the first free slot of 1 … `count`.
    ///
    /// - Parameter holder: who takes it, for people.
    /// - Returns: nil when all are taken.
    public static func take(
        of count: Int, for holder: String, on connection: Connection
    ) throws(PostgresError) -> Held? {
        let rows = try connection.query(
            RunSQL.takeSlot, [.bigint(Int64(count)), .text(holder)])
        guard let row = rows.first else { return nil }
        return Held(number: try row.int(0), token: try row.bigint(1))
    }

    /// Makes the lease last from now on.
    ///
    /// - Returns: false when another run has the slot: this one must take no more jobs.
    public static func renew(_ slot: Held, on connection: Connection) throws(PostgresError) -> Bool {
        try connection.query(
            RunSQL.renewSlot, [.bigint(Int64(slot.number)), .bigint(slot.token)]
        ).affected > 0
    }

    /// Says whether the run waits for jobs: while it does, whoever makes some notifies ``channel``.
    static func announce(_ slot: Held, isWaiting: Bool, on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            RunSQL.announce,
            [.bigint(Int64(slot.number)), .bigint(slot.token), .boolean(isWaiting)])
    }

    /// Frees the slot, if it is still this run's.
    public static func release(_ slot: Held, on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            RunSQL.releaseSlot, [.bigint(Int64(slot.number)), .bigint(slot.token)])
    }
}
