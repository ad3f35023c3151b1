internal import Postgres

extension PostgresCluster {
    /// Makes a database, encoding UTF-8.
    ///
    /// - Parameters:
    ///   - name: must be new.
    ///   - template: the database to copy. While somebody is connected to it, this waits, for up to a minute.
    /// - Throws: ``ClusterError``.
    public func createDatabase(_ name: String, template: String = "template1") throws(ClusterError) {
        // The way through the log writes each page twice, and costs twice the processor time.
        let strategy = options.durable ? "wal_log" : "file_copy"
        let sql =
            "CREATE DATABASE \(SQLText.identifier(name)) TEMPLATE \(SQLText.identifier(template)) STRATEGY \(strategy)"
        for attempt in 1... {
            do throws(PostgresError) {
                try administrate(sql)
                return
            } catch {
                // The server itself waits five seconds before it reports that.
                guard error.state == .objectInUse, attempt < 12 else { throw ClusterError("\(error)") }
            }
        }
    }

    /// Drops a database and its sessions; a missing one is not an error.
    public func dropDatabase(_ name: String) throws(ClusterError) {
        do throws(PostgresError) {
            try administrate("DROP DATABASE IF EXISTS \(SQLText.identifier(name)) WITH (FORCE)")
        } catch {
            throw ClusterError("\(error)")
        }
    }

    private func administrate(_ sql: String) throws(PostgresError) {
        let connection = try Connection(conninfo: conninfo(), applicationName: "hookledger-local")
        try connection.execute(sql)
    }
}
