/// One row. Columns are read by position or name; a type that does not fit and a NULL where none is allowed are errors
/// (``SQLState/datatypeMismatch``, ``SQLState/nullValueNotAllowed``), never traps. What is returned is a copy.
public struct Row {
    let result: QueryResult
    let position: Int

    /// Whether the column is NULL.
    public func isNull(_ column: some ColumnReference) throws(PostgresError) -> Bool {
        result.cell(position, try column.position(in: self)) == nil
    }

    /// The text form of any type but bytea: text, numeric, jsonb, uuid, enum, date, arrays …; nil for NULL.
    public func optionalText(_ column: some ColumnReference) throws(PostgresError) -> String? {
        try read(column, "text", { $0 != TypeID.bytea }) { String(decoding: $0, as: UTF8.self) }
    }

    /// A smallint, integer, bigint or oid; nil for NULL.
    public func optionalBigint(_ column: some ColumnReference) throws(PostgresError) -> Int64? {
        try read(column, "bigint", { [TypeID.int8, TypeID.int4, TypeID.int2, TypeID.oid].contains($0) }) {
            Int64(String(decoding: $0, as: UTF8.self))
        }
    }

    /// A boolean; nil for NULL.
    public func optionalBool(_ column: some ColumnReference) throws(PostgresError) -> Bool? {
        try read(column, "boolean", { $0 == TypeID.bool }) { $0.first == UInt8(ascii: "t") }
    }

    /// A bytea; nil for NULL.
    public func optionalBytes(_ column: some ColumnReference) throws(PostgresError) -> [UInt8]? {
        try read(column, "bytea", { $0 == TypeID.bytea }, Bytea.decode)
    }

    /// A timestamptz as microseconds since 1970, `Int64.max` and `Int64.min` for the infinities; nil for NULL.
    public func optionalTimestamp(_ column: some ColumnReference) throws(PostgresError) -> Int64? {
        try read(column, "timestamptz", { $0 == TypeID.timestamptz }) {
            Timestamp.parse(String(decoding: $0, as: UTF8.self))
        }
    }

    /// A real, double precision or numeric, rounded to a Double; nil for NULL. Not for money: use text.
    public func optionalDouble(_ column: some ColumnReference) throws(PostgresError) -> Double? {
        try read(column, "double precision", { [TypeID.float8, TypeID.float4, TypeID.numeric].contains($0) }) {
            Double(String(decoding: $0, as: UTF8.self))
        }
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

    private func read<T>(
        _ column: some ColumnReference, _ wanted: String, _ accepts: (UInt32) -> Bool,
        _ decode: (UnsafeRawBufferPointer) -> T?
    ) throws(PostgresError) -> T? {
        let index = try column.position(in: self)
        let type = result.type(of: index)
        guard accepts(type) else {
            throw PostgresError(
                state: .datatypeMismatch, message: "column \(column) has type oid \(type), read as \(wanted)")
        }
        guard let cell = result.cell(position, index) else { return nil }
        guard let value = decode(cell) else {
            throw PostgresError(state: .datatypeMismatch, message: "column \(column) cannot be read as \(wanted)")
        }
        return value
    }

    private func present<T>(_ value: T?, _ column: some ColumnReference) throws(PostgresError) -> T {
        if let value { return value }
        throw PostgresError(state: .nullValueNotAllowed, message: "column \(column) is null")
    }
}
