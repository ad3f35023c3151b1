import Postgres

/// The shop's products as a table: those that are not deleted, as their rows stand now, in the order of their ids.
struct ProductTable {
    /// The guide's columns, and what else there is to say of a product.
    static let columns = ["id", "name", "description", "price", "currency", "sku", "qty", "status", "url"]

    private(set) var rows: [[String?]] = []

    /// Reads them.
    /// - Parameter source: only the products of that sender; nil for all.
    init(source: String?, on connection: Connection) throws(PostgresError) {
        let found = try connection.query(
            KnowledgeBaseSQL.products, [.text(source)])
        rows.reserveCapacity(found.count)
        for row in found {
            var cells: [String?] = []
            for column in Self.columns { cells.append(try row.optionalText(column)) }
            rows.append(cells)
        }
    }

    /// All of it as CSV.
    var csv: String { CSV.text([Self.columns] + rows) }
}
