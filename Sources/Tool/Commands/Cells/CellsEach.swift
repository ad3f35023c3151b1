import ArgumentParser
import JSON
import Platform
import Settings

/// `hookledger cells each`
struct CellsEach: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "each", abstract: "Run a command of hookledger on each cell, one after the other.",
        discussion: """
            For what a cell does by itself, such as migrate. Commands that change shops need no `each`: without HOOKLEDGER_CELL they find \
            their cells. {cell} in an argument stands for the name of the cell. The heading of each cell goes to standard error; with --json before the -- a line with its exit status follows each. A cell at which the command fails does not keep it from the others.

              hookledger cells each -- retention --run

            Exit codes: 0 all succeeded, otherwise that of the first cell that failed.
            """)

    @OptionGroup var arguments: CellArguments
    @OptionGroup var output: CellOutput
    @Argument(
        parsing: .postTerminator, help: ArgumentHelp("The command and its arguments, after --.", valueName: "command"))
    var command: [String]

    func validate() throws {
        guard !command.isEmpty else { throw ValidationError("give a command after --") }
    }

    func run() throws {
        try reportingErrors {
            let cells = try arguments.settings().cells.map(\.name)
            let failed = try CellRun(cells: cells, config: arguments.config).perform(command) { cell, code in
                guard output.json else { return }
                output.say("", [("cell", .string(cell)), ("status", CellOutput.number(Int(code)))])
            }
            if failed != 0 { throw ExitCode(failed) }
        }
    }
}
