import LocalStack
import Postgres
import TestThreads
import Testing

@Suite(.blocking) struct TransactionTests {
    private func table() throws -> Connection {
        let connection = try connect()
        try connection.execute("CREATE TEMP TABLE t (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        return connection
    }

    private func count(_ connection: Connection) throws -> Int {
        try connection.query("SELECT count(*) FROM t").only().int(0)
    }

    @Test func whatTheBodyReturnsIsCommitted() throws {
        let connection = try table()
        let value = try connection.transaction { () throws(PostgresError) in
            try connection.query("INSERT INTO t VALUES (1) RETURNING n").only().int(0)
        }
        #expect(value == 1)
        #expect(try count(connection) == 1)
        #expect(!connection.isInTransaction)
    }

    @Test func anErrorRollsBackAndComesOut() throws {
        let connection = try table()
        let error = try failure {
            try connection.transaction { () throws(PostgresError) in
                try connection.execute("INSERT INTO t VALUES (1)")
                try connection.execute("SELECT nonsense")
            }
        }
        #expect(error.state == .undefinedColumn)
        #expect(try count(connection) == 0)
        #expect(!connection.isInTransaction)
    }

    @Test func aSwallowedErrorIsNoCommit() throws {
        let connection = try table()
        let error = try failure {
            try connection.transaction { () throws(PostgresError) in
                try connection.execute("INSERT INTO t VALUES (1)")
                do throws(PostgresError) { try connection.execute("SELECT nonsense") } catch {}
            }
        }
        #expect(error.state == .failedTransaction)
        #expect(try count(connection) == 0)
    }

    @Test func aConstraintThatFailsAtCommitComesOut() throws {
        let connection = try table()
        let error = try failure {
            try connection.transaction { () throws(PostgresError) in
                try connection.execute("INSERT INTO t VALUES (1), (1)")
            }
        }
        #expect(error.state == .uniqueViolation)
        #expect(try count(connection) == 0)
    }

    @Test func transactionsDoNotNest() throws {
        let connection = try table()
        let error = try failure {
            try connection.transaction { () throws(PostgresError) in
                try connection.transaction { () throws(PostgresError) in }
            }
        }
        #expect(error.state == .activeTransaction)
        #expect(!connection.isInTransaction)
    }
}
