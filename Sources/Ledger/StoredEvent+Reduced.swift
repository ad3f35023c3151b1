public import Postgres

extension StoredEvent {
    /// Whether the stored body differs from the received one: credentials or personal data were removed.
    /// - Parameter connection: of a role that may read `events`.
    public static func isReduced(_ id: Int64, on connection: Connection) throws(PostgresError) -> Bool {
        let sql = LedgerSQL.isReduced
        return try connection.query(sql, [.bigint(id)]).first?.bool(0) ?? false
    }
}
