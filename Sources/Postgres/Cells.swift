/// The cells of one row, read one after the other in the order of the statement's columns.
public struct Cells {
    private let row: Row
    private var column = 0

    init(_ row: Row) { self.row = row }

    private mutating func next() -> Int {
        defer { column += 1 }
        return column
    }

    /// ``Row/optionalText(at:)`` of the next column.
    public mutating func optionalText() throws(PostgresError) -> String? { try row.optionalText(at: next()) }
    /// ``Row/optionalBigint(at:)`` of the next column.
    public mutating func optionalBigint() throws(PostgresError) -> Int64? { try row.optionalBigint(at: next()) }
    /// ``Row/optionalBytes(at:)`` of the next column.
    public mutating func optionalBytes() throws(PostgresError) -> [UInt8]? { try row.optionalBytes(at: next()) }
    /// ``Row/optionalTimestamp(at:)`` of the next column.
    public mutating func optionalTimestamp() throws(PostgresError) -> Int64? { try row.optionalTimestamp(at: next()) }
    /// ``Row/text(at:)`` of the next column.
    public mutating func text() throws(PostgresError) -> String { try row.text(at: next()) }
    /// ``Row/bigint(at:)`` of the next column.
    public mutating func bigint() throws(PostgresError) -> Int64 { try row.bigint(at: next()) }
    /// ``Row/int(at:)`` of the next column.
    public mutating func int() throws(PostgresError) -> Int { try row.int(at: next()) }
    /// ``Row/bool(at:)`` of the next column.
    public mutating func bool() throws(PostgresError) -> Bool { try row.bool(at: next()) }
    /// ``Row/timestamp(at:)`` of the next column.
    public mutating func timestamp() throws(PostgresError) -> Int64 { try row.timestamp(at: next()) }
}

extension Row {
    /// Its cells from the first column on.
    public var cells: Cells { Cells(self) }
}
