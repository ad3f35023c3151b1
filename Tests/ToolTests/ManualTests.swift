import JSON
import LocalStack
import Platform
import StackSuite
import Testing

/// The manual and the completions, as `make install` makes them.
@Suite(.place) struct ManualTests {
    private func hookledger(_ arguments: [String]) throws -> ChildOutput {
        try ChildProcess.run(ChildCommand([Executable.folder() + "/hookledger"] + arguments))
    }

    @Test func everyCommandHasAPageThatRoffTakes() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        #expect(try hookledger(["manual", "--into", folder]).succeeded)
        let pages = try Files.list(folder)
        for name in ["hookledger", "hookledger-events", "hookledger-replay", "hookledger-doctor", "hookledger-send"] {
            #expect(pages.contains(name + ".1"))
        }
        #expect(!pages.contains { $0.contains("supervise") || $0.contains("stand-in") || $0.contains("help") })
        for page in pages {
            let text = try Files.readText(folder + "/" + page)
            #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(page)")
            let roff = try ChildProcess.run(ChildCommand(["groff", "-man", "-ww", "-z", folder + "/" + page]))
            #expect(roff.succeeded && roff.errorText.isEmpty, "\(roff.errorText)")
        }
        let replay = try Files.readText(folder + "/hookledger-replay.1")
        for option in ["dry\\-run", "again", "set <path=value>", "since <time>"] {
            #expect(replay.contains(".B \\-\\-\(option)\n"), "\(option)")
        }
        #expect(replay.contains(".nf\n  hookledger replay") && replay.contains("Exit codes:"))
    }

    /// docs/operation.md lists the exit codes, and no command names another one.
    @Test func exitCodesAreThoseOfTheList() throws {
        let share = try Executable.share(of: Executable.folder())
        let page = try Files.readText(share + "/docs/operation.md")
        let table = try #require(page.firstRange(of: "## Exit codes").map { page[$0.upperBound...] })
        let rows = table.prefix { $0 != "#" }.split(separator: "\n").filter {
            $0.hasPrefix("| ") && !$0.hasPrefix("| code")
        }
        let listed = rows.flatMap { $0.split(separator: "|")[0].split(separator: ",") }
            .compactMap { Int32($0.filter(\.isNumber)) }
        #expect(listed == ProgramExit.allCases.map(\.rawValue))
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        try #require(hookledger(["manual", "--into", folder]).succeeded)
        for name in try Files.list(folder) {
            let text = try Files.readText(folder + "/" + name)
            guard let start = text.firstRange(of: "Exit codes") else { continue }
            let words = text[start.upperBound...].prefix { $0 != "\n" }.split { !$0.isLetter && !$0.isNumber }
            for code in words.compactMap({ Int32($0) }) {
                #expect(ProgramExit(rawValue: code) != nil, "\(name): \(code)")
            }
        }
    }

    /// docs/commands.md names every command that people may call.
    @Test func theReferenceNamesEveryCommand() throws {
        let page = try Files.readText(Executable.share(of: Executable.folder()) + "/docs/commands.md")
        let root = try JSONValue(parsing: Array(hookledger(["--experimental-dump-help"]).text.utf8))
        let names = (root["command"]?["subcommands"]?.array ?? [])
            .filter { $0["shouldDisplay"] != false }.compactMap { $0["commandName"]?.string }.filter { $0 != "help" }
        #expect(names.count > 15)
        for name in names { #expect(page.contains("`\(name)") || page.contains("hookledger \(name)"), "\(name)") }
    }

    @Test func saysWhichOneItIs() throws {
        let changes = try Files.readText(Executable.share(of: Executable.folder()) + "/CHANGELOG.md")
        let version = try hookledger(["--version"]).text.split(separator: "\n").joined()
        #expect(changes.contains("\n## \(version) ") && changes.split(separator: "\n")[1].hasPrefix("## \(version) "))
    }

    /// An example is a line that begins with two spaces. A terminal of 80 columns shows it unchanged, so that it can be
    /// pasted.
    @Test func everyExampleCanBePastedAt80Columns() throws {
        let root = try JSONValue(parsing: Array(hookledger(["--experimental-dump-help"]).text.utf8))
        var examples = 0
        func walk(_ command: JSONValue, _ path: [String]) throws {
            if command["shouldDisplay"] == false || command["commandName"] == "help" { return }
            let lines = (command["discussion"]?.string ?? "").split(separator: "\n").filter { $0.hasPrefix("  ") }
            if !lines.isEmpty {
                var help = try ChildCommand([Executable.folder() + "/hookledger"] + path + ["--help"])
                help.environment = ["COLUMNS": "80"]
                let shown = try ChildProcess.run(help).text.split(separator: "\n")
                for line in lines { #expect(shown.contains(line), "\(path.joined(separator: " ")): \(line)") }
                examples += lines.count
            }
            for child in command["subcommands"]?.array ?? [] {
                try walk(child, path + [child["commandName"]?.string ?? ""])
            }
        }
        try walk(try #require(root["command"]), [])
        #expect(examples > 20)
    }

    /// The other programs' pages are made of what they say of themselves.
    @Test func everyProgramHasAPage() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let programs = ["hookledger-batch", "hookledger-responder"]
        let paths = try programs.map { try Executable.folder() + "/" + $0 }
        #expect(try hookledger(["manual", "--into", folder] + paths).succeeded)
        for program in programs {
            let page = folder + "/" + program + ".1"
            let text = try Files.readText(page)
            #expect(text.contains(".B \\-\\-config"), "\(text)")
            let roff = try ChildProcess.run(ChildCommand(["groff", "-man", "-ww", "-z", page]))
            #expect(roff.succeeded && roff.errorText.isEmpty, "\(roff.errorText)")
        }
        #expect(try Files.readText(folder + "/hookledger.1").contains("hookledger\\-batch"))
    }

    /// `--json` everywhere, by what the command line says of itself.
    @Test func everyCommandSpeaksJSON() throws {
        let dump = try hookledger(["--experimental-dump-help"])
        let root = try JSONValue(parsing: Array(dump.text.utf8))
        var names: [String] = []
        func walk(_ command: JSONValue, _ path: String) {
            if command["shouldDisplay"] == false || command["commandName"] == "help" { return }
            let children = command["subcommands"]?.array ?? []
            for child in children { walk(child, path + " " + (child["commandName"]?.string ?? "")) }
            guard children.allSatisfy({ $0["commandName"] == "help" }) else { return }
            names.append(path)
            // The protocol that it speaks is JSON.
            if path == "hookledger mcp" { return }
            let options = (command["arguments"]?.array ?? []).flatMap { $0["names"]?.array ?? [] }
            #expect(options.contains { $0["name"] == "json" }, "\(path)")
        }
        walk(try #require(root["command"]), "hookledger")
        #expect(names.count >= 30 && names.contains("hookledger orders rebuild"))
    }

    @Test func shellsTakeTheCompletions() throws {
        for (shell, check) in [("bash", ["bash", "-n"]), ("zsh", []), ("fish", [])] {
            let script = try hookledger(["--generate-completion-script", shell])
            #expect(script.succeeded && script.text.contains("events") && script.text.contains("dry-run"))
            if check.isEmpty { continue }
            let folder = try Files.makeTemporaryFolder()
            defer { try? Files.remove(folder) }
            try Files.write(folder + "/script", text: script.text)
            #expect(try ChildProcess.run(ChildCommand(check + [folder + "/script"])).succeeded)
        }
    }
}
