import FaultSupport
import LocalStack
import NetworkHosts
import Platform
import Postgres

/// Everything that a run hits, and the shops that send.
final class Stand: Sendable {
    let folder: String
    let etcd: Etcd
    let databases: DatabaseHosts
    let responders: [ResponderHost]
    let destinations: Destinations
    let sender: Sender

    init(_ options: FaultOptions) throws {
        let folder = try Files.makeTemporaryFolder("hl-cluster", mode: 0o711)
        self.folder = folder
        let network = try Network()
        destinations = try Destinations(host: Network.own)
        try network.publish(destinations.ports)
        let etcd = try Etcd(network.host("etcd", 10), in: folder)
        self.etcd = etcd
        try etcd.start()
        let databases = try DatabaseHosts(on: network, etcd: etcd, in: folder, database: "hookledger")
        self.databases = databases
        let built = try Executable.folder()
        try Command.run([
            built + "/hookledger", "migrate", "--database", databases.conninfo(user: "postgres"), "--sql",
            try Executable.share(of: built) + "/sql", "--hosts", "2",
        ])

        let first = try ResponderHost(
            network.host("app1", 31), in: folder, databases: databases, destinations: destinations, certificate: nil)
        try first.start()
        try first.wait(seconds: 60)
        let second = try ResponderHost(
            network.host("app2", 32), in: folder, databases: databases, destinations: destinations,
            certificate: first.folder)
        try second.start()
        try second.wait(seconds: 60)
        responders = [first, second]
        try Balancer.start(responders, in: folder)
        sender = try Sender(
            url: "https://localhost:\(Balancer.port)", certificate: first.folder.certificate,
            credentials: StandSecrets.credentials, rate: options.rate, seed: options.seed)
    }

    /// The host of the primary.
    func primary() throws -> DatabaseHost {
        guard let primary = databases.primary else { throw RunFailure("there is no primary") }
        return primary
    }

    /// Waits until both responder hosts answer.
    /// - Parameter withStandby: whether a commit is to be on both database hosts, too.
    func waitUntilWhole(withStandby: Bool) throws {
        guard !withStandby || databases.waitUntilSynchronous() else {
            throw RunFailure("no synchronous standby after 90 s: see \(folder)")
        }
        for responder in responders { try responder.wait(seconds: 60) }
    }

    /// Ends every host.
    func end() throws {
        for host in responders.map(\.host) + databases.all.map(\.host) + [etcd.host] { try host.kill() }
    }
}
