package import JSON
package import LocalStack
package import Platform

/// `hookledger`, with the sourced environment of a stack.
package struct StackTool {
    private let environment: String

    package init(_ stack: LocalStack) { environment = stack.folder.environment }

    /// The command, to be started.
    /// - Parameter more: variables as a shell sets them, such as `A=b C=d`.
    package func command(_ arguments: [String], with more: String = "") throws -> ChildCommand {
        let script = ". \"$1\" && shift && export HOOKLEDGER_TEST=1 \(more) && exec \"$@\""
        return ChildCommand(
            ["/bin/sh", "-euc", script, "sh", environment, try Executable.folder() + "/hookledger"] + arguments)
    }

    package func run(_ arguments: [String], with more: String = "") throws -> ChildOutput {
        try ChildProcess.run(command(arguments, with: more), limit: 64 << 20)
    }

    /// The JSON objects that a command prints, one a line.
    package func objects(_ arguments: [String]) throws -> [JSONValue] {
        let output = try run(arguments)
        return try output.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }
}
