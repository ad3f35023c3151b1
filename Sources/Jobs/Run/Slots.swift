public import Postgres

/// Bounds how many runs work at the same time: each holds one of a few slots by a lease, a row of `run_slots` that only
/// the batch processor's role may write. Taking and renewing are transactions of one statement: none stays open over a
/// run.
public enum Slots {
    /// How long a lease lasts without being renewed; the slot of a killed run is free after it.
    public static let seconds: Int64 = 30
    /// Milliseconds between two renewals.
    public static let beat: Int64 = 10_000

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
            """
            with free as materialized (
                select slot from hookledger.run_slots
                where slot <= $1::int and (expires_at is null or expires_at <= now())
                order by slot limit 1 for update skip locked)
            update hookledger.run_slots as s set holder = $2::text, token = nextval('hookledger.lease_tokens'),
                taken_at = now(), expires_at = now() + interval '\(seconds) seconds'
            from free where s.slot = free.slot
            returning s.slot::int, s.token
            """, [.bigint(Int64(count)), .text(holder)])
        guard let row = rows.first else { return nil }
        return Held(number: try row.int(0), token: try row.bigint(1))
    }

    /// Makes the lease last from now on.
    ///
    /// - Returns: false when another run has the slot: this one must take no more jobs.
    public static func renew(_ slot: Held, on connection: Connection) throws(PostgresError) -> Bool {
        try connection.query(
            """
            update hookledger.run_slots set expires_at = now() + interval '\(seconds) seconds'
            where slot = $1::int and token = $2::bigint
            """, [.bigint(Int64(slot.number)), .bigint(slot.token)]
        ).affected > 0
    }

    /// Frees the slot, if it is still this run's.
    public static func release(_ slot: Held, on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            """
            update hookledger.run_slots set holder = null, token = null, taken_at = null, expires_at = null
            where slot = $1::int and token = $2::bigint
            """, [.bigint(Int64(slot.number)), .bigint(slot.token)])
    }
}
