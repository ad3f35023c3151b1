/// Cells by position: the way for statements of many rows, which should not look every name up in every row. The type
/// must fit, and NULL where none is allowed is an error, as by name.
extension Row {
    /// ``optionalText(_:)`` of the column at that position.
    public func optionalText(at column: Int) throws(PostgresError) -> String? {
        let isBinary = result.isBinary
        guard let cell = try cell(column, "text", { isBinary ? TypeID.isText($0) : $0 != TypeID.bytea }) else {
            return nil
        }
        if !isBinary { return String(decoding: cell, as: UTF8.self) }
        return try read(BinaryCell.text(cell, type: result.type(of: column)), column, "text")
    }

    /// ``optionalBigint(_:)`` of the column at that position.
    public func optionalBigint(at column: Int) throws(PostgresError) -> Int64? {
        guard let cell = try cell(column, "bigint", TypeID.isInteger) else { return nil }
        if !result.isBinary { return try read(TextCell.integer(cell), column, "bigint") }
        return try read(BinaryCell.integer(cell, isOID: result.type(of: column) == TypeID.oid), column, "bigint")
    }

    /// ``optionalBool(_:)`` of the column at that position.
    public func optionalBool(at column: Int) throws(PostgresError) -> Bool? {
        guard let cell = try cell(column, "boolean", { $0 == TypeID.bool }) else { return nil }
        return cell.first == (result.isBinary ? 1 : UInt8(ascii: "t"))
    }

    /// ``optionalBytes(_:)`` of the column at that position.
    public func optionalBytes(at column: Int) throws(PostgresError) -> [UInt8]? {
        guard let cell = try cell(column, "bytea", { $0 == TypeID.bytea }) else { return nil }
        return try read(result.isBinary ? Array(cell) : Bytea.decode(cell), column, "bytea")
    }

    /// ``optionalTimestamp(_:)`` of the column at that position.
    public func optionalTimestamp(at column: Int) throws(PostgresError) -> Int64? {
        guard let cell = try cell(column, "timestamptz", { $0 == TypeID.timestamptz }) else { return nil }
        let value =
            result.isBinary ? BinaryCell.timestamp(cell) : Timestamp.parse(String(decoding: cell, as: UTF8.self))
        return try read(value, column, "timestamptz")
    }

    /// ``optionalDouble(_:)`` of the column at that position.
    public func optionalDouble(at column: Int) throws(PostgresError) -> Double? {
        let isBinary = result.isBinary
        let cell = try cell(column, "double precision") { TypeID.isFloat($0) || ($0 == TypeID.numeric && !isBinary) }
        guard let cell else { return nil }
        let value = isBinary ? BinaryCell.double(cell) : Double(String(decoding: cell, as: UTF8.self))
        return try read(value, column, "double precision")
    }

    /// ``text(_:)`` of the column at that position.
    public func text(at column: Int) throws(PostgresError) -> String { try present(optionalText(at: column), column) }

    /// ``bigint(_:)`` of the column at that position.
    public func bigint(at column: Int) throws(PostgresError) -> Int64 {
        try present(optionalBigint(at: column), column)
    }

    /// ``int(_:)`` of the column at that position.
    public func int(at column: Int) throws(PostgresError) -> Int { Int(try bigint(at: column)) }

    /// ``bool(_:)`` of the column at that position.
    public func bool(at column: Int) throws(PostgresError) -> Bool { try present(optionalBool(at: column), column) }

    /// ``timestamp(_:)`` of the column at that position.
    public func timestamp(at column: Int) throws(PostgresError) -> Int64 {
        try present(optionalTimestamp(at: column), column)
    }

    /// The bytes of a column that is there and of a type that fits; nil for NULL.
    private func cell(
        _ column: Int, _ wanted: String, _ fits: (UInt32) -> Bool
    ) throws(PostgresError) -> UnsafeRawBufferPointer? {
        guard column >= 0, column < result.columnCount else {
            throw PostgresError(state: .undefinedColumn, message: "the result has no column \(column)")
        }
        let type = result.type(of: column)
        if fits(type) { return result.cell(position, column) }
        throw PostgresError(
            state: .datatypeMismatch,
            message: "column \(result.columnNames[column]) has type oid \(type), read as \(wanted)")
    }

    private func read<T>(_ value: T?, _ column: Int, _ wanted: String) throws(PostgresError) -> T {
        if let value { return value }
        throw PostgresError(
            state: .datatypeMismatch, message: "column \(result.columnNames[column]) cannot be read as \(wanted)")
    }

    private func present<T>(_ value: T?, _ column: Int) throws(PostgresError) -> T {
        if let value { return value }
        throw PostgresError(
            state: .nullValueNotAllowed, message: "column \(result.columnNames[column]) is null")
    }
}
