import LocalStack
import Postgres
import TestThreads
import Testing

@Suite(.blocking) struct StatementTests {
    @Test func severalStatementsAreOneTransaction() throws {
        let connection = try connect(database: SharedCluster.freshDatabase())
        #expect(
            try failure { try connection.execute("CREATE TABLE a (); CREATE TABLE b (); SELECT nonsense") }.state
                == .undefinedColumn)
        #expect(try connection.query("SELECT to_regclass('a') IS NULL AND to_regclass('b') IS NULL").only().bool(0))
        try connection.execute("CREATE TABLE a (); CREATE TABLE b ();")
        #expect(try connection.query("SELECT to_regclass('a') IS NOT NULL").only().bool(0))
        try connection.execute("")
    }

    @Test func copyIsRefusedAndEndsTheSession() throws {
        let connection = try connect()
        #expect(try failure { try connection.execute("COPY (SELECT 1) TO STDOUT") }.connectionLost)
        #expect(!connection.isUsable)
    }

    @Test func preparedStatementsSurviveAReset() throws {
        let connection = try connect()
        try connection.prepare("twice", "SELECT $1::bigint * 2 AS doubled")
        #expect(try connection.queryPrepared("twice", [.bigint(21)]).only().int("doubled") == 42)
        try connection.reset()
        #expect(try connection.queryPrepared("twice", [.bigint(4)]).only().int("doubled") == 8)
        try connection.prepare("twice", "SELECT $1::bigint * 3 AS doubled")
        #expect(try connection.queryPrepared("twice", [.bigint(4)]).only().int("doubled") == 12)
        #expect(try failure { try connection.queryPrepared("never") }.state == .invalidStatementName)
    }

    @Test func affectedRowsAreCountedWithoutReturning() throws {
        let connection = try connect()
        try connection.execute("CREATE TEMP TABLE t AS SELECT generate_series(1, 7) AS n")
        let rows = try connection.query("UPDATE t SET n = n + 1 WHERE n > $1", [.integer(4)])
        #expect(rows.affected == 3)
        #expect(rows.isEmpty)
        #expect(try failure { _ = try rows.only() }.state == SQLState(rawValue: "02000"))
    }

    /// A commit that returned is on the disk; a stronger wish of the administrator stays.
    @Test(arguments: [
        ("off", "on"), ("local", "local"), ("remote_write", "remote_write"), ("on", "on"),
        ("remote_apply", "remote_apply"),
    ]) func aCommitIsNeverLeftUnsynced(set: String, expected: String) throws {
        let connection = try connect(settings: [("synchronous_commit", set)])
        #expect(try connection.query("show synchronous_commit").only().text(0) == expected)
        try connection.reset()
        #expect(try connection.query("show synchronous_commit").only().text(0) == expected)
    }

    @Test func settingsReachTheServerWhateverTheyHold() throws {
        let connection = try connect(settings: [
            ("statement_timeout", "1234ms"), ("search_path", "\"odd \\ name\", public"), ("app.note", "it's a b  c"),
        ])
        let row = try connection.query(
            "SELECT current_setting('statement_timeout'), current_setting('search_path'), current_setting('app.note'), current_setting('application_name')"
        ).only()
        #expect(try row.text(0) == "1234ms")
        #expect(try row.text(1) == "\"odd \\ name\", public")
        #expect(try row.text(2) == "it's a b  c")
        #expect(try row.text(3) == "hookledger-tests")
    }

    @Test func optionsInTheConninfoAreKept() throws {
        let connection = try Connection(
            conninfo: SharedCluster.get().conninfo() + " options='-c work_mem=8MB' application_name=mine",
            applicationName: "hookledger-tests", settings: [("lock_timeout", "5s")])
        let row = try connection.query(
            "SELECT current_setting('work_mem'), current_setting('lock_timeout'), current_setting('application_name')"
        ).only()
        #expect(try [row.text(0), row.text(1), row.text(2)] == ["8MB", "5s", "mine"])
    }

    @Test func namesAndLiteralsAreQuoted() throws {
        let connection = try connect()
        let odd = "a\"b'c\\d e"
        let rows = try connection.query("SELECT \(SQLText.literal(odd)) AS \(SQLText.identifier(odd))")
        #expect(rows.columns == [odd])
        #expect(try rows.only().text(odd) == odd)
    }
}
