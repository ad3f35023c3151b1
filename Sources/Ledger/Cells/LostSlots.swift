public import Postgres

/// Slots that no cell holds: a cell was restored from a backup that is older than their move to it, and the cell from which they came
/// has deleted their rows.
public enum LostSlots {
    /// Opens them without rows.
    /// - Parameters:
    ///   - slots: those to open; no cell may hold them.
    ///   - cell: the cell that is to have them, and a connection as a role that may change everything.
    ///   - others: connections with the other cells, from whose ids those to come differ.
    ///   - router: a connection as a role that may change the map.
    public static func open(
        _ slots: [Int], in cell: (name: String, connection: Connection), others: [Connection], router: Connection
    ) throws(PostgresError) {
        let list = CellState.list(slots)
        for other in others { try DrawnIDs(of: other).pass(on: cell.connection) }
        try cell.connection.execute("begin")
        _ = try cell.connection.query(CellSQL.expect, [.text(list), .timestamp(nil)])
        _ = try cell.connection.query(CellSQL.receive, [.text(list)])
        try cell.connection.execute("commit")
        _ = try router.query(CellSQL.map, [.text(list), .text(cell.name)])
    }
}
