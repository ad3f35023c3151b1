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
            The cells are right. --repair corrects the map, which other routers of the installation need after a move.

            Exit codes: 0 all agree, 1 they do not, or a cell is away, 64 wrong usage, 70 failed.
            """)

    @OptionGroup var arguments: CellArguments
    @Flag(help: "Count the rows of slots that a cell does not hold, too: this reads whole tables.")
    var rows = false
    @Flag(help: "Correct the router's map.")
    var repair = false
    @OptionGroup var output: CellOutput

    func run() throws {
        try reportingErrors {
            let settings = try arguments.settings()
            let router = try arguments.router(settings)
            let map = try CellMap(on: router)
            var findings: [String] = []
            var holders: [Int: [String]] = [:]
            var versions: Set<Int64> = []
            for cell in map.cells {
                let connection: Connection
                do {
                    connection = try arguments.cell(cell.name, settings)
                } catch {
                    findings.append("\(cell.name) cannot be reached: \(error)")
                    for slot in cell.slots { holders[slot, default: []].append(cell.name) }
                    continue
                }
                let state = try CellState(of: connection)
                versions.insert(state.version)
                if state.name != cell.name { findings.append("\(cell.name) is no cell of that name") }
                for slot in state.slots { holders[slot, default: []].append(cell.name) }
                if !state.held.isEmpty {
                    findings.append(
                        "\(cell.name): a move of the slots \(CellsList.ranges(state.held)) is not finished: run it again"
                    )
                }
                findings += try differences(cell, state, router)
                if rows {
                    findings += try CellState.strays(on: connection).map {
                        "\(cell.name): \($0), which it does not hold"
                    }
                }
            }
            if versions.count > 1 { findings.append("the cells have different versions of the schema: migrate each") }
            findings += (0..<Slot.count).compactMap { slot in
                switch holders[slot]?.count ?? 0 {
                case 1: nil
                case 0: "no cell holds slot \(slot)"
                default: "slot \(slot) is in \(holders[slot, default: []].joined(separator: " and "))"
                }
            }
            for finding in findings { output.say(finding, [("finding", .string(finding))]) }
            if !findings.isEmpty { throw ExitCode(.no) }
            output.say(
                "\(Plural.text(map.cells.count, "cell")) and \(Slot.count) slots agree with the router.",
                [("cells", CellOutput.number(map.cells.count)), ("slots", CellOutput.number(Slot.count))])
        }
    }

    private func differences(_ cell: CellMap.Cell, _ state: CellState, _ router: Connection) throws -> [String] {
        // Of a slot that is moving, the cell where it is open is right.
        let missing = Set(state.slots).subtracting(state.held).subtracting(cell.slots).sorted()
        if missing.isEmpty { return [] }
        if repair {
            try CellMap.note(missing, in: cell.name, on: router)
            let text = "the router now sends the slots \(CellsList.ranges(missing)) to \(cell.name)"
            output.say(text, [("repaired", .string(text))])
            return []
        }
        return [
            "\(cell.name) holds the slots \(CellsList.ranges(missing)), which the router sends elsewhere: cells check --repair"
        ]
    }
}
