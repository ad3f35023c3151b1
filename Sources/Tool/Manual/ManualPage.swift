/// A page of the manual in the language of man(7): of the whole tool, or of one command with those below it.
struct ManualPage {
    /// The program and the commands that lead there.
    let path: [String]
    let command: CommandTree

    /// `hookledger-events`
    var name: String { path.joined(separator: "-") }

    /// The whole file.
    /// - Parameter others: the names of the other pages.
    func text(others: [String]) -> String {
        var lines = [
            ".TH \(Self.escaped(name).uppercased()) 1 \"\" \"Hookledger\" \"Hookledger manual\"", ".SH NAME",
            "\(Self.escaped(name)) \\- \(Self.escaped(Self.phrase(command.abstract)))", ".SH SYNOPSIS",
        ]
        lines += synopses(path, command)
        lines.append(".SH DESCRIPTION")
        lines += Self.paragraphs(command.discussion.isEmpty ? command.abstract : command.discussion)
        lines += options(command)
        if path.count == 1, !command.subcommands.isEmpty {
            lines.append(".SH COMMANDS")
            for sub in command.subcommands {
                lines += [".TP", ".B \(Self.escaped(sub.name))", Self.escaped(sub.abstract)]
            }
        } else {
            for sub in command.subcommands { lines += section(path + [sub.name], sub) }
        }
        lines += [".SH SEE ALSO"]
        let pages = others.filter { $0 != name }
        for (place, page) in pages.enumerated() {
            lines.append(".BR \(Self.escaped(page)) (1)\(place == pages.count - 1 ? "" : ",")")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ path: [String], _ command: CommandTree) -> [String] {
        [".SH \(Self.escaped(path.dropFirst().joined(separator: " ")).uppercased())"]
            + [Self.escaped(command.abstract), ".PP"] + Self.paragraphs(command.discussion) + options(command)
            + command.subcommands.flatMap { section(path + [$0.name], $0) }
    }

    private func synopses(_ path: [String], _ command: CommandTree) -> [String] {
        if !command.subcommands.isEmpty, path.count > 1 {
            return command.subcommands.flatMap { synopses(path + [$0.name], $0) }
        }
        let words = command.arguments.map { argument in
            let word = Self.escaped(argument.form) + (argument.isRepeating ? " ..." : "")
            return argument.isOptional ? "[\(word)]" : word
        }
        let rest = path.count == 1 ? ["<command>"] : words
        return [
            ".PP", ".B \(Self.escaped(path.joined(separator: " ")))",
        ] + (rest.isEmpty ? [] : [rest.joined(separator: " ")])
    }

    private func options(_ command: CommandTree) -> [String] {
        command.arguments.flatMap { argument in
            var text = argument.abstract
            if !argument.allValues.isEmpty, !argument.allValues.allSatisfy({ text.contains($0) }) {
                text += " One of \(argument.allValues.joined(separator: ", "))."
            }
            if argument.isRepeating, argument.isOptional, !text.contains("epeated") { text += " May be repeated." }
            if let value = argument.defaultValue, !value.isEmpty { text += " Default: \(value)." }
            return [".TP", ".B \(Self.escaped(argument.form))", Self.escaped(text)]
        }
    }

    /// Text as paragraphs; lines that are set in stand as they are.
    private static func paragraphs(_ text: String) -> [String] {
        var lines: [String] = []
        var isExample = false
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let setIn = line.hasPrefix("  ")
            if setIn != isExample, !line.isEmpty {
                lines.append(setIn ? ".PP\n.nf" : ".fi")
                isExample = setIn
            }
            lines.append(line.isEmpty ? ".PP" : escaped(String(line)))
        }
        return lines + (isExample ? [".fi"] : [])
    }

    /// The first sentence as NAME wants it: without the full stop.
    private static func phrase(_ abstract: String) -> String {
        abstract.hasSuffix(".") ? String(abstract.dropLast()) : abstract
    }

    private static func hexadecimal(_ number: UInt32) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Text escaped for roff: no escapes, no requests at the beginning of a line, minus signs that can be copied.
    static func escaped(_ text: String) -> String {
        var out = text.first.map { ".'".contains($0) } == true ? "\\&" : ""
        for character in text {
            switch character {
            case "\\": out += "\\e"
            case "-": out += "\\-"
            case "\n": out += " "
            case _ where character.isASCII: out.append(character)
            default: out += character.unicodeScalars.map { "\\[u\(Self.hexadecimal($0.value))]" }.joined()
            }
        }
        return out
    }
}
