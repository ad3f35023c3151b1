import Actions
import ArgumentParser
import JSON
import LogLines
import Platform
import Settings

/// `hookledger manual`: `make install` and `make docs` call it.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the manual pages, one per command.",
        discussion: "They have the text of --help.", shouldDisplay: false)

    @Option(help: "The folder to write them into, such as /usr/share/man/man1.")
    var into: String?

    @Option(help: "The folder for the reference pages that are made of tables in the program: docs.")
    var pages: String?

    func run() throws {
        try reportingErrors {
            if let pages {
                try Files.write(
                    pages + "/configuration.md", text: ConfigurationKeys.page(ActionTable.kinds), mode: 0o644,
                    durable: false)
                try Files.write(pages + "/log-events.md", text: LoggedEvent.page, mode: 0o644, durable: false)
            }
            guard let into else { return }
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
