import FaultSupport
import Platform
import Postgres

/// Two hosts of which Patroni makes one the primary.
struct DatabaseHosts: Sendable {
    let all: [DatabaseHost]

    /// For libpq, over both; it gives up a host that is gone after two seconds.
    func conninfo(user: String, database: String = "hookledger") -> String {
        "host=\(all.map(\.host.address).joined(separator: ",")) user=\(user) dbname=\(database) "
            + "target_session_attrs=read-write connect_timeout=2 tcp_user_timeout=2000 keepalives_idle=1 "
            + "keepalives_interval=1 keepalives_count=2"
    }

    /// A session of the superuser at the primary.
    func connect(database: String = "hookledger") throws -> Connection {
        try Connection(
            conninfo: conninfo(user: "postgres", database: database), applicationName: "cluster",
            queryDeadline: .seconds(20))
    }

    /// The host of the primary; nil while there is none.
    var primary: DatabaseHost? {
        guard let address = try? connect(database: "postgres").query("select host(inet_server_addr())").only().text(0)
        else { return nil }
        return all.first { $0.host.address == address }
    }

    /// Whether a host has a database.
    func has(_ database: String, on one: DatabaseHost) -> Bool {
        let conninfo = "host=\(one.host.address) user=postgres dbname=\(database) connect_timeout=2"
        return (try? Connection(conninfo: conninfo, applicationName: "cluster", queryDeadline: .seconds(5))) != nil
    }

    /// Whether a commit waits for the other host, and Patroni has noted that this host may take over. Postgres has the first a
    /// while before Patroni has the second.
    var isSynchronous: Bool {
        primary != nil
            && all.contains { database in
                let question = "http://\(database.host.address):8008/synchronous"
                return (try? Command.run("curl", "--silent", "--fail", "--max-time", "2", question)) != nil
            }
    }
}
