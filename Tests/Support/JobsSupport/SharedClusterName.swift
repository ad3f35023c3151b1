import LocalStack
package import Postgres

/// The fixture's database by name: what another thread may hold, as connections are confined to one.
package struct SharedClusterName: Sendable {
    private let conninfo: String

    package init(_ fixture: JobsFixture) throws {
        conninfo = try SharedCluster.get().conninfo(database: fixture.database)
    }

    package func execute(_ sql: String) throws {
        try Connection(conninfo: conninfo, applicationName: "hookledger-tests").execute(sql)
    }

    package func query(_ sql: String) throws -> Rows {
        try Connection(conninfo: conninfo, applicationName: "hookledger-tests").query(sql)
    }

    /// One more job, of an event that is there already or of a new one.
    package func enqueue() throws {
        try execute(
            """
            insert into hookledger.events (id, received_at, source, provider, provider_type, type, disposition,
                verification, scheme, request_id, remote_addr, method, path, query, headers, body)
            values (900000, now(), 'shop', 'p', '1', 't', 'stored', 'signature', 's', 'r', '', 'POST', '/', '', '[]', '');
            insert into hookledger.jobs (action, kind, rule, event_id, event_received_at)
            select 'ops', 'test', 'rule-1', id, received_at from hookledger.events where id = 900000
            """)
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
