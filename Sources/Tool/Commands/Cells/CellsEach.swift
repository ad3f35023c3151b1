import ArgumentParser
import JSON
import LocalStack
import Platform
import Settings

/// `hookledger cells each`
struct CellsEach: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "each", abstract: "Run a command of hookledger on each cell, one after the other.",
        discussion: """
            For what a cell does by itself: migrate, retention, replay, orders rebuild, person, events export, reconcile, doctor. \
            The heading of each cell goes to standard error; with --json before the -- a line with its exit status follows each. A cell at which the command fails does not keep it from the others.

              hookledger cells each -- retention --run

            Exit codes: 0 all succeeded, otherwise that of the first cell that failed.
            """)

    @OptionGroup var arguments: CellArguments
    @OptionGroup var output: CellOutput
    @Argument(
        parsing: .postTerminator, help: ArgumentHelp("The command and its arguments, after --.", valueName: "command"))
    var command: [String]

    func validate() throws {
        guard !command.isEmpty else { throw ValidationError("name a command after --") }
    }

    func run() throws {
        try reportingErrors {
            var failed: Int32?
            for cell in try arguments.settings().cells {
                StandardError.write("== \(cell.name)")
                try Environment.set("HOOKLEDGER_CELL", to: cell.name)
                if let config = arguments.config { try Environment.set("HOOKLEDGER_CONFIG", to: config) }
                var child = ChildCommand(
                    [try Executable.current()] + command, input: .inherit, output: .inherit, errors: .inherit)
                child.ownGroup = false
                let status = try ChildProcess.spawn(child).wait()
                let code: Int32 = if case .exited(let code)? = status { code } else { ProgramExit.failed.rawValue }
                if output.json {
                    output.say("", [("cell", .string(cell.name)), ("status", CellOutput.number(Int(code)))])
                }
                if code != 0 {
                    StandardError.write("\(cell.name): the command ended with \(code)")
                    failed = failed ?? code
                }
            }
            if let failed { throw ExitCode(failed) }
        }
    }
}
