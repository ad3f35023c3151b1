import ArgumentParser
import Ledger
import LocalStack
import Platform
import Settings

/// Where a command works if the configuration names cells, and `HOOKLEDGER_CELL` names none of them. Commands without a scope
/// work on the router, which has the views of all cells.
enum CellScope {
    case router
    /// On each cell, one after the other.
    case eachCell
    /// The same, for what need not be in each: 1 (there is none) counts only if it is in no cell.
    case someCells
    /// In the cell of this source.
    case source(String)
    /// In the cell of the rows with these ids.
    case rows([Int64])
    /// Nowhere; the sentence says what to do.
    case refused(String)

    /// In the cell of a source, or in each.
    static func sourceOrEach(_ name: String?) -> CellScope { name.map { .source($0) } ?? .eachCell }

    /// In the cell of a source, or wherever it is found.
    static func anyCell(of source: String?) -> CellScope { source.map { .source($0) } ?? .someCells }
}

/// A command whose work is done in cells.
protocol CellCommand: ParsableCommand {
    /// The configuration.
    var database: OperatorArguments { get }
    /// Where it works.
    var cellScope: CellScope { get }
}

/// A run of this program's command in cells.
struct CellRun {
    /// The variable that names the cell on which a program works.
    static let variable = "HOOKLEDGER_CELL"
    /// In an argument: the name of the cell.
    static let placeholder = "{cell}"

    let cells: [String]
    let config: String?
    /// Whether it is enough that the command succeeds in one cell, if it finds nothing in the others.
    var findsSome = false

    /// Why a command that writes files needs a name for each cell.
    static func oneFile(_ what: String) -> String {
        "each cell writes its own: the name of the cell belongs into \(what), such as '/var/backups/\(placeholder)'"
    }

    /// Runs a command in each of the cells. The name of each goes to standard error; one in which it fails does not keep it from the
    /// others.
    /// - Parameter ended: called with the exit code in each.
    /// - Returns: the exit code of the first that failed; 0 if none did.
    func perform(_ command: [String], ended: (String, Int32) -> Void = { _, _ in }) throws -> Int32 {
        var codes: [Int32] = []
        for cell in cells {
            StandardError.write("== \(cell)")
            try Environment.set(Self.variable, to: cell)
            if let config { try Environment.set("HOOKLEDGER_CONFIG", to: config) }
            let words = command.map { $0.replacing(Self.placeholder, with: cell) }
            var child = ChildCommand(
                [try Executable.current()] + words, input: .inherit, output: .inherit, errors: .inherit)
            child.ownGroup = false
            let status = try ChildProcess.spawn(child).wait()
            let code: Int32 = if case .exited(let code)? = status { code } else { ProgramExit.failed.rawValue }
            ended(cell, code)
            codes.append(code)
            if code != 0, !(findsSome && code == ProgramExit.no.rawValue) {
                StandardError.write("\(cell): the command ended with \(code)")
            }
        }
        if findsSome, codes.contains(0) { codes.removeAll { $0 == ProgramExit.no.rawValue } }
        return codes.first { $0 != 0 } ?? 0
    }

    /// Runs a parsed command where it belongs.
    /// - Parameter words: the arguments of this process.
    /// - Returns: its exit code; nil if it works in this process.
    static func end(of command: some CellCommand, _ words: [String]) throws -> Int32? {
        // Mistakes of the configuration are the command's to report.
        guard let settings = try? command.database.read(), !settings.database.cells.isEmpty else { return nil }
        let cells: [String]
        switch command.cellScope {
        case .router: return nil
        case .refused(let text): throw UsageError(text)
        case .eachCell, .someCells: cells = settings.database.cells.map(\.name)
        case .source(let name): cells = [try cell(of: [Slot(of: name).number], command.database, settings)]
        case .rows(let ids):
            let slots = ids.map { Int($0 & Int64(Slot.count - 1)) }
            cells = [try cell(of: slots, command.database, settings)]
        }
        var run = CellRun(cells: cells, config: nil)
        if case .someCells = command.cellScope { run.findsSome = true }
        return try run.perform(words)
    }

    /// - Throws: `UsageError` unless all of the slots are in one cell.
    private static func cell(of slots: [Int], _ database: OperatorArguments, _ settings: Settings) throws -> String {
        let map = try CellMap(on: database.connect(settings))
        let found = map.cells.filter { cell in slots.contains(where: cell.slots.contains) }.map(\.name)
        guard let name = found.first else {
            throw UsageError("the router has no cells; add one with hookledger cells add")
        }
        guard found.count == 1 else {
            let names = found.joined(separator: ", ")
            throw UsageError("these rows are in several cells (\(names)): name those of one only")
        }
        return name
    }
}
