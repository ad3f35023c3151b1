public import Postgres

/// What a router knows of its cells.
public struct CellMap: Sendable {
    /// A cell of the map.
    public struct Cell: Sendable {
        /// Its name.
        public let name: String
        /// Since when it cannot be reached, in microseconds since 1970; nil while it can.
        public let awaySince: Int64?
        /// The slots that the router sends to it, in order.
        public let slots: [Int]
    }

    /// The cells by their names.
    public let cells: [Cell]

    /// Reads the map.
    /// - Parameter router: of a role that may read it, such as `hookledger_operator`.
    public init(on router: Connection) throws(PostgresError) {
        var cells: [Cell] = []
        for row in try router.query(CellSQL.cells) {
            cells.append(
                Cell(
                    name: try row.text("name"), awaySince: try row.optionalTimestamp("away_since"),
                    slots: CellState.numbers(try row.text("slots"))))
        }
        self.cells = cells
    }

    /// The slots of each cell.
    public var slots: [String: [Int]] { Dictionary(cells.map { ($0.name, $0.slots) }) { first, _ in first } }

    /// Notes that a cell holds these slots.
    public static func note(_ slots: [Int], in cell: String, on router: Connection) throws(PostgresError) {
        _ = try router.query(CellSQL.map, [.text(CellState.list(slots)), .text(cell)])
    }

    /// Makes the views over all cells again.
    /// - Parameter router: of a superuser.
    public static func arrangeViews(on router: Connection) throws(PostgresError) {
        try router.execute(RouterSchema.arrangeViews)
    }

    /// Adds a cell without slots, or gives it another connection.
    /// - Parameter conninfo: for the router's sessions.
    public static func add(_ name: String, conninfo: String, on router: Connection) throws(PostgresError) {
        _ = try router.query(CellSQL.addCell, [.text(name), .text(conninfo)])
    }
}

/// What a cell says of itself.
public struct CellState: Sendable {
    /// Its name; nil for a database that is no cell.
    public let name: String?
    /// The version of its schema.
    public let version: Int64
    /// The slots that it holds, in order.
    public let slots: [Int]
    /// Those of them that are not open.
    public let held: [Int]
    /// Those that store deliveries, in order.
    public var open: [Int] {
        let held = Set(held)
        return slots.filter { !held.contains($0) }
    }
    /// Since when each is as it is, in microseconds since 1970.
    let since: [Int: Int]

    /// Reads it.
    /// - Parameter cell: of a role that may read the tables.
    public init(of cell: Connection) throws(PostgresError) {
        let row = try cell.query(CellSQL.ownSlots).only()
        name = try row.optionalText("name")
        version = try row.bigint("version")
        slots = Self.numbers(try row.text("slots"))
        held = Self.numbers(try row.text("held"))
        since = Dictionary(uniqueKeysWithValues: zip(slots, Self.numbers(try row.text("since"))))
    }

    /// Whether a migrated database is a cell; a router is none.
    public static func isCell(_ connection: Connection) throws(PostgresError) -> Bool {
        guard try SchemaFiles.Kind(of: connection) == .ledger else { return false }
        return try connection.query(CellSQL.isCell).only().bool(0)
    }

    /// Makes an empty, migrated database a cell.
    /// - Parameter isFirst: whether it gets all slots at once.
    public static func begin(_ name: String, isFirst: Bool, on cell: Connection) throws(PostgresError) {
        _ = try cell.query(CellSQL.becomeCell, [.text(name)])
        if isFirst { try cell.execute(CellSQL.openAll) }
    }

    /// Rows of slots that a cell does not hold, each as text.
    public static func strays(on cell: Connection) throws(PostgresError) -> [String] {
        var found: [String] = []
        for row in try cell.query(CellSQL.strays) {
            found.append("\(try row.bigint("rows")) rows of slot \(try row.int("slot")) in \(try row.text("name"))")
        }
        return found
    }

    static func numbers(_ text: String) -> [Int] {
        text.dropFirst().dropLast().split(separator: ",").compactMap { Int($0) }
    }

    static func list(_ slots: [Int]) -> String { "{" + slots.map { "\($0)" }.joined(separator: ",") + "}" }
}
