import FaultSupport
import Ledger
import LocalStack
import Platform
import Postgres

/// The stack in front of the router, a batch processor for each cell, and the shops that send.
final class Stand: Sendable {
    let folder: String
    let installation: Installation
    let stack: LocalStack
    let sender: Sender
    let destinations: Destinations
    let spool: String
    let config: String
    /// Sources at several cells, by their paths.
    let sources: [(name: String, path: Sender.Path)]

    /// The cells at the start.
    static let first = ["cell1", "cell2", "cell3", "cell4"]

    /// - Parameter atFirst: what is done with the cells before anything else uses them.
    init(_ options: FaultOptions, _ installation: Installation, atFirst: () throws -> Void) throws {
        folder = installation.folder
        self.installation = installation
        destinations = try Destinations()
        spool = folder + "/spool"
        try Files.makeFolder(spool, mode: 0o700)
        let home = StackFolder(folder + "/stack")
        try Files.makeFolder(home.path)
        config = home.configuration
        let further = (1...10).map { "shop-\($0)" }
        sources =
            [("tiktok-shop", .spooling), ("retrying", .retrying)] + further.map { ($0, .further($0)) }
        try Stand.configure(installation, home, spool, destinations, further)
        try Files.write(home.secrets, text: StandSecrets.lines(destinations), mode: 0o640)
        for name in Self.first { try installation.add(name, config: config) }
        try atFirst()
        let built = try Executable.folder()
        var stackOptions = StackOptions(
            folder: home.path,
            programs: StackPrograms(
                tool: built + "/hookledger", responder: built + "/hookledger-responder",
                batch: try Stand.batch(home, built)),
            share: try Executable.share(of: built))
        (stackOptions.httpsPort, stackOptions.httpPort, stackOptions.batchInterval) = (0, 0, 2)
        stack = try LocalStack(stackOptions)
        var credentials = StandSecrets.credentials
        for source in further { credentials[.further(source)] = credentials[.retrying] }
        sender = try Sender(
            url: stack.state.url, certificate: stack.folder.certificate, credentials: credentials, rate: options.rate,
            seed: options.seed, paths: sources.map(\.path))
    }

    /// Writes the configuration for the cells that there are.
    private static func configure(
        _ installation: Installation, _ home: StackFolder, _ spool: String, _ destinations: Destinations,
        _ further: [String]
    ) throws {
        let configuration = StandConfiguration(
            conninfo: { installation.router.conninfo(user: $0, database: Installation.routerName) }, spool: spool,
            destinations: destinations, further: further, cells: installation.entries)
        try Files.write(home.configuration, text: configuration.text)
        for cell in installation.cells {
            try GenerationFile("\(home.path)/generation-\(cell.name)").ensure()
        }
    }

    /// Reads the cells that were prepared meanwhile.
    func configureAgain() throws {
        try Stand.configure(
            installation, StackFolder(folder + "/stack"), spool, destinations,
            sources.map(\.name).filter { $0.hasPrefix("shop-") })
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
        for (name, _) in sources {
            let slot = Slot(of: name).number
            places[name] = map.cells.first { $0.slots.contains(slot) }?.name
        }
        return places
    }

    /// The paths of the sources that are in other cells.
    func paths(besides cell: String) throws -> Set<Sender.Path> {
        let places = try places()
        return Set(sources.filter { places[$0.name] != cell }.map(\.path))
    }

    func events() throws -> Int {
        try installation.cells.reduce(0) { sum, cell in
            try sum + installation.connect(cell.name).query("select count(*) from events").only().int(0)
        }
    }
}
