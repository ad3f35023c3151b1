import LocalStack
package import Postgres

/// The fixture's database by name: what another thread may hold, as connections are confined to one.
package struct SharedClusterName: Sendable {
    private let conninfo: String
    private let database: String

    package init(_ fixture: JobsFixture) throws {
        database = fixture.database
        conninfo = try SharedCluster.get().conninfo(database: fixture.database)
    }

    package func execute(_ sql: String) throws {
        try Connection(conninfo: conninfo, applicationName: "hookledger-tests").execute(sql)
    }

    package func query(_ sql: String) throws -> Rows {
        try Connection(conninfo: conninfo, applicationName: "hookledger-tests").query(sql)
    }

    /// One more event with a job.
    package func enqueue() throws {
        try Filling.record(
            [Filling.recordable("note", "one more", type: "order.updated", jobs: [Filling.job("ops")])], in: database)
    }

    /// Ends every session of the batch processor in this database.
    package func endSessions() throws {
        try execute(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = 'hookledger-batch'
            """)
    }
}

extension JobsFixture {
    /// The conninfo of a database without the schema.
    package func emptyDatabase() throws -> String {
        try SharedCluster.get().conninfo(database: SharedCluster.freshDatabase())
    }
}
