import FaultSupport
import Patience
import Platform
package import Postgres

/// Two hosts of which Patroni makes one the primary.
package struct DatabaseHosts: Sendable {
    package let all: [DatabaseHost]

    /// Starts both, and waits until the primary has a new database. The standby may still be on its way
    /// (``waitUntilSynchronous()``).
    package init(on network: Network, etcd: Etcd, in folder: String, database: String) throws {
        let all = try [("db1", 21), ("db2", 22)].map {
            try DatabaseHost(network.host($0.0, $0.1), etcd: etcd, in: folder)
        }
        self.all = all
        for host in all { try host.start() }
        guard eventually({ primary != nil }) else {
            throw RunFailure("Patroni makes no primary: see \(folder)/db1/patroni.log")
        }
        try connect(database: "postgres").execute("create database \(database)")
        // libpq asks the hosts in their order, and a standby that answers may not have the database yet.
        let isEverywhere = { all.allSatisfy { has(database, on: $0) || !has("postgres", on: $0) } }
        guard eventually(withinSeconds: 10, isEverywhere) else {
            throw RunFailure("the standby does not follow: see \(folder)")
        }
    }

    /// For libpq, over both; it gives up a host that is gone after two seconds.
    /// - Parameter user: the role; nil leaves it to whoever connects.
    package func conninfo(user: String?, database: String = "hookledger") -> String {
        "host=\(all.map(\.host.address).joined(separator: ",")) \(user.map { "user=\($0) " } ?? "")dbname=\(database) "
            + "target_session_attrs=read-write connect_timeout=2 tcp_user_timeout=2000 keepalives_idle=1 "
            + "keepalives_interval=1 keepalives_count=2"
    }

    /// A session of the superuser at the primary.
    package func connect(database: String = "hookledger") throws -> Connection {
        try Connection(
            conninfo: conninfo(user: "postgres", database: database), applicationName: "cluster",
            queryDeadline: .seconds(20))
    }

    /// The host of the primary; nil while there is none.
    package var primary: DatabaseHost? {
        guard let address = try? connect(database: "postgres").query("select host(inet_server_addr())").only().text(0)
        else { return nil }
        return all.first { $0.host.address == address }
    }

    /// Whether a host has a database.
    private func has(_ database: String, on one: DatabaseHost) -> Bool {
        let conninfo = "host=\(one.host.address) user=postgres dbname=\(database) connect_timeout=2"
        return (try? Connection(conninfo: conninfo, applicationName: "cluster", queryDeadline: .seconds(5))) != nil
    }

    /// Waits until a commit is on both hosts.
    /// - Returns: false when the time is over.
    package func waitUntilSynchronous() -> Bool { eventually { isSynchronous } }

    /// Whether a commit waits for the other host, and Patroni has noted that this host may take over. Postgres has the first a
    /// while before Patroni has the second.
    private var isSynchronous: Bool {
        primary != nil
            && all.contains { database in
                let question = "http://\(database.host.address):8008/synchronous"
                return (try? Command.run("curl", "--silent", "--fail", "--max-time", "2", question)) != nil
            }
    }
}
