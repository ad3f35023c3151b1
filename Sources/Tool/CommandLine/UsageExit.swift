import ArgumentParser
import Glibc
import Platform

/// A wrong use of a command, found after its arguments were parsed.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    static let code = ExitCode(.wrongQuestion)
}

/// A command that answers a question by its exit code: 0 yes, 1 no, 2 wrong usage.
protocol AnsweringCommand: ParsableCommand {}

extension Hookledger {
    /// Parses and runs. Commands that answer by their exit code keep 64 (EX_USAGE) out of it.
    static func main() {
        do {
            var command = try parseAsRoot()
            do {
                let words = Array(CommandLine.arguments.dropFirst())
                if let scoped = command as? any CellCommand,
                    let end = try reportingErrors({ try CellRun.end(of: scoped, words) })
                {
                    Glibc.exit(end)
                }
                try command.run()
            } catch let error as UsageError {
                refuse(error.description, type(of: command))
            } catch let error as ValidationError {
                refuse(error.message, type(of: command))
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            let words = Array(CommandLine.arguments.dropFirst())
            let isAnswer = named is any AnsweringCommand.Type
            guard let mistake = MistypedCommand(words, in: self) else {
                if !isAnswer { exit(withError: error) }
                StandardError.write(fullMessage(for: error))
                Glibc.exit(UsageError.code.rawValue)
            }
            StandardError.write("Error: \(mistake.text)\nSee '\(mistake.command) --help'.")
            Glibc.exit((isAnswer ? UsageError.code : ExitCode.validationFailure).rawValue)
        }
    }

    /// A usage error of a parsed command.
    private static func refuse(_ message: String, _ command: any ParsableCommand.Type) -> Never {
        let path = path(to: command, in: self) ?? [name(of: self)]
        StandardError.write("Error: \(VisibleText.of(message))\nSee '\(path.joined(separator: " ")) --help'.")
        Glibc.exit((command is any AnsweringCommand.Type ? UsageError.code : ExitCode.validationFailure).rawValue)
    }

    /// The command that the arguments name, as far as they do.
    private static var named: any ParsableCommand.Type {
        CommandLine.arguments.dropFirst().reduce((command: Self.self as any ParsableCommand.Type, goesOn: true)) {
            found, word in
            let next = found.goesOn ? found.command.configuration.subcommands.first { answers($0, to: word) } : nil
            return (next ?? found.command, next != nil)
        }.command
    }

    /// The names from `root` down to a command; nil when it is not among its subcommands.
    private static func path(to command: any ParsableCommand.Type, in root: any ParsableCommand.Type) -> [String]? {
        if root == command { return [name(of: root)] }
        return root.configuration.subcommands.lazy.compactMap { path(to: command, in: $0) }.first
            .map { [name(of: root)] + $0 }
    }

    /// Whether a command has that name, perhaps as another one.
    static func answers(_ command: any ParsableCommand.Type, to word: String) -> Bool {
        name(of: command) == word || command.configuration.aliases.contains(word)
    }

    static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? "\(command)".lowercased()
    }
}
