import LocalStack
import Postgres
import TestThreads
import Testing

@Suite(.blocking) struct ErrorTests {
    @Test func theServersCodeArrives() throws {
        let connection = try connect()
        try connection.execute("CREATE TEMP TABLE keys (k text CONSTRAINT keys_unique UNIQUE, n int CHECK (n > 0))")
        try connection.query("INSERT INTO keys VALUES ($1, 1)", [.text("geheim-4711")])
        let duplicate = try failure { try connection.query("INSERT INTO keys VALUES ($1, 1)", [.text("geheim-4711")]) }
        #expect(duplicate.state == .uniqueViolation)
        #expect(duplicate.constraint == "keys_unique")
        #expect(duplicate.table == "keys")
        #expect(duplicate.detail?.contains("geheim-4711") == true)
        #expect(!duplicate.connectionLost)
        #expect(try failure { try connection.execute("SELEC") }.state == SQLState(rawValue: "42601"))
        #expect(try failure { try connection.query("SELECT * FROM nowhere") }.state == .undefinedTable)
        #expect(try failure { try connection.query("SELECT 1/$1::int", [.integer(0)]) }.state?.isDataError == true)
        #expect(connection.isUsable)
    }

    @Test func aCatchClauseCanNameTheCode() throws {
        let connection = try connect()
        do throws(PostgresError) {
            try connection.execute("SELECT * FROM nowhere")
            Issue.record("no error")
        } catch SQLState.uniqueViolation {
            Issue.record("the wrong code")
        } catch SQLState.undefinedTable {
        }
    }

    @Test func aDescriptionHoldsNoValues() throws {
        let connection = try connect()
        try connection.execute(
            """
            CREATE TEMP TABLE t (k text PRIMARY KEY, n int CHECK (n > 0));
            INSERT INTO t VALUES ('geheim-4711', 1);
            CREATE FUNCTION pg_temp.complain(text) RETURNS void LANGUAGE plpgsql AS
              $$ BEGIN RAISE EXCEPTION 'no good: %', $1; END $$;
            """)
        let statements: [(String, [Parameter])] = [
            ("INSERT INTO t VALUES ($1, 1)", [.text("geheim-4711")]),
            ("INSERT INTO t VALUES ($1, -5)", [.text("geheim-4711")]),
            ("SELECT $1::text::int", [.text("geheim-4711")]),
            ("SELECT $1::text::timestamptz", [.text("geheim-4711")]),
            ("SELECT $1::jsonb", [.jsonb("geheim-4711")]),
            ("SELECT $1::text::numeric", [.text("geheim-4711")]),
            ("SELECT pg_temp.complain($1)", [.text("geheim-4711")]),
        ]
        for (sql, parameters) in statements {
            let error = try failure { try connection.query(sql, parameters) }
            #expect(!"\(error)".contains("geheim"))
            #expect(!String(reflecting: error).contains("4711"))
            #expect("\(error)".contains(try #require(error.state).rawValue))
        }
    }

    @Test(arguments: [
        "host=localhost password=geheim word", "postgres://user:geheim@ho:st:geheim/x", "geheim",
        "host=127.0.0.1 port=1 user=u password=geheim dbname=d", "host=127.0.0.1 port=geheim", "host=a sslmode=geheim",
    ])
    func aFailedConnectionShowsNoSecret(conninfo: String) throws {
        let error = try failure { _ = try Connection(conninfo: conninfo, applicationName: "hookledger-tests") }
        #expect(!"\(error)".contains("geheim"))
        #expect(!error.message.contains("geheim"))
    }

    @Test func zeroCharactersAreRefusedBeforeAnythingIsSent() throws {
        let connection = try connect()
        for parameter in [
            Parameter.text("a\0b"), .jsonb("\"\0\""), .numeric("1\0"), .texts(["ok", "\0"]), .jsonbs(["1\0"]),
            .numerics(["1\0"]),
        ] {
            let error = try failure { try connection.query("SELECT $1", [parameter]) }
            #expect(error.state == .characterNotInRepertoire)
            #expect(error.state?.isDataError == true)
        }
        #expect(try failure { try connection.execute("SELECT 1\0; DROP TABLE x") }.state == .characterNotInRepertoire)
        #expect(try failure { try connection.prepare("x\0", "SELECT 1") }.state == .characterNotInRepertoire)
        #expect(connection.isUsable)
    }

    @Test func readingTheWrongTypeIsAnErrorNotATrap() throws {
        let row = try connect().query("SELECT 'x'::text AS t, 1::bigint AS i, NULL::text AS none, '\\x00'::bytea AS b")
            .only()
        #expect(try failure { _ = try row.bigint("t") }.state == .datatypeMismatch)
        #expect(try failure { _ = try row.bool("i") }.state == .datatypeMismatch)
        #expect(try failure { _ = try row.timestamp("i") }.state == .datatypeMismatch)
        #expect(try failure { _ = try row.text("b") }.state == .datatypeMismatch)
        #expect(try failure { _ = try row.bytes("t") }.state == .datatypeMismatch)
        #expect(try failure { _ = try row.text("none") }.state == .nullValueNotAllowed)
        #expect(try failure { _ = try row.text("missing") }.state == .undefinedColumn)
        #expect(try failure { _ = try row.text(4) }.state == .undefinedColumn)
        #expect(try failure { _ = try row.text(-1) }.state == .undefinedColumn)
    }

    @Test func noticesGoToTheHandler() throws {
        let connection = try connect()
        var seen: [Notice] = []
        connection.noticeHandler = { seen.append($0) }
        try connection.execute("DO $$ BEGIN RAISE WARNING 'careful'; RAISE NOTICE 'well'; END $$")
        #expect(seen.map(\.severity) == ["WARNING", "NOTICE"])
        #expect(seen.map(\.message) == ["careful", "well"])
        connection.noticeHandler = nil
        try connection.execute("DO $$ BEGIN RAISE WARNING 'dropped'; END $$")
        #expect(seen.count == 2)
    }
}
