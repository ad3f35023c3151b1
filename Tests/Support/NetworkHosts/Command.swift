import FaultSupport
package import Platform

/// Commands of the system.
package enum Command {
    private static let path = "/usr/sbin:/usr/bin:/sbin:/bin"

    package static func exists(_ program: String) -> Bool {
        path.split(separator: ":").contains { Files.exists("\($0)/\(program)") }
    }

    /// Runs a command to its end.
    /// - Returns: its output.
    /// - Throws: what it wrote to standard error, if it failed.
    @discardableResult
    package static func run(_ arguments: String...) throws -> String { try run(arguments) }

    @discardableResult
    package static func run(_ arguments: [String], user: String? = nil) throws -> String {
        var command = ChildCommand(arguments, environment: ["PATH": path], folder: "/")
        if let user { command = command.asUser(user) }
        let output = try ChildProcess.run(command, timeout: .seconds(120))
        guard output.succeeded else {
            throw RunFailure("\(arguments.joined(separator: " ")): \(output.errorText)")
        }
        return output.text
    }

    /// A program that runs until it is killed; its output goes to a log.
    package static func start(_ arguments: [String], log: String) throws -> ChildProcess {
        try ChildProcess.spawn(
            ChildCommand(
                arguments, environment: ["PATH": path, "LANG": "C.UTF-8"], folder: "/", output: .file(log),
                errors: .file(log)))
    }
}
