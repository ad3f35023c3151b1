import FaultSupport
import Platform

/// A host with Patroni and the Postgres that it keeps.
package struct DatabaseHost: Sendable {
    package let host: NetworkHost
    private let folder: String
    private let binaries: String

    /// Who may be taken for dead after how long; Patroni 4 allows no less than 20.
    private static let secondsToLive = 8

    package init(_ host: NetworkHost, etcd: Etcd, in folder: String) throws {
        self.host = host
        self.folder = folder + "/" + host.name
        let versions = try Files.list("/usr/lib/postgresql").compactMap { Int($0) }
        guard let newest = versions.max() else { throw RunFailure("Postgres is not installed") }
        binaries = "/usr/lib/postgresql/\(newest)/bin"
        try Files.makeFolder(self.folder)
        try Files.setOwner(self.folder, user: "postgres")
        try Files.write(self.folder + "/patroni.yml", text: configuration(etcd))
    }

    private func configuration(_ etcd: Etcd) -> String {
        """
        scope: hookledger
        name: \(host.name)
        restapi: { listen: "\(host.address):8008", connect_address: "\(host.address):8008" }
        etcd3: { hosts: "\(etcd.endpoint)" }
        bootstrap:
          dcs:
            ttl: \(Self.secondsToLive)
            loop_wait: 1
            retry_timeout: 3
            maximum_lag_on_failover: 1048576
            synchronous_mode: true
            failsafe_mode: true
            primary_start_timeout: 0
            master_start_timeout: 0
            postgresql:
              use_pg_rewind: true
              parameters:
                max_connections: 100
                shared_buffers: 64MB
                wal_keep_size: 256MB
                max_wal_size: 256MB
                wal_log_hints: "on"
                wal_sender_timeout: 3000
                wal_receiver_timeout: 3000
                log_line_prefix: "%m [%p] %q%u@%d "
          initdb: [ { encoding: UTF8 }, { locale: C.UTF-8 }, no-sync ]
        postgresql:
          listen: "\(host.address):5432"
          connect_address: "\(host.address):5432"
          bin_dir: \(binaries)
          data_dir: \(folder)/data
          pgpass: \(folder)/pgpass
          basebackup: { checkpoint: fast }
          authentication:
            superuser: { username: postgres }
            replication: { username: replicator }
            rewind: { username: postgres }
          parameters: { unix_socket_directories: "\(folder)" }
          pg_hba:
            - local all all trust
            - host all all 10.77.0.0/24 trust
            - host replication all 10.77.0.0/24 trust

        """
    }

    package func start() throws {
        _ = try Command.start(
            host.command([
                "setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "patroni", folder + "/patroni.yml",
            ]), log: folder + "/patroni.log")
    }

    /// The postmaster's process; nil while it does not run.
    package var postmaster: Int32? {
        let lines = (try? Files.readText(folder + "/data/postmaster.pid"))?.split(separator: "\n")
        return lines?.first.flatMap { Int32($0) }.flatMap { Files.exists("/proc/\($0)/exe") ? $0 : nil }
    }
}
