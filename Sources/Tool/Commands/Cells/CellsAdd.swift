import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings

/// `hookledger cells add`
struct CellsAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make an empty database a cell, and move its share of the slots there.",
        discussion: """
            The database is migrated before, and has no deliveries. The first cell gets all slots; each later one gets as many as \
            each of the others keeps, while deliveries continue: a source is held for the moment of its own move, and its \
            deliveries are spooled or answered 503. Run it again after an interruption.

              sudo -u postgres hookledger cells add cell2
            """)

    @OptionGroup var arguments: CellArguments
    @Argument(help: "The cell: the name of its database, and of its entry in database.cells.")
    var name: String

    @Option(
        help: """
            The router's own connection to it, without a password, which belongs in the passfile of the router's Postgres \
            (default: that of database.cells as hookledger_ingest).
            """)
    var conninfo: String?

    @Flag(help: "Move no slots to it.")
    var empty = false
    @Flag(help: "Only show which slots would move.")
    var dryRun = false
    @OptionGroup var output: CellOutput

    func run() throws {
        try reportingErrors {
            let settings = try arguments.settings()
            let router = try arguments.router(settings)
            let cell = try arguments.cell(name, settings)
            let held = try CellMap(on: router).slots
            let isNew = held.values.allSatisfy(\.isEmpty)
            let isFirst = try isNew && !empty && !cellHasSlots(name, settings)
            if isFirst { try refuseSecondFirst(settings) }
            let plan = isNew || empty ? [] : SlotPlan.fairShare(of: held, for: name)
            if dryRun { return show(plan, isFirst) }
            guard try SchemaFiles.Kind(of: cell) == .ledger else {
                throw UsageError(
                    "the database \(name) has no schema yet: hookledger migrate --database 'dbname=\(name) …'")
            }
            try CellState.begin(name, isFirst: isFirst, on: cell)
            let own = settings.cell(named: name)?.connection(for: .ingest).visible ?? ""
            guard let conninfo = conninfo ?? (own.isEmpty ? nil : own) else {
                throw UsageError(
                    "the connection of \(name) is a secret: give a connection for the router with --conninfo")
            }
            // The router adds words to it.
            try CellMap.add(name, conninfo: ConninfoParts.words(of: conninfo), on: router)
            let isContested = try takeSlots(of: cell, settings, router)
            if isFirst {
                try CellMap.arrangeViews(on: router)
                return sayCell("\(name) is the first cell, and has all \(Slot.count) slots.", Slot.count)
            }
            var rows = 0
            // What is moved to a cell must not be one of those that it holds by mistake.
            for part in isContested ? [] : plan {
                rows += try CellMoves.move(part.slots, from: part.cell, to: name, arguments, settings, router, output)
            }
            if rows > 0, !output.json { CellMoves.adviseBackup(plan.map(\.cell) + [name]) }
            try CellMap.arrangeViews(on: router)
            let count = try CellState(of: cell).slots.count
            sayCell("\(name) is a cell with \(count) slots.", count)
        }
    }

    /// A cell that was added before, to this router or to another one. What it holds is its own, unless it has moved to another cell since
    /// the backup from which this one was restored.
    /// - Returns: whether another cell has some of them open, too.
    private func takeSlots(of cell: Connection, _ settings: DatabaseSettings, _ router: Connection) throws -> Bool {
        let own = try CellState(of: cell)
        var states = [(name: name, state: own)]
        // A cell that is away keeps what the router sends there.
        var kept = Set<Int>()
        for other in try CellMap(on: router).cells where other.name != name {
            guard let connection = try? arguments.cell(other.name, settings) else {
                kept.formUnion(other.slots)
                continue
            }
            states.append((other.name, try CellState(of: connection)))
        }
        let claims = SlotClaims(states)
        let free = own.slots.filter { !kept.contains($0) && (claims.cell(of: $0) ?? name) == name }
        try CellMap.note(free, in: name, on: router)
        let contested = claims.moved.filter { $0.stale == name || $0.right == name }
        for moved in contested {
            let text =
                "\(moved.stale) and \(moved.right) hold the slots \(CellsList.ranges(moved.slots)): hookledger cells check; no slot is "
                + "moved before"
            output.say(text, [("finding", .string(text))])
        }
        return !contested.isEmpty
    }

    private func sayCell(_ text: String, _ slots: Int) {
        output.say(text, [("cell", .string(name)), ("slots", CellOutput.number(slots))])
    }

    private func cellHasSlots(_ name: String, _ settings: DatabaseSettings) throws -> Bool {
        let cell = try arguments.cell(name, settings)
        return try SchemaFiles.Kind(of: cell) == .ledger && !CellState(of: cell).slots.isEmpty
    }

    /// A router that was made again knows no cells, and no slot may be in two.
    private func refuseSecondFirst(_ settings: DatabaseSettings) throws {
        for other in settings.cells where other.name != name {
            do {
                if try cellHasSlots(other.name, settings) {
                    throw UsageError(
                        "\(other.name) holds slots, and this router does not know it: add \(other.name) first")
                }
            } catch let error as PostgresError where error.message.contains("does not exist") {
                // It is to be made yet.
            }
        }
    }

    private func show(_ plan: [(cell: String, slots: [Int])], _ isFirst: Bool) {
        if isFirst { return sayCell("\(name) would be the first cell, and have all slots.", Slot.count) }
        for part in plan { output.sayPlan(part.slots, from: part.cell) }
        if plan.isEmpty { sayCell("No slot would move.", 0) }
    }
}
