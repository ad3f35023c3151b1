public import Postgres

/// Bounds how many runs work at the same time: each holds one of a few advisory locks of its session.
public enum Slots {
    private static let space: Int64 = 1_212_958_546

    /// Takes the first free slot of 1 … `count`; it is free again when the session ends.
    ///
    /// - Returns: the slot, or nil when all are taken.
    public static func take(of count: Int, on connection: Connection) throws(PostgresError) -> Int? {
        for slot in stride(from: 1, through: count, by: 1) {
            let row = try connection.query(
                "select pg_try_advisory_lock($1::int, $2::int)", [.bigint(space), .bigint(Int64(slot))]
            ).only()
            if try row.bool(0) { return slot }
        }
        return nil
    }
}
