import FaultSupport
import Ledger
import LoadClient
import LocalStack
import Platform

/// The configuration of the installation, with its sources and the places that it names.
struct CellConfiguration: Sendable {
    let installation: Installation
    let home: StackFolder
    let spool: String
    let destinations: Destinations
    /// Sources at several cells, by their paths.
    let sources: [(name: String, path: Sender.Path)]
    private let further = (1...10).map { "shop-\($0)" }

    /// Makes the folders and writes it.
    init(_ installation: Installation) throws {
        self.installation = installation
        destinations = try Destinations()
        spool = installation.folder + "/spool"
        try Files.makeFolder(spool, mode: 0o700)
        home = StackFolder(installation.folder + "/stack")
        try Files.makeFolder(home.path)
        sources =
            [("tiktok-shop", .spooling), ("retrying", .retrying)] + further.map { ($0, .further($0)) }
        try Files.write(home.secrets, text: StandSecrets.lines(destinations), mode: 0o640)
        try write()
    }

    /// Writes it for the cells that there are now.
    func write() throws {
        let router = installation.router
        let configuration = StandConfiguration(
            conninfo: { router.conninfo(user: $0, database: Installation.routerName) }, spool: spool,
            destinations: destinations, further: further, cells: installation.entries)
        try Files.write(path, text: configuration.text)
        for cell in installation.cells { try GenerationFile("\(home.path)/generation-\(cell.name)").ensure() }
    }

    /// The path of the file.
    var path: String { home.configuration }

    /// What the senders sign with.
    var credentials: [Sender.Path: ShopDelivery.Credentials] {
        var credentials = StandSecrets.credentials
        for source in further { credentials[.further(source)] = credentials[.retrying] }
        return credentials
    }
}
