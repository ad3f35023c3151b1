import FaultSupport
import Ledger
import LocalStack
import Platform
import Postgres

/// The stack in front of the router, a batch processor for each cell, and the shops that send.
final class Stand: Sendable {
    let installation: Installation
    let configuration: CellConfiguration
    let stack: LocalStack
    let sender: Sender

    /// The cells at the start.
    static let first = ["cell1", "cell2", "cell3", "cell4"]

    init(_ options: FaultOptions, _ configuration: CellConfiguration) throws {
        self.configuration = configuration
        installation = configuration.installation
        let home = configuration.home
        let built = try Executable.folder()
        var stackOptions = StackOptions(
            folder: home.path,
            programs: StackPrograms(
                tool: built + "/hookledger", responder: built + "/hookledger-responder",
                batch: try Stand.batch(home, built)),
            share: try Executable.share(of: built))
        (stackOptions.httpsPort, stackOptions.httpPort, stackOptions.batchInterval) = (0, 0, 2)
        stack = try LocalStack(stackOptions)
        sender = try Sender(
            url: stack.state.url, certificate: stack.folder.certificate, credentials: configuration.credentials,
            rate: options.rate, seed: options.seed, paths: configuration.sources.map(\.path))
    }

    /// One run for each cell of the configuration, as cron has one line for each.
    private static func batch(_ home: StackFolder, _ built: String) throws -> String {
        let path = home.path + "/batch"
        try Files.write(
            path,
            text: """
                #!/bin/sh
                for file in '\(home.path)'/generation-cell*; do
                    HOOKLEDGER_CONFIG='\(home.configuration)' '\(built)/hookledger-batch' --cell "${file##*-}" "$@" &
                done
                wait

                """, mode: 0o755)
        return path
    }

    /// The cell of each source.
    func places() throws -> [String: String] {
        var places: [String: String] = [:]
        let map = try CellMap(on: installation.connectToRouter())
        for (name, _) in configuration.sources {
            let slot = Slot(of: name).number
            places[name] = map.cells.first { $0.slots.contains(slot) }?.name
        }
        return places
    }

    /// The paths of the sources that are in other cells.
    func paths(besides cell: String) throws -> Set<Sender.Path> {
        let places = try places()
        return Set(configuration.sources.filter { places[$0.name] != cell }.map(\.path))
    }

    func events() throws -> Int {
        try installation.cells.reduce(0) { sum, cell in
            try sum + installation.connect(cell.name).query("select count(*) from events").only().int(0)
        }
    }

    /// Whether the router has noted that a cell cannot be reached.
    func isAway(_ name: String) throws -> Bool {
        try CellMap(on: installation.connectToRouter()).cells.contains { $0.name == name && $0.awaySince != nil }
    }

    /// Whether a cell has stored something since a moment.
    func isStoring(_ name: String, since moment: Int64) throws -> Bool {
        let seconds = Double(instant() - moment) / 1_000_000
        return try installation.connect(name).query(
            "select exists (select from events where received_at > now() - make_interval(secs => \(seconds)))"
        ).only().bool(0)
    }
}
