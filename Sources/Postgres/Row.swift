/// One row. Columns are read by position or name; a type that does not fit and a NULL where none is allowed are errors
/// (``SQLState/datatypeMismatch``, ``SQLState/nullValueNotAllowed``), never traps. What is returned is a copy.
public struct Row {
    let result: QueryResult
    let position: Int

    /// Whether the column is NULL.
    public func isNull(_ column: some ColumnReference) throws(PostgresError) -> Bool {
        result.cell(position, try column.position(in: self)) == nil
    }

    // By name each is what it is by position.

    /// The text form of any type but bytea: text, numeric, jsonb, uuid, enum, date, arrays …; nil for NULL. In binary
    /// format of text, json and jsonb only.
    public func optionalText(_ column: some ColumnReference) throws(PostgresError) -> String? {
        try optionalText(at: column.position(in: self))
    }

    /// A smallint, integer, bigint or oid; nil for NULL.
    public func optionalBigint(_ column: some ColumnReference) throws(PostgresError) -> Int64? {
        try optionalBigint(at: column.position(in: self))
    }

    /// A boolean; nil for NULL.
    public func optionalBool(_ column: some ColumnReference) throws(PostgresError) -> Bool? {
        try optionalBool(at: column.position(in: self))
    }

    /// A bytea; nil for NULL.
    public func optionalBytes(_ column: some ColumnReference) throws(PostgresError) -> [UInt8]? {
        try optionalBytes(at: column.position(in: self))
    }

    /// A timestamptz as microseconds since 1970, `Int64.max` and `Int64.min` for the infinities; nil for NULL.
    public func optionalTimestamp(_ column: some ColumnReference) throws(PostgresError) -> Int64? {
        try optionalTimestamp(at: column.position(in: self))
    }

    /// A real, double precision or, in text format, numeric, rounded to a Double; nil for NULL. Not for money: use text.
    public func optionalDouble(_ column: some ColumnReference) throws(PostgresError) -> Double? {
        try optionalDouble(at: column.position(in: self))
    }

    /// ``optionalText(_:)`` where NULL is an error.
    public func text(_ column: some ColumnReference) throws(PostgresError) -> String {
        try present(try optionalText(column), column)
    }

    /// ``optionalBigint(_:)`` where NULL is an error.
    public func bigint(_ column: some ColumnReference) throws(PostgresError) -> Int64 {
        try present(try optionalBigint(column), column)
    }

    /// ``optionalBigint(_:)`` as an `Int`, where NULL is an error.
    public func int(_ column: some ColumnReference) throws(PostgresError) -> Int {
        Int(try present(try optionalBigint(column), column))
    }

    /// ``optionalBool(_:)`` where NULL is an error.
    public func bool(_ column: some ColumnReference) throws(PostgresError) -> Bool {
        try present(try optionalBool(column), column)
    }

    /// ``optionalBytes(_:)`` where NULL is an error.
    public func bytes(_ column: some ColumnReference) throws(PostgresError) -> [UInt8] {
        try present(try optionalBytes(column), column)
    }

    /// ``optionalTimestamp(_:)`` where NULL is an error.
    public func timestamp(_ column: some ColumnReference) throws(PostgresError) -> Int64 {
        try present(try optionalTimestamp(column), column)
    }

    /// ``optionalDouble(_:)`` where NULL is an error.
    public func double(_ column: some ColumnReference) throws(PostgresError) -> Double {
        try present(try optionalDouble(column), column)
    }

    private func present<T>(_ value: T?, _ column: some ColumnReference) throws(PostgresError) -> T {
        if let value { return value }
        throw PostgresError(state: .nullValueNotAllowed, message: "column \(column) is null")
    }
}
