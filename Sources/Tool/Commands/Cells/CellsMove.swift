import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings

/// `hookledger cells move`
struct CellsMove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Move sources or slots to another cell, with all of their rows, while deliveries continue.",
        discussion: """
            A source moves with its slot, and with it other sources of that slot, which are named. \
            Jobs of these slots that run are waited for; then their sources are held until their rows have moved: deliveries are \
            spooled or answered 503. Do not redact persons, rebuild orders or import events of these sources meanwhile: what \
            changes a row while it moves makes the move fail, and everything stays as it was. Run the same command \
            again after an interruption, or name the cell where they were, which gives up a move whose rows have not arrived. A cell is in \
            one move at a time.

              sudo -u postgres hookledger cells move tiktok-shop cell3
              sudo -u postgres hookledger cells move 17 40-47 cell3

            --lost opens slots that no cell holds, because a cell was restored from a backup that is older than their move to it.
            """)

    @OptionGroup var arguments: CellArguments
    @Argument(
        help: ArgumentHelp("Sources, or slots such as 17 or 40-47, and last the cell.", valueName: "source|slot… cell"))
    var names: [String]
    @Flag(help: "Only show which slots would move.")
    var dryRun = false
    @Flag(help: "Open slots that no cell holds, without rows: what was stored of their sources is not there.")
    var lost = false
    @OptionGroup var output: CellOutput

    func validate() throws {
        guard names.count >= 2 else { throw ValidationError("give at least one source or slot, then the cell") }
    }

    func run() throws {
        try reportingErrors {
            let whole = try arguments.whole()
            let (settings, target) = (whole.database, names.last ?? "")
            let slots = try slots(whole.sources.map(\.name))
            let router = try arguments.router(settings)
            let map = try CellMap(on: router)
            guard map.cells.contains(where: { $0.name == target }) else {
                throw UsageError("the router has no cell \"\(target)\"; add it with hookledger cells add")
            }
            if lost { return try open(slots, in: target, map, settings, router) }
            let wanted = Set(slots)
            var (moved, rows) = (0, 0)
            var cells: [String] = []
            for cell in map.cells where cell.name != target {
                let part = cell.slots.filter(wanted.contains)
                if part.isEmpty { continue }
                moved += part.count
                cells.append(cell.name)
                if dryRun {
                    output.sayPlan(part, from: cell.name)
                } else {
                    rows += try CellMoves.move(part, from: cell.name, to: target, arguments, settings, router, output)
                }
            }
            if !dryRun, !output.json {
                say(whole.sources.map(\.name), in: wanted)
                if rows > 0 { CellMoves.adviseBackup(cells + [target]) }
            }
            if !dryRun { moved += try endOthers(wanted, target, map, arguments, settings, router) }
            // A cell that had no slots has rows now.
            if moved > 0, !dryRun { try CellMap.arrangeViews(on: router) }
            if moved == 0 {
                output.say("These slots are in \(target).", [("to", .string(target)), ("slots", CellOutput.number(0))])
            }
        }
    }

    /// Ends moves to the cell after which only the old cell has not forgotten the slots, and gives up those from it that were interrupted
    /// before.
    /// - Returns: how many slots that concerned.
    private func endOthers(
        _ wanted: Set<Int>, _ target: String, _ map: CellMap, _ arguments: CellArguments, _ settings: DatabaseSettings,
        _ router: Connection
    ) throws -> Int {
        let here = wanted.intersection(map.slots[target] ?? [])
        if here.isEmpty { return 0 }
        var (count, closed) = (0, [Int]())
        var others: [Connection] = []
        for cell in map.cells {
            guard let connection = try? arguments.cell(cell.name, settings) else {
                output.say("\(cell.name) cannot be reached, and is left out.", [("away", .string(cell.name))])
                continue
            }
            let held = here.intersection(try CellState(of: connection).held).sorted()
            if cell.name == target {
                closed = held
                continue
            }
            others.append(connection)
            if held.isEmpty { continue }
            count += held.count
            _ = try CellMoves.move(held, from: cell.name, to: target, arguments, settings, router, output)
        }
        if closed.isEmpty { return count }
        guard others.count == map.cells.count - 1 else {
            throw UsageError(
                "the slots \(CellsList.ranges(closed)) are in a move: whether it was done is known when all cells answer"
            )
        }
        try SlotMove.giveUp(closed, in: CellMoves.end(target, arguments, settings), others: others)
        output.say(
            "The slots \(CellsList.ranges(closed)) are open in \(target) again.",
            [("to", .string(target)), ("reopened", CellOutput.number(closed.count))])
        return count + closed.count
    }

    /// - Throws: `UsageError` if a cell holds one of the slots, or may hold it.
    private func open(
        _ slots: [Int], in target: String, _ map: CellMap, _ settings: DatabaseSettings, _ router: Connection
    ) throws {
        var cells: [String: Connection] = [:]
        for cell in map.cells {
            let connection = try arguments.cell(cell.name, settings)
            let there = Set(try CellState(of: connection).slots).intersection(slots).sorted()
            guard there.isEmpty else {
                throw UsageError("\(cell.name) holds the slots \(CellsList.ranges(there)): they are not lost")
            }
            cells[cell.name] = connection
        }
        guard let own = cells.removeValue(forKey: target) else { return }
        let ranges = CellsList.ranges(slots)
        let members = [("to", JSONValue.string(target)), ("slots", CellOutput.number(slots.count))]
        if dryRun { return output.say("The slots \(ranges) would be open in \(target), without rows.", members) }
        try LostSlots.open(slots, in: (target, own), others: Array(cells.values), router: router)
        try CellMap.arrangeViews(on: router)
        output.say("The slots \(ranges) are open in \(target), without rows.", members)
    }

    /// - Parameter sources: those of the configuration.
    private func slots(_ sources: [String]) throws -> [Int] {
        var slots: Set<Int> = []
        for name in names.dropLast() {
            if sources.contains(name), SlotPlan.slots([name]) == nil {
                let slot = Slot(of: name).number
                guard slot != SlotPlan.fixed else {
                    throw UsageError("\(name) has slot \(SlotPlan.fixed), which cannot be moved")
                }
                slots.insert(slot)
            } else if let named = SlotPlan.slots([name]) {
                slots.formUnion(named)
            } else {
                throw UsageError(
                    "\"\(name)\" is neither a source of the configuration nor a slot: a number from 1 to \(Slot.count - 1), "
                        + "or a range such as 40-47; slot \(SlotPlan.fixed) cannot be moved")
            }
        }
        return slots.sorted()
    }

    private func say(_ sources: [String], in slots: Set<Int>) {
        let here = sources.filter { slots.contains(Slot(of: $0).number) }
        if !here.isEmpty { Console.say("Sources of these slots: \(here.joined(separator: ", ")).") }
    }
}
