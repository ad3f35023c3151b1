public import Postgres

/// The cells whose rows the statements of some sessions could not have: a router's lists leave them out, with a warning.
public final class MissingCells {
    /// The code of the router's warning (sql/router/functions/06_missing_cells.sql).
    private static let warning = SQLState(rawValue: "01HC1")

    private var watched: [Connection] = []
    private var warned: Connection?

    /// Watches no session yet.
    public init() {}

    /// Watches a session until ``names()`` is called.
    /// - Parameter connection: of any role that may read the views; on this thread only.
    public func watch(_ connection: Connection) {
        watched.append(connection)
        connection.noticeHandler = { [weak self, unowned connection] notice in
            if notice.state == Self.warning { self?.warned = connection }
        }
    }

    /// Ends watching.
    /// - Returns: the names of the cells that are missing, in order; empty if no statement missed one, or the router does not answer.
    public func names() -> [String] {
        for connection in watched { connection.noticeHandler = nil }
        guard let warned, warned.isUsable else { return [] }
        var names: [String] = []
        do throws(PostgresError) {
            for row in try warned.query(CellSQL.missing) { names.append(try row.text(0)) }
        } catch {
            return []
        }
        return names
    }
}
