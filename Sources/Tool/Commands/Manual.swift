import ArgumentParser
import JSON
import Platform

/// `hookledger manual`: what `make install` calls.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the manual pages, one per command.",
        discussion: "They have the text of --help.", shouldDisplay: false)

    @Option(help: "The folder to write them into, such as /usr/share/man/man1.")
    var into: String

    func run() throws {
        try reportingErrors {
            guard let json = try JSONValue(parsing: Array(Hookledger._dumpHelp().utf8))["command"],
                let tree = CommandTree(json)
            else { throw ValidationError("the argument parser describes the commands in another form") }
            let pages =
                [ManualPage(path: [tree.name], command: tree)]
                + tree.subcommands.map { ManualPage(path: [tree.name, $0.name], command: $0) }
            try Files.makeFolder(into)
            for page in pages {
                try Files.write(
                    "\(into)/\(page.name).1", text: page.text(others: pages.map(\.name)), mode: 0o644, durable: false)
            }
        }
    }
}
