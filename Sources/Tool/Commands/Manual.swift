import Actions
import ArgumentParser
import JSON
import Ledger
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

    @Option(help: "The folder for alert rules and dashboard, which are made of the metrics: packaging/monitoring.")
    var monitoring: String?

    @Argument(help: "Other programs that get a page: by their paths.")
    var programs: [String] = []

    func run() throws {
        try reportingErrors {
            if let pages {
                try Files.write(
                    pages + "/configuration.md", text: ConfigurationKeys.page(ActionTable.kinds), mode: 0o644,
                    durable: false)
                try Files.write(pages + "/log-events.md", text: LoggedEvent.page, mode: 0o644, durable: false)
            }
            if let monitoring {
                try Files.makeFolder(monitoring)
                try Files.write(
                    monitoring + "/hookledger.rules.yml", text: AlertRule.file, mode: 0o644, durable: false)
                try Files.write(monitoring + "/dashboard.json", text: Dashboard.file, mode: 0o644, durable: false)
            }
            guard let into else { return }
            let tree = try Self.tree(Hookledger._dumpHelp())
            let others = try programs.map { program in
                let dump = try ChildProcess.run(ChildCommand([program, "--experimental-dump-help"]))
                guard dump.succeeded else { throw ValidationError("\(program): \(dump.errorText)") }
                return try Self.tree(dump.text)
            }
            let pages =
                [ManualPage(path: [tree.name], command: tree)]
                + tree.subcommands.map { ManualPage(path: [tree.name, $0.name], command: $0) }
                + others.map { ManualPage(path: [$0.name], command: $0) }
            try Files.makeFolder(into)
            for page in pages {
                try Files.write(
                    "\(into)/\(page.name).1", text: page.text(others: pages.map(\.name)), mode: 0o644, durable: false)
            }
        }
    }

    private static func tree(_ dump: String) throws -> CommandTree {
        guard let json = try JSONValue(parsing: Array(dump.utf8))["command"], let tree = CommandTree(json) else {
            throw ValidationError("the argument parser describes the commands in another form")
        }
        return tree
    }
}
