import LocalStack
import Postgres
import Testing

/// A connection to an empty database on the shared cluster.
func connect(
    settings: [(name: String, value: String)] = [], deadline: Duration? = .seconds(30), database: String = "postgres"
) throws -> Connection {
    try Connection(
        conninfo: SharedCluster.get().conninfo(database: database), applicationName: "hookledger-tests",
        settings: settings, queryDeadline: deadline)
}

/// Runs `body` and returns the PostgresError that it must throw.
func failure(_ body: () throws -> Void) throws -> PostgresError {
    let error = #expect(throws: PostgresError.self) { try body() }
    return try #require(error)
}
