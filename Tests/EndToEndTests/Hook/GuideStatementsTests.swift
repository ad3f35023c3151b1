import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// The section "Check Database" of the TikTok Shop guide, statement by statement, as written.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct GuideStatementsTests: StackUser {
    let stack: LocalStack

    /// One order whose job is done, one that has none, one event that is about no order.
    init() async throws {
        stack = try TestStack.ofSuite()
        let shop = try Shop(stack)
        let now = Shop.now
        for delivery in [
            ShopDelivery.guide("done", "AWAITING_SHIPMENT", at: now, amount: "10.00"),
            .guide("unpaid", "UNPAID", at: now, amount: "5.00"), ShopDelivery(.guide, body: "no JSON"),
        ] where try books.count("select count(*) from events") < 3 {
            try #require(try shop.send(delivery).status == 200)
        }
        try #require(try await books.eventually("select count(*) from jobs", are: ["0"]))
    }

    private static let statements = [
        "SELECT * FROM order_processing_queue LIMIT 20;",
        """
        SELECT order_id, error_message, created_at
        FROM tiktok_orders
        WHERE processed = false;
        """,
        "SELECT * FROM order_statistics;",
        """
        SELECT event_type, COUNT(*), SUM(CASE WHEN success THEN 1 ELSE 0 END) as successful
        FROM webhook_events
        GROUP BY event_type;
        """,
    ]

    @Test(arguments: statements) func runsForTheReader(_ statement: String) throws {
        let output = try Psql(conninfo: stack.state.reader).run(statement)
        #expect(output.succeeded, "\(output.errorText)")
    }

    /// The superuser's own search path does not hold the schema.
    @Test(arguments: statements) func runsForTheSuperuser(_ statement: String) throws {
        let output = try Psql(conninfo: stack.state.database).run(statement)
        #expect(output.succeeded, "\(output.errorText)")
    }

    @Test func theStatementsTellWhatIsThere() throws {
        let reader = Psql(conninfo: stack.state.reader)
        #expect(try reader.lines(Self.statements[0]) == [])
        #expect(try reader.lines(Self.statements[1]) == [])
        #expect(try reader.lines(Self.statements[3]).sorted() == ["order_created|2|2", "unrecognized|1|1"])
        let statistics = "select status, orders, total_amount, unprocessed from order_statistics"
        #expect(try reader.lines(statistics).sorted() == ["AWAITING_SHIPMENT|1|10.00|0", "UNPAID|1|5.00|0"])
        let webhooks = "select event_type, total, successful, failed, last_received <= now() from webhook_statistics"
        #expect(try reader.lines(webhooks).sorted() == ["order_created|2|2|0|t", "unrecognized|1|1|0|t"])
    }

    /// A job that never succeeds shows up in each of them.
    @Test func anUnprocessedOrderIsInTheQueue() throws {
        let buried = """
            insert into hookledger.jobs (action, kind, rule, state, last_error, order_row, event_id, event_received_at)
            select 'ops', 'slack', 'rule-1', 2, 'answered 404: no_service', order_row, id, received_at
            from hookledger.events where subject = 'order:unpaid'
            """
        _ = try books.lines(buried)
        defer { _ = try? books.lines("delete from jobs") }
        let reader = Psql(conninfo: stack.state.reader)
        #expect(try reader.lines("select order_id from order_processing_queue LIMIT 20") == ["unpaid"])
        let failed = "SELECT order_id, error_message FROM tiktok_orders WHERE processed = false"
        #expect(try reader.lines(failed) == ["unpaid|answered 404: no_service"])
        #expect(try reader.lines(Self.statements[3]).sorted() == ["order_created|2|1", "unrecognized|1|1"])
    }

    /// `psql -l | grep …` and `pg_isready` of the guide's troubleshooting, and its backup.
    @Test func theGuidesProgramsWorkToo() throws {
        let host = try #require(stack.state.database.firstMatch(of: /host='([^']+)'/)?.1)
        for command in [
            ["pg_isready", "-q", "-h", String(host)], ["psql", "-l", "-h", String(host), "-U", "postgres"],
            ["pg_dump", "-h", String(host), "-U", "postgres", "hookledger"],
        ] {
            let output = try ChildProcess.run(ChildCommand(command), limit: 64 << 20)
            #expect(output.succeeded, "\(command): \(output.errorText)")
        }
    }
}
