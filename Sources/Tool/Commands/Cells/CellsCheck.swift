import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings

/// `hookledger cells check`
struct CellsCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Compare the router's map with what the cells hold.",
        discussion: """
            The cells are right. --repair corrects the map, which other routers of the installation need after a move. A cell that was \
            restored from an older backup still has the slots that have moved away since: of two cells that hold a slot, the one \
            that opened it last is right, and --repair takes it out of the other one.

            Exit codes: 0 all agree, 1 they do not, or a cell is away, 64 wrong usage, 70 failed.
            """)

    @OptionGroup var arguments: CellArguments
    @Flag(help: "Count the rows of slots that a cell does not hold, too: this reads whole tables.")
    var rows = false
    @Flag(help: "Correct the router's map, and take slots that have moved out of a cell that was restored.")
    var repair = false
    @Flag(
        help: "With --repair: also where the restored cell has stored deliveries of these slots since, which are lost.")
    var discard = false
    @OptionGroup var output: CellOutput

    func validate() throws {
        if discard, !repair { throw ValidationError("--discard needs --repair") }
    }

    /// A cell that answers.
    private struct Answering {
        let cell: CellMap.Cell
        let connection: Connection
        let state: CellState
    }

    func run() throws {
        try reportingErrors {
            let settings = try arguments.settings()
            let router = try arguments.router(settings)
            let map = try CellMap(on: router)
            var findings: [String] = []
            var cells: [Answering] = []
            var holders = Set<Int>()
            for cell in map.cells {
                do {
                    let connection = try arguments.cell(cell.name, settings)
                    let state = try CellState(of: connection)
                    cells.append(Answering(cell: cell, connection: connection, state: state))
                    holders.formUnion(state.slots)
                } catch {
                    findings.append("\(cell.name) cannot be reached: \(error)")
                    holders.formUnion(cell.slots)
                }
            }
            let claims = SlotClaims(cells.map { ($0.cell.name, $0.state) })
            for cell in cells {
                findings += try self.findings(cell, cells) + differences(cell, claims, router)
            }
            for moved in claims.moved { findings += try self.moved(moved, cells, settings, router) }
            for cell in rows ? cells : [] {
                findings += try CellState.strays(on: cell.connection).map {
                    "\(cell.cell.name): \($0), which it does not hold"
                }
            }
            if Set(cells.map(\.state.version)).count > 1 {
                findings.append("the cells have different versions of the schema: migrate each")
            }
            let lost = (0..<Slot.count).filter { !holders.contains($0) }
            if !lost.isEmpty {
                findings.append(
                    "no cell holds the slots \(CellsList.ranges(lost)): restore a backup with them, or open them without rows "
                        + "with cells move --lost (docs/scaling.md)")
            }
            for finding in findings { output.say(finding, [("finding", .string(finding))]) }
            if !findings.isEmpty { throw ExitCode(.no) }
            output.say(
                "\(Plural.text(map.cells.count, "cell")) and \(Slot.count) slots agree with the router.",
                [("cells", CellOutput.number(map.cells.count)), ("slots", CellOutput.number(Slot.count))])
        }
    }

    private func findings(_ cell: Answering, _ cells: [Answering]) throws -> [String] {
        var findings: [String] = []
        if cell.state.name != cell.cell.name { findings.append("\(cell.cell.name) is no cell of that name") }
        var left = Set(cell.state.held)
        for other in cells {
            let arrived = left.intersection(other.state.open).sorted()
            if arrived.isEmpty { continue }
            left.subtract(arrived)
            let ranges = CellsList.ranges(arrived)
            findings.append(
                "\(cell.cell.name): a move of the slots \(ranges) is not finished: hookledger cells move \(ranges) \(other.cell.name)"
            )
        }
        if !left.isEmpty {
            let ranges = CellsList.ranges(left.sorted())
            findings.append(
                "\(cell.cell.name): a move of the slots \(ranges) is not finished: run it again, or give it up with "
                    + "hookledger cells move \(ranges) \(cell.cell.name)")
        }
        return findings
    }

    /// Slots of a cell that the router sends elsewhere.
    private func differences(_ cell: Answering, _ claims: SlotClaims, _ router: Connection) throws -> [String] {
        let name = cell.cell.name
        // Of a slot that is moving, the cell where it is open is right.
        let open = Set(cell.state.slots).subtracting(cell.state.held)
        let missing = open.filter { claims.cell(of: $0) == name }.subtracting(cell.cell.slots).sorted()
        if missing.isEmpty { return [] }
        let ranges = CellsList.ranges(missing)
        if repair {
            try CellMap.note(missing, in: name, on: router)
            sayRepaired("the router now sends the slots \(ranges) to \(name)")
            return []
        }
        return ["\(name) holds the slots \(ranges), which the router sends elsewhere: cells check --repair"]
    }

    /// Slots of a cell that was restored from a backup that is older than their move.
    private func moved(
        _ moved: SlotClaims.Moved, _ cells: [Answering], _ settings: DatabaseSettings, _ router: Connection
    ) throws -> [String] {
        let ranges = CellsList.ranges(moved.slots)
        func connection(_ name: String) -> Connection? { cells.first { $0.cell.name == name }?.connection }
        guard let stale = connection(moved.stale), connection(moved.right) != nil else { return [] }
        let has = "\(moved.stale) still holds the slots \(ranges), which moved to \(moved.right) after its backup"
        if try moved.hasNews(on: stale), !discard {
            return [
                "\(has), and has stored deliveries of them since: export their events from \(moved.stale), import them "
                    + "after cells check --repair --discard"
            ]
        }
        guard repair else { return ["\(has): cells check --repair takes them out of it"] }
        // The rest of the move: the rows go where they came from.
        try SlotMove(
            moved.slots, from: CellMoves.end(moved.stale, arguments, settings),
            to: CellMoves.end(moved.right, arguments, settings), router: router
        ).takeOut()
        sayRepaired("the slots \(ranges) are in \(moved.right) only; \(moved.stale) has forgotten their rows")
        return []
    }

    private func sayRepaired(_ text: String) { output.say(text, [("repaired", .string(text))]) }
}
