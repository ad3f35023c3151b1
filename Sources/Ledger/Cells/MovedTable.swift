import Postgres

/// A table with rows of slots that move.
struct MovedTable {
    private let name: String
    private let columns: String
    private let contents: String
    private let condition: String

    /// All of them, in the order in which they are copied.
    /// - Parameter list: the slots, as the text of an array of numbers.
    static func all(of list: String, on connection: Connection) throws(PostgresError) -> [MovedTable] {
        var tables: [MovedTable] = []
        for row in try connection.query(CellSQL.tables, [.text(list)]) {
            tables.append(
                MovedTable(
                    name: try row.text("name"), columns: try row.text("columns"), contents: try row.text("contents"),
                    condition: try row.text("condition")))
        }
        return tables
    }

    var copyOut: String { CellSQL.copyOut(name, contents, condition) }
    var copyIn: String { CellSQL.copyIn(name, columns) }
    var delete: String { CellSQL.delete(name, condition) }
}
