import FaultSupport
import Platform

/// The etcd in which Patroni keeps who is the primary. One, because its loss is one of the blows.
package struct Etcd {
    package let host: NetworkHost
    private let folder: String

    package init(_ host: NetworkHost, in folder: String) throws {
        self.host = host
        self.folder = folder + "/etcd"
        try Files.makeFolder(self.folder, mode: 0o700)
    }

    package var endpoint: String { "\(host.address):2379" }

    package func start() throws {
        let peers = "http://\(host.address):2380"
        _ = try Command.start(
            host.command([
                "etcd", "--name", "etcd", "--data-dir", folder + "/data", "--listen-client-urls", "http://\(endpoint)",
                "--advertise-client-urls", "http://\(endpoint)", "--listen-peer-urls", peers,
                "--initial-advertise-peer-urls", peers, "--initial-cluster", "etcd=\(peers)", "--logger", "zap",
                "--log-level", "error",
            ]), log: folder + "/log")
    }
}
