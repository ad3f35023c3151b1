import FaultSupport
import LocalStack
import NetworkHosts
import Patience
import Platform

/// A host with nginx, the responder and the batch processor, and a spool of its own.
final class ResponderHost: Sendable {
    let host: NetworkHost
    let folder: StackFolder
    let spool: String
    private let arguments: [String]
    private let log: String

    /// The port of nginx on each host.
    static let port = 8443

    /// Writes its configuration.
    ///
    /// - Parameter certificate: the folder with the certificate that all hosts show; nil lets this host make it.
    init(
        _ host: NetworkHost, in folder: String, databases: DatabaseHosts, destinations: Destinations,
        certificate: StackFolder?
    ) throws {
        self.host = host
        let home = StackFolder("\(folder)/\(host.name)")
        self.folder = home
        spool = home.path + "/spool"
        log = "\(folder)/\(host.name).log"
        try Files.makeFolder(home.path)
        try Files.makeFolder(spool, mode: 0o700)
        let configuration = StandConfiguration(
            conninfo: { databases.conninfo(user: $0) }, spool: spool, destinations: destinations)
        try Files.write(home.configuration, text: configuration.text)
        try Files.write(home.secrets, text: StandSecrets.lines(destinations), mode: 0o640)
        for name in certificate == nil ? [] : ["tls", "keys"] {
            try Command.run("cp", "-a", "\(certificate?.path ?? "")/\(name)", "\(home.path)/\(name)")
        }
        let built = try Executable.folder()
        let programs = StackPrograms.beside(built + "/hookledger")
        arguments = [
            programs.tool, "supervise", "--folder", home.path, "--share", try Executable.share(of: built),
            "--responder", programs.responder, "--batch", programs.batch ?? "", "--https-port", String(Self.port),
            "--http-port", "8080", "--api-requests", "1000", "--api-window", "60000", "--batch-interval", "2",
        ]
        try host.publish([Self.port])
    }

    func start() throws { _ = try Command.start(host.command(arguments), log: log) }

    /// Waits until it answers.
    func wait(seconds: Double) throws {
        let isUp = eventually(withinSeconds: seconds) {
            let health = ["curl", "--silent", "--fail", "--insecure", "https://\(host.address):\(Self.port)/ready"]
            return (try? Command.run(health)) != nil
        }
        guard isUp else { throw RunFailure("\(host.name) does not answer: \(log)") }
    }
}
