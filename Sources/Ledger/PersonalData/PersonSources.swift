public import Postgres

/// Which sources know a customer: ids are the sender's own, so the same id may be another person's in another source.
public enum PersonSources {
    /// The sources that have a customer, or an order of a customer, of one of these ids; in the order of their names.
    public static func having(_ customerIDs: [String], on connection: Connection) throws(PostgresError) -> [String] {
        let rows = try connection.query(
            "select distinct source from hookledger.person_rows(null, $1::text[], '{}', '{}', '{}', '{}') order by 1",
            [.texts(customerIDs)])
        return try rows.map { (row) throws(PostgresError) in try row.text(0) }
    }
}
