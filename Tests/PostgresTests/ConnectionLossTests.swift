import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

@Suite(.blocking) struct ConnectionLossTests {
    private func backend(_ connection: Connection) throws -> Int32 { try #require(connection.backendPID) }

    @Test func aTerminatedSessionIsNoticedWithoutAQuery() throws {
        let victim = try connect()
        #expect(victim.isUsable)
        try connect().query("SELECT pg_terminate_backend($1, 5000)", [.integer(backend(victim))])
        #expect(!victim.isUsable)
        #expect(try failure { try victim.query("SELECT 1") }.connectionLost)
    }

    @Test func aQueryOnATerminatedSessionSaysSoAndResetHeals() throws {
        let victim = try connect()
        let old = try backend(victim)
        try connect().query("SELECT pg_terminate_backend($1, 5000)", [.integer(old)])
        let error = try failure { try victim.query("SELECT 1") }
        #expect(error.connectionLost)
        #expect(error.state == nil || error.state == .adminShutdown)
        #expect(!victim.isUsable)
        try victim.reset()
        #expect(try victim.query("SELECT 1").only().int(0) == 1)
        #expect(try backend(victim) != old)
    }

    @Test func terminationInTheMiddleOfAStatementCarriesItsCode() throws {
        let victim = try connect()
        let pid = try backend(victim)
        // The session ends itself: no second thread is needed.
        let error = try failure { try victim.query("SELECT pg_terminate_backend($1), pg_sleep(20)", [.integer(pid)]) }
        #expect(error.state == .adminShutdown)
        #expect(error.connectionLost)
    }

    @Test func aFrozenBackendMeetsTheDeadline() throws {
        let victim = try connect()
        let pid = try backend(victim)
        ChildProcess.Signal.stop.send(to: pid)
        defer { ChildProcess.Signal.resume.send(to: pid) }
        let started = ContinuousClock.now
        let error = try failure { try victim.query("SELECT 1", deadline: .milliseconds(300)) }
        let took = started.duration(to: .now)
        #expect(error.connectionLost)
        #expect(error.state == nil)
        #expect(took >= .milliseconds(300))
        #expect(!victim.isUsable)
        try victim.reset()
        #expect(try victim.query("SELECT 1").only().int(0) == 1)
    }

    /// Closing the connection would leave the statement at work.
    @Test func aStatementBeyondItsDeadlineEndsOnTheServer() throws {
        let victim = try connect()
        let pid = try backend(victim)
        #expect(try failure { try victim.query("SELECT pg_sleep(600)", deadline: .milliseconds(200)) }.connectionLost)
        let watcher = try connect()
        var isGone = false
        for _ in 0..<500 where !isGone {
            isGone = try watcher.query("SELECT FROM pg_stat_activity WHERE pid = $1", [.integer(pid)]).isEmpty
            if !isGone { try watcher.query("SELECT pg_sleep(0.02)") }
        }
        #expect(isGone)
    }

    @Test func aFrozenBackendMeetsTheDeadlineWhileMuchIsBeingSent() throws {
        let victim = try connect(deadline: .milliseconds(300))
        let pid = try backend(victim)
        ChildProcess.Signal.stop.send(to: pid)
        defer { ChildProcess.Signal.resume.send(to: pid) }
        // More than a socket's buffers hold.
        let body = [UInt8](repeating: 7, count: 20_000_000)
        #expect(try failure { try victim.query("SELECT length($1::bytea)", [.bytes(body)]) }.connectionLost)
        #expect(!victim.isUsable)
    }

    @Test func aCommitWithoutAnswerIsALostConnection() throws {
        let victim = try connect(deadline: .milliseconds(500))
        let pid = try backend(victim)
        defer { ChildProcess.Signal.resume.send(to: pid) }
        var bodyWasDone = false
        let error = try failure {
            try victim.transaction { () throws(PostgresError) in
                try victim.execute("CREATE TEMP TABLE t ()")
                ChildProcess.Signal.stop.send(to: pid)
                bodyWasDone = true
            }
        }
        #expect(bodyWasDone)
        #expect(error.connectionLost)
        #expect(!victim.isUsable)
    }

    @Test func aStatementTimeoutIsNoLoss() throws {
        let connection = try connect(settings: [("statement_timeout", "50ms")])
        let error = try failure { try connection.query("SELECT pg_sleep(20)") }
        #expect(error.state == .queryCanceled)
        #expect(!error.connectionLost)
        #expect(try connection.query("SELECT 1").only().int(0) == 1)
    }

    @Test func aReadOnlyServerIsALostConnection() throws {
        let connection = try connect(settings: [("default_transaction_read_only", "on")])
        let error = try failure { try connection.execute("CREATE TABLE never ()") }
        #expect(error.state == .readOnlyTransaction)
        #expect(error.connectionLost)
        #expect(!connection.isUsable)
    }

    @Test func theFirstLivingHostIsTaken() throws {
        let cluster = try SharedCluster.get()
        let missing = try Files.makeTemporaryFolder()
        defer { try? Files.remove(missing) }
        let connection = try Connection(
            conninfo: "host=\(missing),\(cluster.layout.sockets) user=postgres dbname=postgres", applicationName: "t")
        #expect(try connection.query("SELECT 1").only().int(0) == 1)
        let none = try failure {
            _ = try Connection(conninfo: "host=\(missing),\(missing) user=postgres", applicationName: "t")
        }
        #expect(none.connectionLost)
        #expect("\(none)".contains(missing))
    }

    @Test func aClosedConnectionThrowsAndNothingElse() throws {
        let connection = try connect()
        connection.close()
        connection.close()
        #expect(!connection.isUsable)
        #expect(connection.backendPID == nil)
        #expect(try failure { try connection.query("SELECT 1") }.connectionLost)
        #expect(try failure { try connection.transaction { () throws(PostgresError) in } }.connectionLost)
        try connection.reset()
        #expect(connection.isUsable)
    }
}
