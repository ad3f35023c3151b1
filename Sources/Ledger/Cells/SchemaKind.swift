public import Postgres

extension SchemaFiles.Kind {
    /// What a database holds; nil for one without the schema.
    public init?(of connection: Connection) throws(PostgresError) {
        let row = try connection.query(CellSQL.kind).only()
        if try row.bool(0) {
            self = .router
        } else if try row.bool(1) {
            self = .ledger
        } else {
            return nil
        }
    }
}
