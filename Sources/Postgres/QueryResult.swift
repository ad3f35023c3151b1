internal import CPostgres

/// Owns one `PGresult`; everything read from it is copied before the owner goes away.
final class QueryResult {
    let raw: OpaquePointer
    let rowCount: Int
    let columnCount: Int
    /// Whether all cells are in binary format.
    let isBinary: Bool

    /// Column names by position; built when a name is first asked for.
    private(set) lazy var names: [String: Int] = {
        var names: [String: Int] = [:]
        // Of two columns with one name the first wins, as in libpq.
        for (position, name) in columnNames.enumerated() where names[name] == nil { names[name] = position }
        return names
    }()

    /// Takes ownership of `raw`.
    init(_ raw: OpaquePointer) {
        self.raw = raw
        rowCount = Int(PQntuples(raw))
        columnCount = Int(PQnfields(raw))
        isBinary = PQbinaryTuples(raw) == 1
    }

    deinit { PQclear(raw) }

    var columnNames: [String] {
        (0..<columnCount).map { PQfname(raw, Int32($0)).map { String(cString: $0) } ?? "" }
    }

    /// The command tag, for instance `COMMIT`.
    var tag: String { PQcmdStatus(raw).map { String(cString: $0) } ?? "" }

    /// Rows that an INSERT, UPDATE, DELETE, MERGE or SELECT touched.
    var affected: Int { PQcmdTuples(raw).flatMap { Int(String(cString: $0)) } ?? 0 }

    func type(of column: Int) -> UInt32 { PQftype(raw, Int32(column)) }

    /// The bytes of a cell, valid while this result lives; nil is NULL. Positions must be in range.
    func cell(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer? {
        let (row, column) = (Int32(row), Int32(column))
        if PQgetisnull(raw, row, column) == 1 { return nil }
        return UnsafeRawBufferPointer(start: PQgetvalue(raw, row, column), count: Int(PQgetlength(raw, row, column)))
    }
}
