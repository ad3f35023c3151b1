public import Postgres

/// The sources of a customer: the same id may be another person's in another source.
public enum PersonSources {
    /// The sources with a customer, or an order of a customer, with one of these ids; sorted by name.
    public static func having(_ customerIDs: [String], on connection: Connection) throws(PostgresError) -> [String] {
        let rows = try connection.query(
            "select distinct source from hookledger.person_rows(null, $1::text[], '{}', '{}', '{}', '{}') order by 1",
            [.texts(customerIDs)])
        return try rows.map { (row) throws(PostgresError) in try row.text(0) }
    }
}
