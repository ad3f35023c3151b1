import ArgumentParser
import Platform
import Settings

/// A word that stands where a command's name is expected and is none.
struct MistypedCommand {
    /// The names down to the command whose subcommand it should be.
    let command: String
    /// What is wrong, with the nearest name.
    let text: String

    /// - Parameters:
    ///   - words: the arguments, without the program's name.
    ///   - root: the command that they are for.
    /// - Returns: nil if the words name a command, or if the word is an argument that no name resembles.
    init?(_ words: [String], in root: any ParsableCommand.Type) {
        guard let found = Self.search(words[...], in: root, path: [Hookledger.name(of: root)]) else { return nil }
        self = found
    }

    private init(command: String, word: String, nearest: String?, names: [String]) {
        self.command = command
        text =
            "\(command) has no command \"\(VisibleText.of(String(word.prefix(60))))\""
            + (nearest.map { "; did you mean \"\($0)\"?" } ?? Suggestion.phrase(for: word, among: names))
    }

    private static func search(
        _ words: ArraySlice<String>, in command: any ParsableCommand.Type, path: [String]
    ) -> MistypedCommand? {
        let subcommands = command.configuration.subcommands
        guard let word = words.first, !word.hasPrefix("-"), !subcommands.isEmpty else { return nil }
        for subcommand in subcommands where Hookledger.answers(subcommand, to: word) {
            return search(words.dropFirst(), in: subcommand, path: path + [word])
        }
        var names: [String] = []
        for subcommand in subcommands where subcommand.configuration.shouldDisplay {
            names.append(Hookledger.name(of: subcommand))
        }
        let nearest = Suggestion.nearest(to: word, among: names)
        // It may be an argument of the subcommand that may be left out.
        if nearest == nil, command.configuration.defaultSubcommand != nil || word == "help" { return nil }
        return MistypedCommand(command: path.joined(separator: " "), word: word, nearest: nearest, names: names)
    }
}
