import ArgumentParser
import Glibc
import Platform

/// A wrong use of a command whose exit codes say something of their own: 2, and what is wrong.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    static let code = ExitCode(2)
}

/// A command that answers a question by its exit code: 0 yes, 1 no, 2 wrong usage.
protocol AnsweringCommand: ParsableCommand {}

extension Hookledger {
    /// Parses and runs. Commands that answer by their exit code keep 64 (EX_USAGE) out of it.
    static func main() {
        do {
            var command = try parseAsRoot()
            do {
                try command.run()
            } catch let error as UsageError {
                let path = path(to: type(of: command), in: self) ?? [name(of: self)]
                StandardError.write("Error: \(error)\nSee '\(path.joined(separator: " ")) --help'.")
                Glibc.exit(UsageError.code.rawValue)
            }
        } catch {
            let asked = CommandLine.arguments.dropFirst().first
            let answers = configuration.subcommands.first { name(of: $0) == asked } is any AnsweringCommand.Type
            guard answers, exitCode(for: error) == .validationFailure else { exit(withError: error) }
            StandardError.write(fullMessage(for: error))
            Glibc.exit(UsageError.code.rawValue)
        }
    }

    /// The names from `root` down to a command; nil when it is not among its subcommands.
    private static func path(to command: any ParsableCommand.Type, in root: any ParsableCommand.Type) -> [String]? {
        if root == command { return [name(of: root)] }
        return root.configuration.subcommands.lazy.compactMap { path(to: command, in: $0) }.first
            .map { [name(of: root)] + $0 }
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? "\(command)".lowercased()
    }
}
