import ArgumentParser
import JSON
import Ledger
import Platform
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
            again after an interruption.

              sudo -u postgres hookledger cells move tiktok-shop cell3
              sudo -u postgres hookledger cells move 17 40-47 cell3
            """)

    @OptionGroup var arguments: CellArguments
    @Argument(
        help: ArgumentHelp("Sources, or slots such as 17 or 40-47, and last the cell.", valueName: "source|slot… cell"))
    var names: [String]
    @Flag(help: "Only show which slots would move.")
    var dryRun = false
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
            let wanted = Set(slots)
            var moved = 0
            for cell in map.cells where cell.name != target {
                let part = cell.slots.filter(wanted.contains)
                if part.isEmpty { continue }
                moved += part.count
                if dryRun {
                    output.sayPlan(part, from: cell.name)
                } else {
                    try CellMoves.move(part, from: cell.name, to: target, arguments, settings, router, output)
                }
            }
            if !dryRun, !output.json { say(whole.sources.map(\.name), in: wanted) }
            // A cell that had no slots has rows now.
            if moved > 0, !dryRun { try CellMap.arrangeViews(on: router) }
            if moved == 0 {
                output.say("These slots are in \(target).", [("to", .string(target)), ("slots", CellOutput.number(0))])
            }
        }
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
