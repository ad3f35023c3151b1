public import Postgres

extension StoredEvent {
    /// Whether the stored body differs from the received one: credentials or personal data were removed.
    /// - Parameter connection: of a role that may read `events`.
    public static func isReduced(_ id: Int64, on connection: Connection) throws(PostgresError) -> Bool {
        let sql = "select body_hash is not null from hookledger.events where id = $1::bigint limit 1"
        return try connection.query(sql, [.bigint(id)]).first?.bool(0) ?? false
    }
}
