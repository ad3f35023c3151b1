/// The rows of a statement, all in memory. Not Sendable: stays on the connection's thread.
public struct Rows: RandomAccessCollection {
    let result: QueryResult

    /// The names of the columns in order.
    public var columns: [String] { result.columnNames }

    /// How many rows the command touched: for INSERT, UPDATE and DELETE also without RETURNING.
    public var affected: Int { result.affected }

    /// Always 0.
    public var startIndex: Int { 0 }

    /// The number of rows.
    public var endIndex: Int { result.rowCount }

    /// The row at a position within `indices`.
    public subscript(position: Int) -> Row {
        precondition(indices.contains(position), "row out of range")
        return Row(result: result, position: position)
    }

    /// The one row of a statement that gives exactly one.
    ///
    /// - Throws: ``PostgresError`` (02000 for none, 21000 for more) otherwise.
    public func only() throws(PostgresError) -> Row {
        switch count {
        case 1: return self[0]
        case 0: throw PostgresError(state: SQLState("02000"), message: "one row expected, none returned")
        default: throw PostgresError(state: SQLState("21000"), message: "one row expected, \(count) returned")
        }
    }
}

/// Names a column by position or by name.
public protocol ColumnReference {
    /// The position, from 0.
    ///
    /// - Throws: ``PostgresError`` (42703) when the row has no such column.
    func position(in row: Row) throws(PostgresError) -> Int
}

extension Int: ColumnReference {
    /// The integer itself, when the row is that wide.
    public func position(in row: Row) throws(PostgresError) -> Int {
        if self >= 0, self < row.result.columnCount { return self }
        throw PostgresError(state: .undefinedColumn, message: "the result has no column \(self)")
    }
}

extension String: ColumnReference {
    /// The first column of exactly this name.
    public func position(in row: Row) throws(PostgresError) -> Int {
        if let position = row.result.names[self] { return position }
        throw PostgresError(state: .undefinedColumn, message: "the result has no column \(self)")
    }
}
